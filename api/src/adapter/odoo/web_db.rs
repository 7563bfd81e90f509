//! The pages under `/web/database`: the only manager of version 20, and of any server that keeps RPC to itself.
//!
//! A page leads on (303) when it has done its work. A page that is shown (200) has failed, and says why in words for people,
//! which nobody reads here. Newer ones also fail by status.

use std::path::Path;

use async_trait::async_trait;
use reqwest::StatusCode;
use serde_json::json;

use super::driver::Site;
use super::line::{Patience, send};
use super::names::Name;
use super::records::Person;
use super::rpc;
use super::transfer::{self, Carried};
use super::verbs::{Told, Verbs, master};
use crate::port::Unknown;
use crate::port::host::HostError;

/// The pages as a wire to the manager.
pub(super) struct WebDb;

/// Sends a form to a page. In nobody's name: a page that speaks for the panel it is about to drop would trip over itself.
async fn form(site: &Site, page: &str, fields: &[(&str, &str)], what: &str) -> Result<Told, Unknown> {
    let request = site.line.post(&site.access.url, &format!("/web/database/{page}"), Patience::Work);
    let mut all = vec![("master_pwd", master(site).unwrap_or_default())];
    all.extend_from_slice(fields);
    verdict(send(request.form(&all)).await?.status(), what)
}

/// What a page's status says of its work.
pub(super) fn verdict(status: StatusCode, what: &str) -> Result<Told, Unknown> {
    match status {
        StatusCode::SEE_OTHER | StatusCode::FOUND => Ok(Told::Done),
        StatusCode::OK => Ok(Told::No(format!("{what}: the server's page says that it failed"))),
        StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => {
            Ok(Told::No(format!("{what}: this version has no page for that")))
        }
        status if status.is_client_error() => Ok(Told::No(format!("{what}: the server refuses ({})", status.as_u16()))),
        status => Err(Unknown::new(format!("{what}: the server answered {}", status.as_u16()))),
    }
}

#[async_trait]
impl Verbs for WebDb {
    fn word(&self) -> &'static str {
        "web"
    }

    async fn list(&self, site: &Site, about: Option<&str>) -> Result<Vec<String>, HostError> {
        let path = "/web/database/list";
        let told = rpc::envelope(&site.line, &site.access, path, about, &json!({}), Patience::Look).await;
        let names = told.map_err(|fault| fault.told("listing the databases"))?;
        serde_json::from_value(names).map_err(|_| Unknown::new("the server's list cannot be read").into())
    }

    async fn create(&self, site: &Site, name: &Name, admin: Person<'_>) -> Result<Told, Unknown> {
        let fields = [
            ("name", name.as_str()),
            ("lang", "en_US"),
            ("login", admin.login),
            ("password", admin.password),
            ("phone", ""),
        ];
        form(site, "create", &fields, "creating the database").await
    }

    async fn duplicate(&self, site: &Site, template: &str, name: &Name) -> Result<Told, Unknown> {
        form(site, "duplicate", &[("name", template), ("new_name", name.as_str())], "copying the template").await
    }

    async fn rename(&self, site: &Site, from: &Name, to: &Name) -> Result<Told, Unknown> {
        form(site, "rename", &[("name", from.as_str()), ("new_name", to.as_str())], "renaming the database").await
    }

    async fn drop_it(&self, site: &Site, name: &Name) -> Result<Told, Unknown> {
        form(site, "drop", &[("name", name.as_str())], "dropping the database").await
    }

    async fn dump(&self, site: &Site, name: &Name, into: &Path) -> Result<Told, Unknown> {
        match transfer::backup(site, master(site).unwrap_or_default(), name, into).await? {
            Carried::Told(told) => Ok(told),
            Carried::NoSuchPage => Ok(Told::No("the server's page for backups cannot be reached".into())),
        }
    }

    async fn load(&self, site: &Site, name: &Name, from: &Path) -> Result<Told, Unknown> {
        match transfer::restore(site, master(site).unwrap_or_default(), name, from).await? {
            Carried::Told(told) => Ok(told),
            Carried::NoSuchPage => Ok(Told::No("the server's page for restoring cannot be reached".into())),
        }
    }
}
