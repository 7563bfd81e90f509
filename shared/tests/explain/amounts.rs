//! Each amount from its quantity to its tax, the same as on the bill.

use crate::{bdt, hours, lines, terms, window};
use proptest::prelude::*;
use shared::api::explain::{Fact, Fraction};
use shared::api::invoices::{LineView, LineWhat, Unit};
use shared::billing::explain::{charge_chain, charge_differences, charges_of, count};
use shared::billing::order::postpaid;
use shared::billing::rating::{Aggregation, Charge, Meter, PriceModel, Tier};
use shared::billing::terms::{OnExhaustion, Terms};
use shared::billing::usage::{Seen, Window};
use shared::billing::vat::Vat;
use shared::time::{DAY, HOUR};

fn per_user(aggregation: Aggregation, included: i64) -> Charge {
    Charge { meter: Meter::Users, aggregation, included, price: PriceModel::PerUnit { price: bdt(10_000), per: 1 } }
}

fn with(charge: Charge) -> Terms {
    Terms { cycle_days: 2, charges: vec![charge], included_hours: 24, daily_cap_hours: None, ..terms() }
}

fn users() -> [Window; 4] {
    [
        window(hours(0, 12), Seen::Up, Some(8)),
        window(hours(12, 18), Seen::Up, Some(14)),
        window(hours(18, 20), Seen::Unknown, None),
        window(hours(20, 24), Seen::Up, Some(14)),
    ]
}

// Harm prevented: a line says 14 users, and nobody can say when there were fourteen.
#[test]
fn a_peak_names_the_window_in_which_it_was_first_seen() {
    let counted = count(&lines(&with(per_user(Aggregation::Peak, 10)), &users())).unwrap();
    let at = counted.cycle.ends_at;
    let charge = charges_of(&counted.cycle, at).unwrap().remove(0);
    assert_eq!((charge.amount.rounded, charge.billable.clone()), (40_000, Fraction::new(4, 1)));
    let chain = charge_chain(&counted, at, &charge);
    let Fact::PeakMeasured { unit: Unit::Users, peak: 14, window, .. } = &chain[0] else { panic!("{chain:?}") };
    assert_eq!((window.from, window.to, window.sample.users), (hours(12, 18).from(), hours(12, 18).to(), Some(14)));
    assert!(matches!(&chain[1], Fact::IncludedTakenOff { included: 10, hundredths: 400, .. }), "{chain:?}");
    assert!(matches!(&chain[2], Fact::PricedPart { hundredths: 400, .. }), "{chain:?}");
}

// Harm prevented: an average is taken over the measured time alone, or rounded before it is priced.
#[test]
fn an_average_says_what_was_added_up_and_what_it_was_divided_by() {
    let counted = count(&lines(&with(per_user(Aggregation::TimeWeightedAverage, 1)), &users())).unwrap();
    let at = counted.cycle.ends_at;
    let charge = charges_of(&counted.cycle, at).unwrap().remove(0);
    let chain = charge_chain(&counted, at, &charge);
    let Fact::AverageWeighted { weighted, measured_seconds, cycle_seconds, average, hundredths, .. } = &chain[0] else {
        panic!("{chain:?}")
    };
    // 8 for 12 h and 14 for 10 h, over two days: 236 / 48.
    assert_eq!(weighted, &(236 * HOUR).to_string());
    assert_eq!((*measured_seconds, *cycle_seconds), (22 * HOUR, 2 * DAY));
    assert_eq!((average.clone(), *hundredths), (Fraction::new(59, 12), 492));
    assert_eq!(charge.billable, Fraction::new(47, 12));
    assert_eq!(charge.amount.exact, Fraction::new(470_000, 12));
    assert_eq!(charge.amount.rounded, 39_167);
}

// Harm prevented: nobody measured, and the customer pays for a guess.
#[test]
fn what_nobody_measured_costs_nothing_and_says_so() {
    let counted = count(&lines(&with(per_user(Aggregation::Peak, 0)), &[window(hours(0, 9), Seen::Up, None)])).unwrap();
    let at = counted.cycle.ends_at;
    let charge = charges_of(&counted.cycle, at).unwrap().remove(0);
    assert_eq!((charge.amount.rounded, charge.parts.len()), (0, 0));
    assert!(matches!(charge_chain(&counted, at, &charge)[0], Fact::NothingMeasured { unit: Unit::Users, .. }));
    assert_eq!(charge_differences(&[charge], &[]), [], "a line that comes to nothing is on no bill");
}

// Harm prevented: a bill carries a line that nothing gives rise to, lacks one, or has other figures, and the explanation
// says that all is well.
#[test]
fn a_line_that_is_not_as_it_was_counted_is_told() {
    let counted = count(&lines(&with(per_user(Aggregation::Peak, 0)), &users())).unwrap();
    let at = counted.cycle.ends_at;
    let (charges, mut bill) = (charges_of(&counted.cycle, at).unwrap(), postpaid(&counted.cycle, at).unwrap());
    bill.push(LineView { what: LineWhat::Overage { cycle_number: 1 }, gross: bdt(7), ..bill[0].clone() });
    let told = |charges: &[_], bill: &[_]| -> Vec<(String, String, String)> {
        let all = charge_differences(charges, bill).into_iter();
        all.map(|it| (it.what, it.stored, it.counted)).collect()
    };
    let figure = |what: &str, stored: &str, counted: &str| (what.to_owned(), stored.to_owned(), counted.to_owned());
    let gross = |stored, counted| figure("line/gross", stored, counted);
    assert_eq!(told(&charges, &bill), [gross("7", "0")]);
    assert_eq!(
        told(&[], &bill),
        [gross("140000", "0"), gross("7", "0")],
        "where nothing was counted, neither is founded"
    );
    assert_eq!(told(&charges, &[]), [gross("0", "140000")], "a line is missing");
    bill.truncate(1);
    bill[0] = LineView { net: bdt(1), tax: bdt(2), gross: bdt(3), ..bill[0].clone() };
    let other = [figure("line/net", "1", "140000"), figure("line/tax", "2", "0"), gross("3", "140000")];
    assert_eq!(told(&charges, &bill), other, "a line has other figures");
}

fn price() -> impl Strategy<Value = PriceModel> {
    let tiers = |per| {
        let money = (0..50_000_i64, 0..50_000_i64);
        (1..30_i64, money).prop_map(move |(first, (low, high))| {
            (per, vec![Tier { up_to: Some(first), price: bdt(low) }, Tier { up_to: None, price: bdt(high) }])
        })
    };
    prop_oneof![
        (0..90_000_i64, 1..4_000_i64).prop_map(|(price, per)| PriceModel::PerUnit { price: bdt(price), per }),
        (0..90_000_i64, 1..4_000_i64).prop_map(|(price, size)| PriceModel::Package { price: bdt(price), size }),
        tiers(7).prop_map(|(per, tiers)| PriceModel::Graduated { per, tiers }),
        tiers(3).prop_map(|(per, tiers)| PriceModel::Volume { per, tiers }),
    ]
}

fn charge() -> impl Strategy<Value = Charge> {
    let metered = prop_oneof![
        Just((Meter::ActiveSeconds, Aggregation::Sum)),
        Just((Meter::Users, Aggregation::Peak)),
        Just((Meter::Users, Aggregation::TimeWeightedAverage)),
    ];
    (metered, 0..20_i64, price()).prop_map(|((meter, aggregation), included, price)| Charge {
        meter,
        aggregation,
        included,
        price,
    })
}

fn vat() -> impl Strategy<Value = Vat> {
    prop_oneof![
        Just(Vat::None),
        (0..3_000_u32).prop_map(|basis_points| Vat::Exclusive { basis_points }),
        (0..3_000_u32).prop_map(|basis_points| Vat::Inclusive { basis_points }),
    ]
}

proptest! {
    // Harm prevented: the explanation of an amount ends in another amount than the invoice.
    #[test]
    fn every_amount_is_the_one_on_the_bill(
        charge in charge(), vat in vat(), per_hour in 1..9_999_i64, up in 1..48_i64, seen in prop::collection::vec(0..40_i64, 1..5),
    ) {
        let on_exhaustion = OnExhaustion::Overage { price_per_hour: bdt(per_hour) };
        let terms = Terms { vat, on_exhaustion, included_hours: 8, ..with(charge) };
        let windows: Vec<Window> = (0..).zip(&seen).map(|(place, users)| {
            let span = hours(place * up, (place + 1) * up);
            window(span, Seen::Up, Some(*users))
        }).collect();
        let counted = count(&lines(&terms, &windows)).unwrap();
        let at = counted.cycle.ends_at;
        let (charges, bill) = (charges_of(&counted.cycle, at).unwrap(), postpaid(&counted.cycle, at).unwrap());
        prop_assert_eq!(charge_differences(&charges, &bill), vec![]);
        for charge in &charges {
            // What is told adds up: the exact sum lies within half a unit of the rounded one.
            let read = |text: &str| text.parse::<i128>().unwrap();
            let (over, under) = (read(&charge.amount.exact.numerator), read(&charge.amount.exact.denominator));
            prop_assert!(2 * (over - i128::from(charge.amount.rounded) * under).abs() <= under);
            prop_assert_eq!(charge.vat.net.minor + charge.vat.tax.minor, charge.vat.gross.minor);
            prop_assert!(!charge_chain(&counted, at, charge).is_empty());
        }
        if let Some(line) = bill.first() {
            let mut dearer = bill.clone();
            dearer[0].gross.minor += 1;
            let named: Vec<String> = charge_differences(&charges, &dearer).into_iter().map(|it| it.what).collect();
            prop_assert_eq!(named, vec!["line/gross".to_owned()], "{:?}", line);
        }
    }
}
