//! Where a tenant is, on two axes: what the host does with the panel, and what is paid.
//!
//! The types hold only states that can exist: a grace without an ended cycle, or a queue without a running cycle, cannot
//! be written down.

use super::cycle::{Cycle, EndedCycle, QueuedCycle};
use crate::api::tenants::{BillingState, PanelStatus, SuspendReason};
use crate::ids::TenantId;
use crate::time::Timestamp;

/// What the host does with the panel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Panel {
    /// Awaits its first payment.
    Pending,
    /// Paid; the host is setting it up.
    Creating,
    /// Serves requests.
    Active,
    /// Stopped by its customer.
    Stopped,
    /// Closed.
    Suspended(Suspension),
    /// Could not be set up.
    Failed {
        /// What went wrong, in words.
        reason: String,
    },
    /// Being removed.
    Deleting,
    /// Removed.
    Deleted,
}

/// Why a panel is closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Suspension {
    /// The host was told to open it, and has not said yet that it is up. Nothing is metered until then.
    Opening {
        /// The words with which the operator had closed it, if that is what ends: its customer is told once it is open.
        closed_with: Option<String>,
    },
    /// Nothing is paid any more. It comes back by itself once something is.
    BillingExpired,
    /// The operator closed it. Only the operator opens it again.
    ByOperator {
        /// Shown to the customer.
        message: String,
    },
}

/// What is paid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Billing {
    /// Nothing was ever paid.
    None,
    /// A cycle is running.
    Running {
        /// The cycle.
        cycle: Cycle,
        /// Paid cycles that follow it, in order.
        queued: Vec<QueuedCycle>,
    },
    /// The cycle is over; service goes on.
    Grace {
        /// The last cycle.
        ended: EndedCycle,
        /// The first instant at which service stops.
        until: Timestamp,
    },
    /// The cycle and any grace are over.
    Expired {
        /// The last cycle.
        ended: EndedCycle,
    },
}

/// Everything that the rules need to know about one tenant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tenant {
    /// Whose state this is.
    pub id: TenantId,
    /// What the host does.
    pub panel: Panel,
    /// Since when.
    pub panel_since: Timestamp,
    /// What is paid.
    pub billing: Billing,
    /// The first instant not yet accounted for; `None` before the first cycle.
    pub accounted_until: Option<Timestamp>,
    /// The number that the next cycle gets; 1 before the first.
    pub next_cycle_number: u32,
    /// Whether the customer wants no further cycle. What is paid still runs; then service ends without grace.
    pub cancelled: bool,
}

impl Tenant {
    /// A tenant that was just ordered.
    #[must_use]
    pub const fn new(id: TenantId, now: Timestamp) -> Self {
        Self {
            id,
            panel: Panel::Pending,
            panel_since: now,
            billing: Billing::None,
            accounted_until: None,
            next_cycle_number: 1,
            cancelled: false,
        }
    }
}

impl Panel {
    /// The name of this state on the wire.
    #[must_use]
    pub const fn status(&self) -> PanelStatus {
        match self {
            Self::Pending => PanelStatus::Pending,
            Self::Creating => PanelStatus::Creating,
            Self::Active => PanelStatus::Active,
            Self::Stopped => PanelStatus::Stopped,
            Self::Suspended(_) => PanelStatus::Suspended,
            Self::Failed { .. } => PanelStatus::Failed,
            Self::Deleting => PanelStatus::Deleting,
            Self::Deleted => PanelStatus::Deleted,
        }
    }

    /// Why it is closed, if it is.
    #[must_use]
    pub const fn suspend_reason(&self) -> Option<SuspendReason> {
        match self {
            Self::Suspended(Suspension::Opening { .. }) => Some(SuspendReason::Opening),
            Self::Suspended(Suspension::BillingExpired) => Some(SuspendReason::BillingExpired),
            Self::Suspended(Suspension::ByOperator { .. }) => Some(SuspendReason::ByOperator),
            Self::Pending
            | Self::Creating
            | Self::Active
            | Self::Stopped
            | Self::Failed { .. }
            | Self::Deleting
            | Self::Deleted => None,
        }
    }

    /// Whether the gate lets requests through. Everything that is not plainly active is refused.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        matches!(self, Self::Active)
    }
}

impl Billing {
    /// The name of this state on the wire.
    #[must_use]
    pub const fn state(&self) -> BillingState {
        match self {
            Self::None => BillingState::None,
            Self::Running { cycle, .. } => match cycle.origin {
                super::cycle::Origin::Trial => BillingState::Trial,
                super::cycle::Origin::Order(_) => BillingState::Active,
            },
            Self::Grace { .. } => BillingState::Grace,
            Self::Expired { .. } => BillingState::Expired,
        }
    }

    /// The running cycle, or the last one.
    #[must_use]
    pub const fn cycle(&self) -> Option<&Cycle> {
        match self {
            Self::None => None,
            Self::Running { cycle, .. } => Some(cycle),
            Self::Grace { ended, .. } | Self::Expired { ended } => Some(&ended.cycle),
        }
    }

    /// The running cycle, if one runs.
    #[must_use]
    pub const fn running(&self) -> Option<&Cycle> {
        match self {
            Self::Running { cycle, .. } => Some(cycle),
            Self::None | Self::Grace { .. } | Self::Expired { .. } => None,
        }
    }

    /// How many paid cycles wait.
    #[must_use]
    pub fn queued(&self) -> &[QueuedCycle] {
        match self {
            Self::Running { queued, .. } => queued,
            Self::None | Self::Grace { .. } | Self::Expired { .. } => &[],
        }
    }
}
