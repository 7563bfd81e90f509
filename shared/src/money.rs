//! Money: signed whole minor units (poisha, cents) and a currency. Never a float, never a rounded decimal.
//!
//! This module does not know prices or taxes; it only keeps sums exact and refuses what would overflow.

mod split;

use serde::{Deserialize, Serialize};

/// The currencies that the gateway takes. All of them have two decimal places.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Currency {
    /// Bangladeshi taka.
    Bdt,
    /// United States dollar.
    Usd,
    /// Euro.
    Eur,
    /// Singapore dollar.
    Sgd,
    /// Indian rupee.
    Inr,
    /// Malaysian ringgit.
    Myr,
}

impl Currency {
    /// Every currency there is, for tests and for parsing.
    pub const ALL: [Self; 6] = [Self::Bdt, Self::Usd, Self::Eur, Self::Sgd, Self::Inr, Self::Myr];

    /// The ISO 4217 code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Bdt => "BDT",
            Self::Usd => "USD",
            Self::Eur => "EUR",
            Self::Sgd => "SGD",
            Self::Inr => "INR",
            Self::Myr => "MYR",
        }
    }

    /// The currency of an ISO 4217 code, in capitals.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|currency| currency.code() == code)
    }
}

/// An amount of one currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Money {
    /// Whole minor units: 250000 is 2,500.00 taka.
    #[cfg_attr(feature = "openapi", schema(examples(250_000)))]
    pub minor: i64,
    /// Of what.
    pub currency: Currency,
}

/// Why a sum was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// Two different currencies cannot be added.
    #[error("cannot combine {} with {}", .0.code(), .1.code())]
    Currencies(Currency, Currency),
    /// The result does not fit in 64 bits.
    #[error("the amount is too large")]
    Overflow,
    /// There is nothing to split by.
    #[error("the weights must not be negative, and not all of them zero")]
    Weights,
    /// A charge that contradicts itself prices nothing.
    #[error("the charge contradicts itself")]
    Charge,
    /// Not a decimal with at most two places.
    #[error("expected an amount like 1234.50")]
    Unreadable,
}

impl Money {
    /// An amount in minor units.
    #[must_use]
    pub const fn new(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// Nothing, of a currency.
    #[must_use]
    pub const fn zero(currency: Currency) -> Self {
        Self::new(0, currency)
    }

    /// The sum. Fails on different currencies and on overflow.
    pub fn checked_add(self, other: Self) -> Result<Self, MoneyError> {
        if self.currency != other.currency {
            return Err(MoneyError::Currencies(self.currency, other.currency));
        }
        let minor = self.minor.checked_add(other.minor).ok_or(MoneyError::Overflow)?;
        Ok(Self { minor, ..self })
    }

    /// What is left when `other` is taken away; may be negative. Fails on different currencies and on overflow.
    pub fn checked_sub(self, other: Self) -> Result<Self, MoneyError> {
        if self.currency != other.currency {
            return Err(MoneyError::Currencies(self.currency, other.currency));
        }
        let minor = self.minor.checked_sub(other.minor).ok_or(MoneyError::Overflow)?;
        Ok(Self { minor, ..self })
    }

    /// As much in the other direction. Fails on overflow.
    pub fn checked_neg(self) -> Result<Self, MoneyError> {
        let minor = self.minor.checked_neg().ok_or(MoneyError::Overflow)?;
        Ok(Self { minor, ..self })
    }

    /// All of them together, nothing if there are none. Fails if one is of another currency, and on overflow.
    pub fn sum(currency: Currency, amounts: impl IntoIterator<Item = Self>) -> Result<Self, MoneyError> {
        amounts.into_iter().try_fold(Self::zero(currency), Self::checked_add)
    }

    /// `self × numerator / denominator`, rounded once, half to even. Fails on overflow and on a denominator below 1.
    pub fn prorate(self, numerator: i64, denominator: i64) -> Result<Self, MoneyError> {
        if denominator < 1 {
            return Err(MoneyError::Overflow);
        }
        let product = i128::from(self.minor) * i128::from(numerator);
        let minor =
            i64::try_from(round_half_even(product, i128::from(denominator))).map_err(|_| MoneyError::Overflow)?;
        Ok(Self { minor, ..self })
    }

    /// Major units with two places and no grouping, as gateways write it: `2500.00`.
    #[must_use]
    pub fn to_decimal(self) -> String {
        let sign = if self.minor < 0 { "-" } else { "" };
        let minor = self.minor.unsigned_abs();
        format!("{sign}{}.{:02}", minor / 100, minor % 100)
    }

    /// Reads major units exactly: `69`, `292.5` and `100.00` are fine, `1.005`, `1e3` and ` 1` are not.
    pub fn from_decimal(text: &str, currency: Currency) -> Result<Self, MoneyError> {
        let (negative, digits) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
        let decimal = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        if !decimal(whole) || !decimal(fraction) || fraction.len() > 2 {
            return Err(MoneyError::Unreadable);
        }
        let whole: i64 = whole.parse().map_err(|_| MoneyError::Overflow)?;
        let padded: i64 = format!("{fraction:0<2}").parse().map_err(|_| MoneyError::Unreadable)?;
        let minor = whole.checked_mul(100).and_then(|w| w.checked_add(padded)).ok_or(MoneyError::Overflow)?;
        Ok(Self { minor: if negative { -minor } else { minor }, currency })
    }
}

/// The one rounding function of Hourglass: `numerator / denominator` to the nearest whole, ties to the even one.
/// The denominator must be positive.
#[must_use]
pub const fn round_half_even(numerator: i128, denominator: i128) -> i128 {
    let floor = numerator.div_euclid(denominator);
    let twice = 2 * numerator.rem_euclid(denominator);
    let tie_goes_up = floor % 2 != 0;
    if twice > denominator || (twice == denominator && tie_goes_up) { floor + 1 } else { floor }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn ties_go_to_the_even_neighbour() {
        let halves: Vec<i128> = [-5, -3, -1, 1, 3, 5, 7].into_iter().map(|n| round_half_even(n, 2)).collect();
        assert_eq!(halves, [-2, -2, 0, 0, 2, 2, 4]);
    }

    #[test]
    fn gateway_amounts_are_read_exactly_or_refused() {
        for (text, minor) in [("69", 6_900), ("292.5", 29_250), ("100.00", 10_000), ("0.98", 98), ("-1.05", -105)] {
            assert_eq!(Money::from_decimal(text, Currency::Bdt), Ok(Money::new(minor, Currency::Bdt)));
        }
        for text in ["", ".5", "5.", "1.005", "1e3", " 1", "1,000", "+1", "--1", "NaN", "99999999999999999999"] {
            assert!(Money::from_decimal(text, Currency::Bdt).is_err(), "{text} was taken for money");
        }
    }

    // Harm prevented: taka and dollars are added up, or a sum wraps round and becomes a debt.
    #[test]
    fn sums_and_differences_are_exact_or_refused() {
        let (bdt, usd) = (|minor| Money::new(minor, Currency::Bdt), Money::new(1, Currency::Usd));
        let mixed = Err(MoneyError::Currencies(Currency::Bdt, Currency::Usd));
        assert_eq!(bdt(5).checked_sub(bdt(7)), Ok(bdt(-2)));
        assert_eq!(bdt(5).checked_sub(usd), mixed);
        assert_eq!(bdt(i64::MIN).checked_sub(bdt(1)), Err(MoneyError::Overflow));
        assert_eq!(bdt(5).checked_neg(), Ok(bdt(-5)));
        assert_eq!(bdt(i64::MIN).checked_neg(), Err(MoneyError::Overflow));
        assert_eq!(Money::sum(Currency::Bdt, [bdt(5), bdt(7), bdt(-2)]), Ok(bdt(10)));
        assert_eq!(Money::sum(Currency::Bdt, []), Ok(Money::zero(Currency::Bdt)));
        assert_eq!(Money::sum(Currency::Bdt, [bdt(5), usd]), mixed);
        assert_eq!(Money::sum(Currency::Bdt, [bdt(i64::MAX), bdt(1)]), Err(MoneyError::Overflow));
    }

    // Harm prevented: money of one currency is stored, sent or asked for as another, or cannot be read again.
    #[test]
    fn every_currency_has_one_code_on_the_wire_in_the_store_and_at_the_gateway() {
        for (currency, code) in Currency::ALL.into_iter().zip(["BDT", "USD", "EUR", "SGD", "INR", "MYR"]) {
            assert_eq!(currency.code(), code);
            assert_eq!(Currency::from_code(code), Some(currency));
            assert_eq!(serde_json::to_value(currency).unwrap(), code);
        }
        for unknown in ["", "bdt", "BDT ", "XXX"] {
            assert_eq!(Currency::from_code(unknown), None, "{unknown} was taken for a currency");
        }
    }

    // Harm prevented: the gateway is asked for a hundred times as much, for less than nothing, or for "-0.00".
    #[test]
    fn amounts_are_written_as_the_gateway_reads_them() {
        for (minor, text) in [
            (0, "0.00"),
            (5, "0.05"),
            (-5, "-0.05"),
            (-105, "-1.05"),
            (250_000, "2500.00"),
            (i64::MIN, "-92233720368547758.08"),
        ] {
            assert_eq!(Money::new(minor, Currency::Bdt).to_decimal(), text);
        }
    }

    proptest! {
        #[test]
        fn decimal_text_round_trips(minor in -9_000_000_000_000_000_i64..9_000_000_000_000_000) {
            let money = Money::new(minor, Currency::Bdt);
            prop_assert_eq!(Money::from_decimal(&money.to_decimal(), Currency::Bdt), Ok(money));
        }

        #[test]
        fn proration_never_strays_more_than_half_a_unit(minor in any::<i32>(), n in 0_i64..10_000, d in 1_i64..10_000) {
            let got = i128::from(Money::new(i64::from(minor), Currency::Bdt).prorate(n, d).unwrap().minor);
            let error = (got * i128::from(d) - i128::from(minor) * i128::from(n)).abs();
            prop_assert!(2 * error <= i128::from(d));
        }
    }
}
