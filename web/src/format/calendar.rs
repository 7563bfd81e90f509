//! Dates and times of day as people in Bangladesh write them. Asia/Dhaka is UTC+6 all year, so no zone data is needed.

use super::digits;
use crate::i18n::Lang;
use shared::time::{DAY, Timestamp};
use shared::wording::dates::months;

/// Asia/Dhaka's distance from UTC.
const DHAKA: i64 = 6 * 3_600;

/// An instant on the wall in Dhaka.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Civil {
    year: i64,
    month: usize,
    day: i64,
    hour: i64,
    minute: i64,
}

impl Civil {
    /// Gregorian date from days since 1970 (Howard Hinnant's `civil_from_days`, for years from 1970 on).
    fn of(at: Timestamp) -> Self {
        let local = at.unix() + DHAKA;
        let days = local / DAY + 719_468;
        let era = days / 146_097;
        let day_of_era = days % 146_097;
        let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted = (5 * day_of_year + 2) / 153;
        let month = if shifted < 10 { shifted + 2 } else { shifted - 10 };
        Self {
            year: year_of_era + era * 400 + i64::from(month < 2),
            month: usize::try_from(month).unwrap_or_default(),
            day: day_of_year - (153 * shifted + 2) / 5 + 1,
            hour: local % DAY / 3_600,
            minute: local % 3_600 / 60,
        }
    }
}

/// `22 Nov 2026` / `২২ নভেম্বর ২০২৬`.
#[must_use]
pub fn date(lang: Lang, at: Timestamp) -> String {
    let Civil { year, month, day, .. } = Civil::of(at);
    let name = months(lang.into()).get(month).copied().unwrap_or_default();
    let name = match lang {
        // Short, where space is dear; Bangla has no short names.
        Lang::En => name.get(..3).unwrap_or(name),
        Lang::Bn => name,
    };
    digits(lang, &format!("{day} {name} {year}"))
}

/// `9:05 pm` / `রাত ৯:০৫`.
#[must_use]
pub fn time_of_day(lang: Lang, at: Timestamp) -> String {
    let Civil { hour, minute, .. } = Civil::of(at);
    let twelve = if hour % 12 == 0 { 12 } else { hour % 12 };
    match lang {
        Lang::En => format!("{twelve}:{minute:02}\u{a0}{}", if hour < 12 { "am" } else { "pm" }),
        Lang::Bn => digits(lang, &format!("{}\u{a0}{twelve}:{minute:02}", part_of_day(hour))),
    }
}

/// `22 Nov 2026, 9:05 pm` / `২২ নভেম্বর ২০২৬, রাত ৯:০৫`.
#[must_use]
pub fn date_time(lang: Lang, at: Timestamp) -> String {
    format!("{}, {}", date(lang, at), time_of_day(lang, at))
}

/// The words that people use; those of Unicode's locale data are stiff.
const fn part_of_day(hour: i64) -> &'static str {
    match hour {
        4..=5 => "ভোর",
        6..=11 => "সকাল",
        12..=14 => "দুপুর",
        15..=17 => "বিকাল",
        18..=19 => "সন্ধ্যা",
        _ => "রাত",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn dhaka_is_six_hours_ahead_and_twelve_is_noon() {
        let evening = at("2026-11-22T15:05:00Z");
        assert_eq!(date_time(Lang::En, evening), "22 Nov 2026, 9:05\u{a0}pm");
        assert_eq!(date_time(Lang::Bn, evening), "২২ নভেম্বর ২০২৬, রাত\u{a0}৯:০৫");
        assert_eq!(time_of_day(Lang::En, at("2026-11-22T06:00:00Z")), "12:00\u{a0}pm");
        assert_eq!(time_of_day(Lang::En, at("2026-11-22T18:00:00Z")), "12:00\u{a0}am");
    }

    #[test]
    fn midnight_in_dhaka_turns_the_date_and_leap_days_exist() {
        assert_eq!(date(Lang::En, at("2026-12-31T18:00:00Z")), "1 Jan 2027");
        assert_eq!(date(Lang::En, at("2028-02-28T18:00:00Z")), "29 Feb 2028");
        assert_eq!(date(Lang::En, at("2028-02-29T18:00:00Z")), "1 Mar 2028");
        assert_eq!(date(Lang::En, Timestamp::EPOCH), "1 Jan 1970");
    }
}
