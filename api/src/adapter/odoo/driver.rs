//! What a way of managing databases must be able to do. The port's promises are kept behind it; choosing is not its business.

use std::path::Path;
use std::sync::Arc;

use async_trait::async_trait;

use super::line::Line;
use super::names::Name;
use super::version::Version;
use crate::port::host::{DatabaseSeen, Dumped, HostError, Identity, Measured, ServerAccess};

/// One server: its address and secrets, and the line to it.
#[derive(Clone)]
pub(super) struct Site {
    pub(super) access: Arc<ServerAccess>,
    pub(super) line: Line,
}

/// Through which the owner's browser comes in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Door {
    /// The number of our row among the panel's providers of sign-ins.
    pub(super) provider: i64,
    /// The panel's version.
    pub(super) version: Version,
}

/// A way of managing a server's databases. Each method promises what the port's of the same name does.
#[async_trait]
pub(super) trait Driver: Send + Sync {
    /// A word for the operator.
    fn word(&self) -> &'static str;
    /// Whether `close` locks the database itself.
    fn locks(&self) -> bool;
    /// The server's version.
    async fn version(&self) -> Result<Version, HostError>;
    /// Whether `databases` names closed ones and templates, too.
    fn lists_closed(&self) -> bool;
    /// All that are there, as far as it tells.
    async fn databases(&self) -> Result<Vec<DatabaseSeen>, HostError>;
    /// What all of them weigh together, without files; `None` if it cannot tell, or not within a look.
    async fn database_bytes(&self) -> Option<i64>;
    /// People, bytes and the last sign-in.
    async fn measure(&self, name: &Name) -> Measured;
    /// Locks it, if it can.
    async fn close(&self, name: &Name) -> Result<(), HostError>;
    /// Unlocks it.
    async fn open(&self, name: &Name) -> Result<(), HostError>;
    /// From a template; from nothing if `template` is empty and the server can do that.
    async fn build(&self, at: &Name, template: &str, identity: &Identity) -> Result<(), HostError>;
    /// Writes who it is.
    async fn adopt(&self, name: &Name, identity: &Identity) -> Result<Option<String>, HostError>;
    /// Another name, files too.
    async fn rename(&self, from: &Name, to: &Name) -> Result<(), HostError>;
    /// Drops it, files too.
    async fn remove(&self, name: &Name) -> Result<(), HostError>;
    /// Into a file.
    async fn dump(&self, name: &Name, into: &Path) -> Result<Dumped, HostError>;
    /// Whether there is none of this name, open or closed.
    async fn is_gone(&self, name: &Name) -> Result<bool, HostError>;
    /// Out of a file; as another panel, if it says which.
    async fn load(&self, at: &Name, from: &Path, identity: Option<&Identity>) -> Result<(), HostError>;
    /// Where the owner comes in.
    async fn door(&self, name: &Name) -> Result<Door, HostError>;
}

/// A definite no.
pub(super) fn refused<T>(why: impl Into<String>) -> Result<T, HostError> {
    Err(HostError::Refused(why.into()))
}
