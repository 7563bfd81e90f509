//! Which way a server's databases are managed: found out from what it answers, and from what we may use.

use reqwest::StatusCode;
use serde_json::{Value, json};

use super::driver::{Driver, Site};
use super::line::{Patience, send, whole};
use super::managed::Managed;
use super::postgres::PgDb;
use super::rpc::{self, Fault};
use super::rpc_db::RpcDb;
use super::verbs::Verbs;
use super::version::Version;
use super::web_db::WebDb;
use crate::port::Unknown;
use crate::port::host::HostError;

/// PostgreSQL itself if we may, whatever the version; else the `db` service if it answers; else the pages.
pub(super) async fn choose(site: &Site) -> Result<Box<dyn Driver>, HostError> {
    if let Some(driver) = PgDb::of(site)? {
        return Ok(Box::new(driver));
    }
    let (version, verbs): (_, Box<dyn Verbs>) = match service(site).await {
        Ok(version) => (version, Box::new(RpcDb)),
        Err(Fault::Silent(unknown)) => return Err(unknown.into()),
        Err(Fault::Absent | Fault::Said { .. }) => (version(site).await?, Box::new(WebDb)),
    };
    Ok(Box::new(Managed { site: site.clone(), version, verbs }))
}

/// Whether the `db` service is there, by a question that needs no password.
async fn service(site: &Site) -> Result<Version, Fault> {
    let told = rpc::call(&site.line, &site.access, ("db", "server_version"), &json!([]), Patience::Look).await?;
    let unreadable = || Fault::Silent(Unknown::new("the server's version cannot be read"));
    told.as_str().and_then(Version::of).ok_or_else(unreadable)
}

/// Asks in the three ways that there are: RPC, a plain address from version 19 on, and what the browser's own program asks.
pub(super) async fn version(site: &Site) -> Result<Version, HostError> {
    let read = |told: &Value, key: &str| told.get(key).and_then(Value::as_str).and_then(Version::of);
    let Site { access, line } = site;
    match rpc::call(line, access, ("common", "version"), &json!([]), Patience::Look).await {
        Ok(told) => {
            if let Some(version) = read(&told, "server_version") {
                return Ok(version);
            }
        }
        Err(Fault::Silent(unknown)) => return Err(unknown.into()),
        Err(Fault::Absent | Fault::Said { .. }) => {}
    }
    let answer = whole(send(line.get(&access.url, "/web/version", Patience::Look)).await?).await?;
    let told: Option<Value> = serde_json::from_slice(&answer.body).ok().filter(|_| answer.status == StatusCode::OK);
    if let Some(version) = told.and_then(|told| read(&told, "version")) {
        return Ok(version);
    }
    let path = "/web/webclient/version_info";
    let told = rpc::envelope(line, access, path, None, &json!({}), Patience::Look).await;
    let told = told.map_err(|fault| fault.told("asking for the version"))?;
    read(&told, "server_version").ok_or_else(|| Unknown::new("the server does not say its version").into())
}
