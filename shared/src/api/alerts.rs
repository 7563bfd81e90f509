//! What a person of the operator has to look at, and the comparisons with the gateways' books that find most of it.

use crate::ids::{AccountId, AlertId, PaymentId, ReceiptId, ReconciliationId, RefundId, ServerId, TenantId, UserId};
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// What is the matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum AlertKind {
    /// A charge is held: accept it, or send it back.
    PaymentHeld,
    /// Somebody paid what was paid already; it is their credit.
    SecondCharge,
    /// A gateway refused a refund, or gave up on it.
    RefundFailed,
    /// A gateway has not said for long, or not clearly, what became of a refund.
    RefundUnclear,
    /// The gateway has a charge that is not booked here.
    PaidThere,
    /// A charge is booked here that the gateway does not know.
    UnknownThere,
    /// Both have the charge, with different amounts.
    AmountDiffers,
    /// Both have the charge, with different fees.
    FeeDiffers,
    /// A server has not said for two surveys what it is: it gets no new panels. Comes right by itself once it answers.
    ServerSilent,
    /// A new panel waits for a place: no server that answers has room. Comes right by itself once it has one.
    NoRoom,
    /// Work at a panel's server is not done for much longer than it takes. Comes right by itself once such work is done.
    JobStuck,
    /// A panel was to be set up, opened, closed or removed, and that has not been begun or done after many tries. Comes right by
    /// itself once it is.
    PromiseStuck,
    /// A copy of a panel was given up. Comes right by itself with the next one.
    CopyFailed,
    /// A database that made way for a restored panel is still beside it, closed: it was there before Hourglass, or was not copied.
    /// Nothing removes it but a person.
    DatabaseKept,
    /// The mail server has not taken a letter for some minutes. Comes right by itself once it takes one.
    PostSilent,
    /// A letter was given up: its reader's address takes none, or the mail server took none for three days.
    LetterGivenUp,
}

impl AlertKind {
    /// The word on the wire.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::PaymentHeld => "payment_held",
            Self::SecondCharge => "second_charge",
            Self::RefundFailed => "refund_failed",
            Self::RefundUnclear => "refund_unclear",
            Self::PaidThere => "paid_there",
            Self::UnknownThere => "unknown_there",
            Self::AmountDiffers => "amount_differs",
            Self::FeeDiffers => "fee_differs",
            Self::ServerSilent => "server_silent",
            Self::NoRoom => "no_room",
            Self::JobStuck => "job_stuck",
            Self::PromiseStuck => "promise_stuck",
            Self::CopyFailed => "copy_failed",
            Self::DatabaseKept => "database_kept",
            Self::PostSilent => "post_silent",
            Self::LetterGivenUp => "letter_given_up",
        }
    }
}

/// What can be done about it, with one click and an audit row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Remedy {
    /// Accept a held charge: it settles its order, or becomes credit.
    Accept,
    /// Send the charge back.
    Refund,
    /// Ask the gateway for the charge, and book what it confirms.
    Book,
    /// Take the gateway's fee for the true one.
    TakeFee,
    /// Ask the gateway again: if both agree by now, nothing is left to do.
    AskAgain,
    /// Nothing is to be done here; a note says why.
    Acknowledge,
}

impl Remedy {
    /// The word on the wire.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::Refund => "refund",
            Self::Book => "book",
            Self::TakeFee => "take_fee",
            Self::AskAgain => "ask_again",
            Self::Acknowledge => "acknowledge",
        }
    }
}

/// Something that a person has to look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AlertView {
    /// The alert.
    pub alert_id: AlertId,
    /// What is the matter.
    pub kind: AlertKind,
    /// Whose; `null` if it is about nobody's.
    pub account_id: Option<AccountId>,
    /// About which panel, if it is about one.
    pub tenant_id: Option<TenantId>,
    /// The panel's name; empty if it is about none.
    pub tenant_name: String,
    /// About which payment, if it is about one.
    pub payment_id: Option<PaymentId>,
    /// Our name for that payment at the gateway; empty if it is about none.
    pub reference: String,
    /// About which charge, if it is booked.
    pub receipt_id: Option<ReceiptId>,
    /// About which refund, if any.
    pub refund_id: Option<RefundId>,
    /// About which server, if it is about one.
    pub server_id: Option<ServerId>,
    /// What our books say; of a server its name.
    pub here: Option<String>,
    /// What the gateway says, or what went wrong at the host.
    pub there: Option<String>,
    /// When it was noticed.
    pub at: Timestamp,
    /// The comparison that found it, if one did.
    pub reconciliation_id: Option<ReconciliationId>,
    /// What can be done about it now; empty once something was.
    pub remedies: Vec<Remedy>,
    /// When it was dealt with.
    pub resolved_at: Option<Timestamp>,
    /// By whom; `null` if it came right by itself.
    pub resolved_by: Option<UserId>,
    /// How.
    pub remedy: Option<Remedy>,
    /// In whose words.
    pub note: Option<String>,
}

/// A page of alerts, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AlertPage {
    /// At most `limit` of them.
    pub items: Vec<AlertView>,
    /// How many wait to be dealt with.
    pub open: u64,
    /// Pass as `cursor` to get the next page; `null` on the last.
    pub next_cursor: Option<String>,
}

/// Deals with an alert.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Resolve {
    /// How: one of the alert's own `remedies`.
    pub remedy: Remedy,
    /// Why, at most 500 characters; needed to acknowledge and to refund. Of a refund the customer and the gateway read it.
    pub note: String,
}

/// One comparison of our books with the gateways'.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReconciliationView {
    /// The comparison.
    pub reconciliation_id: ReconciliationId,
    /// When it began.
    pub started_at: Timestamp,
    /// When it had asked about everything; `null` while it is at it.
    pub finished_at: Option<Timestamp>,
    /// Payments from this instant on were compared, and older ones that are still open.
    pub since: Timestamp,
    /// About so many payments the gateway was asked.
    pub asked: u64,
    /// In so many of them both agree.
    pub agreed: u64,
    /// So many differences were found.
    pub differences: u64,
    /// About so many the gateway gave no reliable answer: the next comparison asks again.
    pub unknown: u64,
}

/// A page of comparisons, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReconciliationPage {
    /// At most `limit` of them.
    pub items: Vec<ReconciliationView>,
    /// Pass as `cursor` to get the next page; `null` on the last.
    pub next_cursor: Option<String>,
}
