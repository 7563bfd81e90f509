//! The sandbox gateway: SSLCommerz v4 on the wire, with one store.
//!
//! Offered: session init, order validation, both transaction queries, the pay page, notices (IPN) and returns. Refunds,
//! invoices and instalments are not. Where the real gateway's behaviour is not published, the set-up says so.

mod ask;
mod channel;
mod config;
mod control;
mod delivery;
mod faults;
mod form;
mod ids;
mod notice;
mod page;
mod pay;
mod records;
mod session;
mod signature;

use std::io;
use std::net::TcpListener;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use actix_web::web::{self, ServiceConfig};
use tokio::sync::watch;

pub use config::{Clock, GatewayConfig, IpnOrder, Mode, Reuse};
pub use delivery::Delivery;
pub use faults::{Answer, Faults, StoreState};
pub use notice::Fields;
pub use pay::{Action, Return};
pub use signature::{Signature, sign};

pub(crate) use page::escape;

use crate::serve::{self, Running};
use form::Form;
use records::Records;

/// A running sandbox gateway. Copies are handles of the same one.
#[derive(Clone)]
pub struct Gateway {
    state: State,
    running: Running,
}

/// What all requests share.
#[derive(Clone)]
struct State {
    config: GatewayConfig,
    public_url: String,
    client: reqwest::Client,
    records: Arc<Mutex<Records>>,
    faults: Arc<Mutex<Faults>>,
    deliveries: Arc<watch::Sender<Vec<Delivery>>>,
}

impl Gateway {
    /// Starts serving on `listener`. Must be called inside a tokio runtime, on which the gateway then lives.
    pub fn start(config: GatewayConfig, listener: TcpListener) -> io::Result<Self> {
        let public_url = match &config.public_url {
            Some(url) => url.trim_end_matches('/').to_owned(),
            None => serve::url_of(&listener)?,
        };
        let state = State {
            records: Arc::new(Mutex::new(Records::new(config.seed))),
            faults: Arc::default(),
            deliveries: Arc::new(watch::Sender::new(Vec::new())),
            client: delivery::client().map_err(io::Error::other)?,
            config,
            public_url,
        };
        let shared = web::Data::new(state.clone());
        let running = serve::run(listener, move |app| {
            app.app_data(shared.clone());
            routes(app);
        })?;
        Ok(Self { state, running })
    }

    /// Where it is reached, without a trailing slash: `http://127.0.0.1:4010`.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.state.public_url
    }

    /// Stops serving.
    pub async fn stop(&self) {
        self.running.stop().await;
    }

    /// Replaces all faults. `Faults::default()` ends them.
    pub fn set_faults(&self, faults: Faults) {
        self.state.set_faults(faults);
    }

    /// Does what a payer would do on the page of the latest session under `tran_id`: the attempt is recorded and
    /// reported, and the answer says what the payer's browser would post where. `None` if that page is not open.
    pub async fn act(&self, tran_id: &str, action: Action) -> Option<Return> {
        let key = self.state.latest_key(tran_id)?;
        pay::act(&self.state, &key, action, None, None).await
    }

    /// Sends the latest notice of a payment once more; `false` if there is none.
    pub async fn replay_ipn(&self, tran_id: &str) -> bool {
        self.state.replay(tran_id).await
    }

    /// The latest notice of a payment as it is posted, decoded, in posted order.
    #[must_use]
    pub fn notice(&self, tran_id: &str) -> Option<Fields> {
        self.state.notice(tran_id).map(|(_, fields)| fields)
    }

    /// Every notice that was sent or tried so far.
    #[must_use]
    pub fn deliveries(&self) -> Vec<Delivery> {
        self.state.deliveries.borrow().clone()
    }

    /// Waits until `count` notices were sent or tried.
    pub async fn delivered(&self, count: usize) {
        let mut seen = self.state.deliveries.subscribe();
        // Fails only if the sender is gone, and this handle holds it.
        let _ = seen.wait_for(|all| all.len() >= count).await;
    }
}

fn routes(app: &mut ServiceConfig) {
    app.route("/gwprocess/v4/api.php", web::post().to(session::init))
        .route("/validator/api/validationserverAPI.php", web::get().to(ask::validate))
        .route("/validator/api/validationserverAPI.php", web::post().to(ask::validate))
        .route("/validator/api/merchantTransIDvalidationAPI.php", web::get().to(ask::query))
        .route("/validator/api/merchantTransIDvalidationAPI.php", web::post().to(ask::query))
        .route("/EasyCheckOut/{page}", web::get().to(pay::show))
        .route("/EasyCheckOut/{page}", web::post().to(pay::press))
        .route("/sandbox/faults", web::post().to(control::set_faults))
        .route("/sandbox/ipn/replay", web::post().to(control::replay))
        .route("/sandbox/elsewhere", web::get().to(control::elsewhere))
        .route("/sandbox/return.js", web::get().to(control::script));
}

impl State {
    fn now(&self) -> i64 {
        (self.config.clock)()
    }

    fn records(&self) -> MutexGuard<'_, Records> {
        self.records.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The records after sessions whose time is over were ended.
    fn expired_records(&self) -> MutexGuard<'_, Records> {
        let now = self.now();
        let mut records = self.records();
        records.expire(now, self.config.session_seconds);
        records
    }

    fn faults(&self) -> Faults {
        self.faults.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn set_faults(&self, faults: Faults) {
        *self.faults.lock().unwrap_or_else(PoisonError::into_inner) = faults;
    }

    fn knows_store(&self, form: &Form) -> bool {
        form.get("store_id") == Some(self.config.store_id.as_str())
            && form.get("store_passwd") == Some(self.config.store_passwd.as_str())
    }

    fn page_url(&self, key: &str) -> String {
        format!("{}/EasyCheckOut/testcde{}", self.public_url, key.to_ascii_lowercase())
    }

    fn latest_key(&self, tran_id: &str) -> Option<String> {
        let records = self.records();
        records.sessions.iter().rev().find(|s| s.request.tran_id == tran_id).map(|s| s.key.clone())
    }

    /// The latest notice of a payment, and where it is reported.
    fn notice(&self, tran_id: &str) -> Option<(Option<String>, Fields)> {
        let key = self.latest_key(tran_id)?;
        let session = self.records().session(&key)?.clone();
        let attempt = session.attempts.last()?;
        let fields = notice::fields(&self.config.store_id, &self.config.store_passwd, &session, attempt);
        Some((session.request.ipn_url.clone(), fields))
    }

    async fn replay(&self, tran_id: &str) -> bool {
        let Some((Some(url), fields)) = self.notice(tran_id) else { return false };
        delivery::send(self, &url, &fields).await;
        true
    }
}
