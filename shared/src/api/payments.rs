//! Paying: what a checkout gives, and what became of a payment.

use super::invoices::LineView;
use super::tenants::EndedReason;
use crate::ids::{OrderId, PaymentId, TenantId};
use crate::money::Money;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// A payment that was opened at the gateway.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Checkout {
    /// What is being paid.
    pub order_id: OrderId,
    /// This attempt.
    pub payment_id: PaymentId,
    /// How much.
    pub amount: Money,
    /// The gateway's page: send the browser there.
    pub redirect_url: String,
}

/// What became of a payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum PaymentState {
    /// The gateway has not confirmed anything yet.
    Open,
    /// Confirmed, and the order is settled.
    Settled,
    /// Confirmed, but the gateway asks to verify the customer first: a person looks at it.
    Held,
    /// Money was charged, but not as ordered: a person looks at it.
    Mismatch,
    /// Confirmed, but the order was settled already, or takes no more: kept as the account's credit.
    Credited,
    /// Declined. Nothing was charged.
    Failed,
    /// The customer turned back. Nothing was charged.
    Cancelled,
    /// The gateway's page timed out. Nothing was charged.
    Expired,
}

/// One payment, as its payer may see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PaymentView {
    /// This attempt.
    pub payment_id: PaymentId,
    /// What it pays.
    pub order_id: OrderId,
    /// For which panel.
    pub tenant_id: TenantId,
    /// The panel's name.
    pub tenant_name: String,
    /// The panel's address, once it can be opened.
    pub tenant_url: Option<String>,
    /// What became of it.
    pub state: PaymentState,
    /// How much.
    pub amount: Money,
    /// The reference that the gateway and the bank know.
    pub reference: String,
    /// How it was paid, in the gateway's words; `null` until confirmed.
    pub method: Option<String>,
    /// When it was started.
    pub created_at: Timestamp,
    /// When the gateway's confirmation was booked; `null` until then.
    pub settled_at: Option<Timestamp>,
    /// The cycle that it bought; `null` until settled.
    pub cycle: Option<BoughtCycle>,
    /// Whether a new attempt may be made for the same order.
    pub can_retry: bool,
}

/// What a settled payment bought.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BoughtCycle {
    /// Its number.
    pub number: u32,
    /// Its first instant; `null` while it waits for the running cycle to end.
    pub starts_at: Option<Timestamp>,
    /// The first instant after it; `null` while it waits.
    pub ends_at: Option<Timestamp>,
}

/// What the next order of a panel will be, by the functions that will charge it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NextOrder {
    /// What would be ordered now: the next cycle, and what cycles that are over still owe.
    pub lines: Vec<LineView>,
    /// Without VAT.
    pub net: Money,
    /// The VAT.
    pub tax: Money,
    /// With VAT.
    pub gross: Money,
    /// Whether it can be ordered now.
    pub can_order: bool,
    /// What the running cycle has come to so far beyond its price. It is charged with the order after its end, as it is then.
    pub accruing: Vec<LineView>,
}

/// What another plan would have cost, by the functions that charge.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ShadowBill {
    /// The plan's name.
    pub plan: String,
    /// From this instant …
    pub from: Timestamp,
    /// … to this one, the panel's past use was rated.
    pub to: Timestamp,
    /// Cycle after cycle, as if each had been followed by the next at once.
    pub cycles: Vec<ShadowCycleView>,
    /// All of them, with VAT. The last is priced whole even if it would still run.
    pub gross: Money,
    /// What was in truth invoiced for the panel in that time, with VAT, less credit notes.
    pub invoiced: Money,
}

/// One cycle that another plan would have had.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ShadowCycleView {
    /// Its first instant.
    pub starts_at: Timestamp,
    /// The first instant after it.
    pub ended_at: Timestamp,
    /// Why it would have ended; `null` if it would still run.
    pub ended_reason: Option<EndedReason>,
    /// What would have been used within the allowance.
    pub used_seconds: i64,
    /// What would have been used beyond it.
    pub overage_seconds: i64,
    /// Its price and its charges.
    pub lines: Vec<LineView>,
}
