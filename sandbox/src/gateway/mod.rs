//! The sandbox gateway: SSLCommerz v4 on the wire, with one store.
//!
//! Offered: session init, order validation, both transaction queries, refunds and their query, the pay page, notices (IPN)
//! and returns. Invoices and instalments are not. Where the real gateway's behaviour is not published, the set-up says so.

mod answer;
mod ask;
mod assets;
mod books;
mod channel;
mod checks;
mod config;
mod control;
mod delivery;
mod faults;
mod form;
mod ids;
mod notice;
mod page;
mod pay;
mod rates;
mod records;
mod refund;
mod refunds;
mod session;
mod signature;
mod state;
mod told;

use std::io;
use std::net::TcpListener;

use actix_web::web::{self, ServiceConfig};

pub use books::{Books, Charge, ChargeStatus};
pub use config::{Clock, GatewayConfig, IpnOrder, Mode, Reuse};
pub use delivery::Delivery;
pub use faults::{Answer, Faults, NoticeFault, Operation, StoreState};
pub use notice::Fields;
pub use pay::{Action, Return};
pub use refunds::{Refund, RefundEnd, RefundStatus};
pub use signature::{Signature, sign};

pub(crate) use control::may_drive;
pub(crate) use page::escape;

use crate::serve::{self, Running};
use state::State;

/// A running sandbox gateway. Copies are handles of the same one.
#[derive(Clone)]
pub struct Gateway {
    state: State,
    running: Running,
}

impl Gateway {
    /// Starts serving on `listener`. Must be called inside a tokio runtime, on which the gateway then lives.
    pub fn start(config: GatewayConfig, listener: TcpListener) -> io::Result<Self> {
        let public_url = match &config.public_url {
            Some(url) => url.trim_end_matches('/').to_owned(),
            None => serve::url_of(&listener)?,
        };
        let state = State::new(config, public_url).map_err(io::Error::other)?;
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

    /// What goes wrong now.
    #[must_use]
    pub fn faults(&self) -> Faults {
        self.state.faults()
    }

    /// Does what a payer would do on the page of the latest session under `tran_id`: the attempt is recorded and
    /// reported, and the answer says what the payer's browser would post where. `None` if that page does not take it.
    pub async fn act(&self, tran_id: &str, action: Action) -> Option<Return> {
        let key = self.state.latest_key(tran_id)?;
        self.act_in(&key, action).await
    }

    /// The same in the session of a key.
    pub async fn act_in(&self, session_key: &str, action: Action) -> Option<Return> {
        pay::act(&self.state, session_key, action, None, None).await
    }

    /// Ends a refund that is under way; `false` if there is none of that name.
    pub fn settle_refund(&self, refund_ref_id: &str, end: RefundEnd) -> bool {
        self.state.records().refunds.settle(refund_ref_id, end, self.state.now())
    }

    /// Every charge and every refund, to be compared with the shop's own books.
    #[must_use]
    pub fn books(&self) -> Books {
        Books::of(&self.state.expired_records())
    }

    /// Sends the latest notice of a payment once more; `false` if there is none.
    pub async fn replay_ipn(&self, tran_id: &str) -> bool {
        self.replay(tran_id, None).await
    }

    /// Sends the notice of one attempt in the latest session under `tran_id`, counted from 0, once more; `false` if
    /// there is none.
    pub async fn replay_attempt(&self, tran_id: &str, attempt: usize) -> bool {
        self.replay(tran_id, Some(attempt)).await
    }

    async fn replay(&self, tran_id: &str, attempt: Option<usize>) -> bool {
        let Some(key) = self.state.latest_key(tran_id) else { return false };
        self.state.replay(&key, attempt).await
    }

    /// The latest notice of a payment as it is posted, decoded, in posted order.
    #[must_use]
    pub fn notice(&self, tran_id: &str) -> Option<Fields> {
        let key = self.state.latest_key(tran_id)?;
        self.state.notice(&key, None).map(|(_, fields)| fields)
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
        .route("/gwprocess/v4/bankgw/indexhtml.php", web::get().to(pay::jump))
        .route("/gwprocess/v4/bankgw/indexhtmlOTP.php", web::get().to(pay::jump))
        .route("/validator/api/validationserverAPI.php", web::get().to(ask::validate))
        .route("/validator/api/validationserverAPI.php", web::post().to(ask::validate))
        .route("/validator/api/merchantTransIDvalidationAPI.php", web::get().to(ask::script))
        .route("/validator/api/merchantTransIDvalidationAPI.php", web::post().to(ask::script))
        .route("/EasyCheckOut/{page}", web::get().to(pay::show))
        .route("/EasyCheckOut/{page}", web::post().to(pay::press));
    assets::routes(app);
    control::routes(app);
}
