//! How figures are written: digits, lakh grouping, money, hours, bytes, and (in [`calendar`]) dates.
//!
//! The browser's `Intl` is not used: it disagrees with local practice in both languages. What is also written on invoices
//! and in mails is done by `shared::wording`; here it only gets the page's language, and the digits that were chosen: pages
//! write no figure past this room. Machine text (domains, references) never passes through here: it keeps Latin digits.

pub mod calendar;

use crate::i18n::Lang;
use shared::api::invoices::{LineWhat, Unit, UnitPrice};
use shared::money::{Currency, Money};
use shared::time::{DAY, HOUR};
pub use shared::wording::amounts::NBSP;
use shared::wording::{amounts, invoice};
use std::sync::atomic::{AtomicBool, Ordering};

/// Whether Bangla is written with Latin digits: a choice of the device, the same for every figure on the page.
static LATIN_DIGITS: AtomicBool = AtomicBool::new(false);

/// From now on, figures in Bangla have Latin digits, or their own.
pub fn write_latin_digits(latin: bool) {
    LATIN_DIGITS.store(latin, Ordering::Relaxed);
}

/// A fixed text with its digits as chosen. It holds nothing that anybody typed, but for a plan's name on a line of an order.
#[must_use]
pub fn fixed(text: &str) -> String {
    let latin = |c: char| match c {
        '০'..='৯' => char::from_digit(u32::from(c) - u32::from('০'), 10).unwrap_or(c),
        other => other,
    };
    if LATIN_DIGITS.load(Ordering::Relaxed) { text.chars().map(latin).collect() } else { text.to_owned() }
}

/// `text` with its digits in the language's own script.
#[must_use]
pub fn digits(lang: Lang, text: &str) -> String {
    fixed(&amounts::digits(lang.into(), text))
}

/// A whole number, grouped the Bangladeshi way: `1,25,000`.
#[must_use]
pub fn whole(lang: Lang, number: i64) -> String {
    fixed(&amounts::whole(lang.into(), number))
}

/// An amount: minus, sign, a space that does not break, lakh grouping for taka and rupee, always two decimals.
#[must_use]
pub fn money(lang: Lang, amount: Money) -> String {
    fixed(&amounts::money(lang.into(), amount))
}

/// A rate in hundredths of a percent: 750 is `7.5%`.
#[must_use]
pub fn rate(lang: Lang, basis_points: u32) -> String {
    fixed(&amounts::rate(lang.into(), basis_points))
}

/// How much a line of an order is about: `12 h 30 min`, `14 users`.
#[must_use]
pub fn quantity(lang: Lang, count: i64, unit: Unit) -> String {
    fixed(&invoice::quantity(count, unit, lang.into()))
}

/// What a unit costs: `৳ 10.00 / h`.
#[must_use]
pub fn unit_price(lang: Lang, price: &UnitPrice, unit: Unit) -> String {
    fixed(&invoice::unit_price(price, unit, lang.into()))
}

/// What a line is about: `Standard: billing cycle 3 (30 days, 360 hours included)`.
#[must_use]
pub fn line(lang: Lang, what: &LineWhat) -> String {
    fixed(&invoice::line(what, lang.into()))
}

/// An amount as a person types it, in either script, with or without commas.
#[must_use]
pub fn typed_amount(typed: &str, currency: Currency) -> Option<Money> {
    let plain = |c: char| match c {
        '০'..='৯' => char::from_digit(u32::from(c) - u32::from('০'), 10),
        ',' | ' ' | '৳' | '\u{a0}' => None,
        other => Some(other),
    };
    Money::from_decimal(&typed.chars().filter_map(plain).collect::<String>(), currency).ok()
}

/// Whole hours that are full, without a unit: what a customer has used.
#[must_use]
pub fn hours_full(lang: Lang, seconds: i64) -> String {
    whole(lang, seconds.max(0) / HOUR)
}

/// What is left, so that it adds up with [`hours_full`]: `218 hours`, and minutes in the last hour.
#[must_use]
pub fn hours_left(lang: Lang, seconds: i64) -> String {
    let seconds = seconds.max(0);
    if seconds > 0 && seconds < HOUR {
        return counted(lang, (seconds + 59) / 60, Lang::span_minute, Lang::span_minutes);
    }
    counted(lang, (seconds + HOUR - 1) / HOUR, Lang::span_hour, Lang::span_hours)
}

/// A stretch exactly, without parts that are zero: `12 h 30 min`, `5 s`.
#[must_use]
pub fn duration(lang: Lang, seconds: i64) -> String {
    fixed(&amounts::duration(lang.into(), seconds))
}

/// Hours and minutes, zero or not: `142 h 25 min`.
#[must_use]
pub fn hours_minutes(lang: Lang, seconds: i64) -> String {
    let seconds = seconds.max(0);
    lang.hours_minutes(&whole(lang, seconds / HOUR), &whole(lang, seconds % HOUR / 60))
}

/// A stretch in its largest whole unit: days, else hours, else minutes.
#[must_use]
pub fn stretch(lang: Lang, seconds: i64) -> String {
    let seconds = seconds.max(0);
    if seconds >= DAY {
        counted(lang, seconds / DAY, Lang::span_day, Lang::span_days)
    } else if seconds >= HOUR {
        counted(lang, seconds / HOUR, Lang::span_hour, Lang::span_hours)
    } else {
        counted(lang, (seconds / 60).max(1), Lang::span_minute, Lang::span_minutes)
    }
}

/// The text for one, or the text for `count`.
pub fn counted(lang: Lang, count: i64, one: fn(Lang) -> &'static str, many: fn(Lang, &str) -> String) -> String {
    if count == 1 { fixed(one(lang)) } else { many(lang, &whole(lang, count)) }
}

/// How old figures are.
#[must_use]
pub fn age(lang: Lang, seconds: i64) -> String {
    match seconds {
        ..60 => lang.old_moment().to_owned(),
        60..HOUR => lang.old_minutes(&whole(lang, seconds / 60)),
        HOUR..172_800 => lang.old_hours(&whole(lang, seconds / HOUR)),
        _ => lang.old_days(&whole(lang, seconds / DAY)),
    }
}

/// Seconds to wait as whole minutes, rounded up.
#[must_use]
pub fn wait(lang: Lang, seconds: u32, one: fn(Lang) -> &'static str, many: fn(Lang, &str) -> String) -> String {
    counted(lang, i64::from(seconds.div_ceil(60).max(1)), one, many)
}

/// Bytes as they stand on a bill: `12.5 GiB`, `296.5 MiB`.
#[must_use]
pub fn bytes(lang: Lang, count: i64) -> String {
    fixed(&amounts::bytes(lang.into(), count))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn used_and_left_add_up_even_within_an_hour() {
        let (allowance, used) = (360 * HOUR, 142 * HOUR + 900);
        assert_eq!(hours_full(Lang::En, used), "142");
        assert_eq!(hours_left(Lang::En, allowance - used), "218 hours");
        assert_eq!(hours_left(Lang::En, 3_601), "2 hours");
        assert_eq!(hours_left(Lang::En, 3_600), "1 hour");
        assert_eq!(hours_left(Lang::En, 61), "2 minutes");
        assert_eq!(hours_left(Lang::Bn, 0), "০ ঘণ্টা");
    }

    // Harm prevented: 1,200 taka are sent back as 1.20, or as 120,000.
    #[test]
    fn an_amount_is_read_as_it_is_meant() {
        let read = |typed| typed_amount(typed, Currency::Bdt).map(|amount| amount.minor);
        for typed in ["1200", "1,200.00", "১,২০০", "৳ 1200.00", " ১২০০.০০ "] {
            assert_eq!(read(typed), Some(120_000), "{typed}");
        }
        for typed in ["", "x", "1200.001", "1200tk", "--5"] {
            assert_eq!(read(typed), None, "{typed}");
        }
    }

    // Harm prevented: a panel's storage reads in one unit on its card and in another on its bill.
    #[test]
    fn a_limit_reads_as_it_does_on_a_bill() {
        for lang in [Lang::En, Lang::Bn] {
            for count in [0, 7, 310_900_000, 10 << 30] {
                assert_eq!(bytes(lang, count), quantity(lang, count, Unit::Bytes));
            }
        }
        assert_eq!(
            (bytes(Lang::En, 10 << 30), bytes(Lang::Bn, 5 << 19)),
            ("10\u{a0}GiB".into(), "২.৫\u{a0}এমবি".into())
        );
    }

    #[test]
    fn ages_and_waits_round_in_the_honest_direction() {
        assert_eq!(age(Lang::En, 59), "less than a minute old");
        assert_eq!(age(Lang::En, 200), "3 min old");
        assert_eq!(age(Lang::Bn, 7_200), "২ ঘণ্টা পুরোনো");
        assert_eq!(
            wait(Lang::En, 61, Lang::locked_one, Lang::locked_many),
            "Too many attempts. Try again in 2 minutes."
        );
        assert_eq!(wait(Lang::En, 0, Lang::locked_one, Lang::locked_many), "Too many attempts. Try again in 1 minute.");
    }
}
