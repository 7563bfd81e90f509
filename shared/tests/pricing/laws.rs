//! Laws of the price models, whatever the figures, and two of the models once more, unit by unit.

use crate::prices::{charge, cost, graduated, package, per_unit, rated, units, volume};
use proptest::collection::{btree_set, vec};
use proptest::prelude::*;
use shared::billing::rating::{PriceModel, Quantity};
use shared::money::round_half_even;

/// Up to a thousand units, with up to a 50th of a unit.
fn quantity() -> impl Strategy<Value = Quantity> {
    (0_i128..20_000, 1_i64..50).prop_map(|(numerator, denominator)| units(numerator, denominator))
}

/// Ends of tiers, rising, and one price more.
fn ends_and_prices() -> impl Strategy<Value = (Vec<i64>, Vec<i64>)> {
    btree_set(1_i64..500, 0..5).prop_flat_map(|ends| {
        let prices = vec(0_i64..1_000, ends.len() + 1);
        (Just(ends.into_iter().collect()), prices)
    })
}

fn any_model() -> impl Strategy<Value = PriceModel> {
    prop_oneof![
        (0_i64..1_000, 1_i64..100).prop_map(|(price, per)| per_unit(price, per)),
        (0_i64..1_000, 1_i64..100).prop_map(|(price, size)| package(price, size)),
        (ends_and_prices(), 1_i64..100).prop_map(|((ends, prices), per)| graduated(per, &ends, &prices)),
        (ends_and_prices(), 1_i64..100).prop_map(|((ends, prices), per)| volume(per, &ends, &prices)),
    ]
}

/// The price of the n-th unit's tier.
fn price_of_unit(n: i64, ends: &[i64], prices: &[i64]) -> i64 {
    let tier = ends.iter().take_while(|end| n > **end).count();
    prices[tier]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    // Harm prevented: the line and its explanation tell two stories.
    #[test]
    fn the_parts_of_a_line_are_the_line(model in any_model(), included in 0_i64..300, measured in quantity()) {
        let rated = rated(&charge(included, model.clone()), measured).unwrap();
        let denominator = rated.billable.denominator();
        let over = |it: Quantity| it.numerator() * i128::from(denominator / it.denominator());
        let exact: i128 = rated.parts.iter().map(|it| over(it.quantity) * i128::from(it.price.minor)).sum();
        let divisor = i128::from(denominator) * i128::from(model.per());
        prop_assert_eq!(i128::from(rated.net.minor), round_half_even(exact, divisor));

        let sum: i128 = rated.parts.iter().map(|it| over(it.quantity)).sum();
        let spare = sum - over(rated.billable);
        match model {
            PriceModel::Package { size, .. } => {
                prop_assert!((0..i128::from(denominator) * i128::from(size)).contains(&spare));
            }
            PriceModel::PerUnit { .. } | PriceModel::Graduated { .. } | PriceModel::Volume { .. } => {
                prop_assert_eq!(spare, 0);
            }
        }
        let beyond = measured.numerator() - i128::from(included) * i128::from(measured.denominator());
        prop_assert_eq!(rated.billable, units(beyond.max(0), measured.denominator()));
    }

    // Harm prevented: somebody uses more and pays less. (With volume pricing that is meant to happen.)
    #[test]
    fn more_never_costs_less(model in any_model(), included in 0_i64..300, one in quantity(), other in quantity()) {
        prop_assume!(!matches!(model, PriceModel::Volume { .. }));
        let charge = charge(included, model);
        let (less, more) = (one.min(other), one.max(other));
        prop_assert!(cost(&charge, less) <= cost(&charge, more));
    }

    // Harm prevented: tiers that change nothing change the price.
    #[test]
    fn tiers_at_one_price_are_no_tiers(
        (ends, prices) in ends_and_prices(), price in 0_i64..1_000, per in 1_i64..100, measured in quantity(),
    ) {
        let all_the_same = vec![price; prices.len()];
        let expected = cost(&charge(0, per_unit(price, per)), measured);
        prop_assert_eq!(cost(&charge(0, graduated(per, &ends, &all_the_same)), measured), expected);
        prop_assert_eq!(cost(&charge(0, volume(per, &ends, &all_the_same)), measured), expected);
    }

    // Harm prevented: the first units cost something else than the first tier says.
    #[test]
    fn within_the_first_tier_graduated_and_volume_are_one(
        (ends, prices) in ends_and_prices(), per in 1_i64..100, measured in quantity(),
    ) {
        let within = ends.first().map_or(measured, |end| measured.at_most(*end));
        let graduated = cost(&charge(0, graduated(per, &ends, &prices)), within);
        prop_assert_eq!(graduated, cost(&charge(0, volume(per, &ends, &prices)), within));
        prop_assert_eq!(graduated, cost(&charge(0, per_unit(prices[0], per)), within));
    }

    // Harm prevented: a unit at the border of two tiers is charged in both, or in neither.
    #[test]
    fn unit_by_unit_it_is_the_same((ends, prices) in ends_and_prices(), per in 1_i64..100, whole in 0_i64..600) {
        let measured = units(i128::from(whole), 1);
        let each: i64 = (1..=whole).map(|n| price_of_unit(n, &ends, &prices)).sum();
        let all = (1..=whole).map(|_| price_of_unit(whole, &ends, &prices)).sum::<i64>();
        let rounded = |sum: i64| i64::try_from(round_half_even(i128::from(sum), i128::from(per))).unwrap();
        prop_assert_eq!(cost(&charge(0, graduated(per, &ends, &prices)), measured), rounded(each));
        prop_assert_eq!(cost(&charge(0, volume(per, &ends, &prices)), measured), rounded(all));
    }

    // Harm prevented: a full package is taken for one more than there is.
    #[test]
    fn full_packages_cost_what_their_units_cost(price in 0_i64..1_000, size in 1_i64..100, full in 0_i128..100) {
        let measured = units(full * i128::from(size), 1);
        let expected = cost(&charge(0, per_unit(price, size)), measured);
        prop_assert_eq!(cost(&charge(0, package(price, size)), measured), expected);
    }
}
