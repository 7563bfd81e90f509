//! A panel's identity, written over the wire by the service person: parameters, our row among the providers, the owner.

use serde_json::{Value, json};

use super::driver::{Site, refused};
use super::identity::{
    ADMIN, CLIENT_ID, MARKER, PROVIDER, adopted_parameters, own_parameters, own_secrets, parameters, sign_in_page,
};
use super::line::Patience;
use super::names::Name;
use super::records::{Person, Records, id, service};
use super::rpc::Fault;
use super::version::Version;
use crate::port::host::{HostError, Identity};

const MODULE: &str = "auth_oauth";
const MODEL: &str = "auth.oauth.provider";

/// Makes a fresh copy this panel: its administrator becomes the owner.
pub(super) async fn as_ours(records: &Records<'_>, identity: &Identity) -> Result<(), HostError> {
    if records.me == ADMIN {
        return refused(
            "the service person is the template's administrator, who becomes the owner: make another one there",
        );
    }
    let mut all = parameters(identity);
    all.extend(own_parameters());
    write_parameters(records, &all).await?;
    let Some(provider) = provider(records, identity).await? else {
        return refused(format!("the template lacks the module {MODULE}, by which its owner comes in"));
    };
    let owner = &identity.owner;
    let values = json!({
        "name": owner.name, "login": owner.login, "email": owner.login, "password": owner.password, "active": true,
        "oauth_provider_id": provider, "oauth_uid": owner.subject,
    });
    records.write("res.users", ADMIN, values).await.map_err(|fault| fault.told("setting up the owner"))
}

/// Makes a database that was there before this panel. Nobody's password changes, and nobody's way in but the owner's.
pub(super) async fn as_adopted(records: &Records<'_>, identity: &Identity) -> Result<(), HostError> {
    let told = |fault: Fault| fault.told("adopting the database");
    let whose = records.call("ir.config_parameter", "get_param", &[], &[("key", json!(MARKER))]).await.map_err(told)?;
    if whose.as_str().is_some_and(|it| !identity.was(it)) {
        return refused(format!("the database is another panel's: its parameter {MARKER} says so"));
    }
    introduce(records, identity).await
}

/// Makes what was read from another panel's copy this panel. Its people and their passwords are the copy's.
pub(super) async fn as_another(records: &Records<'_>, identity: &Identity) -> Result<(), HostError> {
    write_parameters(records, &own_secrets()).await?;
    introduce(records, identity).await
}

async fn introduce(records: &Records<'_>, identity: &Identity) -> Result<(), HostError> {
    let told = |fault: Fault| fault.told("writing the owner's way in");
    let has_others = has_module(records).await? && has_other_providers(records).await?;
    write_parameters(records, &adopted_parameters(identity, has_others)).await?;
    let Some(provider) = provider(records, identity).await? else { return Ok(()) };
    // Whoever comes in as the owner already stays it, whatever they are called there: two cannot.
    let linked = json!([
        ["oauth_provider_id", "=", provider],
        ["oauth_uid", "=", identity.owner.subject],
        ["active", "in", [true, false]],
    ]);
    if records.first("res.users", linked, &["id"]).await.map_err(told)?.is_some() {
        return Ok(());
    }
    let theirs = json!([["login", "=", identity.owner.login]]);
    let row = records.first("res.users", theirs, &["id"]).await.map_err(told)?;
    let Some(row) = row.as_ref().and_then(id) else { return Ok(()) };
    let values = json!({ "oauth_provider_id": provider, "oauth_uid": identity.owner.subject });
    records.write("res.users", row, values).await.map_err(told)
}

async fn write_parameters(records: &Records<'_>, all: &[(&str, String)]) -> Result<(), HostError> {
    for (key, value) in all {
        let args = [("key", json!(key)), ("value", json!(value))];
        let written = records.call("ir.config_parameter", "set_param", &[], &args).await;
        written.map_err(|fault| fault.told("writing a parameter"))?;
    }
    Ok(())
}

async fn has_module(records: &Records<'_>) -> Result<bool, HostError> {
    let installed = json!([["name", "=", MODULE], ["state", "=", "installed"]]);
    let module = records.first("ir.module.module", installed, &["id"]).await;
    Ok(module.map_err(|fault| fault.told("looking for the module"))?.is_some())
}

/// Whether people come in by somebody else's providers, too.
async fn has_other_providers(records: &Records<'_>) -> Result<bool, HostError> {
    let others = json!([["enabled", "=", true], ["client_id", "!=", CLIENT_ID]]);
    let row = records.first(MODEL, others, &["id"]).await;
    Ok(row.map_err(|fault| fault.told("looking for other providers"))?.is_some())
}

/// Our row among the providers of sign-ins, made or mended; `None` if the database has no such module.
async fn provider(records: &Records<'_>, identity: &Identity) -> Result<Option<i64>, HostError> {
    if !has_module(records).await? {
        return Ok(None);
    }
    let told = |fault: Fault| fault.told("writing the provider");
    let values = json!({
        "name": PROVIDER, "body": PROVIDER, "client_id": CLIENT_ID, "scope": "panel", "enabled": false,
        "auth_endpoint": sign_in_page(identity), "validation_endpoint": identity.entry_check_url.as_str(), "data_endpoint": false,
    });
    let ours = json!([["client_id", "=", CLIENT_ID]]);
    let row = records.first(MODEL, ours, &["id"]).await.map_err(told)?;
    match row.as_ref().and_then(id) {
        Some(row) => records.write(MODEL, row, values).await.map(|()| Some(row)).map_err(told),
        None => records.create(MODEL, values).await.map(Some).map_err(told),
    }
}

/// What a template would have brought, put into a database that was made from nothing: the module, and the service person.
pub(super) async fn from_nothing(
    site: &Site,
    version: &Version,
    at: &Name,
    admin: Person<'_>,
) -> Result<(), HostError> {
    let told = |fault: Fault| fault.told("furnishing an empty database");
    let records = Records::open(site, at, version, admin, Patience::Work).await?;
    let module =
        records.first("ir.module.module", json!([["name", "=", MODULE]]), &["id", "state"]).await.map_err(told)?;
    let Some((module, state)) = module.as_ref().and_then(|row| Some((id(row)?, row.get("state")?))) else {
        return refused(format!("the server does not have the module {MODULE}"));
    };
    if state != "installed" {
        records.call("ir.module.module", "button_immediate_install", &[module], &[]).await.map_err(told)?;
    }
    let args = [("module", json!("base")), ("xml_id", json!("group_system"))];
    let group = records.call("ir.model.data", "check_object_reference", &[], &args).await.map_err(told)?;
    let Some(group) = group.get(1).and_then(Value::as_i64) else {
        return refused("the database has no group of administrators");
    };
    let service = service(site)?;
    let groups = if version.major >= 19 { "group_ids" } else { "groups_id" };
    // 4 adds a row to what is there: here, a group to those of any new user.
    let values =
        json!({ "name": "Hourglass", "login": service.login, "password": service.password, groups: [[4, group]] });
    records.create("res.users", values).await.map(drop).map_err(told)
}
