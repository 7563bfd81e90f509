//! A stand-in for the operator's reverse proxy: asks the gate before each request, as nginx's `auth_request` does, and
//! lets only what the gate lets through reach the panels' server.
//!
//! Keeps no answer of the gate, and fetches what visitors of a closed panel read from beside it. Blocks what reaches a
//! database without naming its host. What `deploy/nginx.conf` does, as far as a demonstration needs it: no WebSockets.

use crate::serve::{self, Running};
use actix_web::http::StatusCode;
use actix_web::http::header::{ACCEPT, ACCEPT_LANGUAGE, ContentType, HOST};
use actix_web::web::{self, Bytes, Data};
use actix_web::{HttpRequest, HttpResponse};
use std::io;
use std::net::TcpListener;

/// What visitors read while the gate does not answer: the page that real proxies show then.
const DARK: &str = include_str!("../../deploy/closed.html");
/// What goes on to the panel of a visitor's head.
const ASKED_WITH: [&str; 6] = ["accept", "accept-language", "content-type", "cookie", "host", "origin"];
/// What goes back to the visitor of an answer's head.
const PASSED_ON: [&str; 8] = [
    "content-type",
    "location",
    "set-cookie",
    "cache-control",
    "content-security-policy",
    "retry-after",
    "vary",
    "x-panel-state",
];

/// A running reverse proxy.
#[derive(Clone)]
pub struct Front {
    url: String,
    running: Running,
}

struct Way {
    client: reqwest::Client,
    gate_url: String,
    panels_url: String,
}

impl Front {
    /// Serves on `listener`; asks the gate at `gate_url` (`http://…/gate`), and passes on to `panels_url`.
    pub fn start(listener: TcpListener, gate_url: &str, panels_url: &str) -> io::Result<Self> {
        let url = serve::url_of(&listener)?;
        let client = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .timeout(std::time::Duration::from_secs(10))
            .build()
            .map_err(io::Error::other)?;
        let way = Data::new(Way { client, gate_url: gate_url.to_owned(), panels_url: panels_url.to_owned() });
        let running = serve::run(listener, move |app| {
            app.app_data(way.clone()).default_service(web::route().to(pass));
        })?;
        Ok(Self { url, running })
    }

    /// Where it listens; panels are its subdomains.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Stops.
    pub async fn stop(&self) {
        self.running.stop().await;
    }
}

async fn pass(way: Data<Way>, request: HttpRequest, body: Bytes) -> HttpResponse {
    if is_back_door(request.path()) {
        return HttpResponse::NotFound().finish();
    }
    let header = |name| request.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let host = header(HOST);
    let asked = way.client.get(&way.gate_url).header("x-forwarded-host", host).send().await;
    match asked {
        Ok(answer) if answer.status().as_u16() == 204 => {}
        Ok(answer) if answer.status().as_u16() == 403 => {
            let why = way.client.get(format!("{}/closed", way.gate_url)).header("x-forwarded-host", host);
            let why = why.header("accept", header(ACCEPT)).header("accept-language", header(ACCEPT_LANGUAGE));
            return match why.send().await {
                Ok(answer) => relay(answer).await,
                Err(_) => dark(),
            };
        }
        Ok(_) | Err(_) => return dark(),
    }
    let target = format!("{}{}", way.panels_url, request.uri());
    let Ok(method) = reqwest::Method::from_bytes(request.method().as_str().as_bytes()) else {
        return HttpResponse::MethodNotAllowed().finish();
    };
    let mut onward = way.client.request(method, target).body(body);
    for name in ASKED_WITH {
        if let Some(value) = request.headers().get(name).and_then(|value| value.to_str().ok()) {
            onward = onward.header(name, value);
        }
    }
    match onward.send().await {
        Ok(answer) => relay(answer).await,
        Err(_) => dark(),
    }
}

/// What reaches a database without naming its host; a website's language may stand before it.
fn is_back_door(path: &str) -> bool {
    let parts: Vec<_> = path.split('/').filter(|part| !part.is_empty()).collect();
    let is_door = |parts: &[&str]| matches!(parts, ["jsonrpc" | "xmlrpc", ..] | ["web", "database", ..]);
    is_door(&parts) || parts.get(1..).is_some_and(is_door)
}

async fn relay(answer: reqwest::Response) -> HttpResponse {
    let status = StatusCode::from_u16(answer.status().as_u16()).unwrap_or(StatusCode::BAD_GATEWAY);
    let mut response = HttpResponse::build(status);
    for name in PASSED_ON {
        if let Some(value) = answer.headers().get(name).and_then(|value| value.to_str().ok()) {
            response.insert_header((name, value));
        }
    }
    match answer.bytes().await {
        Ok(body) => response.body(body),
        Err(_) => HttpResponse::BadGateway().finish(),
    }
}

/// The gate, or the panels' server, does not answer.
fn dark() -> HttpResponse {
    HttpResponse::ServiceUnavailable()
        .insert_header(ContentType::html())
        .insert_header(("cache-control", "no-store"))
        .body(DARK)
}
