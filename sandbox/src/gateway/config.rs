//! How the sandbox gateway is set up. Knows no requests; what may change while it runs is in `faults`.

use std::sync::Arc;
use std::time::Duration;

use super::faults::Faults;

/// Tells the time in seconds since 1970, UTC.
pub type Clock = Arc<dyn Fn() -> i64 + Send + Sync>;

/// Whether the documented limits hold, or what the real sandbox was seen to let through.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// `tran_id` at most 30 characters and the other lengths likewise, amounts from 10.00 to 500000.00, known values
    /// only where a list is documented, `refund_trans_id` required.
    Documented,
    /// `tran_id` at most 50 characters, any positive amount, any profile, refunds without a name.
    Observed,
}

/// When a `tran_id` that was used before is refused. The real rule is not published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reuse {
    /// Always refused.
    Never,
    /// Refused once it has been paid.
    UntilPaid,
    /// Never refused.
    Always,
}

/// When the gateway's server reports to the `ipn_url`, compared with the customer's return.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IpnOrder {
    /// Delivered before the customer is sent back, as documented.
    Before,
    /// Delivered some time after the customer was sent back.
    After,
    /// Not delivered, as seen behind firewalls.
    Never,
    /// Delivered twice before the customer is sent back.
    Twice,
    /// Delivered several times at once before the customer is sent back.
    Concurrent,
}

/// The set-up of one sandbox gateway with one store.
#[derive(Clone)]
pub struct GatewayConfig {
    /// The store's API id.
    pub store_id: String,
    /// The store's API password.
    pub store_passwd: String,
    /// The shop's name as the payer reads it.
    pub store_name: String,
    /// Under which address browsers and shops reach it; taken from the listener if `None`. No trailing slash.
    pub public_url: Option<String>,
    /// Documented or observed limits.
    pub mode: Mode,
    /// What happens to a used `tran_id`.
    pub reuse: Reuse,
    /// When the notice goes out.
    pub ipn_order: IpnOrder,
    /// How often one notice is tried until it is answered with 2xx. The real number is not published.
    pub ipn_tries: u32,
    /// How long it waits before the second try, doubled for each further one. If it waits at all, the customer does not
    /// wait with it: only the first try precedes the return.
    pub ipn_backoff: Duration,
    /// How long after the return an `After` notice goes out.
    pub ipn_delay: Duration,
    /// How many at once a `Concurrent` notice is.
    pub ipn_count: u32,
    /// After how many seconds a session can no longer be paid. The real number is not published.
    pub session_seconds: i64,
    /// How many questions about a refund are answered `processing` before it has ended. `None`: it never ends of itself.
    pub refund_queries: Option<u32>,
    /// What goes wrong from the start.
    pub faults: Faults,
    /// The time.
    pub clock: Clock,
    /// Two gateways with the same seed give the same ids in the same order; vary it where ids outlive the process.
    pub seed: u64,
}

impl GatewayConfig {
    /// Documented limits and order of events, half-hour sessions, three tries per notice, refunds that have ended at the
    /// second question.
    pub fn new(store_id: impl Into<String>, store_passwd: impl Into<String>, clock: Clock, seed: u64) -> Self {
        Self {
            store_id: store_id.into(),
            store_passwd: store_passwd.into(),
            store_name: "Sandbox store".into(),
            public_url: None,
            mode: Mode::Documented,
            reuse: Reuse::Never,
            ipn_order: IpnOrder::Before,
            ipn_tries: 3,
            ipn_backoff: Duration::ZERO,
            ipn_delay: Duration::from_secs(2),
            ipn_count: 3,
            session_seconds: 1_800,
            refund_queries: Some(1),
            faults: Faults::default(),
            clock,
            seed,
        }
    }
}
