//! How a sandbox Odoo is set up. Opens nothing.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use crate::gateway::Clock;

use super::databases::Databases;

/// Which versions are played.
pub(super) const VERSIONS: std::ops::RangeInclusive<u8> = 16..=20;

/// Where the databases are.
#[derive(Clone)]
pub enum Kind {
    /// In memory.
    Memory,
    /// In a PostgreSQL server: each is a real database, owned by the role of this address.
    Postgres {
        /// `postgres://role:password@host:port/postgres`; the role needs `CREATEDB`.
        url: String,
    },
    /// Those of another sandbox Odoo: a second process beside it, as a private one beside a public one.
    Beside(Box<Databases>),
}

/// A set-up. `OdooOptions::default()` is Odoo 17 in memory, with the master password `admin`.
#[derive(Clone)]
pub struct OdooOptions {
    /// 16 to 20. It decides about JSON-2 (19 and 20), the RPC service `db` (not 20), error codes and some columns.
    pub version: u8,
    /// `admin_passwd`. While it is `admin`, the web's database routes replace it with whatever they are sent.
    pub master_password: String,
    /// Whether databases may be listed and managed.
    pub list_db: bool,
    /// Whether `X-Forwarded-Host` is believed.
    pub proxy_mode: bool,
    /// The folder in which each database has its folder of files; in memory if left out.
    pub filestore: Option<PathBuf>,
    /// Where the databases are.
    pub kind: Kind,
    /// What time it is, in seconds since 1970.
    pub clock: Clock,
}

impl Default for OdooOptions {
    fn default() -> Self {
        Self {
            version: 17,
            master_password: "admin".to_owned(),
            list_db: true,
            proxy_mode: true,
            filestore: None,
            kind: Kind::Memory,
            clock: Arc::new(now),
        }
    }
}

/// Seconds since 1970; 0 on a clock that stands before that.
fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
}
