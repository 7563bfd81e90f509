//! Plans: what is sold, in which versions, and moving a panel from one to another.

use crate::api::invoices::LineView;
use crate::api::tenants::PlanView;
use crate::billing::terms::Terms;
use crate::ids::{PlanId, PlanVersionId};
use crate::money::Money;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// Where a version is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum VersionStatus {
    /// May still be edited; nobody can order it, and customers do not see it.
    Draft,
    /// Frozen. Of a plan's published versions the newest is sold; the others stay for the panels that are on them.
    Published,
    /// Frozen, and its plan is archived: it stays for the panels that are on it.
    Archived,
}

/// One version of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PlanVersionView {
    /// The version.
    pub id: PlanVersionId,
    /// 1 for the plan's first.
    pub number: u32,
    /// Where it is in its life.
    pub status: VersionStatus,
    /// What it sells.
    pub terms: Terms,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was published; `null` for a draft.
    pub published_at: Option<Timestamp>,
}

/// A plan with its versions: for operators all of them, for customers the one that is sold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PlanDetail {
    /// The plan.
    pub id: PlanId,
    /// Its name.
    pub name: String,
    /// Since when it takes no new panels; `null` while it does.
    pub archived_at: Option<Timestamp>,
    /// Its versions by number.
    pub versions: Vec<PlanVersionView>,
}

/// A page of plans.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PlanPage {
    /// At most `limit` plans, oldest first.
    pub items: Vec<PlanDetail>,
    /// Pass as `cursor` to get the next page; `null` on the last.
    pub next_cursor: Option<String>,
}

/// A plan to be drafted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewPlan {
    /// What it is called: 1 to 80 characters, and no other plan's name.
    pub name: String,
    /// What its first version sells.
    pub terms: Terms,
}

/// What a draft sells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DraftTerms {
    /// All of its terms.
    pub terms: Terms,
}

/// On which plan version a panel's next order is to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MoveToVersion {
    /// A published version.
    pub plan_version_id: PlanVersionId,
}

/// How many panels one call has moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Moved {
    /// How many were moved by this call, 100 at the most.
    pub moved: u32,
    /// How many are still on an older version: call again until it is 0.
    pub left: u32,
}

/// When a change of plan is to take effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum When {
    /// As soon as the difference is paid: an upgrade.
    Now,
    /// With the next cycle that is bought; nothing is due before.
    NextCycle,
}

/// A change of plan, as the customer wants it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChangePlan {
    /// The other plan; its newest published version is meant.
    pub plan_id: PlanId,
    /// When.
    pub when: When,
}

/// What a change of plan would be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum ChangeEffect {
    /// An upgrade: it takes effect when `amount_due` is paid. It may also wait for the next cycle.
    UpgradeNow,
    /// It comes with the next cycle that is bought.
    WithNextCycle,
}

/// Which part of the running cycle is left, and is paid for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Share {
    /// So many seconds …
    pub left_seconds: i64,
    /// … of so many: of the cycle's days or of its hours, whichever share is smaller.
    pub of_seconds: i64,
}

/// What a change of plan would come to now, by the functions that charge it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PlanChangeView {
    /// The other plan, in the version that is sold.
    pub plan: PlanView,
    /// When it can take effect.
    pub effect: ChangeEffect,
    /// What is to be paid for it now; empty if nothing is.
    pub lines: Vec<LineView>,
    /// The sum of the lines, with VAT.
    pub amount_due: Money,
    /// By how much the running cycle's allowance grows once that is paid.
    pub allowance_added_seconds: i64,
    /// The part of the running cycle that is paid for; `null` if nothing is.
    pub share: Option<Share>,
}
