//! What things cost, by the auditor's own arithmetic: in whole numbers, each line rounded once, halves to the even side.

use super::rules::Rules;
use shared::billing::gauge::{STORAGE_BYTES_MAX, USERS_MAX};
use shared::billing::rating::{Aggregation, Meter, PriceModel};
use shared::billing::vat::Vat;

/// An amount without VAT, its VAT, and both, in minor units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Sum {
    pub(crate) net: i64,
    pub(crate) tax: i64,
    pub(crate) gross: i64,
}

/// What was measured over a stretch, if anything was: users, bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Measured {
    pub(crate) from: i64,
    pub(crate) to: i64,
    pub(crate) users: Option<i64>,
    pub(crate) bytes: Option<i64>,
}

/// `n / d` to the nearest whole number; neither is negative.
pub(crate) fn rounded(n: i128, d: i128) -> i64 {
    let (whole, rest) = (n / d, n % d);
    let up = rest > d - rest || (rest == d - rest && whole % 2 == 1);
    i64::try_from(whole + i128::from(up)).expect("an amount")
}

/// An amount as a plan states it, with and without its VAT.
pub(crate) fn taxed(vat: Vat, amount: i64) -> Sum {
    match vat {
        Vat::None => Sum { net: amount, tax: 0, gross: amount },
        Vat::Exclusive { basis_points } => {
            let tax = rounded(i128::from(amount) * i128::from(basis_points), 10_000);
            Sum { net: amount, tax, gross: amount + tax }
        }
        Vat::Inclusive { basis_points } => {
            let net = rounded(i128::from(amount) * 10_000, 10_000 + i128::from(basis_points));
            Sum { net, tax: amount - net, gross: amount }
        }
    }
}

/// What a cycle costs beyond its price that lasted from `start` to `end`: overage, then the plan's charges; what comes to
/// nothing is left out.
pub(crate) fn beyond_the_price(
    rules: &Rules,
    (start, end): (i64, i64),
    used: i64,
    overage: i64,
    measured: &[Measured],
) -> Vec<Sum> {
    let extra = rules.overage.map(|price| rounded(i128::from(overage) * i128::from(price), 3_600));
    let inside: Vec<Measured> = measured
        .iter()
        .map(|it| Measured { from: it.from.max(start), to: it.to.min(end), ..*it })
        .filter(|it| it.from < it.to)
        .collect();
    let charged = rules.charges.iter().map(|charge| {
        let gauge = |pick: fn(&Measured) -> Option<i64>, most: i64| -> (i128, i128) {
            let samples = inside.iter().filter_map(|it| Some((i128::from(pick(it)?.clamp(0, most)), it.to - it.from)));
            match charge.aggregation {
                Aggregation::Peak | Aggregation::Sum => (samples.map(|it| it.0).max().unwrap_or(0), 1),
                Aggregation::TimeWeightedAverage => {
                    let held = samples.map(|(sample, seconds)| sample * i128::from(seconds)).sum();
                    (held, i128::from(end - start).max(1))
                }
            }
        };
        let (n, d) = match charge.meter {
            Meter::ActiveSeconds => (i128::from(used + overage), 1),
            Meter::Users => gauge(|it| it.users, USERS_MAX),
            Meter::StorageBytes => gauge(|it| it.bytes, STORAGE_BYTES_MAX),
        };
        let rest = (n - i128::from(charge.included) * d).max(0);
        match &charge.price {
            PriceModel::PerUnit { price, per } => rounded(rest * i128::from(price.minor), d * i128::from(*per)),
            PriceModel::Package { price, size } => {
                let package = d * i128::from(*size);
                let begun = (rest + package - 1) / package;
                i64::try_from(begun * i128::from(price.minor)).expect("an amount")
            }
            PriceModel::Graduated { .. } | PriceModel::Volume { .. } => unreachable!("no plan here has tiers"),
        }
    });
    let sums = extra.into_iter().chain(charged).map(|amount| taxed(rules.vat, amount));
    sums.filter(|sum| sum.gross != 0).collect()
}

#[test]
fn halves_go_to_the_even_side() {
    assert_eq!([1, 3, 5, 7].map(|n| rounded(n, 2)), [0, 2, 2, 4]);
    assert_eq!(
        taxed(Vat::Inclusive { basis_points: 1_500 }, 250_000),
        Sum { net: 217_391, tax: 32_609, gross: 250_000 }
    );
}
