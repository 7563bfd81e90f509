//! Rule 4: a settled renewal queues the next cycle, or starts it; it is offered when little enough is left.

use crate::story::{Act, plan, start, story};
use shared::billing::event::Event;
use shared::billing::gauge::Sample;
use shared::billing::renewal::{NotRenewable, Renewal, renewal};
use shared::billing::step::Refusal;
use shared::billing::terms::Terms;
use shared::ids::OrderId;
use shared::time::{DAY, HOUR};
use uuid::Uuid;

// Harm prevented: paid time is lost, or a lapsed panel pays for the past.
#[test]
fn a_renewal_starts_where_the_state_that_it_meets_says() {
    let ten = plan(|t| (t.included_hours, t.daily_cap_hours, t.grace_hours) = (10, None, 5));
    let up = |hours: i64| Act::Up(hours * HOUR);
    let pays = || Act::Pays(ten.clone());
    for (name, acts, number, starts_at, used) in [
        ("lapsed: at settlement", vec![up(40), pays()], 2, 40 * HOUR, 0),
        ("lapsed: whenever that is", vec![up(16), Act::Waits(90 * DAY), pays()], 2, 90 * DAY + 16 * HOUR, 0),
        ("in grace: where the old one ended", vec![up(13), pays()], 2, 10 * HOUR, 3 * HOUR),
        ("in grace, at its last second", vec![Act::Up(15 * HOUR - 1), pays()], 2, 10 * HOUR, 5 * HOUR - 1),
        ("grace just over: at settlement", vec![up(15), pays()], 2, 15 * HOUR, 0),
        ("queued: not yet", vec![up(9), pays()], 1, 0, 9 * HOUR),
        ("queued: at that instant", vec![up(9), pays(), up(3)], 2, 10 * HOUR, 2 * HOUR),
        ("two queued: one after the other", vec![pays(), pays(), up(23)], 3, 20 * HOUR, 3 * HOUR),
    ] {
        let got = story(&ten, &acts);
        let cycle = got.cycle();
        assert_eq!(
            (cycle.number, cycle.starts_at, cycle.used_seconds),
            (number, start().plus(starts_at), used),
            "{name}"
        );
        assert_eq!(got.refused, None, "{name}");
    }
}

// Harm prevented: a renewal is refused that the page offered, or cycles pile up years ahead.
#[test]
fn early_renewal_opens_on_either_condition() {
    let capped = plan(|_| ());
    let uncapped = plan(|t| t.daily_cap_hours = None);
    let by_days = plan(|t| (t.daily_cap_hours, t.early_renewal_days, t.early_renewal_percent) = (None, 10, 0));
    let by_hours = plan(|t| (t.daily_cap_hours, t.early_renewal_days, t.early_renewal_percent) = (None, 0, 25));
    let (open, early) = (Ok(Renewal::Early), Err(NotRenewable::TooEarly));
    for (name, plan, acts, expected) in [
        ("15 days and a second left", &capped, vec![Act::Down(15 * DAY - 1)], early),
        ("15 days left", &capped, vec![Act::Down(15 * DAY)], open),
        ("50 % and a second left", &uncapped, vec![Act::Up(180 * HOUR - 1)], early),
        ("50 % left", &uncapped, vec![Act::Up(180 * HOUR)], open),
        ("10 days and a second left", &by_days, vec![Act::Up(10 * DAY), Act::Down(10 * DAY - 1)], early),
        ("10 days left", &by_days, vec![Act::Up(10 * DAY), Act::Down(10 * DAY)], open),
        ("all hours left, 25 % is the setting", &by_hours, vec![Act::Down(29 * DAY)], early),
        ("25 % and a second left", &by_hours, vec![Act::Up(270 * HOUR - 1)], early),
        ("25 % left", &by_hours, vec![Act::Up(270 * HOUR)], open),
    ] {
        let got = story(plan, &acts);
        assert_eq!(renewal(&got.tenant, plan, Sample::default(), got.now), expected, "{name}");
    }
}

// Harm prevented: more cycles wait than the plan allows, or fewer may than it says.
#[test]
fn at_most_so_many_cycles_wait() {
    for max in [0_u32, 1, 2, 3, 12] {
        let plan: Terms = plan(|t| t.queued_cycles_max = max);
        let full = story(&plan, &vec![Act::Pays(plan.clone()); usize::try_from(max).unwrap()]);
        assert_eq!(full.refused, None, "{max}");
        assert_eq!(full.tenant.billing.queued().len(), usize::try_from(max).unwrap(), "{max}");
        assert_eq!(
            renewal(&full.tenant, &plan, Sample::default(), full.now.plus(20 * DAY)),
            Err(NotRenewable::QueueFull),
            "{max}"
        );
        assert_eq!(full.then(&[Act::Pays(plan)]).refused, Some(Refusal::QueueFull), "{max}");
    }
}

// Harm prevented: what was bought changes when the plan does.
#[test]
fn each_cycle_keeps_the_terms_on_which_it_was_bought() {
    let (ten, twenty) = (10, 20);
    let of = |hours| plan(|t| (t.included_hours, t.daily_cap_hours) = (hours, None));
    let got = story(&of(ten), &[Act::Pays(of(twenty)), Act::Up(31 * HOUR)]);
    let ended: Vec<_> = got.over().into_iter().map(|over| over.3).collect();
    assert_eq!(ended, [10 * HOUR, 20 * HOUR]);
}

// Harm prevented: after a refund two cycles have one number, or a number is missing and nobody knows what became of it.
#[test]
fn the_next_cycle_follows_the_last_that_is_left() {
    let plan = plan(|t| t.queued_cycles_max = 3);
    let pays = || Act::Pays(plan.clone());
    // The first order is the running cycle's.
    let refunds = |order: u128| Act::Does(Event::CycleRefunded { order_id: OrderId::new(Uuid::from_u128(order)) });
    for (name, acts, waiting) in [
        ("the last one", vec![pays(), pays(), refunds(3), pays()], vec![2, 3]),
        ("the first one", vec![pays(), pays(), refunds(2), pays()], vec![3, 4]),
        ("the only one", vec![pays(), refunds(2), pays()], vec![2]),
        ("all, one after the other", vec![pays(), pays(), refunds(2), refunds(3), pays()], vec![2]),
        ("one between two", vec![pays(), pays(), pays(), refunds(3), refunds(4), pays()], vec![2, 3]),
    ] {
        let got = story(&plan, &acts);
        let numbers: Vec<u32> = got.tenant.billing.queued().iter().map(|queued| queued.number).collect();
        assert_eq!((numbers, got.refused), (waiting, None), "{name}");
    }
}
