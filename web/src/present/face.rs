//! The one look that a card has out of the two axes of state.

use crate::i18n::Lang;
use shared::api::tenants::{BillingState, PanelStatus, SuspendReason, TenantStatus};

/// What a card looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Face {
    /// Awaits its first payment.
    Pending,
    /// Being set up.
    Creating,
    /// Runs and is paid.
    Active,
    /// Stopped by its customer.
    Stopped,
    /// Runs on grace.
    Grace,
    /// Closed, nothing is paid.
    Expired,
    /// Closed for billing, but paid since: about to open.
    Returning,
    /// Told to open, and not up yet.
    Opening,
    /// Closed by the operator.
    Suspended,
    /// Could not be set up.
    Failed,
    /// Being removed.
    Deleting,
    /// Removed.
    Deleted,
}

/// A state's colour; never without its icon and word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colour {
    /// Runs.
    Green,
    /// Waits for somebody, or runs low.
    Yellow,
    /// Grace.
    Orange,
    /// Closed or failed.
    Red,
    /// Under way.
    Blue,
    /// At rest.
    Grey,
}

impl Colour {
    /// Its name in class names and test hooks.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Green => "green",
            Self::Yellow => "yellow",
            Self::Orange => "orange",
            Self::Red => "red",
            Self::Blue => "blue",
            Self::Grey => "grey",
        }
    }

    /// The shape that goes with it, as an SVG path: disc, half disc, triangle, square, ring, two bars.
    #[must_use]
    pub const fn shape(self) -> &'static str {
        match self {
            Self::Green => "M8 3a5 5 0 1 0 0 10A5 5 0 0 0 8 3z",
            Self::Yellow => "M8 3a5 5 0 1 0 0 10A5 5 0 0 0 8 3zm0 1.6v6.8a3.4 3.4 0 0 1 0-6.8z",
            Self::Orange => "M8 2.5 14 13.5H2z",
            Self::Red => "M3.5 3.5h9v9h-9z",
            Self::Blue => "M8 3a5 5 0 1 0 0 10A5 5 0 0 0 8 3zm0 1.8a3.2 3.2 0 1 1 0 6.4 3.2 3.2 0 0 1 0-6.4z",
            Self::Grey => "M4 3h3v10H4zM9 3h3v10H9z",
        }
    }
}

impl Face {
    /// The look of a status.
    #[must_use]
    pub fn of(status: &TenantStatus) -> Self {
        let billing = status.billing.state;
        match status.panel.status {
            PanelStatus::Pending => Self::Pending,
            PanelStatus::Creating => Self::Creating,
            PanelStatus::Failed => Self::Failed,
            PanelStatus::Deleting => Self::Deleting,
            PanelStatus::Deleted => Self::Deleted,
            PanelStatus::Suspended => match (status.panel.reason, billing) {
                (Some(SuspendReason::Opening), _) => Self::Opening,
                (Some(SuspendReason::ByOperator), _) => Self::Suspended,
                (_, BillingState::Active | BillingState::Trial) => Self::Returning,
                _ => Self::Expired,
            },
            PanelStatus::Active | PanelStatus::Stopped => match billing {
                BillingState::Grace => Self::Grace,
                BillingState::Expired => Self::Expired,
                _ if status.panel.status == PanelStatus::Stopped => Self::Stopped,
                _ => Self::Active,
            },
        }
    }

    /// The colour of its badge.
    #[must_use]
    pub const fn colour(self) -> Colour {
        match self {
            Self::Pending => Colour::Yellow,
            Self::Creating | Self::Returning | Self::Opening => Colour::Blue,
            Self::Active => Colour::Green,
            Self::Stopped | Self::Deleting | Self::Deleted => Colour::Grey,
            Self::Grace => Colour::Orange,
            Self::Expired | Self::Suspended | Self::Failed => Colour::Red,
        }
    }

    /// The word on its badge.
    #[must_use]
    pub const fn word(self, lang: Lang) -> &'static str {
        match self {
            Self::Pending => lang.badge_pending(),
            Self::Creating => lang.badge_creating(),
            Self::Active => lang.badge_active(),
            Self::Stopped => lang.badge_stopped(),
            Self::Grace => lang.badge_grace(),
            Self::Expired => lang.badge_expired(),
            Self::Returning => lang.badge_returning(),
            Self::Opening => lang.badge_opening(),
            Self::Suspended => lang.badge_suspended(),
            Self::Failed => lang.badge_failed(),
            Self::Deleting => lang.badge_deleting(),
            Self::Deleted => lang.badge_deleted(),
        }
    }

    /// After how many seconds a card in this state asks again.
    #[must_use]
    pub const fn asks_again_seconds(self) -> u32 {
        match self {
            Self::Pending | Self::Creating | Self::Returning | Self::Opening => 5,
            Self::Failed => 15,
            Self::Active
            | Self::Stopped
            | Self::Grace
            | Self::Expired
            | Self::Suspended
            | Self::Deleting
            | Self::Deleted => 30,
        }
    }
}

/// After how many seconds a card asks again: soon while something is done at its panel.
#[must_use]
pub fn asks_again_seconds(status: &TenantStatus) -> u32 {
    if status.job.is_some() { 5 } else { Face::of(status).asks_again_seconds() }
}

/// The panel's state on the wire, for test hooks.
#[must_use]
pub const fn panel_name(status: PanelStatus) -> &'static str {
    match status {
        PanelStatus::Pending => "pending",
        PanelStatus::Creating => "creating",
        PanelStatus::Active => "active",
        PanelStatus::Stopped => "stopped",
        PanelStatus::Suspended => "suspended",
        PanelStatus::Failed => "failed",
        PanelStatus::Deleting => "deleting",
        PanelStatus::Deleted => "deleted",
    }
}

/// The billing state on the wire, for test hooks.
#[must_use]
pub const fn billing_name(state: BillingState) -> &'static str {
    match state {
        BillingState::None => "none",
        BillingState::Trial => "trial",
        BillingState::Active => "active",
        BillingState::Grace => "grace",
        BillingState::Expired => "expired",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::present::sample::{active, job, suspended};
    use shared::api::jobs::{JobKind, JobStep};

    #[test]
    fn a_paid_panel_that_is_still_closed_is_coming_back() {
        let closed = suspended(SuspendReason::BillingExpired, BillingState::Expired);
        assert_eq!(Face::of(&closed), Face::Expired);
        let paid = suspended(SuspendReason::BillingExpired, BillingState::Active);
        assert_eq!(Face::of(&paid), Face::Returning);
        assert_eq!(Face::of(&paid).asks_again_seconds(), 5);
    }

    // Harm prevented: a panel that is being started looks open, or like one that nobody paid for; or its page says so long
    // after it is up.
    #[test]
    fn a_panel_that_is_being_started_says_so_whatever_is_paid() {
        for billing in [BillingState::Active, BillingState::Trial, BillingState::Grace] {
            let face = Face::of(&suspended(SuspendReason::Opening, billing));
            assert_eq!((face, face.colour(), face.asks_again_seconds()), (Face::Opening, Colour::Blue, 5));
        }
    }

    // Harm prevented: a copy is made in ten seconds, and its page says for half a minute that it is under way.
    #[test]
    fn work_at_a_panel_is_followed_closely() {
        let mut status = active(1, 360);
        assert_eq!(asks_again_seconds(&status), 30);
        status.job = Some(job(JobKind::BackUp, JobStep::Copy));
        assert_eq!(asks_again_seconds(&status), 5);
    }

    #[test]
    fn what_the_operator_closed_stays_closed_whatever_is_paid() {
        for billing in [BillingState::Active, BillingState::Expired] {
            assert_eq!(Face::of(&suspended(SuspendReason::ByOperator, billing)), Face::Suspended);
        }
    }

    #[test]
    fn grace_shows_on_a_running_panel() {
        let mut status = active(10, 360);
        status.billing.state = BillingState::Grace;
        assert_eq!(Face::of(&status), Face::Grace);
        status.panel.status = PanelStatus::Stopped;
        assert_eq!(Face::of(&status), Face::Grace);
    }
}
