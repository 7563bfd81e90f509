//! What happened: changes of state, and notices.

use crate::ids::{AuditId, NoticeId, TenantId};
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// Who caused a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum ActorKind {
    /// A person of the account.
    Customer,
    /// A person of the operator.
    Operator,
    /// The gateway's word.
    Gateway,
    /// Hourglass itself, by its rules.
    System,
}

/// One change of state, or one attempt that was turned away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditView {
    /// The row.
    pub id: AuditId,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub actor: ActorKind,
    /// What, in snake case: `panel_moved`, `billing_moved`, `payment_settled`, `notice_rejected`, …
    pub what: String,
    /// The state before, where there is one.
    pub from: Option<String>,
    /// The state after, where there is one.
    pub to: Option<String>,
    /// Why, in snake case or in the person's words.
    pub why: Option<String>,
}

/// A page of changes, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditPage {
    /// At most `limit` rows.
    pub items: Vec<AuditView>,
    /// Pass as `cursor` to get the next page; `null` on the last.
    pub next_cursor: Option<String>,
}

/// What a notice is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum NoticeKind {
    /// A cycle ended and grace began: pay before it ends.
    GraceBegan,
    /// The panel was closed because nothing is paid any more.
    Expired,
    /// So many days of the cycle are left, or fewer; `value` says how many.
    DaysLeft,
    /// So many hours of the allowance are left, or fewer; `value` says how many.
    HoursLeft,
    /// So much of the allowance is used, or more; `value` is the percentage.
    UsedPercent,
    /// The panel has so much of the users that its plan includes, or more; `value` is the percentage.
    UsersPercent,
    /// The panel holds so much of the storage that its plan includes, or more; `value` is the percentage.
    StoragePercent,
    /// A renewal was settled.
    Renewed,
    /// The running cycle was upgraded.
    Upgraded,
    /// The panel is open again.
    Resumed,
    /// The operator closed the panel.
    SuspendedByOperator,
    /// Money arrived that settles no order; it is kept as credit.
    PaymentCredited,
    /// Part of an invoice was taken back; it is kept as credit.
    CreditNoteIssued,
    /// Money arrived that a person has to look at.
    PaymentHeld,
    /// Money was sent back.
    Refunded,
    /// The panel could not be set up.
    CreationFailed,
    /// The panel was put back to a copy.
    Restored,
    /// The panel could not be put back to a copy; it is as it was.
    RestoreFailed,
    /// The panel was removed; a last copy is kept for a while.
    Removed,
    /// Nobody paid for the panel in time: the order was given up, and its address is free again.
    GivenUp,
}

impl NoticeKind {
    /// Every kind there is.
    pub const ALL: [Self; 20] = [
        Self::GraceBegan,
        Self::Expired,
        Self::DaysLeft,
        Self::HoursLeft,
        Self::UsedPercent,
        Self::UsersPercent,
        Self::StoragePercent,
        Self::Renewed,
        Self::Upgraded,
        Self::Resumed,
        Self::SuspendedByOperator,
        Self::PaymentCredited,
        Self::CreditNoteIssued,
        Self::PaymentHeld,
        Self::Refunded,
        Self::CreationFailed,
        Self::Restored,
        Self::RestoreFailed,
        Self::Removed,
        Self::GivenUp,
    ];
}

/// Something an account should know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NoticeView {
    /// The notice.
    pub id: NoticeId,
    /// Which panel it is about.
    pub tenant_id: TenantId,
    /// The panel's name.
    pub tenant_name: String,
    /// What it says.
    pub kind: NoticeKind,
    /// The threshold that was reached, of a reminder: days, hours or percent; `null` otherwise.
    pub value: Option<u32>,
    /// When it happened.
    pub at: Timestamp,
    /// Whether the reader has read it.
    pub read: bool,
}

/// A page of notices, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NoticePage {
    /// At most `limit` notices.
    pub items: Vec<NoticeView>,
    /// Pass as `cursor` to get the next page; `null` on the last.
    pub next_cursor: Option<String>,
    /// How many the reader has not read, of all pages.
    pub unread: u32,
}
