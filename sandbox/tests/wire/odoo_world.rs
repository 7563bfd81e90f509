//! A server of panels of its own for one test, and how a manager, a visitor and a browser's websocket speak to it.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};

use sandbox::odoo::{Kind, NewDatabase, Odoo, OdooOptions};
use serde_json::{Value, json};

pub(crate) const MASTER: &str = "master of panels";
pub(crate) const LOGIN: &str = "rahima@example.com";
pub(crate) const PASSWORD: &str = "a password of her own";

/// The server, and a name that its databases begin with.
pub(crate) struct World {
    pub(crate) odoo: Odoo,
    pub(crate) client: reqwest::Client,
    pub(crate) prefix: String,
}

/// What a panel is to be.
pub(crate) fn wanted(name: &str) -> NewDatabase {
    NewDatabase {
        name: name.to_owned(),
        login: LOGIN.to_owned(),
        password: PASSWORD.to_owned(),
        lang: "en_US".to_owned(),
        country_code: Some("BD".to_owned()),
        phone: None,
    }
}

impl World {
    /// In memory.
    pub(crate) fn version(version: u8) -> Self {
        Self::with(OdooOptions { version, master_password: MASTER.to_owned(), ..OdooOptions::default() }, "")
    }

    pub(crate) fn with(options: OdooOptions, prefix: &str) -> Self {
        let odoo = Odoo::start_with(TcpListener::bind("127.0.0.1:0").unwrap(), options).unwrap();
        let no_redirects = reqwest::redirect::Policy::none();
        let client = reqwest::Client::builder().no_proxy().redirect(no_redirects).build().unwrap();
        Self { odoo, client, prefix: prefix.to_owned() }
    }

    /// Another server with the same databases.
    pub(crate) fn beside(&self, change: impl FnOnce(&mut OdooOptions)) -> Self {
        let kind = Kind::Beside(Box::new(self.odoo.databases().clone()));
        let mut options = OdooOptions { kind, master_password: MASTER.to_owned(), ..OdooOptions::default() };
        change(&mut options);
        Self::with(options, &self.prefix)
    }

    /// A database's name, which no other test has.
    pub(crate) fn name(&self, name: &str) -> String {
        format!("{}{name}", self.prefix)
    }

    /// Makes a panel past the wire.
    pub(crate) async fn panel(&self, name: &str) -> String {
        let name = self.name(name);
        self.odoo.databases().create(&wanted(&name)).await.unwrap();
        name
    }

    pub(crate) fn at(&self, path: &str) -> String {
        format!("{}{path}", self.odoo.url())
    }

    /// A page of a panel, by its host.
    pub(crate) async fn visit(&self, panel: &str, path: &str) -> reqwest::Response {
        self.client.get(self.at(path)).header("host", format!("{panel}.panels.example")).send().await.unwrap()
    }

    /// Status and where it leads to.
    pub(crate) async fn leads(&self, panel: &str, path: &str) -> (u16, String) {
        led(&self.visit(panel, path).await)
    }

    pub(crate) async fn post(&self, path: &str, form: &[(&str, &str)]) -> reqwest::Response {
        self.client.post(self.at(path)).form(form).send().await.unwrap()
    }

    /// A call over JSON-RPC, as it comes.
    pub(crate) async fn asks(&self, service: &str, method: &str, args: Value) -> reqwest::Result<reqwest::Response> {
        let params = json!({ "service": service, "method": method, "args": args });
        let body = json!({ "jsonrpc": "2.0", "method": "call", "id": 7, "params": params });
        self.client.post(self.at("/jsonrpc")).json(&body).send().await
    }

    /// Its answer, or the name of its error.
    pub(crate) async fn rpc(&self, service: &str, method: &str, args: Value) -> Result<Value, String> {
        let answer: Value = self.asks(service, method, args).await.unwrap().json().await.unwrap();
        match answer["error"]["data"]["name"].as_str() {
            Some(name) => Err(name.to_owned()),
            None => Ok(answer["result"].clone()),
        }
    }

    pub(crate) async fn db(&self, method: &str, args: Value) -> Result<Value, String> {
        self.rpc("db", method, args).await
    }

    /// Who a login is; `false` if nobody.
    pub(crate) async fn login(&self, database: &str, login: &str, password: &str) -> Result<Value, String> {
        self.rpc("common", "authenticate", json!([database, login, password, {}])).await
    }

    /// A call to a model as the panel's administrator.
    pub(crate) async fn model(&self, database: &str, model: &str, method: &str, args: Value) -> Result<Value, String> {
        let args = json!([database, 2, PASSWORD, model, method, args]);
        self.rpc("object", "execute_kw", args).await
    }

    /// How many internal users there are.
    pub(crate) async fn count(&self, database: &str) -> Result<Value, String> {
        let domain = json!([[["share", "=", false], ["active", "=", true]]]);
        self.model(database, "res.users", "search_count", domain).await
    }

    /// Opens a websocket; `None` if it is refused.
    pub(crate) async fn socket(&self, panel: &str) -> Option<Socket> {
        let (url, host) = (self.odoo.url().to_owned(), format!("{panel}.panels.example"));
        tokio::task::spawn_blocking(move || Socket::open(&url, &host)).await.unwrap()
    }
}

/// Status and where it leads to.
pub(crate) fn led(answer: &reqwest::Response) -> (u16, String) {
    let to = answer.headers().get("location").map(|to| to.to_str().unwrap().to_owned()).unwrap_or_default();
    (answer.status().as_u16(), to)
}

/// The session cookie of an answer.
pub(crate) fn session_of(answer: &reqwest::Response) -> Option<String> {
    let cookie = answer.headers().get("set-cookie")?.to_str().ok()?;
    cookie.starts_with("session_id=").then(|| cookie.split(';').next().unwrap_or_default().to_owned())
}

/// A websocket's client end, as little as echoes need.
pub(crate) struct Socket(TcpStream);

impl Socket {
    fn open(url: &str, host: &str) -> Option<Self> {
        let mut stream = TcpStream::connect(url.trim_start_matches("http://")).unwrap();
        write!(
            stream,
            "GET /websocket HTTP/1.1\r\nHost: {host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
             Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
        )
        .unwrap();
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            let mut byte = [0];
            stream.read_exact(&mut byte).ok()?;
            head.push(byte[0]);
        }
        head.starts_with(b"HTTP/1.1 101").then_some(Self(stream))
    }

    /// Says something and hears it back; `None` if the other side closes instead.
    pub(crate) async fn echoes(self, text: &'static str) -> Option<Self> {
        tokio::task::spawn_blocking(move || self.echo(text)).await.unwrap()
    }

    fn echo(mut self, text: &str) -> Option<Self> {
        // A mask of zeros changes nothing.
        let mut frame = vec![0x81, 0x80 | u8::try_from(text.len()).unwrap(), 0, 0, 0, 0];
        frame.extend(text.as_bytes());
        self.0.write_all(&frame).ok()?;
        let mut head = [0; 2];
        self.0.read_exact(&mut head).ok()?;
        let mut said = vec![0; usize::from(head[1])];
        self.0.read_exact(&mut said).ok()?;
        (head[0] == 0x81 && said == text.as_bytes()).then_some(self)
    }
}
