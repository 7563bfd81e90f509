//! How long panels were up, and what was spent: by day, by hour, across panels, month by month.

use crate::json::{Reader, Wire};
use shared::api::spending::UsageHour;
use shared::ids::TenantId;
use shared::money::Money;
use shared::time::Timestamp;

/// Usage by civil day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Usage {
    /// Every day, the oldest first.
    pub days: Vec<UsageDay>,
}

/// One civil day, in seconds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UsageDay {
    /// The date: `2026-11-22`.
    pub day: String,
    /// Its first instant.
    pub starts_at: Timestamp,
    /// How long it lasts.
    pub seconds: i64,
    /// How long the panel was up.
    pub up_seconds: i64,
    /// How long the host answered and the panel did not serve.
    pub down_seconds: i64,
    /// Of how much nobody can say.
    pub unknown_seconds: i64,
    /// How much was charged.
    pub billable_seconds: i64,
}

/// Usage by hour.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hours {
    /// Every hour, the oldest first.
    pub hours: Vec<UsageHour>,
}

/// Usage of all panels of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Across {
    /// The first day: `2026-10-24`.
    pub from: String,
    /// The last day.
    pub to: String,
    /// Every panel, by name.
    pub panels: Vec<PanelPart>,
    /// The instant up to which usage is accounted.
    pub as_of: Option<Timestamp>,
}

/// One panel's part of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PanelPart {
    /// Which panel.
    pub tenant_id: TenantId,
    /// Its name.
    pub name: String,
    /// Charged seconds of each day.
    pub billable_seconds: Vec<i64>,
    /// All days together.
    pub totals: PartTotals,
}

/// A panel's days together, in seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PartTotals {
    /// How long it was up.
    pub up_seconds: i64,
    /// Of how much nobody can say.
    pub unknown_seconds: i64,
    /// How much was charged.
    pub billable_seconds: i64,
}

/// What an account spent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Months {
    /// Month by month, the oldest first.
    pub months: Vec<Month>,
}

/// One month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Month {
    /// Its first day: `2026-11-01`.
    pub month: String,
    /// Invoices less credit notes, with VAT.
    pub spent: Money,
}

object! {
    Usage { days }
    UsageDay { day, starts_at, seconds, up_seconds, down_seconds, unknown_seconds, billable_seconds }
    UsageHour { starts_at, seconds, up_seconds, down_seconds, unknown_seconds, billable_seconds }
    Hours { hours }
    Across { from, to, panels, as_of }
    PanelPart { tenant_id, name, billable_seconds, totals }
    PartTotals { up_seconds, unknown_seconds, billable_seconds }
    Months { months }
    Month { month, spent }
}
