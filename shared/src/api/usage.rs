//! How long a panel was up, day by day; and usage that was taken back.

use crate::billing::usage::Seen;
use crate::civil::{CivilDay, Zone};
use crate::ids::{CorrectionId, TenantId};
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// One civil day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UsageDay {
    /// The date, by the report's clocks.
    pub day: CivilDay,
    /// Its first instant.
    pub starts_at: Timestamp,
    /// How long it lasts: 86,400 as a rule; 82,800 or 90,000 when clocks change.
    pub seconds: i64,
    /// Seconds in which the panel was up.
    pub up_seconds: i64,
    /// Seconds in which the host answered and the panel did not serve: free.
    pub down_seconds: i64,
    /// Seconds of which nobody can say: free.
    pub unknown_seconds: i64,
    /// Seconds that were charged, to an allowance or beyond it.
    pub billable_seconds: i64,
    /// The most users that were seen; `null` if nobody measured.
    pub users_peak: Option<i64>,
    /// The most bytes that were seen; `null` if nobody measured.
    pub storage_bytes_peak: Option<i64>,
}

/// All days together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UsageTotals {
    /// How long the days last.
    pub seconds: i64,
    /// Seconds in which the panel was up.
    pub up_seconds: i64,
    /// Seconds in which the host answered and the panel did not serve.
    pub down_seconds: i64,
    /// Seconds of which nobody can say.
    pub unknown_seconds: i64,
    /// Seconds that were charged.
    pub billable_seconds: i64,
    /// The most users that were seen; `null` if nobody measured.
    pub users_peak: Option<i64>,
    /// The most bytes that were seen; `null` if nobody measured.
    pub storage_bytes_peak: Option<i64>,
}

/// Usage by civil day. For charts; billing counts by cycle days of 24 h.
///
/// Made of counts by the hour of the account's clocks: by other clocks, an hour that reaches over midnight belongs to the
/// day in which it begins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UsageReport {
    /// Whose usage.
    pub tenant_id: TenantId,
    /// The clocks by which days are told apart.
    pub zone: Zone,
    /// The first day.
    pub from: CivilDay,
    /// The last day.
    pub to: CivilDay,
    /// Every day from the first to the last, those without usage too.
    pub days: Vec<UsageDay>,
    /// All of them together.
    pub totals: UsageTotals,
}

/// Usage of the running cycle that is to be taken back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewCorrection {
    /// The first second that was seen wrongly.
    pub from: Timestamp,
    /// The first second after.
    pub to: Timestamp,
    /// How it truly was: `down` or `unknown`.
    pub seen: Seen,
    /// Why; 1 to 500 characters. The customer reads it.
    pub reason: String,
}

/// Usage that was taken back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CorrectionView {
    /// Its id.
    pub correction_id: CorrectionId,
    /// Whose usage.
    pub tenant_id: TenantId,
    /// Of which cycle.
    pub cycle_number: u32,
    /// The first second that was seen wrongly.
    pub from: Timestamp,
    /// The first second after.
    pub to: Timestamp,
    /// How it truly was.
    pub seen: Seen,
    /// How many charged seconds were taken back.
    pub seconds_taken_back: i64,
    /// Why, in the operator's words.
    pub reason: String,
    /// When it was made.
    pub at: Timestamp,
}

/// The corrections of a cycle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CorrectionList {
    /// Oldest first.
    pub items: Vec<CorrectionView>,
}
