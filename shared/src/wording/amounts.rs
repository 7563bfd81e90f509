//! Figures: digits, lakh grouping, money, hours, bytes, rates. Integers throughout.
//!
//! Machine text (domains, references, document numbers) never passes through here: it keeps Latin digits.

use crate::api::auth::Language;
use crate::money::{Currency, Money, round_half_even};
use crate::time::HOUR;

/// Keeps a sign and its figure on one line.
pub const NBSP: char = '\u{a0}';

/// `text` with its digits in the language's own script.
#[must_use]
pub fn digits(language: Language, text: &str) -> String {
    match language {
        Language::En => text.to_owned(),
        Language::Bn => text.chars().map(bangla_digit).collect(),
    }
}

fn bangla_digit(c: char) -> char {
    c.to_digit(10).and_then(|value| char::from_u32(u32::from('০') + value)).unwrap_or(c)
}

/// A whole number, grouped the Bangladeshi way: `1,25,000`.
#[must_use]
pub fn whole(language: Language, number: i64) -> String {
    let sign = if number < 0 { "-" } else { "" };
    digits(language, &format!("{sign}{}", grouped(&number.unsigned_abs().to_string(), 2)))
}

/// Commas into a row of digits: the last group has three, each one before has `step`.
fn grouped(row: &str, step: usize) -> String {
    let mut out = String::with_capacity(row.len() + row.len() / 2);
    for (at, digit) in row.chars().enumerate() {
        let left = row.len() - at;
        if at > 0 && left >= 3 && (left - 3).is_multiple_of(step) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// An amount: minus, sign, a space that does not break, lakh grouping for taka and rupee, always two decimals.
#[must_use]
pub fn money(language: Language, amount: Money) -> String {
    let (sign, step) = match amount.currency {
        Currency::Bdt => ("৳", 2),
        Currency::Inr => ("₹", 2),
        Currency::Usd => ("$", 3),
        Currency::Eur => ("€", 3),
        Currency::Sgd => ("S$", 3),
        Currency::Myr => ("RM", 3),
    };
    let minus = if amount.minor < 0 { "-" } else { "" };
    let minor = amount.minor.unsigned_abs();
    let major = grouped(&(minor / 100).to_string(), step);
    digits(language, &format!("{minus}{sign}{NBSP}{major}.{:02}", minor % 100))
}

/// A stretch of time exactly, without parts that are zero: `12 h 30 min`, `1,000 h`, `5 s`.
#[must_use]
pub fn duration(language: Language, seconds: i64) -> String {
    let (hour, minute, second) = match language {
        Language::En => ("h", "min", "s"),
        Language::Bn => ("ঘণ্টা", "মিনিট", "সেকেন্ড"),
    };
    let minus = if seconds < 0 { "-" } else { "" };
    let seconds = seconds.saturating_abs();
    let parts = [(seconds / HOUR, hour), (seconds % HOUR / 60, minute), (seconds % 60, second)];
    let part = |(count, unit): (i64, &str)| format!("{}{NBSP}{unit}", whole(language, count));
    let written: Vec<String> = parts.into_iter().filter(|(count, _)| *count != 0).map(part).collect();
    if written.is_empty() { part((0, hour)) } else { format!("{minus}{}", written.join(" ")) }
}

/// Bytes in the unit that keeps them short, with at most two decimals, rounded half to even: `12.5 GiB`, `296.5 MiB`. What is
/// there is never nothing.
///
/// Units are powers of 1,024, in which storage is priced. Bangla has one word for each of them and for its neighbour among the
/// powers of 1,000; here it is always the former.
#[must_use]
pub fn bytes(language: Language, count: i64) -> String {
    const KIB: u64 = 1 << 10;
    const MIB: u64 = 1 << 20;
    const GIB: u64 = 1 << 30;
    let (gib, mib, kib) = match language {
        Language::En => ("GiB", "MiB", "KiB"),
        Language::Bn => ("জিবি", "এমবি", "কেবি"),
    };
    let weight = count.unsigned_abs();
    let (unit, per) = match weight {
        0 | GIB.. => (gib, GIB),
        MIB.. => (mib, MIB),
        _ => (kib, KIB),
    };
    let rest = round_half_even(i128::from(weight % per * 100), i128::from(per));
    // At most a whole unit.
    let hundredths = weight / per * 100 + u64::try_from(rest).unwrap_or(0);
    let hundredths = if weight > 0 { hundredths.max(1) } else { 0 };
    let minus = if count < 0 { "-" } else { "" };
    let figure = decimal(&grouped(&(hundredths / 100).to_string(), 2), hundredths % 100);
    format!("{}{NBSP}{unit}", digits(language, &format!("{minus}{figure}")))
}

/// A figure with its hundredths, without needless decimals.
fn decimal(full: &str, hundredths: u64) -> String {
    match (hundredths, hundredths % 10) {
        (0, _) => full.to_owned(),
        (tenths, 0) => format!("{full}.{}", tenths / 10),
        (hundredths, _) => format!("{full}.{hundredths:02}"),
    }
}

/// A rate in hundredths of a percent, without needless decimals: 1500 is `15%`, 750 is `7.5%`.
#[must_use]
pub fn rate(language: Language, basis_points: u32) -> String {
    let figure = decimal(&(basis_points / 100).to_string(), u64::from(basis_points % 100));
    digits(language, &format!("{figure}%"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TAKA: fn(i64) -> Money = |minor| Money::new(minor, Currency::Bdt);

    // Harm prevented: a customer reads ten times what is due.
    #[test]
    fn taka_is_grouped_by_lakh_and_crore_with_two_decimals() {
        for (minor, en, bn) in [
            (0, "৳\u{a0}0.00", "৳\u{a0}০.০০"),
            (5, "৳\u{a0}0.05", "৳\u{a0}০.০৫"),
            (100_000, "৳\u{a0}1,000.00", "৳\u{a0}১,০০০.০০"),
            (12_500_000, "৳\u{a0}1,25,000.00", "৳\u{a0}১,২৫,০০০.০০"),
            (1_234_567_850, "৳\u{a0}1,23,45,678.50", "৳\u{a0}১,২৩,৪৫,৬৭৮.৫০"),
            (-150_050, "-৳\u{a0}1,500.50", "-৳\u{a0}১,৫০০.৫০"),
        ] {
            assert_eq!(money(Language::En, TAKA(minor)), en);
            assert_eq!(money(Language::Bn, TAKA(minor)), bn);
        }
        assert!(money(Language::En, TAKA(i64::MIN)).starts_with("-৳"));
    }

    #[test]
    fn dollars_are_grouped_by_thousands() {
        assert_eq!(money(Language::En, Money::new(123_456_789, Currency::Usd)), "$\u{a0}1,234,567.89");
    }

    // Harm prevented: a charge by the second cannot be followed from its quantity.
    #[test]
    fn durations_are_exact_and_leave_out_what_is_zero() {
        for (seconds, en, bn) in [
            (0, "0\u{a0}h", "০\u{a0}ঘণ্টা"),
            (45_000, "12\u{a0}h 30\u{a0}min", "১২\u{a0}ঘণ্টা ৩০\u{a0}মিনিট"),
            (3_605, "1\u{a0}h 5\u{a0}s", "১\u{a0}ঘণ্টা ৫\u{a0}সেকেন্ড"),
            (3_600_000, "1,000\u{a0}h", "১,০০০\u{a0}ঘণ্টা"),
            (-60, "-1\u{a0}min", "-১\u{a0}মিনিট"),
        ] {
            assert_eq!(duration(Language::En, seconds), en);
            assert_eq!(duration(Language::Bn, seconds), bn);
        }
    }

    // Harm prevented: storage is shown in another unit than the one it is priced in; or a small panel's copy looks empty, and
    // somebody who needs it takes it for lost.
    #[test]
    fn bytes_take_the_unit_that_keeps_them_short() {
        for (count, en, bn) in [
            (0, "0\u{a0}GiB", "০\u{a0}জিবি"),
            (1 << 30, "1\u{a0}GiB", "১\u{a0}জিবি"),
            (10 << 30, "10\u{a0}GiB", "১০\u{a0}জিবি"),
            ((25 << 30) / 2, "12.5\u{a0}GiB", "১২.৫\u{a0}জিবি"),
            (2_048 << 30, "2,048\u{a0}GiB", "২,০৪৮\u{a0}জিবি"),
            (310_900_000, "296.5\u{a0}MiB", "২৯৬.৫\u{a0}এমবি"),
            (1 << 20, "1\u{a0}MiB", "১\u{a0}এমবি"),
            ((1 << 20) - 1, "1,024\u{a0}KiB", "১,০২৪\u{a0}কেবি"),
            (5_000, "4.88\u{a0}KiB", "৪.৮৮\u{a0}কেবি"),
            (1, "0.01\u{a0}KiB", "০.০১\u{a0}কেবি"),
            (-(1 << 29), "-512\u{a0}MiB", "-৫১২\u{a0}এমবি"),
        ] {
            assert_eq!(bytes(Language::En, count), en);
            assert_eq!(bytes(Language::Bn, count), bn);
        }
        assert_eq!(bytes(Language::En, i64::MAX), "8,58,99,34,592\u{a0}GiB");
    }

    #[test]
    fn bytes_are_rounded_half_to_even() {
        for (eighths, en) in [(9, "1.12\u{a0}GiB"), (11, "1.38\u{a0}GiB"), (13, "1.62\u{a0}GiB"), (15, "1.88\u{a0}GiB")]
        {
            assert_eq!(bytes(Language::En, (eighths << 30) / 8), en);
        }
    }

    #[test]
    fn rates_show_the_decimals_they_have() {
        for (basis_points, en) in [(0, "0%"), (1_500, "15%"), (750, "7.5%"), (725, "7.25%"), (1, "0.01%")] {
            assert_eq!(rate(Language::En, basis_points), en);
        }
        assert_eq!(rate(Language::Bn, 750), "৭.৫%");
    }
}
