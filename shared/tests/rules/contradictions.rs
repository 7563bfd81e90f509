//! Plans that contradict themselves are not published: each limit, and the first step beyond it, with the field named.

use crate::story::{bdt, plan};
use shared::billing::rating::{Aggregation, Charge, Meter, PriceModel};
use shared::billing::reminder::{Condition, Reminder};
use shared::billing::terms::{OnExhaustion, Terms};
use shared::billing::vat::Vat;
use shared::money::{Currency, Money};

/// The field at fault in the default plan, changed.
fn fault(change: impl FnOnce(&mut Terms)) -> Option<String> {
    plan(change).check().err().map(|error| error.field)
}

/// Puts a figure into a plan.
type Set = fn(&mut Terms, i64);

fn small(figure: i64) -> u32 {
    u32::try_from(figure).unwrap()
}

fn cap(hours: i64) -> Option<u32> {
    (hours >= 0).then(|| small(hours))
}

fn reminder(conditions: Vec<Condition>) -> Vec<Reminder> {
    vec![Reminder { any_of: conditions }]
}

fn charge(included: i64) -> Charge {
    let price = PriceModel::PerUnit { price: bdt(1), per: 1 };
    Charge { meter: Meter::Users, aggregation: Aggregation::Peak, included, price }
}

// Harm prevented: a plan is published that cannot be used up, sells cycles that are over when they are paid, or names a
// figure that no sum can hold; or its author is not told which field it is.
#[test]
fn every_figure_has_its_limits() {
    // The field, how it is set, what passes, and what does not.
    let rows: &[(&str, Set, &[i64], &[i64])] = &[
        ("price", |t, n| t.price = bdt(n), &[0, 1, 1_000_000_000_000], &[-1, 1_000_000_000_001]),
        (
            "cycle_days",
            |t, n| (t.cycle_days, t.daily_cap_hours, t.early_renewal_days, t.included_hours) = (small(n), None, 0, 1),
            &[1, 366],
            &[0, 367],
        ),
        ("included_hours", |t, n| (t.included_hours, t.daily_cap_hours) = (small(n), None), &[1, 720], &[0, 721]),
        ("daily_cap_hours", |t, n| t.daily_cap_hours = cap(n), &[-1, 12, 24], &[0, 25]),
        ("daily_cap_hours", |t, n| (t.included_hours, t.daily_cap_hours) = (small(n), Some(12)), &[360], &[361, 720]),
        ("grace_hours", |t, n| t.grace_hours = small(n), &[0, 720], &[721]),
        ("grace_hours", |t, n| (t.cycle_days, t.grace_hours) = (60, small(n)), &[744], &[745]),
        ("early_renewal_days", |t, n| t.early_renewal_days = small(n), &[0, 30], &[31]),
        ("early_renewal_percent", |t, n| t.early_renewal_percent = small(n), &[0, 100], &[101]),
        ("queued_cycles_max", |t, n| t.queued_cycles_max = small(n), &[0, 12], &[13]),
        ("trial_days", |t, n| t.trial_days = small(n), &[0, 30], &[31]),
        ("vat/basis_points", |t, n| t.vat = Vat::Exclusive { basis_points: small(n) }, &[0, 10_000], &[10_001]),
        ("vat/basis_points", |t, n| t.vat = Vat::Inclusive { basis_points: small(n) }, &[0, 10_000], &[10_001]),
        ("limits/users", |t, n| t.limits.users = Some(n), &[1, i64::MAX], &[0, -1]),
        ("limits/storage_bytes", |t, n| t.limits.storage_bytes = Some(n), &[1, i64::MAX], &[0, -1]),
        (
            "on_exhaustion/price_per_hour",
            |t, n| t.on_exhaustion = OnExhaustion::Overage { price_per_hour: bdt(n) },
            &[0, 1_000_000_000_000],
            &[-1, 1_000_000_000_001],
        ),
        ("reminders/0", |t, n| t.reminders = reminder(vec![Condition::DaysLeft(small(n))]), &[1, 366], &[0, 367]),
        ("reminders/0", |t, n| t.reminders = reminder(vec![Condition::HoursLeft(small(n))]), &[1, 8_784], &[0, 8_785]),
        ("reminders/0", |t, n| t.reminders = reminder(vec![Condition::UsedPercent(small(n))]), &[1, 100], &[0, 101]),
        (
            "reminders/0",
            |t, n| t.reminders = reminder(vec![Condition::Ended; usize::try_from(n).unwrap()]),
            &[1, 4],
            &[0, 5],
        ),
        (
            "reminders",
            |t, n| t.reminders = vec![Reminder { any_of: vec![Condition::Ended] }; usize::try_from(n).unwrap()],
            &[0, 16],
            &[17],
        ),
        ("charges", |t, n| t.charges = vec![charge(0); usize::try_from(n).unwrap()], &[0, 16], &[17]),
        ("charges/0/included", |t, n| t.charges = vec![charge(n)], &[0, i64::MAX], &[-1]),
    ];
    for (field, set, sound, unsound) in rows {
        for figure in *sound {
            assert_eq!(fault(|terms| set(terms, *figure)), None, "{field}: {figure}");
        }
        for figure in *unsound {
            assert_eq!(fault(|terms| set(terms, *figure)).as_deref(), Some(*field), "{field}: {figure}");
        }
    }
}

// Harm prevented: a plan is published of which a cycle cannot end, as its charge is more than a sum can hold.
#[test]
fn a_charge_has_its_limit_whatever_is_measured() {
    use Aggregation::{Peak, Sum};
    // 30 days of seconds, a million users, a petabyte: at most 10^16 poisha each.
    for (meter, aggregation, dearest) in [
        (Meter::ActiveSeconds, Sum, 3_858_024_691),
        (Meter::Users, Peak, 10_000_000_000),
        (Meter::StorageBytes, Peak, 10),
    ] {
        let at = |minor| {
            let price = PriceModel::PerUnit { price: bdt(minor), per: 1 };
            fault(|t| t.charges = vec![charge(0), Charge { meter, aggregation, included: 0, price }])
        };
        assert_eq!(at(dearest), None, "{meter:?}");
        for dearer in [dearest + 1, 2 * dearest, i64::MAX] {
            assert_eq!(at(dearer).as_deref(), Some("charges/1/price"), "{meter:?}: {dearer}");
        }
    }
}

// Harm prevented: extra hours or a charge are priced in a currency that no line of the order can be added to.
#[test]
fn everything_is_priced_in_one_currency() {
    let price_per_hour = Money::new(1, Currency::Usd);
    let overage = fault(|t| t.on_exhaustion = OnExhaustion::Overage { price_per_hour });
    assert_eq!(overage.as_deref(), Some("on_exhaustion/price_per_hour"));
    let dollars = PriceModel::PerUnit { price: price_per_hour, per: 1 };
    let charged = fault(|t| t.charges = vec![charge(0), Charge { price: dollars, ..charge(0) }]);
    assert_eq!(charged.as_deref(), Some("charges/1/price/price/currency"));
    assert_eq!(plan(|t| t.price = Money::new(1, Currency::Usd)).check(), Ok(()), "any one");
}

// Harm prevented: the second mistake of a list is shown at the first.
#[test]
fn the_place_in_a_list_is_named() {
    let sound = Reminder { any_of: vec![Condition::DaysLeft(7)] };
    let unsound = Reminder { any_of: vec![Condition::DaysLeft(7), Condition::UsedPercent(0)] };
    let error = plan(|t| t.reminders = vec![sound.clone(), sound, unsound]).check().unwrap_err();
    assert_eq!(error.to_string(), "reminders/2: must name a threshold that a cycle can reach");
    assert_eq!(Terms::standard(bdt(250_000)).check(), Ok(()));
    assert_eq!(plan(|t| t.reminders = Reminder::standard()).check(), Ok(()));
}
