//! The host: the servers on which panels run.
//!
//! A panel is a database of its own at one server, and the first label of its address is the database's name. What is built,
//! restored or taken away is first a database beside the panel, under a name that nobody else uses, so that every call can
//! be repeated after a crash.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use async_trait::async_trait;
use shared::billing::gauge::Sample;
use shared::billing::usage::Seen;
use shared::ids::{ServerId, TenantId};
use shared::time::Timestamp;
use url::Url;

use super::Unknown;

/// How a server is reached, and by what rights.
#[derive(Clone, PartialEq, Eq)]
pub struct ServerAccess {
    /// Which server.
    pub id: ServerId,
    /// Grows whenever anything here changes.
    pub revision: i32,
    /// Where it listens for us alone.
    pub url: Url,
    /// What the operator gave us of its secrets.
    pub secrets: ServerSecrets,
    /// Where the files of its panels are, as this machine sees them.
    pub files_folder: Option<PathBuf>,
}

/// What opens a server. Each is optional: what a host cannot do without it, it refuses in words.
#[derive(Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct ServerSecrets {
    /// Of the server's own database manager.
    pub admin_password: Option<String>,
    /// The database cluster, as the role that owns the panels' databases: `postgres://odoo:…@10.0.0.5/postgres`.
    pub database_url: Option<String>,
    /// A person whom every template knows, and so every panel: their name for signing in.
    pub service_login: Option<String>,
    /// Their password.
    pub service_password: Option<String>,
}

/// Secrets are never printed.
impl std::fmt::Debug for ServerAccess {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ServerAccess").field("id", &self.id).field("url", &self.url.as_str()).finish_non_exhaustive()
    }
}

/// Which database is meant, and where it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PanelAddress {
    /// At which server.
    pub server: Arc<ServerAccess>,
    /// The first label of the panel's address: `acme` of `acme.example.com`.
    pub subdomain: String,
}

impl PanelAddress {
    /// Another database at the same server.
    #[must_use]
    pub fn beside(&self, name: &str) -> Self {
        Self { server: Arc::clone(&self.server), subdomain: name.to_owned() }
    }
}

/// What a panel knows of itself, and of us.
#[derive(Clone, PartialEq, Eq)]
pub struct Identity {
    /// Written into the database as its marker. `adopt` alone reads it, and refuses what is marked as another panel's; names keep the rest
    /// apart.
    pub tenant_id: TenantId,
    /// Removed panels that a database of this name was. `adopt` takes what bears their marker, too.
    pub before: Vec<TenantId>,
    /// Where its people reach it.
    pub url: Url,
    /// Its owner.
    pub owner: Owner,
    /// Where it asks whether a one-time token is good.
    pub entry_check_url: Url,
}

impl Identity {
    /// Whether a database's marker names this panel, or a removed one that the database was.
    #[must_use]
    pub fn was(&self, marker: &str) -> bool {
        self.before.iter().chain([&self.tenant_id]).any(|id| id.to_string() == marker)
    }
}

/// The person for whom a panel is set up.
#[derive(Clone, PartialEq, Eq)]
pub struct Owner {
    /// How they sign in: their e-mail address.
    pub login: String,
    /// What they are called.
    pub name: String,
    /// Made up for this one set-up; kept nowhere. They come in by one-time tokens, or choose a password there.
    pub password: String,
    /// Under which a one-time token names them.
    pub subject: String,
}

/// What one look at a panel that is up brings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Measured {
    /// Users and bytes. Users are the distinct internal people who were active at any time of the last 24 hours; our own
    /// service person does not count. `None` is "not measured" and never zero; what is not measured is not charged.
    pub sample: Sample,
    /// When somebody last signed in, by the panel's own clock.
    pub last_active_at: Option<Timestamp>,
}

/// What a server says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Survey {
    /// Its version, as it says it: `17.0`.
    pub version: String,
    /// By which means its databases are managed, in a word for the operator: `postgres`, `rpc` or `web`.
    pub driver: &'static str,
    /// Whether `close` locks the database itself, and not the gate alone.
    pub locks: bool,
    /// Whether closed databases and templates are among those that it lists.
    pub lists_closed: bool,
    /// The databases that it lists, by name.
    pub databases: Vec<DatabaseSeen>,
    /// What they weigh together, without their files; `None` if it does not say.
    pub database_bytes: Option<i64>,
}

/// A database at a server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatabaseSeen {
    /// Its name.
    pub name: String,
    /// Whether it lets nobody in. `None` if that cannot be told.
    pub closed: Option<bool>,
    /// Whether it is there to be copied, and not a panel. `None` if that cannot be told.
    pub template: Option<bool>,
}

/// What a dump lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Dumped {
    /// So many files that the database's own records name were not there, and so are not in it. `None` if the host does not say.
    pub missing_files: Option<u32>,
}

/// Why a host did not do what it was asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HostError {
    /// Nothing is known: it may or may not have been done. Ask again.
    #[error(transparent)]
    Unknown(#[from] Unknown),
    /// The host answered, and nothing was done. Asking again will not help before somebody has mended what the words say.
    #[error("{0}")]
    Refused(String),
}

/// The host of the panels. Whatever is asked, asking again is safe.
#[async_trait]
pub trait PanelHost: Send + Sync {
    /// What the host says of the panel at this moment: `Up` if it would serve a request, `Down` if the host answered
    /// and the panel would not. No answer, or one that cannot be read, is `Seen::Unknown`; it is not an error, since
    /// an unknown second is a fact to be recorded. Changes nothing.
    async fn probe(&self, panel: &PanelAddress) -> Seen;

    /// Counts the panel's people and bytes, without making it look alive. Changes nothing; bounded by seconds.
    async fn measure(&self, panel: &PanelAddress) -> Measured;

    /// Closes the panel. `Ok` means that nothing that passes the gate reaches it, and, if the server lets us lock
    /// databases (see [`Survey::locks`]), that nothing else does either: other names, remote calls, scheduled jobs, and
    /// connections that were open. The gate refuses already, by the panel's state. A database that is not there is closed.
    async fn close(&self, panel: &PanelAddress) -> Result<(), HostError>;

    /// Undoes `close`. `Ok` means that the host puts nothing in the panel's way; whether it is up, `probe` says.
    async fn open(&self, panel: &PanelAddress) -> Result<(), HostError>;

    /// What the server is, and what it has.
    async fn survey(&self, server: &ServerAccess) -> Result<Survey, HostError>;

    /// Makes the database `at` from a template, as this panel, and makes sure that the owner comes in with their password
    /// and that nobody comes in with one that everybody knows. What is left there of an earlier try under this very
    /// name is dropped first; on any `Refused` nothing is left. The name must be one that only the caller uses.
    async fn build(&self, at: &PanelAddress, template: &str, identity: &Identity) -> Result<(), HostError>;

    /// Writes the panel's identity into a database that is there already: where it is reached, and where it asks about
    /// one-time tokens, for the owner's login if the database knows it. Changes nobody's password; what was closed stays closed.
    /// `Refused` if it is another panel's, or no panel's at all. `Ok` with words: we are not let in, so that nothing is written, and its
    /// owner has the front door.
    async fn adopt(&self, panel: &PanelAddress, identity: &Identity) -> Result<Option<String>, HostError>;

    /// Gives a database, with its files, another name. `Ok` also if only the new name is there. `Refused` if neither is, or if
    /// both are. Whoever was connected is sent away.
    async fn rename(&self, from: &PanelAddress, to: &str) -> Result<(), HostError>;

    /// Drops a database and its files for good, closed or not. `Ok` means that the host confirms that it is not there.
    async fn remove(&self, database: &PanelAddress) -> Result<(), HostError>;

    /// Writes everything that the database holds, and its files, to a new file `into`: all that is there, or an `Err`. An open database
    /// stays open, a closed one closed.
    async fn dump(&self, database: &PanelAddress, into: &Path) -> Result<Dumped, HostError>;

    /// Whether there is certainly no such database, neither an open nor a closed one. Changes nothing.
    async fn is_gone(&self, database: &PanelAddress) -> Result<bool, HostError>;

    /// Makes the database `at` from what `dump` wrote, closed to nobody. What is left there of an earlier try is dropped first. With
    /// an identity it is that panel's from then on, whoever's it was: it has that address and secrets of its own, the owner comes
    /// in by one-time tokens for it, and nobody's password changes. On any `Refused` nothing is left.
    async fn load(&self, at: &PanelAddress, from: &Path, identity: Option<&Identity>) -> Result<(), HostError>;

    /// The address at which the owner's browser is signed in by the one-time `token`; `url` is the panel's own.
    async fn entry(&self, panel: &PanelAddress, url: &Url, token: &str) -> Result<Url, HostError>;
}
