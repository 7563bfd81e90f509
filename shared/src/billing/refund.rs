//! What may be sent back of a charge.
//!
//! Knows no gateway and no ledger. Rules: never more than was charged, whatever the steps; what a refund does to the cycle
//! that the charge bought depends on whether the cycle has begun; whoever paid for a panel that never came up has it back.

use super::cycle::Origin;
use super::state::{Billing, Panel, Tenant};
use crate::ids::OrderId;
use crate::money::{Money, MoneyError};

/// What happens to refunds of a cycle that has begun: a setting of the operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RunningCycle {
    /// It may be refunded, and runs on: the operator's goodwill.
    #[default]
    Keep,
    /// It is not refunded.
    Refuse,
}

/// Why a refund is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotRefundable {
    /// Nothing, or less than nothing, was asked for.
    #[error("a refund is of at least one minor unit")]
    Nothing,
    /// More than is left of the charge.
    #[error("not more than what is left of the charge can be refunded")]
    TooMuch,
    /// The cycle has begun, and the operator refunds none that has.
    #[error("a cycle that has begun is not refunded")]
    Begun,
    /// Only the whole of a held charge is sent back.
    #[error("a held charge is sent back whole")]
    Partial,
    /// The customer has used the credit that the charge had become.
    #[error("the credit was used meanwhile")]
    Used,
    /// The charge was sent back already, or the gateway did not say what it was.
    #[error("there is nothing to send back")]
    Gone,
    /// Currencies differ, or it does not fit.
    #[error(transparent)]
    Money(#[from] MoneyError),
}

/// How much is sent back: `asked`, or all that is left of the charge after `refunded_so_far`.
pub fn amount(charged: Money, refunded_so_far: Money, asked_minor: Option<i64>) -> Result<Money, NotRefundable> {
    let left = charged.checked_sub(refunded_so_far)?;
    if left.minor <= 0 {
        return Err(NotRefundable::Gone);
    }
    let asked = asked_minor.map_or(left, |minor| Money::new(minor, charged.currency));
    if asked.minor <= 0 {
        return Err(NotRefundable::Nothing);
    }
    if left.checked_sub(asked)?.minor < 0 {
        return Err(NotRefundable::TooMuch);
    }
    Ok(asked)
}

/// A cycle that was paid and of which no second was used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unused {
    /// What bought it.
    pub order_id: OrderId,
    /// Its number.
    pub cycle_number: u32,
    /// Whether its days run already; it waits otherwise.
    pub runs: bool,
}

/// What is to be given back of a panel that could not be set up, in the order in which it goes: the last one first. Nothing of
/// any other panel: what came up, and what is being set up again, serves.
#[must_use]
pub fn unused(tenant: &Tenant) -> Vec<Unused> {
    match tenant.panel {
        Panel::Failed { .. } => {}
        Panel::Pending
        | Panel::Creating
        | Panel::Active
        | Panel::Stopped
        | Panel::Suspended(_)
        | Panel::Deleting
        | Panel::Deleted => return vec![],
    }
    let Billing::Running { cycle, queued } = &tenant.billing else { return vec![] };
    let waiting = queued.iter().rev().filter(|waiting| waiting.terms.price.minor > 0).map(|waiting| Unused {
        order_id: waiting.order_id,
        cycle_number: waiting.number,
        runs: false,
    });
    let running = match cycle.origin {
        Origin::Order(order_id) if cycle.billable_seconds() == 0 && cycle.paid_net.minor > 0 => {
            Some(Unused { order_id, cycle_number: cycle.number, runs: true })
        }
        Origin::Order(_) | Origin::Trial => None,
    };
    waiting.chain(running).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::Currency::Bdt;

    fn asked(charged: i64, so_far: i64, asked: Option<i64>) -> Result<i64, NotRefundable> {
        amount(Money::new(charged, Bdt), Money::new(so_far, Bdt), asked).map(|it| it.minor)
    }

    // Harm prevented: two people refund one charge, and more goes back than came.
    #[test]
    fn never_more_goes_back_than_came() {
        assert_eq!(asked(1_000, 0, None), Ok(1_000));
        assert_eq!(asked(1_000, 400, None), Ok(600));
        assert_eq!(asked(1_000, 400, Some(600)), Ok(600));
        assert_eq!(asked(1_000, 400, Some(601)), Err(NotRefundable::TooMuch));
        assert_eq!(asked(1_000, 1_000, None), Err(NotRefundable::Gone));
        assert_eq!(asked(1_000, 0, Some(0)), Err(NotRefundable::Nothing));
        assert_eq!(asked(1_000, 0, Some(-1)), Err(NotRefundable::Nothing));
        assert_eq!(asked(1_000, 0, Some(1)), Ok(1));
    }
}
