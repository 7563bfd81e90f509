//! An exact amount of units: a fraction that is never rounded before the price is.
//!
//! Does not know units. A weighted average of users over a cycle is so many user-seconds over the cycle's seconds.

use crate::money::round_half_even;
use std::cmp::Ordering;

/// So many units, none or more: a fraction in lowest terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Quantity {
    numerator: i128,
    denominator: i64,
}

/// A fraction that is no quantity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a quantity is not negative, and its denominator is at least 1")]
pub struct QuantityError;

impl Quantity {
    /// None.
    pub const ZERO: Self = Self { numerator: 0, denominator: 1 };

    /// `numerator / denominator` units. Fails below zero, and on a denominator below 1.
    pub fn new(numerator: i128, denominator: i64) -> Result<Self, QuantityError> {
        if numerator < 0 || denominator < 1 {
            return Err(QuantityError);
        }
        // The divisor of a positive i64 is one too, so this fits.
        let divisor = common_divisor(numerator, denominator);
        Ok(Self { numerator: numerator / i128::from(divisor), denominator: denominator / divisor })
    }

    /// `units` whole units. Fails below zero.
    pub fn whole(units: i64) -> Result<Self, QuantityError> {
        Self::new(i128::from(units), 1)
    }

    /// The numerator in lowest terms.
    #[must_use]
    pub const fn numerator(self) -> i128 {
        self.numerator
    }

    /// The denominator in lowest terms.
    #[must_use]
    pub const fn denominator(self) -> i64 {
        self.denominator
    }

    /// Whether it is nothing.
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.numerator == 0
    }

    /// The nearest whole number of units, half to even; `None` if it does not fit. To be shown, not to be charged.
    #[must_use]
    pub fn rounded(self) -> Option<i64> {
        i64::try_from(round_half_even(self.numerator, i128::from(self.denominator))).ok()
    }

    /// What lies beyond the first `units`; nothing if there are no more than these.
    #[must_use]
    pub fn beyond(self, units: i64) -> Self {
        let rest = self.numerator - i128::from(units.max(0)) * i128::from(self.denominator);
        if rest > 0 { Self { numerator: rest, ..self } } else { Self::ZERO }
    }

    /// The first `units` of it, or all of it if there are no more than these.
    #[must_use]
    pub fn at_most(self, units: i64) -> Self {
        self.min(Self { numerator: i128::from(units.max(0)), denominator: 1 })
    }

    /// How many packages of `size` units hold it; the last need not be full. `None` if the size is below 1.
    #[must_use]
    pub fn packages(self, size: i64) -> Option<i128> {
        let package = i128::from(self.denominator) * i128::from(size);
        let begun = |full: i128| if self.numerator % package > 0 { full + 1 } else { full };
        (size > 0).then(|| begun(self.numerator / package))
    }
}

impl Ord for Quantity {
    /// Whole units first, then what is left over crosswise: nothing can overflow.
    fn cmp(&self, other: &Self) -> Ordering {
        let (mine, theirs) = (i128::from(self.denominator), i128::from(other.denominator));
        let whole = (self.numerator / mine).cmp(&(other.numerator / theirs));
        whole.then_with(|| (self.numerator % mine * theirs).cmp(&(other.numerator % theirs * mine)))
    }
}

impl PartialOrd for Quantity {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Euclid's: the largest that divides both. `b` is positive, and so is the result.
fn common_divisor(a: i128, b: i64) -> i64 {
    let (mut larger, mut smaller) = (b, i64::try_from(a.rem_euclid(i128::from(b))).unwrap_or(0));
    while smaller != 0 {
        (larger, smaller) = (smaller, larger % smaller);
    }
    larger
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(numerator: i128, denominator: i64) -> Quantity {
        Quantity::new(numerator, denominator).unwrap()
    }

    // Harm prevented: the same quantity, measured in two ways, is not the same.
    #[test]
    fn fractions_are_compared_by_value() {
        assert_eq!(of(30, 12), of(5, 2));
        assert_eq!(of(0, 12), Quantity::ZERO);
        for (less, more) in [
            (of(1, 3), of(34, 100)),
            (of(33, 100), of(1, 3)),
            (of(7, 3), of(234, 100)),
            (of(2, 1), of(7, 3)),
            (of(i128::MAX, 3), of(i128::MAX, 2)),
            (of(i128::MAX - 1, i64::MAX), of(i128::MAX, i64::MAX)),
        ] {
            let place = format!("{less:?} and {more:?}");
            assert!(less < more, "{place}");
            assert_eq!((less.cmp(&more), more.cmp(&less)), (Ordering::Less, Ordering::Greater), "{place}");
            assert_eq!((less.cmp(&less), more.cmp(&more)), (Ordering::Equal, Ordering::Equal), "{place}");
        }
    }

    // Harm prevented: a negative measurement becomes a credit.
    #[test]
    fn there_is_no_quantity_below_zero() {
        assert_eq!(Quantity::new(-1, 2), Err(QuantityError));
        assert_eq!(Quantity::whole(-1), Err(QuantityError));
        assert_eq!(Quantity::new(1, 0), Err(QuantityError));
        assert_eq!(Quantity::new(1, -2), Err(QuantityError));
    }

    // Harm prevented: half a unit is lost at the border of two tiers.
    #[test]
    fn a_quantity_is_cut_at_whole_units() {
        let five_and_a_half = of(11, 2);
        assert_eq!(five_and_a_half.beyond(5), of(1, 2));
        assert_eq!(five_and_a_half.beyond(6), Quantity::ZERO);
        assert_eq!(five_and_a_half.at_most(5), of(5, 1));
        assert_eq!(five_and_a_half.at_most(6), five_and_a_half);
        assert_eq!(of(i128::MAX, 1).beyond(i64::MAX), of(i128::MAX - i128::from(i64::MAX), 1));
    }

    // Harm prevented: a package that is just full is charged as two.
    #[test]
    fn a_package_begun_is_a_package() {
        for (quantity, packages) in [(of(0, 1), 0), (of(1, 1_000), 1), (of(10, 1), 1), (of(10_001, 1_000), 2)] {
            assert_eq!(quantity.packages(10), Some(packages), "{quantity:?}");
        }
        assert_eq!(of(1, 1).packages(0), None);
    }

    // Harm prevented: an invoice shows another quantity than the nearest.
    #[test]
    fn what_is_shown_is_the_nearest_whole_unit() {
        for (quantity, units) in [(of(5, 2), 2), (of(7, 2), 4), (of(1, 3), 0), (of(2, 3), 1)] {
            assert_eq!(quantity.rounded(), Some(units), "{quantity:?}");
        }
        assert_eq!(of(i128::MAX, 1).rounded(), None);
    }
}
