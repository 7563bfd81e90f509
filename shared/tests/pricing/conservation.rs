//! Nothing of an amount is lost and nothing is added, however it is split, taxed, prorated or refunded.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;
use shared::billing::vat::{Taxed, Vat, refund_part};
use shared::money::{Currency, Money};

/// Small amounts, where rounding shows, and large ones.
fn amount() -> impl Strategy<Value = Money> {
    let minor = prop_oneof![-1_000_i64..1_000, -1_000_000_000_000_000_i64..1_000_000_000_000_000];
    minor.prop_map(|minor| Money::new(minor, Currency::Bdt))
}

fn vat() -> impl Strategy<Value = Vat> {
    (0_u32..=10_000, 0_u8..5).prop_map(|(basis_points, mode)| match mode {
        0 => Vat::None,
        1 | 2 => Vat::Exclusive { basis_points },
        3.. => Vat::Inclusive { basis_points },
    })
}

/// Of a whole: from none of it to all of it.
fn share() -> impl Strategy<Value = (i64, i64)> {
    (1_i64..10_000_000, 0_i64..=1_000).prop_map(|(whole, thousandths)| (whole * thousandths / 1_000, whole))
}

fn minor(amounts: &[Money]) -> i128 {
    amounts.iter().map(|it| i128::from(it.minor)).sum()
}

/// The shares are the amount, and each is less than one unit off its exact share.
fn split_conserves(amount: Money, weights: &[i64]) -> TestCaseResult {
    let shares = amount.split(weights).unwrap();
    prop_assert_eq!(minor(&shares), i128::from(amount.minor), "shares of {:?}", weights);
    prop_assert_eq!(Money::sum(amount.currency, shares.iter().copied()), Ok(amount));
    let total: i128 = weights.iter().map(|it| i128::from(*it)).sum();
    for (share, weight) in shares.iter().zip(weights) {
        let error = i128::from(share.minor) * total - i128::from(amount.minor) * i128::from(*weight);
        prop_assert!(error.abs() < total, "{share:?} for {weight} of {total}");
    }
    Ok(())
}

/// Net and tax are gross; one of the three is the amount; the tax is within a unit of its rate; the signs agree.
fn tax_conserves(amount: Money, vat: Vat) -> Result<Taxed, TestCaseError> {
    let taxed = vat.split(amount).unwrap();
    prop_assert_eq!(taxed.net.checked_add(taxed.tax), Ok(taxed.gross));
    match vat {
        Vat::None | Vat::Exclusive { .. } => prop_assert_eq!(taxed.net, amount),
        Vat::Inclusive { .. } => prop_assert_eq!(taxed.gross, amount),
    }
    let rate = i128::from(vat.basis_points());
    // Both modes: the tax is the rate's part of the net price, but for the rounding.
    let error = i128::from(taxed.tax.minor) * 10_000 - i128::from(taxed.net.minor) * rate;
    prop_assert!(error.abs() <= 10_000, "{taxed:?} at {rate}");
    prop_assert!(taxed.tax.minor == 0 || taxed.tax.minor.signum() == amount.minor.signum());
    let back = vat.split(amount.checked_neg().unwrap()).unwrap();
    prop_assert_eq!((back.net.minor, back.tax.minor), (-taxed.net.minor, -taxed.tax.minor));
    Ok(taxed)
}

/// A part and the rest are the whole, and neither is more than the whole.
fn proration_conserves(amount: Money, (part, whole): (i64, i64)) -> TestCaseResult {
    let used = amount.prorate(part, whole).unwrap();
    let rest = amount.checked_sub(used).unwrap();
    prop_assert_eq!(minor(&[used, rest]), i128::from(amount.minor));
    for it in [used, rest] {
        prop_assert!(it.minor.abs() <= amount.minor.abs() && it.minor.signum() * amount.minor.signum() >= 0);
    }
    let error = i128::from(rest.minor) * i128::from(whole) - i128::from(amount.minor) * i128::from(whole - part);
    prop_assert!(2 * error.abs() <= i128::from(whole), "the rest is as near as the part");
    Ok(())
}

/// Refunds of these thousandths of what is left, and then of the rest, take back the line: net price, tax and all.
fn refunds_conserve(line: Taxed, thousandths: &[i64]) -> TestCaseResult {
    let zero = Money::zero(line.gross.currency);
    let (mut net, mut tax, mut so_far) = (zero, zero, zero);
    for share in thousandths.iter().chain(&[1_000]) {
        let left = line.gross.checked_sub(so_far).unwrap();
        let gross =
            Money::new(i64::try_from(i128::from(left.minor) * i128::from(*share) / 1_000).unwrap(), left.currency);
        let part = refund_part(line, so_far, gross).unwrap();
        prop_assert_eq!(part.net.checked_add(part.tax), Ok(gross));
        prop_assert!(part.net.minor >= 0 && part.tax.minor >= 0, "{part:?} takes back what was never paid");
        net = net.checked_add(part.net).unwrap();
        tax = tax.checked_add(part.tax).unwrap();
        so_far = so_far.checked_add(gross).unwrap();
        // After each refund the tax taken back is the line's rate of it, to half a poisha.
        let error = i128::from(net.minor) * i128::from(line.gross.minor)
            - i128::from(line.net.minor) * i128::from(so_far.minor);
        prop_assert!(2 * error.abs() <= i128::from(line.gross.minor), "{net:?} in {so_far:?} of {line:?}");
    }
    prop_assert_eq!((net, tax, so_far), (line.net, line.tax, line.gross));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100_000))]

    // Harm prevented: a poisha appears or disappears between a price and its shares, taxes, prorations and refunds.
    #[test]
    fn every_poisha_is_conserved_over_a_hundred_thousand_cases(
        amount in amount(),
        weights in vec(0_i64..1_000, 1..6),
        share in share(),
        vat in vat(),
        thousandths in vec(0_i64..=1_000, 0..4),
    ) {
        if weights.iter().any(|weight| *weight > 0) {
            split_conserves(amount, &weights)?;
        }
        proration_conserves(amount, share)?;
        let line = tax_conserves(amount, vat)?;
        if amount.minor >= 0 {
            refunds_conserve(line, &thousandths)?;
        }
    }
}

proptest! {
    // Harm prevented: the first of several prorations of a cycle takes the rounding of all of them.
    #[test]
    fn prorations_up_to_rising_instants_add_up(amount in amount(), mut marks in vec(0_i64..=2_592_000, 0..8)) {
        marks.extend([0, 2_592_000]);
        marks.sort_unstable();
        let up_to = |mark: &i64| amount.prorate(*mark, 2_592_000).unwrap();
        let pieces: Vec<_> = marks.windows(2).map(|it| up_to(&it[1]).checked_sub(up_to(&it[0])).unwrap()).collect();
        prop_assert_eq!(minor(&pieces), i128::from(amount.minor));
    }
}
