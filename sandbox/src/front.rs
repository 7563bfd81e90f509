//! A stand-in for the operator's reverse proxy: asks the gate before each request, as nginx's `auth_request` does, and
//! lets only what the gate lets through reach the panels' server.
//!
//! Keeps no answer of the gate. Blocks what reaches a database without naming its host (`/jsonrpc`, `/xmlrpc`).

use crate::serve::{self, Running};
use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_TYPE, ContentType, HOST, LOCATION};
use actix_web::web::{self, Bytes, Data};
use actix_web::{HttpRequest, HttpResponse};
use std::io;
use std::net::TcpListener;

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
    if request.path().starts_with("/jsonrpc") || request.path().starts_with("/xmlrpc") {
        return HttpResponse::NotFound().finish();
    }
    let host = request.headers().get(HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let asked = way.client.get(&way.gate_url).header("x-forwarded-host", host).send().await;
    match asked {
        Ok(answer) if answer.status().as_u16() == 204 => {}
        Ok(answer) => {
            let state = answer.headers().get("x-panel-state").and_then(|state| state.to_str().ok());
            return closed(state.unwrap_or("unknown"));
        }
        Err(_) => return page(StatusCode::SERVICE_UNAVAILABLE, "unknown", "The gate does not answer."),
    }
    let target = format!("{}{}", way.panels_url, request.uri());
    let Ok(method) = reqwest::Method::from_bytes(request.method().as_str().as_bytes()) else {
        return HttpResponse::MethodNotAllowed().finish();
    };
    let passed = way.client.request(method, target).header("host", host).body(body).send().await;
    match passed {
        Ok(answer) => relay(answer).await,
        Err(_) => page(StatusCode::BAD_GATEWAY, "active", "The panel's server does not answer."),
    }
}

async fn relay(answer: reqwest::Response) -> HttpResponse {
    let status = StatusCode::from_u16(answer.status().as_u16()).unwrap_or(StatusCode::BAD_GATEWAY);
    let mut response = HttpResponse::build(status);
    for name in [CONTENT_TYPE, LOCATION] {
        if let Some(value) = answer.headers().get(name.as_str()).and_then(|value| value.to_str().ok()) {
            response.insert_header((name, value));
        }
    }
    match answer.bytes().await {
        Ok(body) => response.body(body),
        Err(_) => HttpResponse::BadGateway().finish(),
    }
}

fn closed(state: &str) -> HttpResponse {
    page(StatusCode::PAYMENT_REQUIRED, state, "This panel is closed. Its data is safe.")
}

fn page(status: StatusCode, state: &str, words: &str) -> HttpResponse {
    let body = format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         <title>Panel closed</title><h1 id=\"closed\">{words}</h1><p>State at the gate: {}</p></html>",
        state.replace(|c: char| !c.is_ascii_alphanumeric() && c != '_', "")
    );
    HttpResponse::build(status).insert_header(ContentType::html()).insert_header(("X-Panel-State", state)).body(body)
}
