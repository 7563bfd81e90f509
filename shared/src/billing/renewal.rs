//! May this tenant be renewed now? Asked before an order is made, and again for every button that is drawn.

use super::gauge::Sample;
use super::limit::blocks;
use super::state::{Billing, Panel, Tenant};
use super::terms::Terms;
use crate::time::{DAY, Timestamp};

/// Why a renewal is not accepted now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotRenewable {
    /// Too much is left. It opens when few enough days or hours are left.
    #[error("too much of the running cycle is left")]
    TooEarly,
    /// As many cycles wait as the plan allows.
    #[error("as many cycles wait as the plan allows")]
    QueueFull,
    /// The panel holds more than the plan includes, and the plan is not sold for such a panel.
    #[error("the panel holds more than the plan includes")]
    OverLimit,
    /// The panel is being removed, or is gone.
    #[error("the panel is being removed")]
    Gone,
}

/// What an accepted renewal would be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Renewal {
    /// The first cycle: it starts at settlement.
    First,
    /// The running cycle goes on; this one waits.
    Early,
    /// Service still goes on in grace: it starts where the old cycle ended.
    InGrace,
    /// Nothing is running: it starts at settlement.
    Lapsed,
}

/// Whether a renewal on `terms` is accepted at `now`, and of which kind; `measured` is what is [known](super::limit::known) of
/// what the panel holds. A suspension by the operator does not refuse money: a cycle that is paid begins all the same, and no hour
/// of it is used while the panel is closed.
pub fn renewal(tenant: &Tenant, terms: &Terms, measured: Sample, now: Timestamp) -> Result<Renewal, NotRenewable> {
    let kind = in_time(tenant, terms, now)?;
    if blocks(terms, measured) { Err(NotRenewable::OverLimit) } else { Ok(kind) }
}

fn in_time(tenant: &Tenant, terms: &Terms, now: Timestamp) -> Result<Renewal, NotRenewable> {
    match tenant.panel {
        Panel::Deleting | Panel::Deleted => return Err(NotRenewable::Gone),
        Panel::Pending
        | Panel::Creating
        | Panel::Active
        | Panel::Stopped
        | Panel::Suspended(_)
        | Panel::Failed { .. } => {}
    }
    match &tenant.billing {
        Billing::None => Ok(Renewal::First),
        Billing::Grace { .. } => Ok(Renewal::InGrace),
        Billing::Expired { .. } => Ok(Renewal::Lapsed),
        Billing::Running { cycle, queued } => {
            if queued.len() >= usize::try_from(terms.queued_cycles_max).unwrap_or(usize::MAX) {
                return Err(NotRenewable::QueueFull);
            }
            let days_left = cycle.ends_at.seconds_since(now) <= i64::from(terms.early_renewal_days) * DAY;
            let allowance = i128::from(cycle.allowance_seconds);
            let share_left =
                i128::from(cycle.remaining_seconds()) * 100 <= allowance * i128::from(terms.early_renewal_percent);
            if days_left || share_left { Ok(Renewal::Early) } else { Err(NotRenewable::TooEarly) }
        }
    }
}
