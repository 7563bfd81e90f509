//! Figures inside sentences: digits, money, stretches of time, instants, units, shares.

use crate::api::auth::Language;
use crate::api::invoices::Unit;
use crate::civil::Zone;
use crate::money::{Money, round_half_even};
use crate::time::{DAY, HOUR, Timestamp};
use crate::wording::amounts::{self, NBSP};
use crate::wording::dates::date_of;

/// Writes figures in one language, by the clocks of one zone.
#[derive(Clone, Copy)]
pub(super) struct Pen {
    pub(super) language: Language,
    pub(super) zone: Zone,
}

impl Pen {
    pub(super) const fn pick(self, en: &'static str, bn: &'static str) -> &'static str {
        match self.language {
            Language::En => en,
            Language::Bn => bn,
        }
    }

    /// The text with its digits in the language's own script.
    pub(super) fn digits(self, text: &str) -> String {
        amounts::digits(self.language, text)
    }

    /// A whole number, grouped the Bangladeshi way: `1,25,000`.
    pub(super) fn whole(self, number: i64) -> String {
        amounts::whole(self.language, number)
    }

    pub(super) fn money(self, amount: Money) -> String {
        amounts::money(self.language, amount)
    }

    /// Exactly, in hours, minutes and seconds, without parts that are zero: `12 h 30 min`.
    pub(super) fn hours(self, seconds: i64) -> String {
        self.parts(&[
            (seconds / HOUR, self.hour()),
            (seconds % HOUR / 60, self.minute()),
            (seconds % 60, self.second()),
        ])
    }

    /// Exactly, with days of 24 h: `21 days 3 h`.
    pub(super) fn days(self, seconds: i64) -> String {
        let days = seconds / DAY;
        let day = if days == 1 { self.pick("day", "দিন") } else { self.pick("days", "দিন") };
        let rest = seconds % DAY;
        let parts = [(rest / HOUR, self.hour()), (rest % HOUR / 60, self.minute()), (rest % 60, self.second())];
        if rest == 0 && days > 0 {
            return self.parts(&[(days, day)]);
        }
        self.parts(&[&[(days, day)], &parts[..]].concat())
    }

    fn parts(self, parts: &[(i64, &str)]) -> String {
        let part = |(count, unit): &(i64, &str)| format!("{}{NBSP}{unit}", self.whole(*count));
        let written: Vec<String> = parts.iter().filter(|(count, _)| *count != 0).map(part).collect();
        if written.is_empty() { part(&(0, self.hour())) } else { written.join(" ") }
    }

    const fn hour(self) -> &'static str {
        self.pick("h", "ঘণ্টা")
    }

    const fn minute(self) -> &'static str {
        self.pick("min", "মিনিট")
    }

    const fn second(self) -> &'static str {
        self.pick("s", "সেকেন্ড")
    }

    /// To the very second: `5 Jan 2026, 12:00:05`.
    pub(super) fn instant(self, at: Timestamp) -> String {
        let (day, (hour, minute, second)) = (self.zone.day_of(at), self.zone.clock_of(at));
        let date = date_of(self.language, day.year().into(), day.month().into(), day.day().into());
        format!("{date}, {}", self.digits(&format!("{hour:02}:{minute:02}:{second:02}")))
    }

    /// A rate in hundredths of a percent: 1500 is `15%`.
    pub(super) fn rate(self, basis_points: u32) -> String {
        let text = format!("{}.{:02}", basis_points / 100, basis_points % 100);
        self.digits(&format!("{}%", text.trim_end_matches('0').trim_end_matches('.')))
    }

    /// A share in percent with one decimal, never less than it is: `71.4%`.
    pub(super) fn share(self, part: i64, whole: i64) -> String {
        let whole = i128::from(whole.max(1));
        let tenths = (i128::from(part) * 1_000 + whole - 1).div_euclid(whole);
        self.digits(&format!("{}.{}%", tenths / 10, tenths % 10))
    }

    /// So many hundredths of a unit, with the unit's name.
    pub(super) fn quantity(self, unit: Unit, hundredths: i64) -> String {
        match unit {
            Unit::Seconds => self.hours(hundredths / 100),
            // In whole bytes, as the line of the bill.
            Unit::Bytes => {
                let count = round_half_even(i128::from(hundredths), 100);
                self.units(unit, i64::try_from(count).unwrap_or(i64::MAX))
            }
            Unit::Users => {
                let name = if hundredths == 100 {
                    self.pick("user", "জন ব্যবহারকারী")
                } else {
                    self.pick("users", "জন ব্যবহারকারী")
                };
                format!("{}{NBSP}{name}", self.decimal(hundredths))
            }
            Unit::Cycles => format!("{}{NBSP}{}", self.decimal(hundredths), self.pick("cycles", "টি চক্র")),
        }
    }

    /// So many whole units.
    pub(super) fn units(self, unit: Unit, count: i64) -> String {
        match unit {
            Unit::Seconds => self.hours(count),
            Unit::Bytes => amounts::bytes(self.language, count),
            Unit::Users | Unit::Cycles => self.quantity(unit, count.saturating_mul(100)),
        }
    }

    fn decimal(self, hundredths: i64) -> String {
        if hundredths % 100 == 0 {
            return self.whole(hundredths / 100);
        }
        format!("{}.{}", self.whole(hundredths / 100), self.digits(&format!("{:02}", hundredths.unsigned_abs() % 100)))
    }
}
