//! Value added tax: a setting of the plan, applied once per line; and how much of it a refund takes back.
//!
//! Does not know what a line is for, nor how refunds are paid.

mod refund;

pub use refund::{RefundError, refund_part};

use crate::money::{Money, MoneyError};
use serde::{Deserialize, Serialize};

/// How prices of a plan relate to VAT. Rates are in hundredths of a percent: 1500 is 15 %.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(tag = "mode", rename_all = "snake_case", deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Vat {
    /// None is charged.
    #[default]
    None,
    /// It comes on top of the prices.
    Exclusive {
        /// The rate.
        basis_points: u32,
    },
    /// The prices contain it.
    Inclusive {
        /// The rate.
        basis_points: u32,
    },
}

/// An amount with its tax: `net` and `tax` are `gross`, exactly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Taxed {
    /// Without VAT.
    pub net: Money,
    /// The VAT.
    pub tax: Money,
    /// With VAT.
    pub gross: Money,
}

/// A rate above 100 %.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {rule}")]
pub struct VatError {
    /// The field at fault.
    pub field: &'static str,
    /// The rule that it breaks.
    pub rule: &'static str,
}

/// 100 % in hundredths of a percent.
const WHOLE: u32 = 10_000;

impl Vat {
    /// The rate in hundredths of a percent; 0 if none is charged.
    #[must_use]
    pub const fn basis_points(self) -> u32 {
        match self {
            Self::None => 0,
            Self::Exclusive { basis_points } | Self::Inclusive { basis_points } => basis_points,
        }
    }

    /// Refuses rates above 100 %.
    pub const fn check(self) -> Result<(), VatError> {
        if self.basis_points() > WHOLE {
            return Err(VatError { field: "basis_points", rule: "must be at most 10000, which is 100 %" });
        }
        Ok(())
    }

    /// What a line of this amount is without VAT, its VAT, and both. One rounding, half to even: of the tax where it
    /// comes on top, of the net price where it is contained. A negative amount has the same tax, negative.
    pub fn split(self, amount: Money) -> Result<Taxed, MoneyError> {
        match self {
            Self::None => Ok(Taxed { net: amount, tax: Money::zero(amount.currency), gross: amount }),
            Self::Exclusive { basis_points } => {
                let tax = amount.prorate(i64::from(basis_points), i64::from(WHOLE))?;
                Ok(Taxed { net: amount, tax, gross: amount.checked_add(tax)? })
            }
            Self::Inclusive { basis_points } => {
                let net = amount.prorate(i64::from(WHOLE), i64::from(WHOLE) + i64::from(basis_points))?;
                Ok(Taxed { net, tax: amount.checked_sub(net)?, gross: amount })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::Currency;

    fn bdt(minor: i64) -> Money {
        Money::new(minor, Currency::Bdt)
    }

    // Harm prevented: the tax on an invoice is a poisha off, and the office sends it back.
    #[test]
    fn tax_is_rounded_once_half_to_even_and_the_sum_is_exact() {
        let (on_top, contained) = (|bp| Vat::Exclusive { basis_points: bp }, |bp| Vat::Inclusive { basis_points: bp });
        for (vat, amount, net, tax, gross) in [
            (Vat::None, 250_000, 250_000, 0, 250_000),
            (on_top(1_500), 250_000, 250_000, 37_500, 287_500),
            (on_top(1_500), 10, 10, 2, 12), // 1.5 is 2
            (on_top(500), 10, 10, 0, 10),   // 0.5 is 0
            (on_top(500), 50, 50, 2, 52),   // 2.5 is 2
            (on_top(500), 70, 70, 4, 74),   // 3.5 is 4
            (on_top(0), 99, 99, 0, 99),
            (on_top(10_000), 99, 99, 99, 198),
            (contained(1_500), 287_500, 250_000, 37_500, 287_500),
            (contained(1_500), 250_000, 217_391, 32_609, 250_000), // 217391.30 without
            (contained(1_500), 1, 1, 0, 1),
            (contained(10_000), 1, 0, 1, 1), // 0.5 without is 0
            (contained(10_000), 3, 2, 1, 3), // 1.5 without is 2
            (contained(0), 99, 99, 0, 99),
        ] {
            let expected = Taxed { net: bdt(net), tax: bdt(tax), gross: bdt(gross) };
            assert_eq!(vat.split(bdt(amount)), Ok(expected), "{vat:?} of {amount}");
            let back = Taxed { net: bdt(-net), tax: bdt(-tax), gross: bdt(-gross) };
            assert_eq!(vat.split(bdt(-amount)), Ok(back), "{vat:?} of -{amount}");
        }
    }

    // Harm prevented: a huge amount wraps round and its tax is negative.
    #[test]
    fn a_tax_that_does_not_fit_is_refused() {
        assert_eq!(Vat::Exclusive { basis_points: 1 }.split(bdt(i64::MAX)), Err(MoneyError::Overflow));
        assert_eq!(Vat::Inclusive { basis_points: 1 }.split(bdt(i64::MAX)).map(|it| it.gross), Ok(bdt(i64::MAX)));
    }

    // Harm prevented: 15 is typed as 150000, and a plan is sold at sixteen times its price.
    #[test]
    fn a_rate_is_at_most_a_hundred_percent() {
        for basis_points in [0, 1, 1_500, 10_000] {
            assert_eq!(Vat::Exclusive { basis_points }.check(), Ok(()));
            assert_eq!(Vat::Inclusive { basis_points }.check(), Ok(()));
        }
        for vat in [Vat::Exclusive { basis_points: 10_001 }, Vat::Inclusive { basis_points: u32::MAX }] {
            assert_eq!(vat.check().map_err(|it| it.field), Err("basis_points"));
        }
        assert_eq!(Vat::None.check(), Ok(()));
    }
}
