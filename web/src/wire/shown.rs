//! Shapes of this program's own, for answers of which a page shows only a part.

use crate::json::{Reader, Wire};
use shared::api::invoices::{InvoiceKind, LineView};
use shared::api::jobs::{BackupKind, JobView};
use shared::api::payments::OrderState;
use shared::api::tenants::EndedReason;
use shared::ids::{BackupId, InvoiceId, PaymentId, PlanId};
use shared::money::Money;
use shared::time::Timestamp;

/// A document in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Its id.
    pub invoice_id: InvoiceId,
    /// Invoice or credit note.
    pub kind: InvoiceKind,
    /// Its number.
    pub number: String,
    /// What the panel is called.
    pub tenant_name: String,
    /// The civil date: `2026-11-22`.
    pub issued_on: String,
    /// With VAT.
    pub gross: Money,
}

/// A page of documents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Documents {
    /// Newest first.
    pub items: Vec<Document>,
    /// The `cursor` of the next page.
    pub next_cursor: Option<String>,
}

/// What the next order will come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// Its lines.
    pub lines: Vec<LineView>,
    /// Without VAT.
    pub net: Money,
    /// The VAT.
    pub tax: Money,
    /// With VAT.
    pub gross: Money,
    /// How much of it the account's credit will pay.
    pub credit: Money,
    /// What is left to pay.
    pub due: Money,
    /// A payment for it that a person is looking at.
    pub held_payment_id: Option<PaymentId>,
}

/// An order in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ordered {
    /// The panel's name.
    pub tenant_name: String,
    /// What became of it.
    pub state: OrderState,
    /// What was ordered.
    pub lines: Vec<LineView>,
    /// All of it, with VAT.
    pub amount: Money,
    /// How much of that credit pays or paid.
    pub credit_used: Money,
    /// When it was made.
    pub created_at: Timestamp,
    /// The payment that says most about it: the one that settled it, else the last under which money came, else the last.
    pub payment_id: Option<PaymentId>,
    /// Its invoice.
    pub invoice_id: Option<InvoiceId>,
}

/// A page of orders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Orders {
    /// Newest first.
    pub items: Vec<Ordered>,
    /// The `cursor` of the next page.
    pub next_cursor: Option<String>,
}

/// The plan that a cycle was bought on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bought {
    /// The plan.
    pub id: PlanId,
    /// Its name.
    pub name: String,
}

/// A cycle that is running or over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cycle {
    /// 1 for the panel's first.
    pub number: u32,
    /// What it was bought on; `None` if that is not on record.
    pub plan: Option<Bought>,
    /// Whether it is a trial.
    pub is_trial: bool,
    /// Its first instant.
    pub starts_at: Timestamp,
    /// The first instant after its days.
    pub ends_at: Timestamp,
    /// The first instant that no longer belongs to it.
    pub ended_at: Option<Timestamp>,
    /// Why it ended.
    pub ended_reason: Option<EndedReason>,
    /// What may be used.
    pub allowance_seconds: i64,
    /// How many hours of one of its days count at the most.
    pub daily_cap_hours: Option<u32>,
    /// What was used of that.
    pub used_seconds: i64,
    /// What was used beyond.
    pub overage_seconds: i64,
    /// What was paid for it, without VAT.
    pub paid_net: Money,
    /// Whether there is a proof to keep.
    pub has_export: bool,
}

/// A page of cycles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cycles {
    /// Newest first.
    pub items: Vec<Cycle>,
    /// The `cursor` of the next page.
    pub next_cursor: Option<String>,
}

/// An explanation's sentences.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explained {
    /// In order.
    pub steps: Vec<Sentence>,
}

/// A sentence in both languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// In English.
    pub en: String,
    /// In Bangla.
    pub bn: String,
}

/// A kept copy of a panel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptCopy {
    /// Its id.
    pub id: BackupId,
    /// The first part of its panel's address.
    pub subdomain: String,
    /// Why it was made.
    pub kind: BackupKind,
    /// The instant that it shows.
    pub at: Timestamp,
    /// How large it is.
    pub bytes: i64,
    /// It is deleted after this instant.
    pub keep_until: Timestamp,
}

/// A page of copies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copies {
    /// Newest first.
    pub items: Vec<KeptCopy>,
    /// The `cursor` of the next page.
    pub next_cursor: Option<String>,
}

/// A page of what was done at a panel's server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Jobs {
    /// Newest first.
    pub items: Vec<JobView>,
    /// The `cursor` of the next page.
    pub next_cursor: Option<String>,
}

object! {
    KeptCopy { id, subdomain, kind, at, bytes, keep_until }
    Copies { items, next_cursor }
    Jobs { items, next_cursor }
    Document { invoice_id, kind, number, tenant_name, issued_on, gross }
    Documents { items, next_cursor }
    Order { lines, net, tax, gross, credit, due, held_payment_id }
    Ordered { tenant_name, state, lines, amount, credit_used, created_at, payment_id, invoice_id }
    Orders { items, next_cursor }
    Bought { id, name }
    Cycle {
        number, plan, is_trial, starts_at, ends_at, ended_at, ended_reason, allowance_seconds, daily_cap_hours,
        used_seconds, overage_seconds, paid_net, has_export
    }
    Cycles { items, next_cursor }
    Explained { steps }
    Sentence { en, bn }
}
