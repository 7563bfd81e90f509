//! Rule 10: 0 is zero, and null is "no limit", everywhere.

use crate::story::{Act, bdt, overage, plan, story};
use shared::billing::gauge::Sample;
use shared::billing::rating::Meter;
use shared::billing::renewal::{NotRenewable, renewal};
use shared::billing::state::Billing;
use shared::billing::terms::{Limits, Terms};
use shared::time::{DAY, HOUR};

// Harm prevented: a setting of 0 is read as "not set", and sells what the plan does not have.
#[test]
fn zero_is_zero() {
    let no_grace = story(&plan(|t| t.grace_hours = 0), &[Act::Up(30 * DAY)]);
    assert!(matches!(no_grace.tenant.billing, Billing::Expired { .. }));
    let none_early = plan(|t| (t.early_renewal_days, t.early_renewal_percent) = (0, 0));
    let last = story(&none_early, &[Act::Down(30 * DAY - 1)]);
    assert_eq!(renewal(&last.tenant, &none_early, Sample::default(), last.now), Err(NotRenewable::TooEarly));
    let none_waits = plan(|t| t.queued_cycles_max = 0);
    let full = story(&none_waits, &[Act::Up(20 * DAY)]);
    assert_eq!(renewal(&full.tenant, &none_waits, Sample::default(), full.now), Err(NotRenewable::QueueFull));
    let free_hours = overage(2, 24, 0);
    let free = story(&free_hours, &[Act::Up(2 * DAY)]);
    assert_eq!((free.over()[0].1, free.ended[0].cycle.overage_seconds), (2 * DAY, DAY), "they go on");
    assert_eq!(free.charges(), [0; 0], "and a line of nothing is no line");
    let free_plan = story(&Terms { price: bdt(0), ..plan(|_| ()) }, &[Act::Up(30 * DAY)]);
    assert_eq!((free_plan.over().len(), free_plan.earned.len()), (1, 0));
}

// Harm prevented: no limit is read as a limit of 0.
#[test]
fn null_is_no_limit() {
    let uncapped = story(&plan(|t| t.daily_cap_hours = None), &[Act::Up(DAY)]);
    assert_eq!(uncapped.cycle().used_seconds, 24 * HOUR);
    let limits = Limits { storage_bytes: Some(7), ..Limits::default() };
    let limited = plan(|t| t.limits = limits);
    let of = [Meter::ActiveSeconds, Meter::Users, Meter::StorageBytes].map(|meter| limited.limit(meter));
    assert_eq!(of, [None, None, Some(7)]);
    let five = plan(|t| t.limits = Limits { users: Some(5), ..Limits::default() });
    assert_eq!([Meter::Users, Meter::StorageBytes].map(|meter| five.limit(meter)), [Some(5), None]);
}

// Harm prevented: a plan that was published before a setting existed cannot be read any more, or gets what it never had.
#[test]
fn what_an_older_plan_does_not_say_has_its_default() {
    let text = r#"{"price":{"minor":250000,"currency":"BDT"},"cycle_days":30,"included_hours":360,"daily_cap_hours":null,
        "grace_hours":0,"early_renewal_days":15,"early_renewal_percent":50,"queued_cycles_max":2,"trial_days":0}"#;
    let read: Terms = serde_json::from_str(text).unwrap();
    let standard = Terms { daily_cap_hours: None, ..Terms::standard(bdt(250_000)) };
    assert_eq!(read, standard);
    let again: Terms = serde_json::from_str(&serde_json::to_string(&standard).unwrap()).unwrap();
    assert_eq!(again, standard);
}
