//! Plans as operators might make them, odd ones preferred: short cycles, tight caps, no grace and long grace, prices with
//! and without VAT, and charges on everything that is measured.

use crate::seed::Chance;
use shared::billing::gauge::Sample;
use shared::billing::rating::{Aggregation, Charge, Meter, PriceModel};
use shared::billing::reminder::{Condition, Reminder};
use shared::billing::terms::{Limits, OnExhaustion, Terms};
use shared::billing::vat::Vat;
use shared::money::{Currency, Money};

const GIGABYTE: i64 = 1_000_000_000;

fn bdt(minor: i64) -> Money {
    Money::new(minor, Currency::Bdt)
}

/// A plan that keeps its own rules.
pub(crate) fn plan(chance: &mut Chance) -> Terms {
    let cycle_days = chance.one_of(&[1, 1, 2, 3, 7, 30]);
    let terms = Terms {
        price: bdt(chance.one_of(&[0, 1, 99, 250_000, 9_999_999])),
        cycle_days,
        included_hours: 1,
        daily_cap_hours: chance.one_of(&[None, None, Some(1), Some(5), Some(12), Some(24)]),
        grace_hours: chance.one_of(&[0, 0, 1, 6, 24]),
        early_renewal_days: chance.one_of(&[0, 1, cycle_days / 2, cycle_days]),
        early_renewal_percent: chance.one_of(&[0, 50, 100]),
        queued_cycles_max: chance.one_of(&[0, 1, 2, 2, 5]),
        trial_days: chance.one_of(&[0, 1]),
        on_exhaustion: exhaustion(chance),
        vat: vat(chance),
        limits: Limits { users: chance.percent(20).then_some(5), ..Limits::default() },
        reminders: reminders(chance),
        charges: charges(chance),
    };
    // As many hours as its days and its cap allow.
    let most = terms.daily_cap_hours.unwrap_or(24) * cycle_days;
    let terms =
        Terms { included_hours: chance.one_of(&[1, 2, 5, 12, 24, 100, 360].map(|hours| most.min(hours))), ..terms };
    assert_eq!(terms.check(), Ok(()), "{terms:?}");
    terms
}

/// A dearer plan of as many days, mostly.
pub(crate) fn dearer(chance: &mut Chance, than: &Terms) -> Terms {
    let other = plan(chance);
    let most = than.daily_cap_hours.unwrap_or(24) * than.cycle_days;
    if chance.percent(10) {
        return other;
    }
    let terms = Terms {
        price: bdt(than.price.minor + chance.one_of(&[1, 777, 100_000])),
        cycle_days: than.cycle_days,
        daily_cap_hours: if chance.percent(70) { than.daily_cap_hours } else { None },
        included_hours: chance.within(i64::from(than.included_hours)..=i64::from(most)).try_into().expect("hours"),
        early_renewal_days: than.early_renewal_days,
        grace_hours: than.grace_hours,
        trial_days: 0,
        ..other
    };
    assert_eq!(terms.check(), Ok(()), "{terms:?}");
    terms
}

fn exhaustion(chance: &mut Chance) -> OnExhaustion {
    if chance.percent(60) {
        return OnExhaustion::Suspend;
    }
    OnExhaustion::Overage { price_per_hour: bdt(chance.one_of(&[0, 1, 777, 10_000])) }
}

fn vat(chance: &mut Chance) -> Vat {
    let basis_points = chance.one_of(&[0, 500, 750, 1_500, 10_000]);
    chance.one_of(&[Vat::None, Vat::Exclusive { basis_points }, Vat::Inclusive { basis_points }])
}

/// No threshold stands twice in a plan, so that each notice says which reminder it is.
fn reminders(chance: &mut Chance) -> Vec<Reminder> {
    let sets: [Vec<Vec<Condition>>; 4] = [
        vec![],
        vec![vec![Condition::DaysLeft(1)], vec![Condition::Ended]],
        vec![vec![Condition::DaysLeft(7), Condition::HoursLeft(84)], vec![Condition::UsedPercent(80)]],
        vec![vec![Condition::UsedPercent(50), Condition::HoursLeft(1)], vec![Condition::DaysLeft(2), Condition::Ended]],
    ];
    let chosen = chance.below(sets.len());
    if chosen == 0 && chance.percent(50) {
        return Reminder::standard();
    }
    sets[chosen].iter().map(|any_of| Reminder { any_of: any_of.clone() }).collect()
}

fn charges(chance: &mut Chance) -> Vec<Charge> {
    let gauges = [Aggregation::Peak, Aggregation::TimeWeightedAverage];
    let mut charges = vec![];
    if chance.percent(30) {
        let included = chance.one_of(&[0, 1_800, 36_000]);
        charges.push(Charge {
            meter: Meter::ActiveSeconds,
            aggregation: Aggregation::Sum,
            included,
            price: price(chance, 3_600),
        });
    }
    if chance.percent(40) {
        let (included, aggregation) = (chance.one_of(&[0, 1, 5]), chance.one_of(&gauges));
        charges.push(Charge { meter: Meter::Users, aggregation, included, price: price(chance, 1) });
    }
    if chance.percent(40) {
        let (included, aggregation) = (chance.one_of(&[0, GIGABYTE]), chance.one_of(&gauges));
        charges.push(Charge { meter: Meter::StorageBytes, aggregation, included, price: price(chance, GIGABYTE) });
    }
    charges
}

fn price(chance: &mut Chance, units: i64) -> PriceModel {
    let price = bdt(chance.one_of(&[1, 333, 50_000]));
    match chance.percent(50) {
        true => PriceModel::PerUnit { price, per: units },
        false => PriceModel::Package { price, size: units * chance.one_of(&[1, 10]) },
    }
}

/// What a panel holds: mostly something sensible, sometimes far too much, sometimes nobody can say.
pub(crate) fn sample(chance: &mut Chance) -> Sample {
    Sample {
        users: chance.percent(80).then(|| chance.one_of(&[0, 1, 3, 6, 12, 2_000_000])),
        storage_bytes: chance.percent(80).then(|| chance.within(0..=50) * GIGABYTE + 1),
    }
}
