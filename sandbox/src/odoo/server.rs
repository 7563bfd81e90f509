//! What every request to a sandbox Odoo shares: its databases, its set-up, who is signed in, and which database an address
//! is for.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use actix_web::HttpRequest;
use actix_web::http::header::HOST;

use super::PanelState;
use super::databases::Databases;
use super::failure::Raised;
use super::faults::Fault;
use super::options::OdooOptions;
use super::passlib;
use super::schema;
use super::store::Store;

/// Somebody's browser.
#[derive(Clone)]
pub(super) struct Session {
    pub(super) database: String,
    pub(super) user: i64,
}

/// One running server.
pub(super) struct Server {
    pub(super) databases: Databases,
    pub(super) options: OdooOptions,
    pub(super) url: String,
    /// Asks providers after tokens.
    pub(super) client: reqwest::Client,
    /// The master password, which a request may change.
    master: Mutex<String>,
    sessions: Mutex<HashMap<String, Session>>,
    /// What was said about a panel of which there need be no database.
    said: Mutex<HashMap<String, PanelState>>,
    down: AtomicBool,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Server {
    pub(super) fn new(databases: Databases, options: OdooOptions, url: String, client: reqwest::Client) -> Self {
        let master = Mutex::new(options.master_password.clone());
        let (sessions, said, down) = (Mutex::default(), Mutex::default(), AtomicBool::new(false));
        Self { databases, options, url, client, master, sessions, said, down }
    }

    pub(super) fn version(&self) -> u8 {
        self.databases.version
    }

    pub(super) fn set_down(&self, down: bool) {
        self.down.store(down, Ordering::Relaxed);
    }

    pub(super) fn is_down(&self) -> bool {
        self.down.load(Ordering::Relaxed)
    }

    /// Says how a panel is. In memory its database is made, opened or closed; in PostgreSQL it is only said.
    pub(super) fn set_panel(&self, name: &str, state: PanelState) {
        let name = name.to_ascii_lowercase();
        let faults = &self.databases.faults;
        faults.end(|fault| matches!(fault, Fault::Broken { database } if *database == name));
        match (&self.databases.store, state) {
            (Store::Postgres(_), state) => {
                lock(&self.said).insert(name, state);
            }
            (Store::Memory(memory), PanelState::Up | PanelState::Broken) => {
                if memory.create(&name).is_ok() {
                    let seed = super::dump::sql(&schema::seed(&self.databases.now()), self.version());
                    // It has just been made and is open.
                    let _ = memory.load(&name, &seed);
                }
                let _ = memory.set_open(&name, true);
                if state == PanelState::Broken {
                    faults.add(Fault::Broken { database: name });
                }
            }
            (Store::Memory(memory), PanelState::Missing) => {
                let _ = memory.set_open(&name, false).and_then(|()| memory.terminate(&name));
            }
        }
    }

    /// How a panel is without asking its database.
    pub(super) fn said_of(&self, name: &str) -> Option<PanelState> {
        if self.databases.faults.broken(name) {
            return Some(PanelState::Broken);
        }
        lock(&self.said).get(name).copied()
    }

    pub(super) fn check_master(&self, password: &str) -> Result<(), Raised> {
        if *lock(&self.master) == password { Ok(()) } else { Err(Raised::denied()) }
    }

    pub(super) fn set_master(&self, password: &str) {
        password.clone_into(&mut lock(&self.master));
    }

    /// Refuses to manage databases where that is switched off.
    pub(super) fn check_list_db(&self) -> Result<(), Raised> {
        if self.options.list_db { Ok(()) } else { Err(Raised::denied()) }
    }

    /// Signs a browser in; its cookie's value.
    pub(super) fn open_session(&self, session: Session) -> String {
        let name = passlib::random_hex(20);
        lock(&self.sessions).insert(name.clone(), session);
        name
    }

    pub(super) fn end_session(&self, request: &HttpRequest) {
        if let Some(cookie) = request.cookie("session_id") {
            lock(&self.sessions).remove(cookie.value());
        }
    }

    /// The browser's session, if it is one of the database that its address is for: the filter holds for sessions too.
    pub(super) fn session(&self, request: &HttpRequest) -> Option<Session> {
        let session = lock(&self.sessions).get(request.cookie("session_id")?.value()).cloned()?;
        (session.database == self.label(request)).then_some(session)
    }

    fn host(&self, request: &HttpRequest) -> String {
        let said = |name: &str| request.headers().get(name)?.to_str().ok().map(str::to_owned);
        let forwarded = said("x-forwarded-host").filter(|_| self.options.proxy_mode);
        let host = forwarded.or_else(|| said(HOST.as_str())).unwrap_or_default();
        // Of several proxies only the nearest is believed.
        host.rsplit(',').next().unwrap_or_default().trim().to_owned()
    }

    /// The one database that passes the filter `^%d$` at this address, whether it exists or not.
    pub(super) fn label(&self, request: &HttpRequest) -> String {
        let host = self.host(request);
        let host = host.split(':').next().unwrap_or_default();
        let host = host.strip_prefix("www.").unwrap_or(host);
        host.split('.').next().unwrap_or_default().to_owned()
    }

    /// Whether a database may be reached at this address.
    pub(super) fn passes(&self, request: &HttpRequest, database: &str) -> bool {
        self.label(request) == database
    }

    /// The database that a request is for: the session's, the one it names, or the listed one of its address.
    pub(super) async fn database(&self, request: &HttpRequest) -> Result<Option<String>, Raised> {
        if let Some(session) = self.session(request) {
            return Ok(Some(session.database));
        }
        let named = request.headers().get("x-odoo-database").filter(|_| self.version() >= 19);
        if let Some(named) = named.and_then(|name| name.to_str().ok()) {
            return Ok(Some(named.to_owned()).filter(|name| self.passes(request, name)));
        }
        let label = self.label(request);
        Ok(self.databases.list().await?.into_iter().find(|name| *name == label))
    }
}
