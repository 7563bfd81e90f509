//! Odoo servers, the hosts of the panels, as a plug for `port::host`: versions 16 to 20, each by the best way that its server and our rights
//! allow.
//!
//! | driver | needs | closes by |
//! |---|---|---|
//! | `postgres` | the database cluster, as the role that owns the panels' databases, and the folder of their files | a locked database |
//! | `rpc` | the master password, and the `db` service (16 to 19) | the gate alone |
//! | `web` | the master password, and the pages under `/web/database` (any version) | the gate alone |
//!
//! A server up to version 18 must filter by host name (`dbfilter = ^%d$`) where we reach it, or no panel is ever seen up.
//! The last two drivers also need a service person in every template, and a server of theirs should be one process: a
//! second one goes on with what it remembers of a database whose name is given again, which only the first driver can make
//! it forget. The adapter knows no tenant's history and decides nothing: which name is whose is the caller's business.

mod choose;
mod driver;
mod entry;
mod furnish;
mod identity;
mod line;
mod managed;
mod names;
mod password;
mod people;
mod postgres;
mod probe;
mod records;
mod rpc;
mod rpc_db;
mod signing;
mod transfer;
mod verbs;
mod version;
mod web_db;

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use shared::billing::usage::Seen;
use shared::ids::ServerId;
use url::Url;

use crate::port::host::{Dumped, HostError, Identity, Measured, PanelAddress, PanelHost, ServerAccess, Survey};
use driver::{Driver, Site};
use line::Line;
use names::Name;

pub use line::SetupError;

/// What holds for all servers.
#[derive(Debug, Clone)]
pub struct OdooConfig {
    /// The domain under which panels live: `example.com` for `acme.example.com`.
    pub panel_domain: String,
    /// For one look: a probe, a question for a version, a count of people.
    pub timeout: Duration,
}

/// For one step of what makes, moves, dumps or drops a database.
const WORK_TIMEOUT: Duration = Duration::from_secs(600);

/// All Odoo servers with their panels.
pub struct OdooHost {
    line: Line,
    /// How each server is managed, as long as nothing about it changes and nothing goes wrong there.
    known: Mutex<HashMap<ServerId, Known>>,
}

struct Known {
    revision: i32,
    driver: Arc<dyn Driver>,
}

impl OdooHost {
    /// Prepares; connects to nothing.
    pub fn new(config: OdooConfig) -> Result<Self, SetupError> {
        let line = Line::new(config.panel_domain, config.timeout, WORK_TIMEOUT)?;
        Ok(Self { line, known: Mutex::default() })
    }

    /// How this server is managed.
    async fn driver(&self, access: &Arc<ServerAccess>) -> Result<Arc<dyn Driver>, HostError> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner).get(&access.id).and_then(|it| {
            let same = it.revision == access.revision;
            same.then(|| Arc::clone(&it.driver))
        });
        if let Some(driver) = known {
            return Ok(driver);
        }
        let site = Site { access: Arc::clone(access), line: self.line.clone() };
        let driver: Arc<dyn Driver> = choose::choose(&site).await?.into();
        let known = Known { revision: access.revision, driver: Arc::clone(&driver) };
        self.known.lock().unwrap_or_else(PoisonError::into_inner).insert(access.id, known);
        Ok(driver)
    }

    /// The way and the name that a call for this panel needs.
    async fn way(&self, panel: &PanelAddress) -> Result<(Arc<dyn Driver>, Name), HostError> {
        let name = Name::of(&panel.subdomain)?;
        Ok((self.driver(&panel.server).await?, name))
    }

    /// After anything but success the server is asked anew what it is: it may have been replaced meanwhile.
    fn seen<T>(&self, server: ServerId, outcome: Result<T, HostError>) -> Result<T, HostError> {
        if outcome.is_err() {
            self.known.lock().unwrap_or_else(PoisonError::into_inner).remove(&server);
        }
        outcome
    }
}

#[async_trait]
impl PanelHost for OdooHost {
    async fn probe(&self, panel: &PanelAddress) -> Seen {
        probe::probe(&self.line, panel).await
    }

    async fn measure(&self, panel: &PanelAddress) -> Measured {
        match self.way(panel).await {
            Ok((driver, name)) => driver.measure(&name).await,
            Err(_) => Measured::default(),
        }
    }

    /// Where databases cannot be locked there is nothing to do, and so nothing that a server which is away could delay.
    async fn close(&self, panel: &PanelAddress) -> Result<(), HostError> {
        if !postgres::PgDb::may(&panel.server) {
            return Ok(());
        }
        let (driver, name) = self.way(panel).await?;
        self.seen(panel.server.id, driver.close(&name).await)
    }

    async fn open(&self, panel: &PanelAddress) -> Result<(), HostError> {
        if !postgres::PgDb::may(&panel.server) {
            return Ok(());
        }
        let (driver, name) = self.way(panel).await?;
        self.seen(panel.server.id, driver.open(&name).await)
    }

    async fn survey(&self, server: &ServerAccess) -> Result<Survey, HostError> {
        let driver = self.driver(&Arc::new(server.clone())).await?;
        let survey = async {
            let databases = driver.databases().await?;
            let version = driver.version().await?.text;
            Ok::<_, HostError>(Survey {
                version,
                driver: driver.word(),
                locks: driver.locks(),
                lists_closed: driver.lists_closed(),
                databases,
                database_bytes: driver.database_bytes().await,
            })
        };
        self.seen(server.id, survey.await)
    }

    async fn build(&self, at: &PanelAddress, template: &str, identity: &Identity) -> Result<(), HostError> {
        let (driver, name) = self.way(at).await?;
        if !template.is_empty() {
            names::template(template)?;
        }
        if template == name.as_str() {
            return driver::refused("a panel cannot be made from itself");
        }
        self.seen(at.server.id, driver.build(&name, template, identity).await)
    }

    async fn adopt(&self, panel: &PanelAddress, identity: &Identity) -> Result<Option<String>, HostError> {
        let (driver, name) = self.way(panel).await?;
        self.seen(panel.server.id, driver.adopt(&name, identity).await)
    }

    async fn rename(&self, from: &PanelAddress, to: &str) -> Result<(), HostError> {
        let (driver, name) = self.way(from).await?;
        let to = Name::of(to)?;
        self.seen(from.server.id, driver.rename(&name, &to).await)
    }

    async fn remove(&self, database: &PanelAddress) -> Result<(), HostError> {
        let (driver, name) = self.way(database).await?;
        self.seen(database.server.id, driver.remove(&name).await)
    }

    async fn dump(&self, database: &PanelAddress, into: &Path) -> Result<Dumped, HostError> {
        let (driver, name) = self.way(database).await?;
        self.seen(database.server.id, driver.dump(&name, into).await)
    }

    async fn is_gone(&self, database: &PanelAddress) -> Result<bool, HostError> {
        let (driver, name) = self.way(database).await?;
        self.seen(database.server.id, driver.is_gone(&name).await)
    }

    async fn load(&self, at: &PanelAddress, from: &Path, identity: Option<&Identity>) -> Result<(), HostError> {
        let (driver, name) = self.way(at).await?;
        self.seen(at.server.id, driver.load(&name, from, identity).await)
    }

    async fn entry(&self, panel: &PanelAddress, url: &Url, token: &str) -> Result<Url, HostError> {
        let (driver, name) = self.way(panel).await?;
        let door = self.seen(panel.server.id, driver.door(&name).await)?;
        entry::address(url, &name, &door, token)
    }
}
