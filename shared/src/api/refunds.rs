//! Money on its way back.

use crate::ids::{InvoiceId, PaymentId, ReceiptId, RefundId, TenantId};
use crate::money::Money;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// Sends a charge back, whole or in part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewRefund {
    /// How much, in minor units of the charge's currency; `null` for all that is left of it.
    pub amount_minor: Option<i64>,
    /// Why, 1 to 255 characters: the customer and the gateway read it.
    pub reason: String,
    /// Whether it is taken from the account's credit, and what the charge has bought stays bought: for what was paid beyond
    /// the price, and for refunds that a gateway gave up.
    #[serde(default)]
    pub from_credit: bool,
}

/// Says that a refund was paid out by hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PaidOut {
    /// The bank's reference, or the number of the receipt: 1 to 80 characters.
    pub reference: String,
}

/// How far a refund is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum RefundState {
    /// It is on record; the gateway has not confirmed yet that it knows.
    Requested,
    /// The gateway is at it.
    Processing,
    /// The gateway has sent the money back.
    Refunded,
    /// The gateway refused or gave up: the money is where it was before.
    Cancelled,
}

impl RefundState {
    /// The word on the wire.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Requested => "requested",
            Self::Processing => "processing",
            Self::Refunded => "refunded",
            Self::Cancelled => "cancelled",
        }
    }
}

/// One refund.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RefundView {
    /// The refund.
    pub refund_id: RefundId,
    /// The charge that is sent back.
    pub receipt_id: ReceiptId,
    /// The payment that it was made under.
    pub payment_id: PaymentId,
    /// The panel that it was for.
    pub tenant_id: TenantId,
    /// The panel's name.
    pub tenant_name: String,
    /// How much.
    pub amount: Money,
    /// How far it is.
    pub state: RefundState,
    /// Why it was asked for.
    pub reason: String,
    /// Our name for it at the gateway.
    pub reference: String,
    /// The gateway's name for it, once it has one.
    pub gateway_reference: Option<String>,
    /// The credit note that was issued with it, if the charge had paid an invoice.
    pub credit_note_id: Option<InvoiceId>,
    /// When it was asked for.
    pub requested_at: Timestamp,
    /// When the gateway was done with it.
    pub finished_at: Option<Timestamp>,
    /// Why the gateway refused, in its words.
    pub refusal: Option<String>,
}

/// A page of refunds, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RefundPage {
    /// At most `limit` refunds.
    pub items: Vec<RefundView>,
    /// Pass as `cursor` to get the next page; `null` on the last.
    pub next_cursor: Option<String>,
}
