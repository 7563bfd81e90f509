//! How much of an order does the account's credit pay? Credit comes first; a charge pays what is left.
//!
//! Knows no ledger: what is available is told.

use crate::money::{Money, MoneyError};

/// How an order is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Split {
    /// By credit.
    pub credit: Money,
    /// By a charge at the gateway.
    pub charge: Money,
}

/// Splits what is `due`, of which `available` could be paid by credit. No gateway charges less than `least_charge`: where
/// less than that would be left, so much less credit is used. All three are of one currency.
pub fn split(due: Money, available: Money, least_charge: Money) -> Result<Split, MoneyError> {
    let nothing = Money::zero(due.currency);
    let credit = if available.minor <= 0 { nothing } else { smaller(due, available)? };
    let charge = due.checked_sub(credit)?;
    let short = least_charge.checked_sub(charge)?;
    if charge.minor <= 0 || short.minor <= 0 {
        return Ok(Split { credit, charge });
    }
    // An order that is smaller than the least charge is charged as it is: the gateway says no, if it must.
    let credit = larger(credit.checked_sub(short)?, nothing)?;
    Ok(Split { credit, charge: due.checked_sub(credit)? })
}

fn smaller(a: Money, b: Money) -> Result<Money, MoneyError> {
    Ok(if a.checked_sub(b)?.minor <= 0 { a } else { b })
}

fn larger(a: Money, b: Money) -> Result<Money, MoneyError> {
    Ok(if a.checked_sub(b)?.minor >= 0 { a } else { b })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::Currency::{Bdt, Usd};

    fn paid(due: i64, available: i64, least: i64) -> (i64, i64) {
        let [due, available, least] = [due, available, least].map(|minor| Money::new(minor, Bdt));
        let split = split(due, available, least).unwrap();
        assert_eq!(split.credit.checked_add(split.charge), Ok(due));
        (split.credit.minor, split.charge.minor)
    }

    // Harm prevented: a customer with credit is charged in full, or credit is used that is not there.
    #[test]
    fn credit_comes_first() {
        assert_eq!(paid(250_000, 0, 1_000), (0, 250_000));
        assert_eq!(paid(250_000, -5, 1_000), (0, 250_000));
        assert_eq!(paid(250_000, 100_000, 1_000), (100_000, 150_000));
        assert_eq!(paid(250_000, 250_000, 1_000), (250_000, 0));
        assert_eq!(paid(250_000, 900_000, 1_000), (250_000, 0));
        assert_eq!(paid(0, 900_000, 1_000), (0, 0));
    }

    // Harm prevented: two taka are left to pay, the gateway takes no less than ten, and the panel can't be renewed at all.
    #[test]
    fn what_is_left_is_never_too_little_for_the_gateway() {
        assert_eq!(paid(250_000, 249_800, 1_000), (249_000, 1_000));
        assert_eq!(paid(250_000, 249_000, 1_000), (249_000, 1_000));
        assert_eq!(paid(250_000, 249_001, 1_000), (249_000, 1_000));
        assert_eq!(paid(250_000, 248_999, 1_000), (248_999, 1_001));
        assert_eq!(paid(500, 100, 1_000), (0, 500));
        assert_eq!(paid(500, 500, 1_000), (500, 0));
    }

    #[test]
    fn currencies_are_not_mixed() {
        assert!(split(Money::new(1, Bdt), Money::new(1, Usd), Money::new(0, Bdt)).is_err());
        assert!(split(Money::new(1, Bdt), Money::new(0, Bdt), Money::new(0, Usd)).is_err());
    }
}
