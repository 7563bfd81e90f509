//! What goes wrong on purpose, set in-process or over the control plane. Knows no requests.

use serde::{Deserialize, Serialize};

use super::config::IpnOrder;
use super::refunds::RefundEnd;

/// How the machine interfaces answer. Whatever was asked has been done by then: only the answer is lost.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// As they should.
    #[default]
    Normal,
    /// HTTP 500.
    ServerError,
    /// HTTP 200 with a maintenance page.
    Html,
    /// HTTP 200 with half of the JSON.
    Truncated,
    /// HTTP 302 to an address that denies every payment.
    Redirect,
    /// The connection is closed without an answer.
    HangUp,
}

/// What a shop can ask of the gateway's machine interfaces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Operation {
    /// Opening a session.
    Init,
    /// Order validation.
    Validate,
    /// Both transaction queries.
    Query,
    /// Initiating a refund.
    Refund,
    /// Asking after a refund.
    RefundQuery,
}

/// What the gateway thinks of the store.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StoreState {
    /// In order.
    #[default]
    Active,
    /// Every password is called wrong.
    WrongCredentials,
    /// Switched off.
    Inactive,
}

/// What is wrong with what is posted to the shop, by the gateway and by the customer's browser alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoticeFault {
    /// Signed with another password.
    WrongSignature,
    /// Another amount than was charged, signed all the same.
    WrongAmount,
    /// The name of another store's charge, signed all the same; validation does not know it.
    ForeignValId,
    /// The amount is posted twice, with different values.
    RepeatedField,
    /// A field is listed as signed, and not posted.
    MissingField,
}

/// Every fault; the default has none. What a request leaves out is none as well.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Faults {
    /// How the machine interfaces answer.
    pub answer: Answer,
    /// How long they take before they answer.
    pub delay_ms: u64,
    /// Only these answer so and take so long; all of them if `None`.
    pub only: Option<Vec<Operation>>,
    /// What they think of the store.
    pub store: StoreState,
    /// Session init refuses multipart bodies with the credential text, as one integrator saw.
    pub refuse_multipart: bool,
    /// The next charges say this as the amount charged; any text.
    pub charged_amount: Option<String>,
    /// The next charges say this as the amount requested; any text.
    pub requested_amount: Option<String>,
    /// The next charges say this as the currency requested; any text.
    pub requested_currency: Option<String>,
    /// The next attempts write amounts without the zeros at their end: `69`, `292.5`.
    pub trimmed_amounts: bool,
    /// The next charges are marked risky.
    pub risky: bool,
    /// Overrides when notices go out.
    pub ipn: Option<IpnOrder>,
    /// Overrides how many at once a concurrent notice is.
    pub ipn_count: Option<u32>,
    /// Overrides how long after the return a late notice goes out.
    pub ipn_delay_ms: Option<u64>,
    /// Overrides how often one notice is tried.
    pub ipn_tries: Option<u32>,
    /// What is wrong with what is posted.
    pub notice: Option<NoticeFault>,
    /// Refunds are refused because the caller's address is not registered, as on the live system.
    pub refund_ip_unregistered: bool,
    /// How refunds end that end of themselves; paid back if `None`.
    pub refund_end: Option<RefundEnd>,
}

impl Faults {
    /// No notices are sent.
    #[must_use]
    pub fn skip_ipn() -> Self {
        Self { ipn: Some(IpnOrder::Never), ..Self::default() }
    }

    /// Whether an operation is among those whose answers are meant.
    pub(super) fn concern(&self, operation: Operation) -> bool {
        self.only.as_ref().is_none_or(|only| only.contains(&operation))
    }
}
