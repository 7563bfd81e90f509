//! Payments that came past every gateway: one person records what arrived, another approves.

use crate::ids::{ManualPaymentId, PaymentId, TenantId, UserId};
use crate::money::Money;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// How it came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum ManualMethod {
    /// To the operator's bank account.
    BankTransfer,
    /// Over the counter.
    Cash,
}

/// Records what arrived for a panel's next cycle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewManualPayment {
    /// How it came.
    pub method: ManualMethod,
    /// How much arrived, in minor units of the plan's currency.
    pub amount_minor: i64,
    /// The bank's reference, or the number of the receipt: 1 to 80 characters, never used before.
    pub reference: String,
}

/// How far a manual payment is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum ManualState {
    /// Recorded by one person; another has to approve.
    Recorded,
    /// Approved: it is money.
    Approved,
    /// Rejected: it never was.
    Rejected,
}

/// One manual payment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ManualPaymentView {
    /// What was recorded.
    pub manual_payment_id: ManualPaymentId,
    /// The payment that it makes.
    pub payment_id: PaymentId,
    /// For which panel.
    pub tenant_id: TenantId,
    /// The panel's name.
    pub tenant_name: String,
    /// How it came.
    pub method: ManualMethod,
    /// How much arrived.
    pub amount: Money,
    /// The bank's reference, or the number of the receipt.
    pub reference: String,
    /// How far it is.
    pub state: ManualState,
    /// Who recorded it.
    pub recorded_by: UserId,
    /// When.
    pub recorded_at: Timestamp,
    /// Who decided about it.
    pub decided_by: Option<UserId>,
    /// When.
    pub decided_at: Option<Timestamp>,
    /// Whether whoever asks may decide: nobody approves what they recorded.
    pub can_decide: bool,
}

/// A page of manual payments, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ManualPaymentPage {
    /// At most `limit` of them.
    pub items: Vec<ManualPaymentView>,
    /// Pass as `cursor` to get the next page; `null` on the last.
    pub next_cursor: Option<String>,
}
