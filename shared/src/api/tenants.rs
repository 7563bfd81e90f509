//! Panels and their status: the one shape behind the card, the manage page and integrators' polling.

use crate::api::jobs::JobView;
use crate::ids::{AccountId, PlanId, PlanVersionId, TenantId};
use crate::money::Money;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// What the host does with the panel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum PanelStatus {
    /// Awaits its first payment.
    Pending,
    /// Paid; the host is setting it up.
    Creating,
    /// Serves requests.
    Active,
    /// Stopped by its customer: no hours are used.
    Stopped,
    /// Closed; `reason` says why.
    Suspended,
    /// Could not be set up; `message` says why.
    Failed,
    /// Being removed.
    Deleting,
    /// Removed.
    Deleted,
}

impl PanelStatus {
    /// The word on the wire.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Creating => "creating",
            Self::Active => "active",
            Self::Stopped => "stopped",
            Self::Suspended => "suspended",
            Self::Failed => "failed",
            Self::Deleting => "deleting",
            Self::Deleted => "deleted",
        }
    }
}

impl BillingState {
    /// The word on the wire.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Trial => "trial",
            Self::Active => "active",
            Self::Grace => "grace",
            Self::Expired => "expired",
        }
    }
}

impl EndedReason {
    /// The word on the wire.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::HoursUsedUp => "hours_used_up",
            Self::TimeElapsed => "time_elapsed",
        }
    }
}

/// Why a panel is suspended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum SuspendReason {
    /// It is being started: the host was told to open it, and it was not seen up yet. No hours are used.
    Opening,
    /// The paid hours or days are over, and so is any grace.
    BillingExpired,
    /// The operator closed it.
    ByOperator,
}

/// What is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum BillingState {
    /// Nothing was ever paid.
    None,
    /// A first cycle at no charge is running.
    Trial,
    /// A paid cycle is running.
    Active,
    /// The cycle is over; service goes on for the plan's grace.
    Grace,
    /// The cycle and any grace are over.
    Expired,
}

/// Why a cycle ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum EndedReason {
    /// A billable second found no allowance left.
    HoursUsedUp,
    /// The days were over.
    TimeElapsed,
}

/// What the reader may do now. Clients draw their buttons from this, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Action {
    /// Pay for the first cycle: `POST …/checkout`.
    PayNow,
    /// A first cycle at no charge: `POST …/trial`.
    StartTrial,
    /// Pay for the next cycle; the panel comes back by itself: `POST …/checkout`.
    PayToRenew,
    /// Pay for the next cycle before this one is over: `POST …/checkout`.
    RenewEarly,
    /// Go into the panel: `POST …/open`, then to the address that comes back.
    OpenPanel,
    /// The panel cannot be opened: draw a disabled button.
    Inactive,
    /// `POST …/start`.
    Start,
    /// `POST …/stop`.
    Stop,
    /// `POST …/retry`.
    Retry,
    /// The panel never came up, and the days of its cycle are not over: have the money back, `POST …/refund`.
    Refund,
    /// Write to the operator.
    ContactSupport,
    /// See more about the panel.
    Manage,
    /// Operators: `POST …/suspend`.
    Suspend,
    /// Operators: `POST …/resume`.
    Resume,
}

/// The panel's side of a status.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PanelView {
    /// What the host does with it.
    pub status: PanelStatus,
    /// Why it is suspended; `null` otherwise.
    pub reason: Option<SuspendReason>,
    /// The operator's words on a suspension, or what went wrong on a failure; `null` otherwise.
    pub message: Option<String>,
    /// How far the set-up is, 0 to 100; `null` unless `creating` and known.
    pub progress_percent: Option<u8>,
    /// Since when it is in this status.
    pub since: Timestamp,
    /// Until when at least an order that nobody pays holds its address; longer if money came or may come. `null` once that is past,
    /// unless `pending`, and for a panel that stands at a server already.
    pub kept_until: Option<Timestamp>,
}

/// The running cycle, or the last one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CycleView {
    /// 1 for the panel's first.
    pub number: u32,
    /// Its first instant.
    pub starts_at: Timestamp,
    /// The first instant after it: scheduled while it runs, true once it ended.
    pub ends_at: Timestamp,
    /// Why it ended; `null` while it runs.
    pub ended_reason: Option<EndedReason>,
    /// What may be used in it.
    pub allowance_seconds: i64,
    /// What has been used.
    pub used_seconds: i64,
    /// `allowance_seconds` less `used_seconds`.
    pub remaining_seconds: i64,
    /// Whole percent used, rounded down, 0 to 100.
    pub used_percent: u8,
    /// Whole days until `ends_at`, rounded up; 0 once it is over.
    pub days_left: u32,
    /// What has been used beyond `allowance_seconds`.
    pub overage_seconds: i64,
    /// What each hour beyond is charged at, with VAT; `null` if the cycle is over, or ends with its hours.
    pub overage_price_per_hour: Option<Money>,
}

/// The billing side of a status.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BillingView {
    /// What is paid.
    pub state: BillingState,
    /// The running or last cycle; `null` if there never was one.
    pub cycle: Option<CycleView>,
    /// Paid cycles that wait for the running one to end.
    pub queued_cycles: u32,
    /// When service stops unless renewed, at the present rate of use; `null` if nothing is running.
    pub runs_out_at: Option<Timestamp>,
    /// When grace ends; `null` unless in grace.
    pub grace_ends_at: Option<Timestamp>,
    /// Whether a renewal is accepted now, early or not.
    pub can_renew: bool,
    /// Whether an early renewal is accepted now.
    pub can_renew_early: bool,
    /// Whether the customer cancelled: what is paid runs to its end, and then service stops without grace.
    pub cancels_at_end: bool,
    /// What the next renewal costs; `null` if none is accepted now.
    pub amount_due: Option<Money>,
}

/// The plan that a panel is on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PlanView {
    /// The plan.
    pub id: PlanId,
    /// The frozen version.
    pub version: PlanVersionId,
    /// Its name.
    pub name: String,
}

/// One limit and how much of it is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Limit {
    /// How much is taken; `null` if it was never measured.
    pub used: Option<i64>,
    /// How much there may be; `null` is no limit.
    pub limit: Option<i64>,
    /// How the one stands to the other.
    pub level: LimitLevel,
}

/// How much of a limit is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum LimitLevel {
    /// There is room, no limit, or no measurement.
    Ok,
    /// 80 % or more.
    Near,
    /// All of it, and no more.
    Reached,
    /// More than there may be.
    Over,
}

/// The plan's limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Limits {
    /// Internal users.
    pub users: Limit,
    /// Database and files, in bytes.
    pub storage_bytes: Limit,
}

/// Everything about one panel's present, in one body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TenantStatus {
    /// Whose status this is.
    pub tenant_id: TenantId,
    /// The account that pays for it.
    pub account_id: AccountId,
    /// What its people call it.
    pub name: String,
    /// The first label of its address.
    pub subdomain: String,
    /// Its address.
    pub url: String,
    /// What the host does.
    pub panel: PanelView,
    /// What is paid.
    pub billing: BillingView,
    /// What it is on.
    pub plan: PlanView,
    /// What it may hold.
    pub limits: Limits,
    /// What is being done at it: a set-up, a copy, a removal; `null` if nothing is.
    pub job: Option<JobView>,
    /// When somebody last signed in to it; `null` if that was never seen.
    pub last_active_at: Option<Timestamp>,
    /// What the reader may do now.
    pub actions: Vec<Action>,
    /// How many notices about it the reader has not read.
    pub notices_unread: u32,
    /// The instant up to which usage is accounted; `null` if counting never began.
    pub as_of: Option<Timestamp>,
}

/// A page of panels.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TenantPage {
    /// At most `limit` panels, oldest first.
    pub items: Vec<TenantStatus>,
    /// Pass as `cursor` to get the next page; `null` on the last.
    pub next_cursor: Option<String>,
}

/// Why an operator closes a panel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Suspend {
    /// Shown to the customer; 1 to 500 characters.
    pub message: String,
}

/// Where to go to be in the panel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OpenedPanel {
    /// The address. With a one-time token in it if `signed_in`: go there at once, and do not keep it.
    pub url: String,
    /// Whether it signs the reader in.
    pub signed_in: bool,
}

/// That a panel is to be removed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeletePanel {
    /// The panel's subdomain, typed to confirm.
    pub subdomain: String,
}

/// Which copy a panel is put back to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RestorePanel {
    /// A copy of this panel, or of another one of the same account.
    pub backup_id: crate::ids::BackupId,
    /// The panel's subdomain, typed to confirm: what the panel holds now is lost.
    pub subdomain: String,
}
