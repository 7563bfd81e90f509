//! What quantities cost under each model, by example.

use crate::prices::{bdt, charge, cost, graduated, package, per_unit, rated, units, volume};
use shared::billing::rating::{Aggregation, Charge, Part, rate};
use shared::money::{Currency, MoneyError};

// Harm prevented: a customer is charged by another rule than the plan's page says.
#[test]
fn each_model_prices_quantities_by_its_rule() {
    let tiered = |model: fn(i64, &[i64], &[i64]) -> _| model(1, &[10, 100], &[500, 300, 100]);
    let table = [
        // Each unit the same; parts of a unit cost their part.
        (per_unit(500, 1), [(0, 1, 0), (1, 1, 500), (3, 1, 1_500), (5, 2, 1_250), (1, 3, 167)]),
        (per_unit(500, 3_600), [(0, 1, 0), (3_600, 1, 500), (1_800, 1, 250), (5_400, 1, 750), (7, 1, 1)]),
        // Whole packages; one begun is one paid.
        (package(500, 10), [(0, 1, 0), (1, 1_000, 500), (10, 1, 500), (10_001, 1_000, 1_000), (25, 1, 1_500)]),
        // Each unit in its tier.
        (tiered(graduated), [(10, 1, 5_000), (11, 1, 5_300), (100, 1, 32_000), (101, 1, 32_100), (21, 2, 5_150)]),
        // All units at one tier; the end of a tier belongs to it.
        (tiered(volume), [(10, 1, 5_000), (11, 1, 3_300), (100, 1, 30_000), (101, 1, 10_100), (21, 2, 3_150)]),
        // Prices are for so many units.
        (graduated(100, &[10], &[500, 300]), [(0, 1, 0), (10, 1, 50), (11, 1, 53), (60, 1, 200), (1, 10, 0)]),
        (volume(100, &[10], &[500, 300]), [(0, 1, 0), (10, 1, 50), (11, 1, 33), (60, 1, 180), (1, 10, 0)]),
    ];
    for (model, examples) in table {
        for (numerator, denominator, expected) in examples {
            let got = cost(&charge(0, model.clone()), units(numerator, denominator));
            assert_eq!(got, expected, "{numerator}/{denominator} of {model:?}");
        }
    }
}

// Harm prevented: included units are charged, or the tiers begin with the included ones.
#[test]
fn included_units_cost_nothing_and_tiers_begin_after_them() {
    for (model, measured, expected) in [
        (per_unit(500, 1), 4, 0),
        (per_unit(500, 1), 5, 0),
        (per_unit(500, 1), 6, 500),
        (package(500, 10), 5, 0),
        (package(500, 10), 6, 500),
        (package(500, 10), 15, 500),
        (package(500, 10), 16, 1_000),
        (graduated(1, &[10], &[500, 300]), 15, 5_000),
        (graduated(1, &[10], &[500, 300]), 16, 5_300),
        (volume(1, &[10], &[500, 300]), 15, 5_000),
        (volume(1, &[10], &[500, 300]), 16, 3_300),
    ] {
        let got = cost(&charge(5, model.clone()), units(measured, 1));
        assert_eq!(got, expected, "{measured} with 5 included, {model:?}");
    }
}

// Harm prevented: three thirds of a poisha, each rounded by itself, are charged as nothing.
#[test]
fn a_line_is_rounded_once_however_many_tiers_it_has() {
    let tiers = graduated(10, &[1, 2, 3, 4], &[4, 4, 4, 4, 4]);
    assert_eq!(cost(&charge(0, tiers), units(5, 1)), 2, "five times 0.4 poisha");
    for (seconds, expected) in [(1_800, 0), (5_400, 2), (9_000, 2), (12_600, 4)] {
        assert_eq!(cost(&charge(0, per_unit(1, 3_600)), units(seconds, 1)), expected, "{seconds} s: half to even");
    }
}

// Harm prevented: an average is rounded to whole users before it is priced, and half a user is charged as a whole.
#[test]
fn an_average_is_priced_exactly() {
    let thirty_days = 30 * 86_400;
    let averaged = Charge { aggregation: Aggregation::TimeWeightedAverage, ..charge(3, per_unit(10_000, 1)) };
    let user_seconds = 3 * i128::from(thirty_days) + 4 * 86_400;
    let rated = rated(&averaged, units(user_seconds, thirty_days)).unwrap();
    assert_eq!((rated.billable, rated.net), (units(4, 30), bdt(1_333)), "four users for a day of thirty");
}

// Harm prevented: the explanation of a line does not add up to the line.
#[test]
fn parts_tell_from_where_to_where_how_many_at_which_price() {
    let part =
        |from, to, quantity: i128, price, per| Part { from, to, quantity: units(quantity, 1), price: bdt(price), per };
    let ends = (&[10, 100][..], &[500, 300, 100][..]);
    for (model, measured, parts) in [
        (per_unit(500, 60), 7, vec![part(0, None, 7, 500, 60)]),
        (package(500, 10), 11, vec![part(0, None, 20, 500, 10)]),
        (graduated(1, ends.0, ends.1), 10, vec![part(0, Some(10), 10, 500, 1)]),
        (graduated(1, ends.0, ends.1), 11, vec![part(0, Some(10), 10, 500, 1), part(10, Some(100), 1, 300, 1)]),
        (volume(1, ends.0, ends.1), 10, vec![part(0, Some(10), 10, 500, 1)]),
        (volume(1, ends.0, ends.1), 11, vec![part(10, Some(100), 11, 300, 1)]),
        (volume(1, ends.0, ends.1), 101, vec![part(100, None, 101, 100, 1)]),
        (volume(1, ends.0, ends.1), 0, vec![]),
    ] {
        let rated = rated(&charge(2, model.clone()), units(measured + 2, 1)).unwrap();
        assert_eq!((rated.billable, rated.parts), (units(measured, 1), parts), "{measured} of {model:?}");
    }
}

// Harm prevented: a huge quantity wraps round to a small price, or takes the server down.
#[test]
fn what_does_not_fit_is_refused() {
    let all = units(i128::MAX, 1);
    for model in [
        per_unit(500, 1),
        per_unit(2, 1),
        package(500, 10),
        package(1, 1_000),
        graduated(1, &[10], &[500, 300]),
        volume(1, &[10], &[500, 300]),
    ] {
        let got = rated(&charge(0, model.clone()), all).map(|it| it.net);
        assert_eq!(got, Err(MoneyError::Overflow), "{model:?}");
    }
    let most = units(i128::from(i64::MAX), 1);
    assert_eq!(cost(&charge(0, per_unit(1, 1)), most), i64::MAX, "the most that there is");
    assert_eq!(rated(&charge(0, per_unit(2, 1)), most).map(|it| it.net), Err(MoneyError::Overflow));
    let tiny = units(i128::from(i64::MAX), i64::MAX - 1);
    assert_eq!(cost(&charge(0, per_unit(i64::MAX, i64::MAX)), tiny), 1, "large figures, small amount");
}

// Harm prevented: a charge that no plan should have had is taken for free, or counted twice.
#[test]
fn a_charge_that_contradicts_itself_prices_nothing() {
    for model in
        [per_unit(500, 0), per_unit(-1, 1), package(500, 0), graduated(1, &[10, 10], &[3, 2, 1]), volume(0, &[], &[3])]
    {
        let got = rated(&charge(0, model.clone()), units(5, 1)).map(|it| it.net);
        assert_eq!(got, Err(MoneyError::Charge), "{model:?}");
    }
    let in_taka = charge(0, per_unit(500, 1));
    assert_eq!(rate(&in_taka, units(5, 1), Currency::Usd).map(|it| it.net), Err(MoneyError::Charge));
}

// Harm prevented: an invoice shows one price for units that have several.
#[test]
fn a_unit_has_a_price_where_all_units_have_the_same() {
    for (model, expected) in [
        (per_unit(500, 3_600), Some((bdt(500), 3_600))),
        (package(500, 10), Some((bdt(500), 10))),
        (graduated(7, &[], &[500]), Some((bdt(500), 7))),
        (volume(7, &[5], &[500, 500]), Some((bdt(500), 7))),
        (graduated(1, &[5], &[500, 499]), None),
        (volume(1, &[5], &[500, 499]), None),
    ] {
        assert_eq!(charge(0, model.clone()).unit_price(), expected, "{model:?}");
    }
}
