//! What an account used and spent, across its panels and over time.

use crate::api::usage::UsageTotals;
use crate::civil::{CivilDay, Zone};
use crate::ids::TenantId;
use crate::money::Money;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// One panel's part in an account's usage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PanelUsage {
    /// Which panel.
    pub tenant_id: TenantId,
    /// Its name.
    pub name: String,
    /// Charged seconds of each day of the report, in the report's order.
    pub billable_seconds: Vec<i64>,
    /// All days together.
    pub totals: UsageTotals,
}

/// Usage of all panels of an account by civil day. For charts; billing counts by cycle days of 24 h.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccountUsage {
    /// The clocks by which days are told apart.
    pub zone: Zone,
    /// The first day.
    pub from: CivilDay,
    /// The last day.
    pub to: CivilDay,
    /// Every panel that was there in these days, by name; of removed ones, those that were up.
    pub panels: Vec<PanelUsage>,
    /// The instant up to which usage is accounted, of the running panel that lies furthest back; `null` if none runs.
    pub as_of: Option<Timestamp>,
}

/// One hour of the account's clocks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UsageHour {
    /// Its first instant.
    pub starts_at: Timestamp,
    /// How long it lasts: 3,600 as a rule.
    pub seconds: i64,
    /// Seconds in which the panel was up.
    pub up_seconds: i64,
    /// Seconds in which the host answered and the panel did not serve: free.
    pub down_seconds: i64,
    /// Seconds of which nobody can say: free.
    pub unknown_seconds: i64,
    /// Seconds that were charged.
    pub billable_seconds: i64,
}

/// Usage of one panel by hour: at most 31 days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HourlyUsage {
    /// Whose usage.
    pub tenant_id: TenantId,
    /// The clocks by which days are told apart.
    pub zone: Zone,
    /// The first day.
    pub from: CivilDay,
    /// The last day.
    pub to: CivilDay,
    /// Every hour from the first of the first day to the last of the last.
    pub hours: Vec<UsageHour>,
}

/// What was invoiced in one month of the account's clocks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MonthSpent {
    /// The month's first day.
    pub month: CivilDay,
    /// Invoices of that month, less its credit notes, with VAT.
    pub spent: Money,
}

/// What an account spent, month by month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Spending {
    /// The last twelve months, oldest first; the last is the present one. An account that pays in several currencies has each
    /// month once for each of them.
    pub months: Vec<MonthSpent>,
}
