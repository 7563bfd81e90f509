//! The world of a real Odoo, which `scripts/odoo.sh run` starts and names by variables. `make test-odoo` runs what is in it.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Instant;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hourglass::adapter::odoo::OdooHost;
use hourglass::port::host::{PanelAddress, PanelHost, ServerAccess, ServerSecrets};
use serde_json::json;

use crate::odoo::{DOMAIN, adapter, chance, files_below, server};
use crate::panel_life::{Life, OWNER, built, identity};
use crate::wire::Wire;

/// That Odoo, managed by PostgreSQL itself or over RPC.
pub(crate) struct Real<const POSTGRES: bool> {
    access: Arc<ServerAccess>,
    host: OdooHost,
    chance: String,
    named: Mutex<BTreeSet<String>>,
}

/// What `scripts/odoo.sh run` says of it.
pub(crate) fn variable(name: &str) -> String {
    let name = format!("HOURGLASS_TEST_ODOO_{name}");
    std::env::var(&name).unwrap_or_else(|_| panic!("{name} is not set: run `make test-odoo`"))
}

impl<const POSTGRES: bool> Life for Real<POSTGRES> {
    type Host = OdooHost;

    async fn new() -> Self {
        let secrets = ServerSecrets {
            admin_password: Some(variable("MASTER_PASSWORD")),
            database_url: POSTGRES.then(|| variable("DATABASE_URL")),
            service_login: Some(variable("SERVICE_LOGIN")),
            service_password: Some(variable("SERVICE_KEY")),
        };
        let files = POSTGRES.then(|| PathBuf::from(variable("FILESTORE")));
        let access = Arc::new(server(&variable("PRIVATE_URL"), secrets, files));
        Self { access, host: adapter(), chance: chance(), named: Mutex::default() }
    }

    fn host(&self) -> &OdooHost {
        &self.host
    }

    fn at(&self, name: &str) -> PanelAddress {
        let subdomain = format!("{name}-{}", self.chance);
        self.named.lock().unwrap().insert(subdomain.clone());
        PanelAddress { server: Arc::clone(&self.access), subdomain }
    }

    fn absent(&self) -> PanelAddress {
        let mut access = ServerAccess::clone(&self.access);
        access.url = "http://127.0.0.1:1".parse().unwrap();
        access.secrets.database_url =
            access.secrets.database_url.map(|_| "postgres://odoo@127.0.0.1:1/postgres".into());
        PanelAddress { server: Arc::new(ServerAccess { revision: 2, ..access }), subdomain: "absent".into() }
    }

    fn template(&self) -> String {
        variable("TEMPLATE")
    }

    fn wire(&self) -> Wire {
        Wire::new(&variable("PRIVATE_URL"), DOMAIN).with_front(&variable("URL"))
    }

    fn driver(&self) -> &'static str {
        if POSTGRES { "postgres" } else { "rpc" }
    }

    fn service(&self) -> String {
        variable("SERVICE_LOGIN")
    }

    async fn attach(&self, panel: &PanelAddress, content: &[u8]) {
        let values = json!([[{ "name": "a file", "datas": STANDARD.encode(content) }]]);
        self.wire().call(panel, OWNER, ("ir.attachment", "create"), values).await;
    }

    async fn files(&self, panel: &PanelAddress) -> Option<usize> {
        let folder = PathBuf::from(variable("FILESTORE")).join(&panel.subdomain);
        // Odoo's notes on which of them may be useless: its scheduled action takes them away when it likes.
        Some(files_below(&folder) - files_below(&folder.join("checklist")))
    }

    async fn end(self) {
        let named = self.named.lock().unwrap().clone();
        for subdomain in named {
            let panel = PanelAddress { server: Arc::clone(&self.access), subdomain };
            assert_eq!(self.host.remove(&panel).await, Ok(()));
        }
    }
}

/// Each step of a panel's life, and its seconds.
async fn timed<W: Life>(world: W) {
    let folder = tempfile::tempdir().unwrap();
    let (file, acme) = (folder.path().join("acme"), built(&world, "warm").await);
    let mut rows = Vec::new();
    let mut began = Instant::now();
    let mut done = |step: &str| {
        rows.push(format!("| {} | {step} | {} ms |\n", world.driver(), began.elapsed().as_millis()));
        began = Instant::now();
    };
    let host = world.host();
    let identity = identity(&acme);
    assert_eq!(host.build(&acme, &world.template(), &identity).await, Ok(()));
    done("create from the template, over a leftover");
    assert!(world.wire().lets_in(&acme, OWNER).await);
    done("first login");
    assert_eq!(host.measure(&acme).await.sample.users, Some(1));
    done("count users and bytes");
    assert_eq!(host.close(&acme).await, Ok(()));
    done("close: stop, suspend");
    assert_eq!(host.open(&acme).await, Ok(()));
    done("open: start, resume");
    assert!(world.wire().lets_in(&acme, OWNER).await);
    done("login after it");
    assert!(host.entry(&acme, &identity.url, "token").await.is_ok());
    done("open by a one-time token: its address");
    assert_eq!(host.dump(&acme, &file).await.map(drop), Ok(()));
    done("back up");
    let again = world.at("again");
    assert_eq!(host.load(&again, &file, None).await, Ok(()));
    done("restore beside");
    assert_eq!(host.rename(&again, &world.at("renamed").subdomain).await, Ok(()));
    done("swap in by a new name");
    assert_eq!(host.remove(&acme).await, Ok(()));
    done("delete");
    print!("{}", rows.concat());
    world.end().await;
}

// Harm prevented: a step of a panel's life works and takes minutes, and nobody has ever looked.
#[tokio::test]
async fn the_seconds_of_each_step() {
    timed(<Real<true> as Life>::new().await).await;
    timed(<Real<false> as Life>::new().await).await;
}
