//! What the server's own database manager is told, by whichever wire. A verb says how it went and is believed in nothing: `managed`
//! looks what has become of it.

use std::path::Path;

use async_trait::async_trait;

use super::driver::{Site, refused};
use super::names::Name;
use super::records::Person;
use super::rpc::Fault;
use crate::port::Unknown;
use crate::port::host::HostError;

/// How it went, as the server tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Told {
    /// It says that it was done.
    Done,
    /// It says that it was not, in our words.
    No(String),
}

impl Told {
    /// What a fault of RPC means: only silence leaves it open.
    pub(super) fn by(fault: Fault, what: &str) -> Result<Self, Unknown> {
        match fault.told(what) {
            HostError::Unknown(unknown) => Err(unknown),
            HostError::Refused(why) => Ok(Self::No(why)),
        }
    }
}

/// One wire to the database manager.
#[async_trait]
pub(super) trait Verbs: Send + Sync {
    /// A word for the operator.
    fn word(&self) -> &'static str;
    /// The names of the databases that are open. A server that filters by host name is asked in the name of `about`.
    async fn list(&self, site: &Site, about: Option<&str>) -> Result<Vec<String>, HostError>;
    /// An empty one, with its administrator.
    async fn create(&self, site: &Site, name: &Name, admin: Person<'_>) -> Result<Told, Unknown>;
    /// A copy. It sends away whoever is connected to the template.
    async fn duplicate(&self, site: &Site, template: &str, name: &Name) -> Result<Told, Unknown>;
    /// Another name.
    async fn rename(&self, site: &Site, from: &Name, to: &Name) -> Result<Told, Unknown>;
    /// Away with it.
    async fn drop_it(&self, site: &Site, name: &Name) -> Result<Told, Unknown>;
    /// Into a file that is not there yet.
    async fn dump(&self, site: &Site, name: &Name, into: &Path) -> Result<Told, Unknown>;
    /// Out of a file.
    async fn load(&self, site: &Site, name: &Name, from: &Path) -> Result<Told, Unknown>;
}

/// The manager's password. While it is still the word that every new server has, some calls would *change* it to what they bring: so nothing
/// but a real one is ever sent.
pub(super) fn master(site: &Site) -> Result<&str, HostError> {
    match site.access.secrets.admin_password.as_deref() {
        None | Some("") => refused("the server's database manager has no password here: give it"),
        Some("admin") => refused("the server's master password is still the one that everybody knows: change it"),
        Some(password) => Ok(password),
    }
}
