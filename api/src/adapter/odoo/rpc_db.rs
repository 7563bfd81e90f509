//! The `db` service of versions 16 to 19.
//!
//! What it says is taken with care: `create_database` says true also when it failed, `drop` says false and no more. Over this wire alone
//! a dump would be held whole in memory, so the server's pages carry it; where they are kept to themselves, only a small one passes.

use std::path::Path;

use async_trait::async_trait;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::driver::Site;
use super::line::Patience;
use super::names::Name;
use super::records::Person;
use super::rpc::{self, Fault};
use super::transfer::{self, Carried};
use super::verbs::{Told, Verbs, master};
use crate::port::Unknown;
use crate::port::host::HostError;

/// A dump that has to be held in memory may be no larger than this. Larger ones need the server's pages, or its PostgreSQL.
const HELD_BYTES_MAX: u64 = 48 << 20;

/// The service as a wire to the manager.
pub(super) struct RpcDb;

/// A call whose result is true, or anything else, which is a no.
async fn told(site: &Site, method: &str, args: &Value, what: &str) -> Result<Told, Unknown> {
    match rpc::call(&site.line, &site.access, ("db", method), args, Patience::Work).await {
        Ok(Value::Bool(true)) => Ok(Told::Done),
        Ok(_) => Ok(Told::No(format!("{what}: the server says that it did not"))),
        // Somebody's earlier call may still be at work on this very name: nothing is known until it is over.
        Err(Fault::Said { name, .. }) if name.ends_with("DatabaseExists") || name.ends_with("DuplicateDatabase") => {
            Err(Unknown::new(format!("{what}: a database of this name has just come up")))
        }
        Err(fault) => Told::by(fault, what),
    }
}

fn password(site: &Site) -> &str {
    master(site).unwrap_or_default()
}

#[async_trait]
impl Verbs for RpcDb {
    fn word(&self) -> &'static str {
        "rpc"
    }

    async fn list(&self, site: &Site, _about: Option<&str>) -> Result<Vec<String>, HostError> {
        let told = rpc::call(&site.line, &site.access, ("db", "list"), &json!([]), Patience::Look).await;
        let names = told.map_err(|fault| fault.told("listing the databases"))?;
        serde_json::from_value(names).map_err(|_| Unknown::new("the server's list cannot be read").into())
    }

    async fn create(&self, site: &Site, name: &Name, admin: Person<'_>) -> Result<Told, Unknown> {
        let args = json!([password(site), name.as_str(), false, "en_US", admin.password, admin.login]);
        told(site, "create_database", &args, "creating the database").await
    }

    async fn duplicate(&self, site: &Site, template: &str, name: &Name) -> Result<Told, Unknown> {
        told(site, "duplicate_database", &json!([password(site), template, name.as_str()]), "copying the template")
            .await
    }

    async fn rename(&self, site: &Site, from: &Name, to: &Name) -> Result<Told, Unknown> {
        told(site, "rename", &json!([password(site), from.as_str(), to.as_str()]), "renaming the database").await
    }

    async fn drop_it(&self, site: &Site, name: &Name) -> Result<Told, Unknown> {
        told(site, "drop", &json!([password(site), name.as_str()]), "dropping the database").await
    }

    async fn dump(&self, site: &Site, name: &Name, into: &Path) -> Result<Told, Unknown> {
        match transfer::backup(site, password(site), name, into).await? {
            Carried::Told(told) => return Ok(told),
            Carried::NoSuchPage => {}
        }
        let args = json!([password(site), name.as_str(), "zip"]);
        let text = match rpc::call_large(&site.line, &site.access, ("db", "dump"), &args, HELD_BYTES_MAX * 4 / 3).await
        {
            Ok(Some(Value::String(text))) => text,
            Ok(Some(_)) => return Err(Unknown::new("the server's dump cannot be read")),
            Ok(None) => {
                return Ok(Told::No("the dump is too large for this way; let us reach /web/database/backup".into()));
            }
            Err(fault) => return Told::by(fault, "dumping the database"),
        };
        let bytes = STANDARD.decode(text).map_err(|_| Unknown::new("the server's dump cannot be read"))?;
        transfer::keep(&bytes, into).await
    }

    async fn load(&self, site: &Site, name: &Name, from: &Path) -> Result<Told, Unknown> {
        match transfer::restore(site, password(site), name, from).await? {
            Carried::Told(told) => return Ok(told),
            Carried::NoSuchPage => {}
        }
        match tokio::fs::metadata(from).await {
            Ok(file) if file.len() > HELD_BYTES_MAX => {
                return Ok(Told::No("the dump is too large for this way; let us reach /web/database/restore".into()));
            }
            _ => {}
        }
        let Ok(bytes) = tokio::fs::read(from).await else {
            return Ok(Told::No("the dump's file cannot be read".into()));
        };
        let args = json!([password(site), name.as_str(), STANDARD.encode(bytes), false]);
        told(site, "restore", &args, "restoring the database").await
    }
}
