//! A panel's records, over the wire: JSON-2 with the service person's key from version 19 on, or else `execute_kw` with their password.
//!
//! Signing in by password leaves a row among the panel's sign-ins; a key leaves none. Knows no model's meaning.

use reqwest::StatusCode;
use serde_json::{Map, Value, json};

use super::driver::{Site, refused};
use super::line::{Answer, Patience, send, whole};
use super::names::Name;
use super::rpc::{self, Fault};
use super::signing::{SignIn, sign_in};
use super::version::Version;
use crate::port::Unknown;
use crate::port::host::HostError;

/// Who asks.
#[derive(Clone, Copy)]
pub(super) struct Person<'a> {
    pub(super) login: &'a str,
    pub(super) password: &'a str,
}

/// The records of one database, as one person sees them.
pub(super) struct Records<'a> {
    site: &'a Site,
    name: &'a Name,
    person: Person<'a>,
    way: Way,
    patience: Patience,
    /// The row of whoever asks.
    pub(super) me: i64,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Key,
    Password,
}

/// The service person of a server.
pub(super) fn service(site: &Site) -> Result<Person<'_>, HostError> {
    match (&site.access.secrets.service_login, &site.access.secrets.service_password) {
        (Some(login), Some(password)) => Ok(Person { login, password }),
        _ => refused("the server has no service person: give their login and password"),
    }
}

impl<'a> Records<'a> {
    /// Finds out how this person is let in.
    pub(super) async fn open(
        site: &'a Site,
        name: &'a Name,
        version: &Version,
        person: Person<'a>,
        patience: Patience,
    ) -> Result<Self, HostError> {
        let mut records = Self { site, name, person, way: Way::Key, patience, me: 0 };
        if version.has_json2() {
            let me = records.call("res.users", "context_get", &[], &[]).await;
            if let Some(me) = me.ok().and_then(|told| told.get("uid").and_then(Value::as_i64)) {
                records.me = me;
                return Ok(records);
            }
        }
        records.way = Way::Password;
        match sign_in(site, name.as_str(), person.login, person.password, patience).await? {
            SignIn::Person(me) => records.me = me,
            SignIn::Nobody => return refused("the database does not let the service person in"),
            SignIn::Gone => return refused("there is no such database"),
            SignIn::Shut => return refused("the database is closed to everybody"),
        }
        Ok(records)
    }

    /// Calls a method with its leading arguments, by name and in order.
    pub(super) async fn call(
        &self,
        model: &str,
        method: &str,
        ids: &[i64],
        args: &[(&str, Value)],
    ) -> Result<Value, Fault> {
        match self.way {
            Way::Key => self.by_key(model, method, ids, args).await,
            Way::Password => self.by_password(model, method, ids, args).await,
        }
    }

    async fn by_password(
        &self,
        model: &str,
        method: &str,
        ids: &[i64],
        args: &[(&str, Value)],
    ) -> Result<Value, Fault> {
        let mut positional: Vec<Value> = args.iter().map(|(_, value)| value.clone()).collect();
        if !ids.is_empty() {
            positional.insert(0, json!(ids));
        }
        let args = json!([self.name.as_str(), self.me, self.person.password, model, method, positional, {}]);
        let Site { access, line } = self.site;
        rpc::call(line, access, ("object", "execute_kw"), &args, self.patience).await
    }

    async fn by_key(&self, model: &str, method: &str, ids: &[i64], args: &[(&str, Value)]) -> Result<Value, Fault> {
        let mut named: Map<String, Value> =
            args.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
        if !ids.is_empty() {
            named.insert("ids".to_owned(), json!(ids));
        }
        let Site { access, line } = self.site;
        let request = line.post(&access.url, &format!("/json/2/{model}/{method}"), self.patience);
        let request = line.named(request, self.name.as_str());
        let request = request.bearer_auth(self.person.password).json(&named);
        let answer = whole(send(request).await.map_err(Fault::Silent)?).await.map_err(Fault::Silent)?;
        read(&answer)
    }

    /// The rows that a domain finds, at most `limit`, in this order.
    pub(super) async fn find(
        &self,
        model: &str,
        domain: Value,
        fields: &[&str],
        (limit, order): (i64, &str),
    ) -> Result<Vec<Value>, Fault> {
        let args = [
            ("domain", domain),
            ("fields", json!(fields)),
            ("offset", json!(0)),
            ("limit", json!(limit)),
            ("order", json!(order)),
        ];
        let found = self.call(model, "search_read", &[], &args).await?;
        let unreadable = || Fault::Silent(Unknown::new("the server's records cannot be read"));
        found.as_array().cloned().ok_or_else(unreadable)
    }

    /// The one row that a domain finds first.
    pub(super) async fn first(&self, model: &str, domain: Value, fields: &[&str]) -> Result<Option<Value>, Fault> {
        Ok(self.find(model, domain, fields, (1, "id")).await?.into_iter().next())
    }

    /// Changes a row.
    pub(super) async fn write(&self, model: &str, id: i64, values: Value) -> Result<(), Fault> {
        self.call(model, "write", &[id], &[("vals", values)]).await.map(drop)
    }

    /// Adds a row; its number.
    pub(super) async fn create(&self, model: &str, values: Value) -> Result<i64, Fault> {
        let made = self.call(model, "create", &[], &[("vals_list", json!([values]))]).await?;
        let id = made.as_array().and_then(|ids| ids.first()).unwrap_or(&made).as_i64();
        id.ok_or_else(|| Fault::Silent(Unknown::new("the server does not say which row it made")))
    }
}

/// The number of a row.
pub(super) fn id(row: &Value) -> Option<i64> {
    row.get("id").and_then(Value::as_i64)
}

fn read(answer: &Answer) -> Result<Value, Fault> {
    let json: Option<Value> = serde_json::from_slice(&answer.body).ok();
    match (answer.status, json) {
        (StatusCode::OK, Some(value)) => Ok(value),
        // Not JSON: the request reached no database at all.
        (StatusCode::NOT_FOUND, None) => Err(Fault::Absent),
        (status, Some(value)) if status.is_client_error() || status.is_server_error() => {
            let text = |key: &str| value.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
            Err(Fault::Said { name: text("name"), message: text("message") })
        }
        (status, _) => Err(Fault::Silent(Unknown::new(format!("the server answered {}", status.as_u16())))),
    }
}
