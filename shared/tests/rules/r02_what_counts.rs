//! Rule 2: what counts is every second in which the host saw the panel up, once; what was seen wrongly is taken back.

use crate::story::{Act, Story, bdt, overage, plan, start, story};
use shared::billing::event::Event;
use shared::billing::step::Refusal;
use shared::billing::usage::Seen;
use shared::time::{DAY, HOUR};

// Harm prevented: a customer pays for time in which the panel did not serve, or in which nobody looked.
#[test]
fn only_seconds_that_were_seen_up_count() {
    let uncapped = plan(|t| t.daily_cap_hours = None);
    let suspended = || Act::Does(Event::SuspendedByOperator { message: "abuse".into() });
    for (name, acts, used) in [
        ("up", vec![Act::Up(5 * HOUR)], 5 * HOUR),
        ("down", vec![Act::Down(5 * HOUR)], 0),
        ("unknown", vec![Act::Unknown(5 * HOUR)], 0),
        ("stopped by its customer", vec![Act::Up(HOUR), Act::Rests(5 * HOUR), Act::Up(1)], HOUR + 1),
        ("suspended by the operator", vec![Act::Up(HOUR), suspended(), Act::Up(5 * HOUR)], HOUR),
        ("a late look, with its reach", vec![Act::Late(5 * HOUR, 300)], 300),
        ("a look in time, with its reach", vec![Act::Late(60, 300)], 60),
        ("a look that reaches nowhere", vec![Act::Late(60, 0)], 0),
        ("the same look twice", vec![Act::Late(60, 300), Act::Late(0, 300)], 60),
        ("a second worker, a little late", vec![Act::Late(60, 300), Act::Late(1, 300)], 61),
        ("a look out of the past", vec![Act::Late(60, 300), Act::Late(-30, 300)], 60),
    ] {
        assert_eq!(story(&uncapped, &acts).cycle().used_seconds, used, "{name}");
    }
}

// Harm prevented: what nobody saw is recorded as if somebody had.
#[test]
fn a_late_look_records_the_rest_as_unknown() {
    let late = story(&plan(|_| ()), &[Act::Late(HOUR, 300)]);
    let seen: Vec<_> = late.windows.iter().map(|window| (window.seen, window.span.seconds())).collect();
    assert_eq!(seen, [(Seen::Unknown, 3_300), (Seen::Up, 300)]);
}

// Harm prevented: after an outage one look charges more than the days of it could have used.
#[test]
fn the_cap_holds_for_a_late_look_too() {
    for (name, seconds, reach, used) in [
        ("two days at once", 2 * DAY, 2 * DAY, 24 * HOUR),
        ("two days and an hour", 2 * DAY + HOUR, 3 * DAY, 25 * HOUR),
        ("the last 20 h of two days", 2 * DAY, 20 * HOUR, 12 * HOUR),
        ("the last 30 h of two days", 2 * DAY, 30 * HOUR, 18 * HOUR),
    ] {
        assert_eq!(story(&plan(|_| ()), &[Act::Late(seconds, reach)]).cycle().used_seconds, used, "{name}");
    }
}

// Harm prevented: a panel that is closed for want of money runs up hours in a cycle that nobody bought.
#[test]
fn metering_stops_where_access_stops() {
    let short = plan(|t| (t.included_hours, t.daily_cap_hours, t.grace_hours) = (10, None, 2));
    let closed = story(&short, &[Act::Up(20 * HOUR)]);
    assert_eq!(closed.cycle().used_seconds, 10 * HOUR);
    let last = closed.windows.last().unwrap().span.to();
    assert_eq!(last.seconds_since(start()), 12 * HOUR, "the look at which grace was over, and none after it");
    let paid = closed.then(&[Act::Pays(short), Act::Up(5 * HOUR)]);
    assert_eq!(paid.cycle().used_seconds, 0, "the host has not opened it yet");
}

fn used(story: &Story) -> (i64, i64) {
    (story.cycle().used_seconds, story.cycle().overage_seconds)
}

// Harm prevented: hours that a customer was charged by mistake cannot be given back exactly.
#[test]
fn a_correction_counts_the_cycle_again() {
    let uncapped = plan(|t| t.daily_cap_hours = None);
    let extra = overage(2, 24, 10_000);
    let up = |hours: i64| Act::Up(hours * HOUR);
    let wrong = |from: i64, to: i64| Act::Corrects(from * HOUR, to * HOUR, Seen::Down);
    for (name, plan, acts, expected) in [
        ("three hours of ten", &uncapped, vec![up(10), wrong(2, 5)], (7 * HOUR, 0)),
        ("unknown, not down", &uncapped, vec![up(10), Act::Corrects(0, HOUR, Seen::Unknown)], (9 * HOUR, 0)),
        ("one second", &uncapped, vec![up(10), Act::Corrects(HOUR, HOUR + 1, Seen::Down)], (10 * HOUR - 1, 0)),
        ("everything", &uncapped, vec![up(10), wrong(0, 10)], (0, 0)),
        ("twice", &uncapped, vec![up(10), wrong(0, 1), wrong(4, 6)], (7 * HOUR, 0)),
        ("with a rest inside", &uncapped, vec![up(3), Act::Rests(4 * HOUR), up(3), wrong(2, 8)], (4 * HOUR, 0)),
        ("a day with a cap: hours beyond it count", &plan(|_| ()), vec![up(24), wrong(0, 18)], (6 * HOUR, 0)),
        ("overage first", &extra, vec![up(30), wrong(0, 4)], (24 * HOUR, 2 * HOUR)),
        ("overage and more", &extra, vec![up(30), wrong(0, 8)], (22 * HOUR, 0)),
        ("and it goes on", &uncapped, vec![up(10), wrong(2, 5), up(2)], (9 * HOUR, 0)),
    ] {
        let got = story(plan, &acts);
        assert_eq!((used(&got), got.refused), (expected, None), "{name}");
    }
}

// Harm prevented: a correction charges more, reaches into a cycle that is billed, or changes nothing and is booked.
#[test]
fn a_correction_is_refused_unless_it_is_in_the_customers_favour() {
    let uncapped = plan(|t| t.daily_cap_hours = None);
    let in_grace = plan(|t| (t.included_hours, t.daily_cap_hours, t.grace_hours) = (5, None, 9));
    let wrong = |from: i64, to: i64| Act::Corrects(from, to, Seen::Down);
    let bigger = plan(|t| (t.price, t.included_hours, t.daily_cap_hours) = (bdt(500_000), 720, None));
    let upgraded = vec![Act::Up(5 * HOUR), Act::Upgrades(bigger), Act::Up(HOUR), wrong(0, HOUR)];
    for (name, plan, acts) in [
        ("a cycle on two plans", &uncapped, upgraded),
        ("it was up", &uncapped, vec![Act::Down(5 * HOUR), Act::Corrects(0, HOUR, Seen::Up)]),
        ("it was down already", &uncapped, vec![Act::Up(5 * HOUR), Act::Down(HOUR), wrong(5 * HOUR, 6 * HOUR)]),
        ("a span of nothing", &uncapped, vec![Act::Up(5 * HOUR), wrong(HOUR, HOUR)]),
        ("before the cycle", &uncapped, vec![Act::Up(5 * HOUR), wrong(-1, HOUR)]),
        ("what is not accounted yet", &uncapped, vec![Act::Up(5 * HOUR), wrong(0, 5 * HOUR + 1)]),
        ("the cap hides it", &plan(|_| ()), vec![Act::Up(DAY), wrong(0, 12 * HOUR)]),
        ("a cycle that is over", &in_grace, vec![Act::Up(6 * HOUR), wrong(0, HOUR)]),
    ] {
        let before = story(plan, &acts[..acts.len() - 1]);
        let after = before.clone().then(&acts[acts.len() - 1..]);
        assert_eq!(after.refused, Some(Refusal::NotACorrection), "{name}");
        assert_eq!(after.tenant, before.tenant, "{name}");
    }
}
