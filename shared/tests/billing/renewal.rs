//! When a renewal is accepted: each edge of the window, to the second.

use crate::table::{REACHABLE, cells};
use crate::tenants::{Column, NOTHING, Row, after, all_the_time, open, paid, standard, start, tenant_in, terms};
use proptest::prelude::*;
use shared::billing::event::Event;
use shared::billing::renewal::{NotRenewable, Renewal, renewal};
use shared::billing::state::Tenant;
use shared::billing::step::step;
use shared::billing::terms::Terms;
use shared::billing::usage::Seen;
use shared::time::{DAY, HOUR};

/// An active tenant after so many hours of use, on a plan without a cap; asked right then.
fn after_use(plan: &Terms, hours: i64, seconds: i64) -> Result<Renewal, NotRenewable> {
    let now = start().plus(hours * HOUR + seconds);
    renewal(&after(&open(plan, 0), &all_the_time(Seen::Up), now), plan, NOTHING, now)
}

fn rested(plan: &Terms, seconds: i64) -> Result<Renewal, NotRenewable> {
    renewal(&open(plan, 0), plan, NOTHING, start().plus(seconds))
}

// Harm prevented: a customer who may renew is sent away, or cycles pile up years ahead.
#[test]
fn it_opens_when_fifteen_days_are_left_and_not_a_second_before() {
    assert_eq!(rested(&standard(), 15 * DAY - 1), Err(NotRenewable::TooEarly));
    assert_eq!(rested(&standard(), 15 * DAY), Ok(Renewal::Early));
}

// Harm prevented: whoever uses hours fast runs dry before the window opens.
#[test]
fn it_opens_when_half_of_the_hours_are_left_and_not_a_second_before() {
    let plan = terms(|t| t.daily_cap_hours = None);
    assert_eq!(after_use(&plan, 180, -1), Err(NotRenewable::TooEarly));
    assert_eq!(after_use(&plan, 180, 0), Ok(Renewal::Early));
}

// Harm prevented: 0 is read as "no limit", so that a plan without early renewal sells cycles at any time.
#[test]
fn zero_is_zero() {
    let plan = terms(|t| (t.early_renewal_days, t.early_renewal_percent) = (0, 0));
    assert_eq!(rested(&plan, 30 * DAY - 1), Err(NotRenewable::TooEarly));
    assert_eq!(rested(&plan, 30 * DAY), Ok(Renewal::Early), "over, and nobody has looked yet");
    let none_waits = terms(|t| t.queued_cycles_max = 0);
    assert_eq!(rested(&none_waits, 20 * DAY), Err(NotRenewable::QueueFull));
}

// Harm prevented: a renewal is offered for a panel that is gone, or refused for one that waits for nothing else.
#[test]
fn every_state_has_its_kind_of_renewal() {
    let plan = terms(|t| t.trial_days = 30);
    for (row, column, letter) in cells(REACHABLE) {
        let expected = match (row, column) {
            _ if letter == '.' => continue,
            (Row::Deleting | Row::Deleted, _) => Err(NotRenewable::Gone),
            (_, Column::None) => Ok(Renewal::First),
            // A day and an hour old, and 3 h used.
            (_, Column::Trial | Column::Trial1 | Column::Paid | Column::Paid1) => Err(NotRenewable::TooEarly),
            (_, Column::Trial2 | Column::Paid2) => Err(NotRenewable::QueueFull),
            (_, Column::Grace) => Ok(Renewal::InGrace),
            (_, Column::Expired) => Ok(Renewal::Lapsed),
        };
        let tenant = tenant_in(row, column, &plan, start());
        assert_eq!(renewal(&tenant, &plan, NOTHING, start()), expected, "{row:?} × {column:?}");
    }
}

proptest! {
    // Harm prevented: an order is accepted, paid, and then its cycle has no place: what is offered must be kept.
    #[test]
    fn what_is_accepted_can_be_settled_at_once(hours in 0_i64..800, queued in 0_u32..=2, up in any::<bool>()) {
        let now = start().plus(hours * HOUR);
        let seen = if up { Seen::Up } else { Seen::Down };
        let tenant: Tenant = after(&open(&standard(), queued), &all_the_time(seen), now);
        let settled = step(&tenant, &paid(9, &standard()), now);
        match renewal(&tenant, &standard(), NOTHING, now) {
            Ok(_) => prop_assert!(settled.is_ok()),
            Err(NotRenewable::QueueFull) => prop_assert!(settled.is_err()),
            // Money that was sent all the same is not turned away.
            Err(NotRenewable::TooEarly) => prop_assert!(settled.is_ok()),
            Err(NotRenewable::OverLimit) => prop_assert!(false, "nothing was measured"),
            Err(NotRenewable::Gone) => prop_assert!(false, "nobody removed it"),
        }
        let removed = after(&tenant, &Event::DeletionRequested, now);
        prop_assert_eq!(renewal(&removed, &standard(), NOTHING, now), Err(NotRenewable::Gone));
    }
}
