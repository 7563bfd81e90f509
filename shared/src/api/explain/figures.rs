//! The figures of an explanation.

use crate::api::invoices::{LineWhat, Unit};
use crate::api::tenants::EndedReason;
use crate::billing::gauge::Sample;
use crate::billing::usage::{Seen, Window};
use crate::billing::vat::Vat;
use crate::money::Money;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// An exact fraction. Written as text: it may outgrow JSON's numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Fraction {
    /// A whole number.
    pub numerator: String,
    /// A whole number, at least 1.
    pub denominator: String,
}

impl Fraction {
    /// Of these.
    #[must_use]
    pub fn new(numerator: i128, denominator: i128) -> Self {
        Self { numerator: numerator.to_string(), denominator: denominator.to_string() }
    }
}

/// One rounding, half to even.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Rounding {
    /// Before, in minor units.
    pub exact: Fraction,
    /// After, in minor units.
    pub rounded: i64,
}

/// One day of a cycle: 24 h counted from its start, whatever civil clocks do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DayFigures {
    /// 1 for the first.
    pub number: u32,
    /// Its first instant.
    pub starts_at: Timestamp,
    /// Seconds in which the panel was up: `billable_seconds` and `capped_seconds`.
    pub up_seconds: i64,
    /// Seconds that were charged: `overage_seconds`, and those within the allowance.
    pub billable_seconds: i64,
    /// Of these, seconds beyond the allowance.
    pub overage_seconds: i64,
    /// Seconds that the plan's daily cap made free.
    pub capped_seconds: i64,
    /// Seconds in which the host answered and the panel did not serve: free.
    pub down_seconds: i64,
    /// Seconds of which nobody can say: free.
    pub unknown_seconds: i64,
}

/// What was measured of a gauge.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GaugeFigures {
    /// The highest measurement; `null` if there was none.
    pub peak: Option<i64>,
    /// The first window in which it was seen.
    pub peak_window: Option<WindowView>,
    /// Each measurement times the seconds for which it held, added up. Written as text.
    pub weighted: String,
    /// For how many seconds there was a measurement.
    pub measured_seconds: i64,
}

/// A cycle, counted again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CycleFigures {
    /// 1 for the panel's first.
    pub number: u32,
    /// Its first instant.
    pub starts_at: Timestamp,
    /// The first instant after its days.
    pub ends_at: Timestamp,
    /// The first instant that no longer belongs to it; `null` while it runs.
    pub ended_at: Option<Timestamp>,
    /// Why it ended; `null` while it runs.
    pub ended_reason: Option<EndedReason>,
    /// What may be used in it.
    pub allowance_seconds: i64,
    /// What has been used of that.
    pub used_seconds: i64,
    /// What has been used beyond.
    pub overage_seconds: i64,
    /// The days in which anything was recorded.
    pub days: Vec<DayFigures>,
    /// Internal users.
    pub users: GaugeFigures,
    /// Database and files.
    pub storage_bytes: GaugeFigures,
}

/// Units that are charged at one price.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PartFigures {
    /// Where its range begins: after so many units, counted without the included ones.
    pub from: i64,
    /// The last unit of its range; `null` if it has no end.
    pub to: Option<i64>,
    /// How many units. Of packages, all that they hold.
    pub quantity: Fraction,
    /// What `per` units cost.
    pub price: Money,
    /// For how many units the price is.
    pub per: i64,
}

/// How VAT was split off, or put on top.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct VatFigures {
    /// The plan's rule.
    pub rule: Vat,
    /// The one rounding: of the tax where it comes on top, of the net amount where it is contained; `null` without VAT.
    pub rounding: Option<Rounding>,
    /// Without VAT.
    pub net: Money,
    /// The VAT.
    pub tax: Money,
    /// With VAT.
    pub gross: Money,
}

/// One amount, from its quantity to its tax.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChargeFigures {
    /// What it is for.
    pub what: LineWhat,
    /// In what it is counted.
    pub unit: Unit,
    /// What was measured.
    pub measured: Fraction,
    /// How many units cost nothing.
    pub included: i64,
    /// What is left of it.
    pub billable: Fraction,
    /// Which units cost what; none if nothing is left.
    pub parts: Vec<PartFigures>,
    /// The parts added up, and rounded once.
    pub amount: Rounding,
    /// The amount and its VAT.
    pub vat: VatFigures,
}

/// Where what is stored is not what was counted again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Difference {
    /// Which figure.
    pub what: String,
    /// What is stored.
    pub stored: String,
    /// What was counted.
    pub counted: String,
}

/// What the host saw, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WindowView {
    /// The first second.
    pub from: Timestamp,
    /// The first second after.
    pub to: Timestamp,
    /// How it was recorded.
    pub seen: Seen,
    /// What was measured besides.
    pub sample: Sample,
}

impl From<&Window> for WindowView {
    fn from(window: &Window) -> Self {
        Self { from: window.span.from(), to: window.span.to(), seen: window.seen, sample: window.sample }
    }
}
