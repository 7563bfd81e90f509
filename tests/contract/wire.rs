//! How anybody reaches a panel past the adapter: RPC, the pages, and a browser's one request.

use std::time::Duration;

use hourglass::port::host::PanelAddress;
use reqwest::header::{HOST, LOCATION, SET_COOKIE};
use reqwest::{Client, StatusCode};
use serde_json::{Value, json};
use url::Url;

/// Somebody with a password.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Person<'a> {
    pub(crate) login: &'a str,
    pub(crate) password: &'a str,
}

/// A server as its visitors see it.
pub(crate) struct Wire {
    client: Client,
    url: Url,
    /// Where browsers come in, if that is another process, which goes by host names.
    front: Option<Url>,
    domain: String,
}

impl Wire {
    pub(crate) fn new(url: &str, domain: &str) -> Self {
        let client = Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy();
        let client = client.timeout(Duration::from_secs(60)).build().unwrap();
        Self { client, url: url.parse().unwrap(), front: None, domain: domain.to_owned() }
    }

    /// The same, with another process for browsers.
    pub(crate) fn with_front(self, url: &str) -> Self {
        Self { front: Some(url.parse().unwrap()), ..self }
    }

    /// Calls RPC; an `Err` is the class of the server's error.
    pub(crate) async fn rpc(&self, service: &str, method: &str, args: Value) -> Result<Value, String> {
        let params = json!({ "service": service, "method": method, "args": args });
        let body = json!({ "jsonrpc": "2.0", "method": "call", "id": 1, "params": params });
        let answer = self.client.post(self.url.join("/jsonrpc").unwrap()).json(&body).send().await.unwrap();
        let answer: Value = answer.json().await.unwrap();
        match answer.get("error") {
            Some(error) => Err(error["data"]["name"].as_str().unwrap_or("?").to_owned()),
            None => Ok(answer["result"].clone()),
        }
    }

    async fn authenticate(&self, panel: &PanelAddress, person: Person<'_>) -> Result<i64, String> {
        let args = json!([panel.subdomain, person.login, person.password, {}]);
        self.rpc("common", "authenticate", args).await.map(|uid| uid.as_i64().unwrap_or_default())
    }

    pub(crate) async fn lets_in(&self, panel: &PanelAddress, person: Person<'_>) -> bool {
        self.authenticate(panel, person).await.is_ok_and(|uid| uid > 0)
    }

    /// Whether there is such a database, and it is open.
    pub(crate) async fn is_there(&self, panel: &PanelAddress) -> bool {
        self.authenticate(panel, Person { login: "nobody", password: "nothing" }).await.is_ok()
    }

    pub(crate) async fn call(
        &self,
        panel: &PanelAddress,
        person: Person<'_>,
        what: (&str, &str),
        args: Value,
    ) -> Value {
        let uid = self.authenticate(panel, person).await.unwrap();
        let args = json!([panel.subdomain, uid, person.password, what.0, what.1, args, {}]);
        self.rpc("object", "execute_kw", args).await.unwrap()
    }

    pub(crate) async fn parameter(&self, panel: &PanelAddress, person: Person<'_>, key: &str) -> String {
        let value = self.call(panel, person, ("ir.config_parameter", "get_param"), json!([key])).await;
        value.as_str().unwrap_or_default().to_owned()
    }

    /// Lets another internal person in; their row.
    pub(crate) async fn add_person(&self, panel: &PanelAddress, person: Person<'_>, login: &str) -> i64 {
        let values = json!([{ "name": login, "login": login, "password": "Made-up for once 2" }]);
        self.call(panel, person, ("res.users", "create"), values).await.as_i64().unwrap()
    }

    pub(crate) async fn archive(&self, panel: &PanelAddress, person: Person<'_>, row: i64) {
        self.call(panel, person, ("res.users", "write"), json!([[row], { "active": false }])).await;
    }

    /// Whether a browser that is sent there comes in.
    pub(crate) async fn comes_in(&self, panel: &PanelAddress, address: &Url) -> bool {
        let mut at = self.front.as_ref().unwrap_or(&self.url).clone();
        at.set_path(address.path());
        at.set_query(address.query());
        let host = format!("{}.{}", panel.subdomain, self.domain);
        let mut request = self.client.get(at).header(HOST, &host).header("X-Forwarded-Host", host);
        if self.front.is_none() {
            // Whoever names the database by this header gets no session from a real one.
            request = request.header("X-Odoo-Database", &panel.subdomain);
        }
        let answer = request.send().await.unwrap();
        let led = answer.headers().get(LOCATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
        answer.status() == StatusCode::SEE_OTHER
            && !led.contains("oauth_error")
            && answer.headers().contains_key(SET_COOKIE)
    }
}
