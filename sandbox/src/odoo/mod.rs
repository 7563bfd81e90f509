//! The sandbox Odoo: a server of many databases behind one port, Odoo 16 to 20 on the wire, with the traps of the real one.
//!
//! Its databases are in memory, or real ones of a PostgreSQL. Offered: JSON-RPC (`db`, `common`, `object`), JSON-2, the
//! database routes of the web, sign-in by password and by `auth_oauth`, a websocket, scheduled actions. XML-RPC is not.

mod control;
mod control_page;
mod countries;
mod databases;
mod db_service;
mod domain;
mod dump;
mod failure;
mod faults;
mod files;
mod forms;
mod json2;
mod memory;
mod oauth;
mod options;
mod orm;
mod page;
mod passlib;
mod people;
mod postgres;
mod rpc;
mod schema;
mod server;
mod socket;
mod store;
mod web;

use std::io;
use std::net::TcpListener;

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::middleware::{Next, from_fn};
use actix_web::web::{Data, ServiceConfig, get, post, route, scope};
use actix_web::{Error, error};
use serde::{Deserialize, Serialize};

pub use databases::{DatabaseView, Databases, NewDatabase, UserView};
pub use failure::Raised;
pub use faults::Fault;
pub use options::{Kind, OdooOptions};

use crate::serve::{self, Running, hang_up};
use faults::Faults;
use files::Files;
use memory::Memory;
use postgres::Cluster;
use server::Server;
use store::Store;

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
    server: Data<Server>,
    running: Running,
}

impl Odoo {
    /// Starts serving on `listener`: Odoo 17 in memory, with no panels. Must be called inside a tokio runtime, on which it
    /// then lives.
    pub fn start(listener: TcpListener) -> io::Result<Self> {
        Self::start_with(listener, OdooOptions::default())
    }

    /// Starts serving with a set-up of the caller's. `Err` if the version is not played or the address of PostgreSQL is none;
    /// PostgreSQL itself is first asked when it is needed.
    pub fn start_with(listener: TcpListener, options: OdooOptions) -> io::Result<Self> {
        let version = options.version;
        if !options::VERSIONS.contains(&version) {
            return Err(io::Error::other(format!("Odoo {version} is not played")));
        }
        let files = Files::new(options.filestore.clone());
        let clock = options.clock.clone();
        let new = |store| Databases { store, files, faults: Faults::default(), version, clock };
        let databases = match &options.kind {
            Kind::Memory => new(Store::Memory(Memory::new(version))),
            Kind::Postgres { url } => new(Store::Postgres(Cluster::new(url)?)),
            Kind::Beside(databases) => databases.as_ref().clone(),
        };
        let url = serve::url_of(&listener)?;
        let no_redirects = reqwest::redirect::Policy::none();
        let client = reqwest::Client::builder().redirect(no_redirects).build().map_err(io::Error::other)?;
        let server = Data::new(Server::new(databases, options, url, client));
        let shared = server.clone();
        let running = serve::run(listener, move |app| {
            app.app_data(shared.clone());
            control::routes(app);
            routes(app);
        })?;
        Ok(Self { server, running })
    }

    /// Where it is reached, without a trailing slash. Panels are reached at `http://<name>.localhost:<port>/`.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.server.url
    }

    /// Stops serving, and lets go of all connections to PostgreSQL.
    pub async fn stop(&self) {
        self.running.stop().await;
        self.server.databases.store.leave();
    }

    /// The databases, from outside the wire.
    #[must_use]
    pub fn databases(&self) -> &Databases {
        &self.server.databases
    }

    /// Says how a panel is from now on. In memory its database is made (with admin/admin), opened or closed; with PostgreSQL
    /// this says only what visitors of its pages see.
    pub fn set_panel(&self, name: &str, state: PanelState) {
        self.server.set_panel(name, state);
    }

    /// While down, every request but the sandbox's own is hung up on.
    pub fn set_down(&self, down: bool) {
        self.server.set_down(down);
    }

    /// Something goes wrong from now on.
    pub fn fault(&self, fault: Fault) {
        self.server.databases.faults.add(fault);
    }

    /// What goes wrong now.
    #[must_use]
    pub fn faults(&self) -> Vec<Fault> {
        self.server.databases.faults.all()
    }

    /// Ends all faults.
    pub fn end_faults(&self) {
        self.server.databases.faults.end(|_| true);
    }
}

/// Everything that a real Odoo has too. It comes after the sandbox's own routes, and takes what they leave.
fn routes(app: &mut ServiceConfig) {
    app.service(
        scope("")
            .wrap(from_fn(play_faults))
            .route("/", get().to(web::root))
            .route("/web", get().to(web::home))
            .route("/odoo", get().to(web::odoo))
            .route("/web/login", get().to(web::login))
            .route("/web/login", post().to(web::press_login))
            .route("/web/session/authenticate", post().to(web::authenticate))
            .route("/web/session/logout", route().to(web::logout))
            .route("/auth_oauth/signin", get().to(oauth::sign_in))
            .route("/web/health", get().to(web::health))
            .route("/web/version", get().to(web::version))
            .route("/web/webclient/version_info", post().to(web::webclient))
            .route("/web/database/selector", get().to(web::selector))
            .route("/web/database/manager", get().to(forms::manager))
            .route("/web/database/list", post().to(forms::list))
            .route("/web/database/{what}", post().to(forms::press))
            .route("/jsonrpc", post().to(rpc::answer))
            .route("/json/2/{model}/{method}", post().to(json2::answer))
            .route("/websocket", get().to(socket::open))
            .default_service(route().to(async || web::html(StatusCode::NOT_FOUND, page::not_found()))),
    );
}

/// Cuts and delays by path; what is inside an RPC is looked at there.
async fn play_faults(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let server = request.app_data::<Data<Server>>().cloned();
    let server = server.ok_or_else(|| error::ErrorInternalServerError("no server"))?;
    let path = request.path().to_owned();
    let faults = &server.databases.faults;
    if server.is_down() || !faults.hears(&[&path]).await {
        return Ok(request.into_response(hang_up()).map_into_right_body());
    }
    let answered = next.call(request).await?;
    if faults.loses(&[&path]) {
        return Ok(answered.into_response(hang_up()).map_into_right_body());
    }
    Ok(answered.map_into_left_body())
}
