//! Invoices and credit notes as they are shown, printed and fetched. Issued once, never edited.

use crate::billing::rating::{Aggregation, Meter};
use crate::ids::{AccountId, InvoiceId, OrderId, TenantId};
use crate::money::Money;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// Which of the two documents it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum InvoiceKind {
    /// What was bought.
    Invoice,
    /// What of an invoice is taken back. Its amounts are positive: so much is credited.
    CreditNote,
}

/// The seller or the buyer, as they were when the document was issued.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Party {
    /// The name of the business or the person.
    pub name: String,
    /// The postal address, lines separated by `\n`; empty if it is not known.
    pub address: String,
    /// The Business Identification Number under Bangladesh VAT law, 13 digits; `null` if there is none.
    pub bin: Option<String>,
}

/// What a line is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum LineWhat {
    /// A cycle, paid beforehand.
    BasePrice {
        /// The plan's name.
        plan: String,
        /// The cycle.
        cycle_number: u32,
        /// How many days it lasts.
        cycle_days: u32,
        /// How many hours it includes.
        included_hours: u32,
    },
    /// Hours beyond the allowance of a cycle that is over.
    Overage {
        /// The cycle.
        cycle_number: u32,
    },
    /// A charge on a meter, for a cycle that is over.
    Metered {
        /// The cycle.
        cycle_number: u32,
        /// What was measured.
        meter: Meter,
        /// How measurements became one quantity.
        aggregation: Aggregation,
    },
    /// The rest of a running cycle on a dearer plan.
    Upgrade {
        /// The plan before.
        from_plan: String,
        /// The plan after.
        to_plan: String,
        /// The cycle.
        cycle_number: u32,
    },
}

/// In what a line's quantity is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Unit {
    /// Whole cycles.
    Cycles,
    /// Seconds; shown as hours.
    Seconds,
    /// Users.
    Users,
    /// Bytes; shown in powers of 1,024, as GiB, MiB or KiB.
    Bytes,
}

/// A price for so many units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UnitPrice {
    /// What `per` units cost.
    pub price: Money,
    /// For how many units: 3600 seconds, 1 user, 1073741824 bytes.
    pub per: i64,
}

/// One line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LineView {
    /// 1 for the first.
    pub position: u32,
    /// What it is about.
    pub what: LineWhat,
    /// How many units are charged, in whole units (a weighted average is rounded half to even here; the charge is not).
    pub quantity: i64,
    /// Of what.
    pub unit: Unit,
    /// What a unit costs; `null` where tiers have different prices.
    pub unit_price: Option<UnitPrice>,
    /// VAT in hundredths of a percent: 1500 is 15 %.
    pub tax_basis_points: u32,
    /// Without VAT.
    pub net: Money,
    /// The VAT.
    pub tax: Money,
    /// With VAT: `net` and `tax`.
    pub gross: Money,
}

/// An invoice or a credit note.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InvoiceView {
    /// Its id.
    pub invoice_id: InvoiceId,
    /// Which of the two.
    pub kind: InvoiceKind,
    /// Its number: without gaps in its series and fiscal year.
    pub number: String,
    /// Who pays.
    pub account_id: AccountId,
    /// For which panel.
    pub tenant_id: TenantId,
    /// What the panel is called.
    pub tenant_name: String,
    /// The order that it bills; `null` on a credit note.
    pub order_id: Option<OrderId>,
    /// The invoice that a credit note takes back, by number; `null` on an invoice.
    pub corrects: Option<String>,
    /// Why a credit note was issued; `null` on an invoice.
    pub reason: Option<String>,
    /// When it was issued.
    pub issued_at: Timestamp,
    /// The civil date of that in the seller's zone: `2026-11-22`.
    pub issued_on: String,
    /// The reference of the payment that settled it; `null` on a credit note.
    pub payment_reference: Option<String>,
    /// Who sells.
    pub seller: Party,
    /// Who buys.
    pub buyer: Party,
    /// The lines; their sums are the totals.
    pub lines: Vec<LineView>,
    /// Without VAT.
    pub net: Money,
    /// The VAT.
    pub tax: Money,
    /// With VAT.
    pub gross: Money,
}

/// A page of invoices and credit notes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InvoicePage {
    /// At most `limit`, newest first.
    pub items: Vec<InvoiceView>,
    /// Pass as `cursor` to get the next page; `null` on the last.
    pub next_cursor: Option<String>,
}

/// What of an invoice is to be taken back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewCreditNote {
    /// Which lines, each at most once.
    pub lines: Vec<CreditNoteLine>,
    /// Why; printed on the credit note. 1 to 500 characters.
    pub reason: String,
}

/// How much of a line is to be taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CreditNoteLine {
    /// The line's position on the invoice.
    pub position: u32,
    /// With VAT, in minor units; at most what earlier credit notes left of it. VAT follows in proportion.
    pub gross_minor: i64,
}
