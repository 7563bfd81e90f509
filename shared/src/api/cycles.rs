//! The cycles that a panel has had.

use super::tenants::EndedReason;
use crate::ids::{PlanId, PlanVersionId};
use crate::money::Money;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// The plan version that a cycle was bought on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BoughtPlan {
    /// The plan.
    pub id: PlanId,
    /// The frozen version.
    pub version: PlanVersionId,
    /// Which version it is: 1 for the plan's first.
    pub version_number: u32,
    /// The plan's name.
    pub name: String,
}

/// One cycle that is running or over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CycleItem {
    /// 1 for the panel's first.
    pub number: u32,
    /// What it was bought on; `null` if that is not on record.
    pub plan: Option<BoughtPlan>,
    /// Whether it is a trial.
    pub is_trial: bool,
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
    /// How many hours of one of its days count at the most; `null` if all count.
    pub daily_cap_hours: Option<u32>,
    /// What has been used of that.
    pub used_seconds: i64,
    /// What has been used beyond.
    pub overage_seconds: i64,
    /// What was paid for it, without VAT.
    pub paid_net: Money,
    /// Whether it can be exported: it is over, and sealed.
    pub has_export: bool,
}

/// A page of cycles.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CyclePage {
    /// At most `limit` cycles, newest first.
    pub items: Vec<CycleItem>,
    /// Pass as `cursor` to get the next page; `null` on the last.
    pub next_cursor: Option<String>,
}
