//! The sandbox Odoo: many databases behind one port, told apart by the first label of the Host header.
//!
//! It answers as Odoo's web port does to whoever is not signed in. Which panels exist, and how they are, is set from
//! outside; a name that was never set is missing. It has no RPC and no database.

mod page;

use std::collections::HashMap;
use std::io;
use std::net::TcpListener;
use std::sync::{Arc, PoisonError, RwLock};

use actix_web::http::header::{ContentType, HOST};
use actix_web::web::{self, Data, Json};
use actix_web::{HttpRequest, HttpResponse};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::serve::{self, Running, hang_up};

/// How a panel is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PanelState {
    /// It serves.
    Up,
    /// There is no such database, or it is closed: visitors are sent to the database selector.
    #[default]
    Missing,
    /// It is there and cannot serve: HTTP 500.
    Broken,
}

/// A running sandbox Odoo. Copies are handles of the same one.
#[derive(Clone)]
pub struct Odoo {
    server: Server,
    url: String,
    running: Running,
}

#[derive(Clone, Default)]
struct Server {
    inner: Arc<RwLock<Inner>>,
}

#[derive(Default)]
struct Inner {
    panels: HashMap<String, PanelState>,
    down: bool,
}

impl Odoo {
    /// Starts serving on `listener`, with no panels. Must be called inside a tokio runtime, on which it then lives.
    pub fn start(listener: TcpListener) -> io::Result<Self> {
        let url = serve::url_of(&listener)?;
        let server = Server::default();
        let shared = Data::new(server.clone());
        let running = serve::run(listener, move |app| {
            app.app_data(shared.clone())
                .route("/", web::get().to(root))
                .route("/web", web::get().to(root))
                .route("/odoo", web::get().to(root))
                .route("/web/login", web::get().to(login))
                .route("/web/health", web::get().to(health))
                .route("/web/database/selector", web::get().to(selector))
                .route("/sandbox/panels", web::post().to(set_panel))
                .route("/sandbox/down", web::post().to(set_down));
        })?;
        Ok(Self { server, url, running })
    }

    /// Where it is reached, without a trailing slash. Panels are reached at `http://<name>.localhost:<port>/`.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Stops serving.
    pub async fn stop(&self) {
        self.running.stop().await;
    }

    /// Says how a panel is from now on.
    pub fn set_panel(&self, name: &str, state: PanelState) {
        self.server.set_panel(name, state);
    }

    /// While down, every request but the sandbox's own is hung up on.
    pub fn set_down(&self, down: bool) {
        self.server.set_down(down);
    }
}

impl Server {
    fn set_panel(&self, name: &str, state: PanelState) {
        let mut inner = self.inner.write().unwrap_or_else(PoisonError::into_inner);
        inner.panels.insert(name.to_ascii_lowercase(), state);
    }

    fn set_down(&self, down: bool) {
        self.inner.write().unwrap_or_else(PoisonError::into_inner).down = down;
    }

    fn down(&self) -> bool {
        self.inner.read().unwrap_or_else(PoisonError::into_inner).down
    }

    fn panel(&self, name: &str) -> PanelState {
        let inner = self.inner.read().unwrap_or_else(PoisonError::into_inner);
        inner.panels.get(name).copied().unwrap_or_default()
    }
}

/// The database that a request is for: the Host's first label, without the port.
fn panel_name(request: &HttpRequest) -> String {
    let host = request.headers().get(HOST).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let name = host.split(['.', ':']).next().unwrap_or_default();
    name.to_ascii_lowercase()
}

async fn root(server: Data<Server>) -> HttpResponse {
    if server.down() { hang_up() } else { see_other("/web/login") }
}

async fn login(request: HttpRequest, server: Data<Server>) -> HttpResponse {
    if server.down() {
        return hang_up();
    }
    let name = panel_name(&request);
    match server.panel(&name) {
        PanelState::Up => html(page::login(&name)),
        PanelState::Missing => see_other("/web/database/selector"),
        PanelState::Broken => {
            HttpResponse::InternalServerError().content_type(ContentType::html()).body(page::broken())
        }
    }
}

async fn health(server: Data<Server>) -> HttpResponse {
    if server.down() { hang_up() } else { HttpResponse::Ok().json(json!({ "status": "pass" })) }
}

async fn selector(server: Data<Server>) -> HttpResponse {
    if server.down() { hang_up() } else { html(page::selector()) }
}

#[derive(Deserialize)]
struct SetPanel {
    name: String,
    state: PanelState,
}

async fn set_panel(wanted: Json<SetPanel>, server: Data<Server>) -> HttpResponse {
    server.set_panel(&wanted.name, wanted.state);
    HttpResponse::NoContent().finish()
}

#[derive(Deserialize)]
struct SetDown {
    down: bool,
}

async fn set_down(wanted: Json<SetDown>, server: Data<Server>) -> HttpResponse {
    server.set_down(wanted.down);
    HttpResponse::NoContent().finish()
}

fn see_other(to: &str) -> HttpResponse {
    HttpResponse::SeeOther().insert_header(("Location", to)).finish()
}

fn html(text: String) -> HttpResponse {
    HttpResponse::Ok().content_type(ContentType::html()).insert_header(("Cache-Control", "no-store")).body(text)
}
