//! A panels' server that remembers what it was asked: the sandbox Odoo's login page behind a list of requests, and a
//! WebSocket that says one word. For tests of what stands in front of it.

use actix_web::dev::ServerHandle;
use actix_web::web::{self, Bytes, Data};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer};
use futures_util::stream;
use std::net::{SocketAddr, TcpListener};
use std::sync::{Arc, Mutex};

/// What the WebSocket says as soon as it is open.
pub const GREETING: &str = "hello from the panel";

/// One request as it arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heard {
    /// `GET /web/login`
    pub line: String,
    /// In order, names in lower case.
    pub headers: Vec<(String, String)>,
}

impl Heard {
    /// All values under this name, in any of its spellings that Python takes for the same.
    #[must_use]
    pub fn values(&self, name: &str) -> Vec<&str> {
        let same = |spelt: &str| spelt.replace('_', "-") == name;
        self.headers.iter().filter(|(spelt, _)| same(spelt)).map(|(_, value)| value.as_str()).collect()
    }
}

/// A running server.
pub struct Upstream {
    /// Where it listens.
    pub address: SocketAddr,
    memory: Arc<Memory>,
    handle: ServerHandle,
}

struct Memory {
    odoo: String,
    client: reqwest::Client,
    heard: Mutex<Vec<Heard>>,
}

impl Upstream {
    /// Starts one in front of the sandbox Odoo at `odoo`.
    #[must_use]
    pub fn start(odoo: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("its address");
        let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy();
        let client = client.build().expect("a client");
        let memory = Arc::new(Memory { odoo: odoo.to_owned(), client, heard: Mutex::default() });
        let shared = Data::from(Arc::clone(&memory));
        let server =
            HttpServer::new(move || App::new().app_data(shared.clone()).default_service(web::route().to(hear)))
                .workers(1)
                .disable_signals()
                .shutdown_timeout(1)
                .listen(listener)
                .expect("a server")
                .run();
        let handle = server.handle();
        tokio::spawn(server);
        Self { address, memory, handle }
    }

    /// What arrived since this was asked last.
    #[must_use]
    pub fn take(&self) -> Vec<Heard> {
        std::mem::take(&mut *self.memory.heard.lock().expect("no hearer fails"))
    }

    /// Goes away.
    pub async fn stop(&self) {
        self.handle.stop(false).await;
    }
}

async fn hear(memory: Data<Memory>, request: HttpRequest) -> HttpResponse {
    let header = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let headers = request
        .headers()
        .iter()
        .map(|(name, value)| (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned()));
    let heard = Heard { line: format!("{} {}", request.method(), request.uri()), headers: headers.collect() };
    memory.heard.lock().expect("no hearer fails").push(heard);
    if request.path() == "/websocket" && header("upgrade") == "websocket" {
        let greeting = stream::iter([Ok::<_, std::io::Error>(Bytes::from_static(GREETING.as_bytes()))]);
        return HttpResponse::SwitchingProtocols().upgrade("websocket").streaming(greeting);
    }
    if request.path() != "/web/login" {
        return HttpResponse::Ok().body("Odoo would answer this");
    }
    let asked = memory.client.get(format!("{}/web/login", memory.odoo)).header("host", header("host"));
    let answer = asked.send().await.expect("the sandbox Odoo");
    let status = actix_web::http::StatusCode::from_u16(answer.status().as_u16()).expect("a status");
    HttpResponse::build(status).content_type("text/html").body(answer.text().await.expect("a page"))
}
