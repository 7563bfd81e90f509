//! Rule 7: charges on meters, by every model and both aggregations, through whole cycles of two days; due with the next
//! order.

use crate::story::{Act, Story, bdt, overage, plan, story, users};
use shared::api::invoices::{LineWhat, Unit};
use shared::billing::event::Event;
use shared::billing::gauge::Sample;
use shared::billing::order::{cycle_of, is_postpaid, renewal_lines, totals};
use shared::billing::rating::{Aggregation, Charge, Meter, PriceModel, Tier};
use shared::billing::terms::Terms;
use shared::billing::vat::Vat;
use shared::money::Currency;
use shared::time::{DAY, HOUR};

const GIB: i64 = 1 << 30;

fn two_days(charges: Vec<Charge>) -> Terms {
    plan(|t| {
        (t.cycle_days, t.included_hours, t.daily_cap_hours, t.early_renewal_days) = (2, 48, None, 2);
        t.charges = charges;
    })
}

fn seconds(included_hours: i64, price: PriceModel) -> Charge {
    let (meter, aggregation) = (Meter::ActiveSeconds, Aggregation::Sum);
    Charge { meter, aggregation, included: included_hours * HOUR, price }
}

fn gauge(meter: Meter, aggregation: Aggregation, included: i64, price: PriceModel) -> Charge {
    Charge { meter, aggregation, included, price }
}

/// The first three units at 100.00 each, the others at 50.00.
fn tiers(per: i64) -> Vec<Tier> {
    vec![Tier { up_to: Some(3 * per), price: bdt(10_000) }, Tier { up_to: None, price: bdt(5_000) }]
}

fn holds(hours: i64, sample: Sample) -> Act {
    Act::Holds(hours * HOUR, sample)
}

fn stores(gib: i64) -> Sample {
    Sample { users: None, storage_bytes: Some(gib * GIB) }
}

// Harm prevented: hours are charged by another rule than the plan's page says.
#[test]
fn hours_are_charged_by_every_model() {
    let per_hour = PriceModel::PerUnit { price: bdt(5_000), per: HOUR };
    let package = PriceModel::Package { price: bdt(30_000), size: 10 * HOUR };
    let graduated = PriceModel::Graduated { per: HOUR, tiers: tiers(HOUR) };
    let volume = PriceModel::Volume { per: HOUR, tiers: tiers(HOUR) };
    for (name, charge, used, expected) in [
        ("per unit: 4 of 14 h", seconds(10, per_hour.clone()), 14 * HOUR, vec![20_000]),
        ("per unit: half an hour", seconds(10, per_hour.clone()), 10 * HOUR + HOUR / 2, vec![2_500]),
        ("per unit: no more than included", seconds(10, per_hour.clone()), 10 * HOUR, vec![]),
        ("per unit: nothing included", seconds(0, per_hour), 14 * HOUR, vec![70_000]),
        ("package: full", seconds(0, package.clone()), 10 * HOUR, vec![30_000]),
        ("package: begun", seconds(0, package.clone()), 10 * HOUR + 1, vec![60_000]),
        ("package: none", seconds(20, package), 14 * HOUR, vec![]),
        ("graduated: 3 at 100 and 2 at 50", seconds(9, graduated.clone()), 14 * HOUR, vec![40_000]),
        ("graduated: within the first", seconds(12, graduated), 14 * HOUR, vec![20_000]),
        ("volume: 5 at 50", seconds(9, volume.clone()), 14 * HOUR, vec![25_000]),
        ("volume: 3 at 100", seconds(11, volume), 14 * HOUR, vec![30_000]),
    ] {
        let got = story(&two_days(vec![charge]), &[Act::Up(used), Act::Down(2 * DAY)]);
        assert_eq!(got.charges(), expected, "{name}");
    }
}

// Harm prevented: a gauge is summed up, is averaged over the wrong time, or remembers the cycle before.
#[test]
fn gauges_are_charged_by_peak_or_by_average() {
    use Aggregation::{Peak, TimeWeightedAverage as Average};
    let each = |price: i64, per| PriceModel::PerUnit { price: bdt(price), per };
    let peak = |included| gauge(Meter::Users, Peak, included, each(10_000, 1));
    let average = |included| gauge(Meter::Users, Average, included, each(10_000, 1));
    let graduated = gauge(Meter::Users, Peak, 2, PriceModel::Graduated { per: 1, tiers: tiers(1) });
    let volume = gauge(Meter::Users, Peak, 2, PriceModel::Volume { per: 1, tiers: tiers(1) });
    let package = gauge(Meter::Users, Peak, 2, PriceModel::Package { price: bdt(9_000), size: 4 });
    let storage = |aggregation| gauge(Meter::StorageBytes, aggregation, GIB, each(10_000, GIB));
    for (name, charge, acts, expected) in [
        ("peak", peak(2), vec![holds(1, users(7)), holds(47, users(3))], vec![50_000]),
        ("peak within the included", peak(7), vec![holds(48, users(7))], vec![]),
        ("peak, graduated: 3 at 100 and 2 at 50", graduated, vec![holds(48, users(7))], vec![40_000]),
        ("peak, volume: 5 at 50", volume, vec![holds(48, users(7))], vec![25_000]),
        ("peak, packages of 4", package, vec![holds(48, users(7))], vec![18_000]),
        ("average of 1 and 3 is 2", average(0), vec![holds(24, users(1)), holds(24, users(3))], vec![20_000]),
        ("average: 8 for 12 of 48 h is 2", average(0), vec![holds(12, users(8)), holds(36, users(0))], vec![20_000]),
        (
            "average: what nobody measured weighs nothing",
            average(0),
            vec![holds(24, users(4)), Act::Up(DAY)],
            vec![20_000],
        ),
        ("average: a third over the included", average(1), vec![holds(16, users(4)), holds(32, users(0))], vec![3_333]),
        ("average while stopped weighs nothing", average(0), vec![holds(24, users(4)), Act::Rests(DAY)], vec![20_000]),
        ("storage by average", storage(Average), vec![holds(24, stores(1)), holds(24, stores(4))], vec![15_000]),
        ("storage by peak", storage(Peak), vec![holds(47, stores(1)), holds(1, stores(4))], vec![30_000]),
        ("nothing measured", peak(0), vec![Act::Up(2 * DAY)], vec![]),
        ("a figure below zero", peak(0), vec![holds(48, users(-5))], vec![]),
    ] {
        assert_eq!(story(&two_days(vec![charge]), &acts).charges(), expected, "{name}");
    }
}

// Harm prevented: a cycle whose hours ended early is averaged over days that it did not have.
#[test]
fn an_average_is_over_the_time_that_the_cycle_lasted() {
    let average =
        gauge(Meter::Users, Aggregation::TimeWeightedAverage, 0, PriceModel::PerUnit { price: bdt(10_000), per: 1 });
    let early = Terms { included_hours: 10, ..two_days(vec![average]) };
    let got = story(&early, &[holds(5, users(2)), holds(20, users(6))]);
    assert_eq!(got.charges(), [40_000], "2 for 5 h and 6 for 5 h; what came after the end is not in it");
}

fn of_cycle(story: &Story) -> Vec<(u32, i64)> {
    let number = |what: &LineWhat| match what {
        LineWhat::Metered { cycle_number, .. } | LineWhat::Overage { cycle_number } => *cycle_number,
        LineWhat::BasePrice { .. } | LineWhat::Upgrade { .. } => panic!("{what:?} is not postpaid"),
    };
    story.postpaid.iter().map(|line| (number(&line.what), line.net.minor)).collect()
}

// Harm prevented: a peak of May is charged in June again; or a cycle's charges are on no order, or on two.
#[test]
fn every_cycle_counts_for_itself_and_its_charges_are_on_the_next_order() {
    let charges = vec![
        seconds(10, PriceModel::PerUnit { price: bdt(5_000), per: HOUR }),
        gauge(Meter::Users, Aggregation::Peak, 2, PriceModel::PerUnit { price: bdt(10_000), per: 1 }),
    ];
    let plan = Terms { vat: Vat::Exclusive { basis_points: 1_500 }, ..two_days(charges) };
    let both = story(
        &plan,
        &[
            Act::Pays(plan.clone()),
            holds(12, users(5)),
            Act::Down(36 * HOUR),
            holds(11, users(3)),
            Act::Down(37 * HOUR),
        ],
    );
    assert_eq!(of_cycle(&both), [(1, 10_000), (1, 30_000), (2, 5_000), (2, 10_000)]);
    let order = renewal_lines("Standard", &plan, 3, &both.postpaid).unwrap();
    let lines: Vec<_> =
        order.iter().map(|it| (it.position, it.quantity, it.unit, it.net.minor, it.tax.minor)).collect();
    assert_eq!(
        lines,
        [
            (1, 1, Unit::Cycles, 250_000, 37_500),
            (2, 2 * HOUR, Unit::Seconds, 10_000, 1_500),
            (3, 3, Unit::Users, 30_000, 4_500),
            (4, HOUR, Unit::Seconds, 5_000, 750),
            (5, 1, Unit::Users, 10_000, 1_500),
        ]
    );
    let total = totals(&order, Currency::Bdt).unwrap();
    assert_eq!((total.net.minor, total.tax.minor, total.gross.minor), (305_000, 45_750, 350_750));
}

// Harm prevented: a charge of May is booked with June's cycle, or counts as earned before its cycle is over.
#[test]
fn every_line_says_its_cycle_and_whether_it_is_paid_beforehand() {
    let (plan, to_plan, cycle_number) = (String::from("Standard"), String::from("Large"), 3);
    let (meter, aggregation) = (Meter::Users, Aggregation::Peak);
    for (what, expected) in [
        (LineWhat::BasePrice { plan: plan.clone(), cycle_number, cycle_days: 30, included_hours: 360 }, false),
        (LineWhat::Upgrade { from_plan: plan, to_plan, cycle_number }, false),
        (LineWhat::Overage { cycle_number }, true),
        (LineWhat::Metered { cycle_number, meter, aggregation }, true),
    ] {
        assert_eq!((cycle_of(&what), is_postpaid(&what)), (3, expected), "{what:?}");
    }
}

// Harm prevented: the extra hours of a plan with overage stand on the invoice after the charges, without VAT, or not.
#[test]
fn overage_is_the_first_line_and_has_its_vat() {
    let charge = gauge(Meter::Users, Aggregation::Peak, 0, PriceModel::PerUnit { price: bdt(1_000), per: 1 });
    let vat = Vat::Inclusive { basis_points: 1_500 };
    let plan = Terms { vat, charges: vec![charge], ..overage(2, 24, 11_500) };
    let got = story(&plan, &[holds(26, users(4)), Act::Down(2 * DAY)]);
    let lines: Vec<_> = got.postpaid.iter().map(|it| (it.net.minor, it.tax.minor, it.gross.minor)).collect();
    assert_eq!(lines, [(20_000, 3_000, 23_000), (3_478, 522, 4_000)]);
    assert!(matches!(got.postpaid[0].what, LineWhat::Overage { cycle_number: 1 }));
    assert_eq!(
        (got.postpaid[0].quantity, got.postpaid[0].unit, got.postpaid[0].tax_basis_points),
        (2 * HOUR, Unit::Seconds, 1_500)
    );
}

// Harm prevented: what was measured while the operator kept a panel closed, or after a correction, is charged wrongly.
#[test]
fn corrected_hours_are_not_charged() {
    let plan = two_days(vec![seconds(10, PriceModel::PerUnit { price: bdt(5_000), per: HOUR })]);
    let wrong = Act::Corrects(0, 3 * HOUR, shared::billing::usage::Seen::Down);
    assert_eq!(story(&plan, &[Act::Up(14 * HOUR), wrong, Act::Down(2 * DAY)]).charges(), [5_000]);
    let closed = Act::Does(Event::SuspendedByOperator { message: "abuse".into() });
    assert_eq!(story(&plan, &[Act::Up(11 * HOUR), closed, Act::Up(2 * DAY)]).charges(), [5_000]);
}
