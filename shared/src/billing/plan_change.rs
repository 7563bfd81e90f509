//! Moving a tenant to another plan: up within the running cycle against its prorated difference, anything else with the
//! next cycle that is bought.

use super::cycle::Origin;
use super::state::{Billing, Panel, Tenant};
use super::terms::Terms;
use crate::money::{Money, MoneyError};
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// What a change of plan comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlanChange {
    /// It takes effect when this is paid.
    Upgrade(Upgrade),
    /// The next cycle that is bought is on the new terms; what is paid already stays as it is.
    WithNextCycle,
}

/// The quote for an upgrade, good while its order is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Upgrade {
    /// The cycle that it upgrades.
    pub cycle_number: u32,
    /// Which part of the cycle is left: so many …
    pub left_seconds: i64,
    /// … of so many. The smaller of the share of days and the share of hours that is left.
    pub of_seconds: i64,
    /// The difference of the two prices for that part, rounded once; with or without VAT as the new plan says.
    pub price: Money,
    /// By how much the allowance grows.
    pub allowance_added_seconds: i64,
}

/// Why a change of plan is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotChangeable {
    /// The panel is being removed, or is gone.
    #[error("the panel is being removed")]
    Gone,
    /// The other plan is in another currency.
    #[error("the other plan is in another currency")]
    Currency,
    /// The difference cannot be written.
    #[error("a sum is too large")]
    TooLarge,
}

impl From<MoneyError> for NotChangeable {
    fn from(_: MoneyError) -> Self {
        Self::TooLarge
    }
}

/// What moving `tenant` to `terms` at `now` comes to.
///
/// An upgrade is a dearer plan of equally long cycles while a paid cycle runs. Its price is the difference of prices in
/// the proportion of what is left of the cycle: of its days or of its hours, whichever is less, so that nobody pays for
/// time that is over or for hours that are used. The allowance grows by the difference of hours in the same proportion,
/// rounded down. Where no hours are left there is nothing to upgrade, and extra hours keep the price at which they were
/// used: whoever buys the other plan then has its cycle at once.
pub fn plan_change(tenant: &Tenant, terms: &Terms, now: Timestamp) -> Result<PlanChange, NotChangeable> {
    match tenant.panel {
        Panel::Deleting | Panel::Deleted => return Err(NotChangeable::Gone),
        Panel::Pending
        | Panel::Creating
        | Panel::Active
        | Panel::Stopped
        | Panel::Suspended(_)
        | Panel::Failed { .. } => {}
    }
    let Billing::Running { cycle, .. } = &tenant.billing else { return Ok(PlanChange::WithNextCycle) };
    if cycle.terms.currency() != terms.currency() {
        return Err(NotChangeable::Currency);
    }
    let dearer = terms.price.minor > cycle.terms.price.minor && terms.cycle_days == cycle.terms.cycle_days;
    let used_up = cycle.remaining_seconds() <= 0;
    if !dearer || used_up || cycle.origin == Origin::Trial || now >= cycle.ends_at {
        return Ok(PlanChange::WithNextCycle);
    }
    let days = (cycle.ends_at.seconds_since(now.max(cycle.starts_at)), cycle.ends_at.seconds_since(cycle.starts_at));
    let hours = (cycle.remaining_seconds(), cycle.allowance_seconds);
    let fewer_days = i128::from(days.0) * i128::from(hours.1) <= i128::from(hours.0) * i128::from(days.1);
    let (left_seconds, of_seconds) = if fewer_days { days } else { hours };
    let price = terms.price.checked_sub(cycle.terms.price)?.prorate(left_seconds, of_seconds)?;
    let more = (terms.allowance_seconds() - cycle.terms.allowance_seconds()).max(0);
    let added = i128::from(more) * i128::from(left_seconds) / i128::from(of_seconds);
    let allowance_added_seconds = i64::try_from(added).map_err(|_| NotChangeable::TooLarge)?;
    Ok(PlanChange::Upgrade(Upgrade {
        cycle_number: cycle.number,
        left_seconds,
        of_seconds,
        price,
        allowance_added_seconds,
    }))
}
