//! Hints over the WebSocket: what to fetch again. Without it everything works, only later: the poll goes on.

use crate::address::escaped;
use crate::browser;
use crate::client::Client;
use crate::json;
use crate::session::Session;
use crate::store::inbox::Inbox;
use crate::store::panels::Panels;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::api::live::Hint;
use std::time::Duration;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

/// Without a word for this long, the page says that it is not live. The server speaks every 30 s.
const SILENCE_SECONDS: i64 = 90;
/// The longest pause between attempts to connect.
const PAUSE_MAX_MS: u32 = 60_000;

/// The live connection.
#[derive(Clone, Copy)]
pub(crate) struct Live {
    client: Client,
    session: Session,
    panels: Panels,
    inbox: Inbox,
    socket: StoredValue<Option<web_sys::WebSocket>, LocalStorage>,
    heard_ms: StoredValue<f64>,
    attempts: StoredValue<u32>,
    silent: RwSignal<bool>,
}

impl Live {
    /// Not connected.
    pub(crate) fn new(client: Client, session: Session, panels: Panels, inbox: Inbox) -> Self {
        Self {
            client,
            session,
            panels,
            inbox,
            socket: StoredValue::new_local(None),
            heard_ms: StoredValue::new(browser::now_ms()),
            attempts: StoredValue::new(0),
            silent: RwSignal::new(false),
        }
    }

    /// Whether nothing was heard for too long.
    pub(crate) fn is_silent(self) -> bool {
        self.silent.get()
    }

    /// Called when somebody signs in.
    pub(crate) fn start(self) {
        self.heard_ms.set_value(browser::now_ms());
        self.attempts.set_value(0);
        self.connect();
    }

    /// Called when nobody is signed in any more.
    pub(crate) fn stop(self) {
        self.silent.set(false);
        self.drop_socket();
    }

    /// Called every second.
    pub(crate) fn tick(self) {
        if !self.session.is_in_now() {
            return;
        }
        let silent = browser::seconds_since(self.heard_ms.get_value(), browser::now_ms()) >= SILENCE_SECONDS;
        if silent && !self.silent.get_untracked() {
            self.silent.set(true);
            // A socket that is open but dead never closes by itself.
            self.drop_socket();
            self.connect_later();
        }
    }

    fn connect(self) {
        spawn_local(async move {
            let Ok(ticket) = self.client.live_ticket().await else { return self.connect_later() };
            let address = format!("{}/api/v1/live?ticket={}", socket_origin(), escaped(&ticket.ticket));
            match web_sys::WebSocket::new(&address) {
                Ok(socket) => self.listen(socket),
                Err(_) => self.connect_later(),
            }
        });
    }

    fn listen(self, socket: web_sys::WebSocket) {
        let heard = Closure::<dyn Fn(web_sys::MessageEvent)>::new(move |event: web_sys::MessageEvent| {
            if let Some(text) = event.data().as_string() {
                self.hear(&text);
            }
        });
        let this = socket.clone();
        let closed = Closure::<dyn Fn()>::new(move || {
            let current = self.socket.with_value(|held| held.as_ref() == Some(&this));
            if current {
                self.socket.set_value(None);
                self.connect_later();
            }
        });
        socket.set_onmessage(Some(heard.as_ref().unchecked_ref()));
        socket.set_onclose(Some(closed.as_ref().unchecked_ref()));
        // The server ends each after nine minutes: few are opened in a page's life, and their closures may stay.
        heard.forget();
        closed.forget();
        self.drop_socket();
        self.socket.set_value(Some(socket));
    }

    fn hear(self, text: &str) {
        let Some(hint) = json::read::<Hint>(text) else { return };
        self.heard_ms.set_value(browser::now_ms());
        self.attempts.set_value(0);
        if self.silent.get_untracked() {
            self.silent.set(false);
        }
        match hint {
            Hint::Tenant { tenant_id } => {
                self.panels.hint(tenant_id);
                self.inbox.hint();
            }
            Hint::Everything => {
                self.panels.all_due();
                self.inbox.hint();
            }
            Hint::Heartbeat => {}
        }
    }

    /// Tries again after a pause that doubles, and that differs between browsers: after a restart of the server they
    /// must not all come back in the same second.
    fn connect_later(self) {
        if !self.session.is_in_now() {
            return;
        }
        let attempt = self.attempts.get_value();
        self.attempts.set_value(attempt.saturating_add(1));
        let longest = (1_000_u32 << attempt.min(6)).min(PAUSE_MAX_MS);
        let pause = Duration::from_millis(u64::from(browser::between(longest / 2, longest)));
        spawn_local(async move {
            browser::sleep(pause).await;
            if self.session.is_in_now() && self.socket.with_value(Option::is_none) {
                self.connect();
            }
        });
    }

    fn drop_socket(self) {
        let held = self.socket.get_value();
        self.socket.set_value(None);
        if let Some(socket) = held {
            let _ = socket.close();
        }
    }
}

/// `wss://host` where the page came over TLS, else `ws://host`.
fn socket_origin() -> String {
    let location = window().location();
    let secure = location.protocol().is_ok_and(|scheme| scheme == "https:");
    format!("{}://{}", if secure { "wss" } else { "ws" }, location.host().unwrap_or_default())
}

/// The live connection, from anywhere below the root.
pub(crate) fn live() -> Live {
    expect_context()
}
