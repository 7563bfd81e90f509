//! Paying: what a checkout gives, and what became of a payment.

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
