//! The servers on which panels run. For operators.

use crate::ids::{AccountId, PlanId, ServerId, TenantId};
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// A server to be registered, or a server's new settings. A secret that is left out of an edit stays as it was; with another
/// scheme, host or port in `url`, each secret that is kept has to be sent anew.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ServerSettings {
    /// What operators call it; 1 to 80 characters, unique.
    pub name: String,
    /// Where it listens for us alone: `http://10.0.0.5:8069`.
    pub url: String,
    /// Which of its databases new panels are copies of.
    pub template: String,
    /// How many panels it may hold.
    pub capacity: u32,
    /// Whether it gets no new panels.
    #[serde(default)]
    pub draining: bool,
    /// Where the files of its panels are, as this machine sees them: `/srv/odoo/filestore`. With `database_url` it makes panels
    /// lockable.
    #[serde(default)]
    pub files_folder: Option<String>,
    /// The password of the server's own database manager. Never sent back.
    #[serde(default)]
    pub admin_password: Option<String>,
    /// Its database cluster, as the role that owns the panels' databases. Never sent back.
    #[serde(default)]
    pub database_url: Option<String>,
    /// How we sign in to panels: a person whom the template knows. Never sent back.
    #[serde(default)]
    pub service_login: Option<String>,
    /// Their password. Never sent back.
    #[serde(default)]
    pub service_password: Option<String>,
}

/// A server as operators see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ServerView {
    /// Its id.
    pub id: ServerId,
    /// What operators call it.
    pub name: String,
    /// Where it listens for us.
    pub url: String,
    /// Which of its databases new panels are copies of.
    pub template: String,
    /// How many panels it may hold.
    pub capacity: u32,
    /// How many it holds, counted now.
    pub panels: u32,
    /// How many of them are active now.
    pub active: u32,
    /// How many more it may get.
    pub free: u32,
    /// Whether less than a tenth of its room is left: a hint for people, not a rule.
    pub nearly_full: bool,
    /// Whether it gets no new panels.
    pub draining: bool,
    /// Where the files of its panels are.
    pub files_folder: Option<String>,
    /// Which secrets are kept: `admin_password`, `database_url`, `service_login`, `service_password`.
    pub secrets: Vec<String>,
    /// Its version when it was last asked.
    pub version: Option<String>,
    /// By which means its databases are managed: `postgres`, `rpc` or `web`.
    pub driver: Option<String>,
    /// Whether a panel that is closed is locked at the server, and not by the gate alone.
    pub locks: Option<bool>,
    /// How many databases it listed when it was last asked.
    pub databases: Option<u32>,
    /// What all its databases weighed then, without their files; `null` if it does not say.
    pub database_bytes: Option<i64>,
    /// When it last answered.
    pub surveyed_at: Option<Timestamp>,
    /// What went wrong when it was last asked, or that its secrets cannot be read; `null` if nothing did.
    pub trouble: Option<String>,
    /// Whether it has not answered for so long that it gets no new panels.
    pub silent: bool,
    /// For `If-Match`.
    pub revision: i32,
}

/// All servers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ServerList {
    /// By name.
    pub items: Vec<ServerView>,
}

/// A database at a server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DatabaseView {
    /// Its name.
    pub name: String,
    /// Whether it lets nobody in; `null` if that cannot be told.
    pub closed: Option<bool>,
    /// The panel that it is; `null` if it is none of ours, and can be adopted.
    pub tenant_id: Option<TenantId>,
}

/// What a server has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DatabaseList {
    /// By name; templates are left out.
    pub items: Vec<DatabaseView>,
}

/// A database that becomes a panel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Adopt {
    /// Its name at the server; the panel's subdomain from now on.
    pub database: String,
    /// What its people call it; 1 to 80 characters.
    pub name: String,
    /// Who pays: the address of one of the account's people.
    pub owner_email: String,
    /// The plan's name.
    pub plan: String,
}

/// A database became a panel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Adopted {
    /// The panel. It awaits its first payment.
    pub tenant_id: TenantId,
    /// Why its owner cannot be signed in by one click, in words; `null` if they can.
    pub trouble: Option<String>,
}

/// Databases that become panels.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ImportList {
    /// 1 to 200 of them, each for itself: what one of them lacks keeps no other back.
    pub rows: Vec<ImportRow>,
}

/// A database that becomes a panel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ImportRow {
    /// Its name at the server; the panel's subdomain from now on.
    pub database: String,
    /// Who pays; or else `account_email`.
    #[serde(default)]
    pub account_id: Option<AccountId>,
    /// Who pays: the address of one of the account's people; or else `account_id`.
    #[serde(default)]
    pub account_email: Option<String>,
    /// The plan that its first cycle is ordered on.
    pub plan_id: PlanId,
    /// What its people call it; 1 to 80 characters.
    pub name: String,
    /// The first cycle that it gets.
    #[serde(default)]
    pub starts: FirstCycle,
}

/// What a panel begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum FirstCycle {
    /// Nothing: it awaits its first payment like any other.
    #[default]
    None,
}

/// What became of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Imported {
    /// Row by row, in the list's order.
    pub rows: Vec<ImportedRow>,
}

/// What became of a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ImportedRow {
    /// The database.
    pub database: String,
    /// What became of it.
    pub outcome: ImportOutcome,
    /// The panel; `null` if it was refused.
    pub tenant_id: Option<TenantId>,
    /// Why it was refused, for programs: `unknown`, `taken`, `twice`, `host_unavailable`, …; `null` if it was not.
    pub code: Option<String>,
    /// Why it was refused, or why its owner cannot be signed in by one click, in words.
    pub detail: Option<String>,
}

/// What became of a database that is to be a panel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum ImportOutcome {
    /// It is one now.
    Adopted,
    /// It was one before, of this account.
    Already,
    /// It is none, and nothing was changed.
    Refused,
}
