//! The worlds of the Odoo adapter: sandbox Odoos of every version, managed in each of the three ways.

use std::net::TcpListener;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use hourglass::adapter::odoo::{OdooConfig, OdooHost};
use hourglass::port::host::{PanelAddress, ServerAccess, ServerSecrets};
use sandbox::odoo::{Kind, NewDatabase, Odoo, OdooOptions, PanelState};
use shared::ids::ServerId;
use tempfile::TempDir;
use uuid::Uuid;

use crate::cluster::Cluster;
use crate::panel_host::{Condition, World};
use crate::panel_life::Life;
use crate::wire::Wire;

pub(crate) const DOMAIN: &str = "panels.example";
pub(crate) const MASTER: &str = "master of databases";
const SERVICE: &str = "hourglass-service";
const SERVICE_PASSWORD: &str = "Made-up for service 1";

/// A sandbox Odoo of a version, managed in one way, and an adapter for it.
pub(crate) struct Sandbox<const VERSION: u8, const POSTGRES: bool> {
    pub(crate) odoo: Odoo,
    pub(crate) cluster: Option<Cluster>,
    /// Where the files are, if they are not in memory.
    pub(crate) folder: TempDir,
    pub(crate) access: Arc<ServerAccess>,
    host: OdooHost,
    /// Part of every name: databases of one cluster share their names.
    chance: String,
    ahead: Arc<AtomicI64>,
}

/// Over the service `db`, of the version that sandboxes are of by default.
pub(crate) type Rpc17 = Sandbox<17, false>;
/// Over the web's pages, since there is nothing else.
pub(crate) type Web20 = Sandbox<20, false>;
/// By PostgreSQL itself.
pub(crate) type Pg19 = Sandbox<19, true>;

pub(crate) fn adapter() -> OdooHost {
    OdooHost::new(OdooConfig { panel_domain: DOMAIN.into(), timeout: Duration::from_secs(20) }).unwrap()
}

pub(crate) fn server(url: &str, secrets: ServerSecrets, files_folder: Option<PathBuf>) -> ServerAccess {
    ServerAccess {
        id: ServerId::new(Uuid::from_u128(1)),
        revision: 1,
        url: url.parse().unwrap(),
        secrets,
        files_folder,
    }
}

impl<const VERSION: u8, const POSTGRES: bool> Sandbox<VERSION, POSTGRES> {
    /// A fresh one, without a template.
    async fn empty() -> Self {
        let chance = chance();
        let folder = TempDir::new().unwrap();
        let ahead = Arc::new(AtomicI64::new(0));
        let clock = Arc::clone(&ahead);
        let now = move || {
            let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
            i64::try_from(now).unwrap() + clock.load(Ordering::Relaxed)
        };
        let mut options = OdooOptions {
            version: VERSION,
            master_password: MASTER.into(),
            filestore: Some(folder.path().to_owned()),
            clock: Arc::new(now),
            ..OdooOptions::default()
        };
        let mut secrets = ServerSecrets {
            admin_password: Some(MASTER.into()),
            service_login: Some(SERVICE.into()),
            service_password: Some(SERVICE_PASSWORD.into()),
            ..ServerSecrets::default()
        };
        let mut cluster = None;
        if POSTGRES {
            let made = Cluster::make(&format!("odoo_{chance}")).await;
            options.kind = Kind::Postgres { url: made.url() };
            secrets.database_url = Some(made.url());
            cluster = Some(made);
        }
        let odoo = Odoo::start_with(TcpListener::bind("127.0.0.1:0").unwrap(), options).unwrap();
        let files = POSTGRES.then(|| folder.path().to_owned());
        let access = Arc::new(server(odoo.url(), secrets, files));
        Self { odoo, cluster, folder, access, host: adapter(), chance, ahead }
    }

    fn named(&self, name: &str) -> String {
        format!("{name}-{}", self.chance)
    }

    /// The template, open: a first user whom nobody guesses, and the service person.
    async fn make_template(&mut self) {
        let databases = self.odoo.databases();
        let template = self.named("template");
        let wanted = NewDatabase {
            name: template.clone(),
            login: "template@operator.example".into(),
            password: "Made-up for template 1".into(),
            lang: "en_US".into(),
            country_code: None,
            phone: None,
        };
        databases.create(&wanted).await.unwrap();
        let service = databases.add_user(&template, SERVICE, SERVICE_PASSWORD, false).await.unwrap();
        if VERSION >= 20 {
            // Where JSON-2 is the way to stay, the service person has a key.
            let key = databases.add_api_key(&template, service, None).await.unwrap();
            let mut access = ServerAccess::clone(&self.access);
            access.secrets.service_password = Some(key);
            self.access = Arc::new(access);
        }
        self.close_template().await;
    }

    async fn close_template(&self) {
        let template = self.named("template");
        self.odoo.databases().set_template(&template, true).await.unwrap();
        self.odoo.databases().close(&template, true).await.unwrap();
    }
}

/// A part of names that no other test has.
pub(crate) fn chance() -> String {
    use std::hash::{BuildHasher as _, Hasher as _, RandomState};
    format!("{:012x}", RandomState::new().build_hasher().finish() >> 16)
}

impl<const VERSION: u8, const POSTGRES: bool> World for Sandbox<VERSION, POSTGRES> {
    type Host = OdooHost;

    async fn new() -> Self {
        Self::empty().await
    }

    fn host(&self) -> &OdooHost {
        &self.host
    }

    fn at(&self, name: &str) -> PanelAddress {
        PanelAddress { server: Arc::clone(&self.access), subdomain: self.named(name) }
    }

    fn absent(&self) -> PanelAddress {
        // A port that no test is given, and on which nothing listens in practice.
        let mut access = ServerAccess::clone(&self.access);
        access.url = "http://127.0.0.1:1".parse().unwrap();
        access.secrets.database_url =
            access.secrets.database_url.map(|_| "postgres://odoo@127.0.0.1:1/postgres".into());
        PanelAddress { server: Arc::new(ServerAccess { revision: 2, ..access }), subdomain: self.named("acme") }
    }

    async fn panel_is(&self, panel: &PanelAddress, condition: Condition) {
        if POSTGRES && condition == Condition::Serving {
            let cluster = self.cluster.as_ref().unwrap();
            cluster.sql("postgres", &format!("CREATE DATABASE \"{}\"", panel.subdomain)).await.unwrap();
        }
        let state = match condition {
            Condition::Serving => PanelState::Up,
            Condition::Missing => PanelState::Missing,
            Condition::Broken => PanelState::Broken,
        };
        self.odoo.set_panel(&panel.subdomain, state);
    }

    fn hangs_up(&self) {
        self.odoo.set_down(true);
    }
}

impl<const VERSION: u8, const POSTGRES: bool> Life for Sandbox<VERSION, POSTGRES> {
    type Host = OdooHost;

    async fn new() -> Self {
        let mut made = Self::empty().await;
        made.make_template().await;
        made
    }

    fn host(&self) -> &OdooHost {
        &self.host
    }

    fn at(&self, name: &str) -> PanelAddress {
        World::at(self, name)
    }

    fn absent(&self) -> PanelAddress {
        World::absent(self)
    }

    fn template(&self) -> String {
        self.named("template")
    }

    fn wire(&self) -> Wire {
        Wire::new(self.odoo.url(), DOMAIN)
    }

    fn driver(&self) -> &'static str {
        match (POSTGRES, VERSION) {
            (true, _) => "postgres",
            (false, 20..) => "web",
            (false, _) => "rpc",
        }
    }

    fn service(&self) -> String {
        SERVICE.into()
    }

    fn an_hour_passes(&self) {
        self.ahead.fetch_add(3_600, Ordering::Relaxed);
    }

    async fn attach(&self, panel: &PanelAddress, content: &[u8]) {
        self.odoo.databases().attach(&panel.subdomain, "a file", content.to_vec()).await.unwrap();
    }

    async fn files(&self, panel: &PanelAddress) -> Option<usize> {
        Some(files_below(&self.folder.path().join(&panel.subdomain)))
    }

    async fn end(self) {
        self.odoo.stop().await;
        if let Some(cluster) = &self.cluster {
            cluster.end().await;
        }
    }
}

/// How many files are below a folder, which need not be there.
pub(crate) fn files_below(folder: &std::path::Path) -> usize {
    let Ok(entries) = std::fs::read_dir(folder) else { return 0 };
    entries.flatten().map(|entry| if entry.path().is_dir() { files_below(&entry.path()) } else { 1 }).sum()
}
