//! What a price becomes: in taka, after the gateway's charge, and as text. Knows no sessions.

use shared::money::{Currency, Money, round_half_even};

/// Taka per unit of a currency, in ten-thousandths. Fixed, so that rehearsals repeat.
fn rate(currency: Currency) -> i64 {
    match currency {
        Currency::Bdt => 10_000,
        Currency::Usd => 1_225_000,
        Currency::Eur => 1_420_000,
        Currency::Sgd => 940_000,
        Currency::Inr => 13_800,
        Currency::Myr => 295_000,
    }
}

/// The rate as the gateway reports it.
pub(super) fn rate_text(currency: Currency) -> String {
    format!("{}.{:04}", rate(currency) / 10_000, rate(currency) % 10_000)
}

/// What is charged for a price, in taka. How the real gateway rounds is not published.
pub(super) fn converted(requested: Money) -> Money {
    let minor = round_half_even(i128::from(requested.minor) * i128::from(rate(requested.currency)), 10_000);
    Money::new(i64::try_from(minor).unwrap_or(i64::MAX), Currency::Bdt)
}

/// What the store receives: 2.5 % less, rounded half up, as seen on the real system.
pub(super) fn after_fee(charged: Money) -> Money {
    let minor = (i128::from(charged.minor) * 975 + 500).div_euclid(1_000);
    Money::new(i64::try_from(minor).unwrap_or(i64::MAX), Currency::Bdt)
}

/// An amount as posted: two places, or without the zeros at its end. Both were seen.
pub(super) fn text(amount: Money, trimmed: bool) -> String {
    let full = amount.to_decimal();
    if trimmed { full.trim_end_matches('0').trim_end_matches('.').to_owned() } else { full }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn taka(minor: i64) -> Money {
        Money::new(minor, Currency::Bdt)
    }

    // Harm prevented: a shop is rehearsed with fees that no real statement will show.
    #[test]
    fn the_store_receives_what_real_stores_were_seen_to_receive() {
        for (charged, received) in [(1_000, 975), (100, 98), (6_900, 6_728), (10_000, 9_750), (30_000, 29_250)] {
            assert_eq!(after_fee(taka(charged)).minor, received);
        }
    }

    // Harm prevented: a shop compares amounts as texts, and the first odd text of the real gateway holds a payment up.
    #[test]
    fn trimmed_texts_are_those_that_were_seen() {
        for (minor, seen) in [(6_900, "69"), (29_250, "292.5"), (13_455_400, "134554"), (98, "0.98"), (10_000, "100")] {
            assert_eq!(text(taka(minor), true), seen);
        }
        assert_eq!(text(taka(10_000), false), "100.00");
    }
}
