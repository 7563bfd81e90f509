//! Paying: what a checkout gives, and what became of a payment.

use super::invoices::LineView;
use super::tenants::EndedReason;
use crate::ids::{InvoiceId, OrderId, PaymentId, ReceiptId, TenantId};
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
    /// How much is to be paid at the gateway: the order's amount, less the credit that was used.
    pub amount: Money,
    /// How much of the order the account's credit pays.
    pub credit_used: Money,
    /// Send the browser there: the gateway's page, or, if credit has paid everything, the payment's own.
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
    /// Held or not as ordered, and sent back whole.
    Refunded,
}

impl PaymentState {
    /// The word on the wire.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Settled => "settled",
            Self::Held => "held",
            Self::Mismatch => "mismatch",
            Self::Credited => "credited",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
            Self::Expired => "expired",
            Self::Refunded => "refunded",
        }
    }
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
    /// How much is to be paid, or was.
    pub amount: Money,
    /// How much of the order the account's credit pays besides.
    pub credit_used: Money,
    /// Where it is made: `sslcommerz`, `manual`, or `credit` if the account's credit paid everything.
    pub gateway: String,
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
    /// The gateway's page, while it is likely to be open still; `null` otherwise.
    pub resume_url: Option<String>,
    /// The invoice of the order, once this payment has settled it.
    pub invoice_id: Option<InvoiceId>,
    /// What the gateway has charged under this payment; more than one if the customer paid twice.
    pub receipts: Vec<ReceiptView>,
}

/// One charge that the gateway confirmed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReceiptView {
    /// The receipt.
    pub receipt_id: ReceiptId,
    /// The gateway's name for the charge.
    pub reference: String,
    /// How much was charged; `null` if the gateway did not say readably.
    pub charged: Option<Money>,
    /// What the gateway keeps of it; `null` if it did not say.
    pub fee: Option<Money>,
    /// What became of it.
    pub state: ReceiptState,
    /// Why it is as it is.
    pub why: ReceiptWhy,
    /// How it was paid, in the gateway's words.
    pub method: Option<String>,
    /// When it was booked.
    pub at: Timestamp,
    /// How much of it was sent back, or is on its way.
    pub refunded: Option<Money>,
}

/// What became of a charge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum ReceiptState {
    /// It settled its order.
    Settled,
    /// It is, or was, the account's credit.
    Credited,
    /// A person has to accept it or send it back.
    Held,
    /// It was held, and is sent back whole.
    Returned,
}

/// Why a charge became what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum ReceiptWhy {
    /// It was exactly what the order waited for.
    AsOrdered,
    /// The order was settled already, or takes no more.
    NothingToSettle,
    /// The payment had a charge already.
    Second,
    /// The gateway advises to verify the customer first.
    Risky,
    /// Another amount or currency was charged.
    NotAsOrdered,
}

/// One payment in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PaymentRow {
    /// The attempt.
    pub payment_id: PaymentId,
    /// What it pays.
    pub order_id: OrderId,
    /// For which panel.
    pub tenant_id: TenantId,
    /// The panel's name.
    pub tenant_name: String,
    /// What became of it.
    pub state: PaymentState,
    /// How much.
    pub amount: Money,
    /// Where it is made.
    pub gateway: String,
    /// The reference that the gateway and the bank know.
    pub reference: String,
    /// How it was paid, in the gateway's words.
    pub method: Option<String>,
    /// When it was started.
    pub created_at: Timestamp,
    /// When the gateway's confirmation was booked.
    pub settled_at: Option<Timestamp>,
}

/// A page of payments, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PaymentPage {
    /// At most `limit` payments.
    pub items: Vec<PaymentRow>,
    /// Pass as `cursor` to get the next page; `null` on the last.
    pub next_cursor: Option<String>,
}

/// What became of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum OrderState {
    /// It waits for its money.
    Open,
    /// Money came for it, and a person has to decide about it.
    Held,
    /// It is paid. What is given back later stands on credit notes.
    Settled,
    /// It waits no more: another took its place, nobody paid in time, or nothing is to be paid any more. Money that still comes
    /// for it becomes credit.
    Withdrawn,
}

/// What was ordered, in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OrderRow {
    /// The order.
    pub order_id: OrderId,
    /// For which panel.
    pub tenant_id: TenantId,
    /// The panel's name.
    pub tenant_name: String,
    /// What became of it.
    pub state: OrderState,
    /// What was ordered, line by line, as the invoice says it.
    pub lines: Vec<LineView>,
    /// All of it, with VAT.
    pub amount: Money,
    /// How much of that the account's credit pays or paid; none of a withdrawn one, whose credit is free again.
    pub credit_used: Money,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was paid.
    pub settled_at: Option<Timestamp>,
    /// When it was withdrawn.
    pub withdrawn_at: Option<Timestamp>,
    /// The payment that settled it; until one has, the last under which money came, else the last that was tried; `null` if none
    /// is on record.
    pub payment_id: Option<PaymentId>,
    /// Its invoice, once it is issued.
    pub invoice_id: Option<InvoiceId>,
}

/// A page of orders, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OrderPage {
    /// At most `limit` orders.
    pub items: Vec<OrderRow>,
    /// Pass as `cursor` to get the next page; `null` on the last.
    pub next_cursor: Option<String>,
}

/// A notice as it was posted, and what became of it. Personal data and signatures are left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InboxRow {
    /// How it came: `ipn` or `return`.
    pub via: String,
    /// The status that it claims.
    pub status: String,
    /// The charge that it claims; empty if none.
    pub val_id: String,
    /// What the signature check said: `signed`, or why not.
    pub verdict: String,
    /// What became of it; `null` while nothing is known: then the gateway is asked again.
    pub outcome: Option<String>,
    /// When it came.
    pub received_at: Timestamp,
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
    /// How much of it the account's credit would pay.
    pub credit: Money,
    /// What would be left to pay.
    pub due: Money,
    /// Whether it can be ordered now.
    pub can_order: bool,
    /// The last payment for a cycle of this panel that a person has to decide about: whoever pays meanwhile may pay twice.
    /// `null` if there is none.
    pub held_payment_id: Option<PaymentId>,
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
    /// What they come to, with VAT.
    pub gross: Money,
}
