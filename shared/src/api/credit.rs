//! An account's credit: what it has paid for nothing yet.

use crate::ids::{InvoiceId, OrderId, PaymentId, RefundId, TenantId};
use crate::money::Money;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// Why credit grew or shrank.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum StatementKind {
    /// A charge settled nothing, or more than was due.
    PaymentCredited,
    /// A charge that was held was accepted as credit.
    PaymentAccepted,
    /// A credit note was issued.
    CreditNoteIssued,
    /// An order uses it.
    CreditApplied,
    /// An order that used it was withdrawn.
    CreditReleased,
    /// It is on its way back to whoever paid.
    RefundRequested,
    /// A refund did not come about.
    RefundReturned,
}

/// One movement of credit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StatementRow {
    /// When.
    pub at: Timestamp,
    /// Why.
    pub kind: StatementKind,
    /// By how much: positive if it grew.
    pub amount: Money,
    /// What it then came to, in the same currency.
    pub balance: Money,
    /// The panel that it was about.
    pub tenant_id: TenantId,
    /// The panel's name.
    pub tenant_name: String,
    /// The payment that it was about, if any.
    pub payment_id: Option<PaymentId>,
    /// The order that it was about, if any.
    pub order_id: Option<OrderId>,
    /// The credit note that it was about, if any.
    pub invoice_id: Option<InvoiceId>,
    /// The refund that it was about, if any.
    pub refund_id: Option<RefundId>,
}

/// An account's credit, and how it came about, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Statement {
    /// What it comes to now, one amount for each currency that ever moved.
    pub balances: Vec<Money>,
    /// At most `limit` movements.
    pub items: Vec<StatementRow>,
    /// Pass as `cursor` to get the next page; `null` on the last.
    pub next_cursor: Option<String>,
}
