//! One amount among several, so that nothing of it is lost and nothing is added.
//!
//! Does not know what the shares are for. The method is that of the largest remainder: everybody gets the whole units
//! of an exact share, and the units that are left go to those who were cut off the most, the earlier one in a tie.

use super::{Money, MoneyError};
use std::cmp::Reverse;

impl Money {
    /// Shares in proportion to `weights`, in their order. They add up to `self` exactly, each is less than one minor unit
    /// off its exact share, and a weight of 0 gets nothing. Negative amounts are split as positive ones are. Fails if a
    /// weight is negative or all are 0.
    pub fn split(self, weights: &[i64]) -> Result<Vec<Self>, MoneyError> {
        let total: i128 = weights.iter().copied().map(i128::from).sum();
        if total == 0 || weights.iter().any(|weight| *weight < 0) {
            return Err(MoneyError::Weights);
        }
        let whole = i128::from(self.minor).abs();
        let exact = |weight: &i64| whole * i128::from(*weight);
        let mut shares: Vec<i128> = weights.iter().map(|weight| exact(weight) / total).collect();
        let mut left = whole - shares.iter().sum::<i128>();
        let mut cut: Vec<(usize, i128)> = weights.iter().map(|weight| exact(weight) % total).enumerate().collect();
        // A stable sort: of equal remainders the earlier comes first.
        cut.sort_by_key(|(_, remainder)| Reverse(*remainder));
        for (position, _) in cut {
            if left == 0 {
                break;
            }
            if let Some(share) = shares.get_mut(position) {
                *share += 1;
                left -= 1;
            }
        }
        let signed = |share: i128| share * i128::from(self.minor.signum());
        let fits = |share| i64::try_from(signed(share)).map_err(|_| MoneyError::Overflow);
        shares.into_iter().map(|share| Ok(Self { minor: fits(share)?, ..self })).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::Currency;

    fn split(minor: i64, weights: &[i64]) -> Result<Vec<i64>, MoneyError> {
        let shares = Money::new(minor, Currency::Bdt).split(weights)?;
        Ok(shares.into_iter().map(|share| share.minor).collect())
    }

    // Harm prevented: a poisha disappears, or appears, between an invoice and its lines.
    #[test]
    fn what_is_left_goes_to_the_largest_remainders_and_of_equal_ones_to_the_earlier() {
        for (minor, weights, shares) in [
            (100, &[1, 1, 1][..], &[34, 33, 33][..]),
            (101, &[1, 1, 1], &[34, 34, 33]),
            (100, &[1, 2, 4], &[14, 29, 57]),
            (10, &[5, 3, 2], &[5, 3, 2]),
            (1, &[1, 0, 9], &[0, 0, 1]),
            (1, &[0, 1, 1], &[0, 1, 0]),
            (0, &[3, 4], &[0, 0]),
            (7, &[1], &[7]),
            (-100, &[1, 1, 1], &[-34, -33, -33]),
            (i64::MIN, &[0, i64::MAX], &[0, i64::MIN]),
            (i64::MAX, &[i64::MAX, i64::MAX], &[i64::MAX / 2 + 1, i64::MAX / 2]),
        ] {
            assert_eq!(split(minor, weights), Ok(shares.to_vec()), "{minor} by {weights:?}");
        }
    }

    // Harm prevented: an amount is split among nobody, and is gone.
    #[test]
    fn there_must_be_something_to_split_by() {
        for weights in [&[][..], &[0, 0], &[2, -1], &[1, -1]] {
            assert_eq!(split(100, weights), Err(MoneyError::Weights), "{weights:?}");
        }
    }
}
