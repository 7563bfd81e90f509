//! The payment gateway: opening a session for one payment, and asking what became of it.

use async_trait::async_trait;
use shared::billing::settlement::GatewayRecord;
use shared::money::{Currency, Money};
use std::sync::Arc;

use super::Unknown;

/// What the gateway is told when a payment starts.
#[derive(Debug, Clone)]
pub struct NewSession {
    /// Our name for this one attempt, at most 30 characters, never used before.
    pub tran_id: String,
    /// What is to be paid: the payment's amount, from the server's own records. It is what credit leaves of its order.
    pub amount: Money,
    /// Shown on the gateway's page.
    pub product_name: String,
    /// The payer.
    pub customer_name: String,
    /// The payer's e-mail address.
    pub customer_email: String,
    /// Where the gateway sends the payer's browser, by POST, whatever the outcome.
    pub return_url: String,
    /// Where the gateway's server reports, by POST.
    pub notice_url: String,
}

/// A session that the gateway opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenedSession {
    /// The gateway's name for the session.
    pub session_key: String,
    /// Where to send the payer's browser.
    pub page_url: String,
}

/// Why no session was opened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// The gateway answered, and refused; its words. No money can have moved.
    #[error("the gateway refused: {0}")]
    Refused(String),
    /// No reliable answer. A session may exist; nobody was sent to it.
    #[error("the gateway did not answer: {0}")]
    Unknown(#[from] Unknown),
}

/// What a signed notice claims. A claim, never a proof: it only says what to ask the gateway about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// Our name for the payment.
    pub tran_id: String,
    /// The gateway's name for a successful charge; absent on failures.
    pub val_id: Option<String>,
    /// The status as posted.
    pub status: String,
}

/// Why a notice was not taken even as a claim.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ClaimError {
    /// A field that every notice carries is missing, empty or given twice.
    #[error("the notice lacks a single, non-empty `{0}`")]
    Field(&'static str),
    /// The signature leaves out a field that decides about money.
    #[error("the signature does not cover `{0}`")]
    Unsigned(&'static str),
    /// The signature is absent or wrong.
    #[error("the signature does not fit")]
    Signature,
}

/// What the gateway is told when money goes back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRefund {
    /// Our name for this one refund, at most 30 characters, never used for another.
    pub refund_name: String,
    /// The bank's name for the charge.
    pub bank_tran_id: String,
    /// How much of it, in the currency of the charge.
    pub amount: Money,
    /// Why, at most 255 characters.
    pub reason: String,
}

/// What the gateway said to a refund.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RefundAnswer {
    /// It is at it, now or since an earlier call under the same name.
    Accepted {
        /// The gateway's name for the refund.
        refund_ref_id: String,
    },
    /// It will not, in its words. No money has moved.
    Refused(String),
}

/// How far the gateway is with a refund.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RefundProgress {
    /// It is at it.
    Processing,
    /// The money is sent.
    Refunded,
    /// It gave up, in its words. No money has moved.
    Cancelled(String),
}

/// What one charge may come to at the gateway.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChargeLimits {
    /// No less.
    pub least: Money,
    /// No more.
    pub most: Money,
}

/// A payment gateway.
#[async_trait]
pub trait Gateway: Send + Sync {
    /// The provider's short name, as stored beside every payment: `sslcommerz`.
    fn name(&self) -> &'static str;

    /// What one charge in this currency may come to; `None` if any amount may.
    fn charge_limits(&self, currency: Currency) -> Option<ChargeLimits>;

    /// Whether people of the operator pay in and out by hand here: then it has no pages, and posts nothing.
    fn is_by_hand(&self) -> bool {
        false
    }

    /// Opens a session. `Ok` means that the payer may be sent to `page_url`. Not repeatable: a `tran_id` is for one session.
    async fn open_session(&self, session: &NewSession) -> Result<OpenedSession, OpenError>;

    /// Reads a posted notice (`fields` in posted order, decoded, untrimmed) and checks its signature, in constant time.
    /// `Ok` is a filter passed, nothing more: anyone may hold an old notice. Pure; asks nobody.
    fn read_notice(&self, fields: &[(String, String)]) -> Result<Claim, ClaimError>;

    /// What the gateway has on record under one of its own names (`val_id`). `Ok(None)` only if the gateway itself,
    /// having accepted our credentials, says that there is no such charge. A repeat gives the same record.
    async fn validate(&self, val_id: &str) -> Result<Option<GatewayRecord>, Unknown>;

    /// Every attempt that the gateway has on record under our name for the payment, oldest first; empty if it has none.
    /// A repeat is safe and gives the present state.
    async fn query(&self, tran_id: &str) -> Result<Vec<GatewayRecord>, Unknown>;

    /// How the latest attempt of a session stands. `Ok(None)` only if the gateway, having accepted our credentials, knows
    /// no such session or no attempt in it. A repeat is safe.
    async fn query_session(&self, session_key: &str) -> Result<Option<GatewayRecord>, Unknown>;

    /// Sends money back. A repeat under the same name moves no more money: it gives the same refund. `Err`: it may be
    /// under way; ask again under the same name.
    async fn refund(&self, refund: &NewRefund) -> Result<RefundAnswer, Unknown>;

    /// How far a refund is, by the gateway's name for it. A repeat is safe. A name that the gateway does not know is `Err`:
    /// it gave that name itself.
    async fn refund_progress(&self, refund_ref_id: &str) -> Result<RefundProgress, Unknown>;
}

/// Every gateway by which money comes, and the one by which customers pay themselves.
pub struct Gateways {
    checkout: Arc<dyn Gateway>,
    others: Vec<Arc<dyn Gateway>>,
}

impl Gateways {
    /// Customers pay at `checkout`; `others` are for people of the operator.
    #[must_use]
    pub fn new(checkout: Arc<dyn Gateway>, others: Vec<Arc<dyn Gateway>>) -> Self {
        Self { checkout, others }
    }

    /// Where customers pay themselves.
    #[must_use]
    pub fn checkout(&self) -> &dyn Gateway {
        &*self.checkout
    }

    /// The gateway of that name. `Unknown` if there is none, or none any more: nothing can be asked about its payments.
    pub fn named(&self, name: &str) -> Result<&dyn Gateway, Unknown> {
        let all = std::iter::once(&self.checkout).chain(&self.others);
        let found = all.into_iter().find(|gateway| gateway.name() == name);
        found.map(|gateway| &**gateway).ok_or_else(|| Unknown::new("no gateway of that name is set up"))
    }

    /// Where people of the operator pay in and out by hand.
    pub fn by_hand(&self) -> Result<&dyn Gateway, Unknown> {
        let found = self.others.iter().find(|gateway| gateway.is_by_hand());
        found.map(|gateway| &**gateway).ok_or_else(|| Unknown::new("nothing is paid by hand here"))
    }
}
