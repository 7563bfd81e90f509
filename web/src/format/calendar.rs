//! Dates and times of day as people in Bangladesh write them, by the clocks of the account: every instant on a page is read off
//! them here. Those of Asia/Dhaka are UTC+6 all year; what others read is asked of the browser, so that no zone data is needed.

use super::{digits, fixed};
use crate::i18n::Lang;
use shared::time::{DAY, Timestamp};
use shared::wording::dates;
use std::cell::RefCell;

/// Asia/Dhaka's distance from UTC.
const DHAKA: i64 = 6 * 3_600;

/// Says what clocks read at an instant. Both are seconds since 1970, by those clocks and by UTC.
pub type Clocks = Box<dyn Fn(i64) -> i64>;

thread_local! {
    /// The clocks in force; Dhaka's if there are none.
    static CLOCKS: RefCell<Option<Clocks>> = const { RefCell::new(None) };
}

/// From now on, instants are written by these clocks, or by Dhaka's.
pub fn go_by(clocks: Option<Clocks>) {
    CLOCKS.set(clocks);
}

/// What the clocks in force read.
fn local(at: Timestamp) -> i64 {
    CLOCKS.with_borrow(|clocks| clocks.as_ref().map_or(at.unix() + DHAKA, |read| read(at.unix())))
}

/// What clocks read, from its figures: `2026-11-22 21:05:00`.
#[must_use]
pub fn reading(text: &str) -> Option<i64> {
    let [year, month, day, hour, minute, second] = figures(text, "0000-00-00 00:00:00")?;
    Some(days_to(year, month, day) * DAY + hour * 3_600 + minute * 60 + second)
}

/// An instant on the wall.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Civil {
    year: i64,
    month: i64,
    day: i64,
    hour: i64,
    minute: i64,
}

impl Civil {
    fn of(at: Timestamp) -> Self {
        Self::at(local(at))
    }

    /// Gregorian date from days since 1970 (Howard Hinnant's `civil_from_days`, for years from 1970 on).
    fn at(local: i64) -> Self {
        let days = local / DAY + 719_468;
        let era = days / 146_097;
        let day_of_era = days % 146_097;
        let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted = (5 * day_of_year + 2) / 153;
        let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
        Self {
            year: year_of_era + era * 400 + i64::from(month <= 2),
            month,
            day: day_of_year - (153 * shifted + 2) / 5 + 1,
            hour: local % DAY / 3_600,
            minute: local % 3_600 / 60,
        }
    }
}

/// Days from 1970 to a Gregorian date (Hinnant's `days_from_civil`, for years from 1970 on).
const fn days_to(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let year_of_era = year % 400;
    let day_of_year = (153 * (if month > 2 { month - 3 } else { month + 9 }) + 2) / 5 + day - 1;
    year / 400 * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// The figures of a text that has this form: where that has a `0`, any digit; else the same character.
fn figures<const N: usize>(text: &str, form: &str) -> Option<[i64; N]> {
    let mut found = [0; N];
    let mut into = 0;
    for (byte, shape) in text.bytes().zip(form.bytes()) {
        if shape == b'0' {
            let figure: &mut i64 = found.get_mut(into)?;
            *figure = *figure * 10 + i64::from(byte.checked_sub(b'0').filter(|digit| *digit < 10)?);
        } else if byte == shape {
            into += 1;
        } else {
            return None;
        }
    }
    (text.len() == form.len()).then_some(found)
}

/// An instant as the API writes it: `2026-11-22T09:30:00Z`.
#[must_use]
pub fn instant(text: &str) -> Option<Timestamp> {
    let [year, month, day, hour, minute, second, _] = figures(text, "0000-00-00T00:00:00Z")?;
    let there = year >= 1970 && (1..=12).contains(&month) && (1..=31).contains(&day);
    let seconds = hour * 3_600 + minute * 60 + second;
    (there && hour < 24 && minute < 60 && second < 60)
        .then(|| Timestamp::from_unix(days_to(year, month, day) * DAY + seconds))
}

/// An instant for machines, as [`instant`] reads it.
#[must_use]
pub fn stamp(at: Timestamp) -> String {
    let Civil { year, month, day, hour, minute } = Civil::at(at.unix());
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{:02}Z", at.unix() % 60)
}

/// A civil date (`2026-11-22`) as [`date`] writes it; as it stands, if it is none.
#[must_use]
pub fn day(lang: Lang, iso: &str) -> String {
    match figures(iso, "0000-00-00") {
        Some([year, month, day]) => written(lang, year, month, day),
        None => iso.to_owned(),
    }
}

/// `22 Nov 2026` / `২২ নভেম্বর ২০২৬`.
#[must_use]
pub fn date(lang: Lang, at: Timestamp) -> String {
    let Civil { year, month, day, .. } = Civil::of(at);
    written(lang, year, month, day)
}

fn written(lang: Lang, year: i64, month: i64, day: i64) -> String {
    fixed(&dates::date_of(lang.into(), year, month, day))
}

/// A civil date without its year, where space is dearer still: `22 Nov` / `২২ নভেম্বর`.
#[must_use]
pub fn short_day(lang: Lang, iso: &str) -> String {
    match figures(iso, "0000-00-00") {
        Some([_, month, day]) => digits(lang, &format!("{day} {}", dates::month(lang.into(), month))),
        None => iso.to_owned(),
    }
}

/// The month of a civil date: `Nov 2026` / `নভেম্বর ২০২৬`.
#[must_use]
pub fn month(lang: Lang, iso: &str) -> String {
    match figures(iso, "0000-00-00") {
        Some([year, month, _]) => digits(lang, &format!("{} {year}", dates::month(lang.into(), month))),
        None => iso.to_owned(),
    }
}

/// The civil date so many days after another, or before it; as it stands, if it is none.
#[must_use]
pub fn days_after(text: &str, days: i64) -> String {
    match figures(text, "0000-00-00") {
        Some([year, month, day]) => iso(Civil::at((days_to(year, month, day) + days) * DAY)),
        None => text.to_owned(),
    }
}

fn iso(Civil { year, month, day, .. }: Civil) -> String {
    format!("{year:04}-{month:02}-{day:02}")
}

/// `9:05 pm` / `রাত ৯:০৫`.
#[must_use]
pub fn time_of_day(lang: Lang, at: Timestamp) -> String {
    let Civil { hour, minute, .. } = Civil::of(at);
    on_the_clock(lang, hour, minute)
}

/// An hour of any day, 0 to 23, as [`time_of_day`] writes it.
#[must_use]
pub fn hour_of_day(lang: Lang, hour: u8) -> String {
    on_the_clock(lang, hour.into(), 0)
}

/// A full hour below a chart, where there is little room: `9 pm` / `রাত ৯`.
#[must_use]
pub fn short_hour(lang: Lang, hour: u8) -> String {
    fixed(&dates::short_hour(lang.into(), hour.into()))
}

fn on_the_clock(lang: Lang, hour: i64, minute: i64) -> String {
    fixed(&dates::time_of_day(lang.into(), hour, minute))
}

/// `22 Nov 2026, 9:05 pm` / `২২ নভেম্বর ২০২৬, রাত ৯:০৫`.
#[must_use]
pub fn date_time(lang: Lang, at: Timestamp) -> String {
    format!("{}, {}", date(lang, at), time_of_day(lang, at))
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

    // Harm prevented: an account in New York reads that its hours run out on another day than its own, while the chart beside
    // it goes by its clocks.
    #[test]
    fn instants_are_written_by_the_accounts_clocks() {
        let (noon, evening) = (at("2026-07-01T16:00:00Z"), at("2026-11-23T03:30:00Z"));
        let zone: shared::civil::Zone = "America/New_York".parse().unwrap();
        go_by(Some(Box::new(move |unix| {
            let at = Timestamp::from_unix(unix);
            let (day, (hour, minute, second)) = (zone.day_of(at), zone.clock_of(at));
            reading(&format!("{day} {hour:02}:{minute:02}:{second:02}")).unwrap()
        })));
        assert_eq!(date_time(Lang::En, noon), "1 Jul 2026, 12:00\u{a0}pm");
        assert_eq!(date_time(Lang::Bn, evening), "২২ নভেম্বর ২০২৬, রাত\u{a0}১০:৩০");
        assert_eq!(stamp(evening), "2026-11-23T03:30:00Z", "machines go by no clocks of people");
        go_by(None);
        assert_eq!(date(Lang::En, evening), "23 Nov 2026");
        assert_eq!((reading("2026-11-22"), reading("22/11/2026 21:05:00")), (None, None));
    }

    // Harm prevented: an instant is read as another one, and a panel is said to close on the wrong day.
    #[test]
    fn instants_are_read_as_the_api_writes_them() {
        for text in ["1970-01-01T00:00:00Z", "2026-11-22T15:05:09Z", "2028-02-29T23:59:59Z", "2100-03-01T00:00:00Z"] {
            let known: Timestamp = text.parse().unwrap();
            assert_eq!((instant(text), stamp(known).as_str()), (Some(known), text));
        }
        for text in [
            "",
            "2026-11-22",
            "2026-11-22T15:05:09",
            "2026-13-22T15:05:09Z",
            "2026-11-22T24:00:00Z",
            "2026-11-22 15:05:09Z",
            "2026-11-2xT15:05:09Z",
        ] {
            assert_eq!(instant(text), None, "{text}");
        }
    }

    #[test]
    fn civil_dates_are_written_like_instants() {
        assert_eq!(day(Lang::En, "2026-11-22"), "22 Nov 2026");
        assert_eq!(day(Lang::Bn, "2026-01-02"), "২ জানুয়ারি ২০২৬");
        assert_eq!(day(Lang::En, "soon"), "soon");
        assert_eq!(short_day(Lang::Bn, "2026-11-22"), "২২ নভেম্বর");
        assert_eq!(month(Lang::En, "2026-11-01"), "Nov 2026");
        assert_eq!((short_hour(Lang::En, 21), hour_of_day(Lang::En, 0)), ("9\u{a0}pm".into(), "12:00\u{a0}am".into()));
    }

    // Harm prevented: an invoice's page shows another date than the invoice in print.
    #[test]
    fn pages_and_paper_write_a_date_alike() {
        for lang in [Lang::En, Lang::Bn] {
            assert_eq!(dates::date(lang.into(), "2026-01-06"), Some(day(lang, "2026-01-06")));
        }
    }

    // Harm prevented: seven days are asked for, and the report skips one over the end of a month.
    #[test]
    fn days_are_counted_over_ends_of_months_and_years() {
        for (from, days, to) in [
            ("2026-11-22", -6, "2026-11-16"),
            ("2026-03-01", -1, "2026-02-28"),
            ("2028-03-01", -1, "2028-02-29"),
            ("2026-12-31", 1, "2027-01-01"),
            ("soon", 1, "soon"),
        ] {
            assert_eq!(days_after(from, days), to);
        }
    }

    #[test]
    fn midnight_in_dhaka_turns_the_date_and_leap_days_exist() {
        assert_eq!(date(Lang::En, at("2026-12-31T18:00:00Z")), "1 Jan 2027");
        assert_eq!(date(Lang::En, at("2028-02-28T18:00:00Z")), "29 Feb 2028");
        assert_eq!(date(Lang::En, at("2028-02-29T18:00:00Z")), "1 Mar 2028");
        assert_eq!(date(Lang::En, Timestamp::EPOCH), "1 Jan 1970");
    }
}
