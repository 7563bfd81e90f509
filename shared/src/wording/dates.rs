//! Civil dates and times of day as they are written out. Knows no clock; what clocks read comes in, or the zone whose clocks they are.

use super::amounts::{NBSP, digits};
use crate::api::auth::Language;
use crate::civil::Zone;
use crate::time::Timestamp;

const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const MONTHS_BN: [&str; 12] =
    ["জানুয়ারি", "ফেব্রুয়ারি", "মার্চ", "এপ্রিল", "মে", "জুন", "জুলাই", "আগস্ট", "সেপ্টেম্বর", "অক্টোবর", "নভেম্বর", "ডিসেম্বর"];

/// The months' names, January first.
#[must_use]
pub const fn months(language: Language) -> &'static [&'static str; 12] {
    match language {
        Language::En => &MONTHS_EN,
        Language::Bn => &MONTHS_BN,
    }
}

/// An ISO 8601 date (`2026-11-22`) as `22 November 2026` / `২২ নভেম্বর ২০২৬`; `None` if it is not one.
#[must_use]
pub fn date(language: Language, iso: &str) -> Option<String> {
    let (year, month, day) = parts(iso)?;
    let name = months(language).get(usize::from(month).checked_sub(1)?)?;
    Some(digits(language, &format!("{day} {name} {year}")))
}

/// A date where space is dear: `22 Nov 2026` / `২২ নভেম্বর ২০২৬`. January is month 1.
#[must_use]
pub fn short_date(language: Language, year: i64, month: i64, day: i64) -> String {
    let place = usize::try_from(month.saturating_sub(1)).unwrap_or(usize::MAX);
    let name = months(language).get(place).copied().unwrap_or_default();
    let name = match language {
        // Bangla has no short names.
        Language::En => name.get(..3).unwrap_or(name),
        Language::Bn => name,
    };
    digits(language, &format!("{day} {name} {year}"))
}

/// A time of day: `9:05 pm` / `রাত ৯:০৫`.
#[must_use]
pub fn time_of_day(language: Language, hour: i64, minute: i64) -> String {
    let twelve = if hour % 12 == 0 { 12 } else { hour % 12 };
    match language {
        Language::En => format!("{twelve}:{minute:02}{NBSP}{}", if hour < 12 { "am" } else { "pm" }),
        Language::Bn => digits(language, &format!("{}{NBSP}{twelve}:{minute:02}", part_of_day(hour))),
    }
}

/// An instant by the clocks of a zone: `22 Nov 2026, 9:05 pm` / `২২ নভেম্বর ২০২৬, রাত ৯:০৫`.
#[must_use]
pub fn date_time(language: Language, zone: Zone, at: Timestamp) -> String {
    let (day, (hour, minute, _)) = (zone.day_of(at), zone.clock_of(at));
    let date = short_date(language, day.year().into(), day.month().into(), day.day().into());
    format!("{date}, {}", time_of_day(language, hour, minute))
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

/// Year, month and day of an ISO 8601 date; `None` if it is not one, or no such day exists.
#[must_use]
pub fn parts(iso: &str) -> Option<(u16, u8, u8)> {
    let decimal = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    let mut rest = iso.split('-');
    let (year, month, day) = (rest.next()?, rest.next()?, rest.next()?);
    let shaped = rest.next().is_none() && (year.len(), month.len(), day.len()) == (4, 2, 2);
    if !shaped || ![year, month, day].into_iter().all(decimal) {
        return None;
    }
    let (year, month, day) = (year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
    chrono::NaiveDate::from_ymd_opt(i32::from(year), u32::from(month), u32::from(day))?;
    Some((year, month, day))
}

#[cfg(test)]
mod tests {
    use super::*;

    // Harm prevented: a document carries another day than the one in the books.
    #[test]
    fn dates_are_written_out() {
        assert_eq!(date(Language::En, "2026-11-22").as_deref(), Some("22 November 2026"));
        assert_eq!(date(Language::Bn, "2026-11-22").as_deref(), Some("২২ নভেম্বর ২০২৬"));
        assert_eq!(date(Language::En, "2028-02-29").as_deref(), Some("29 February 2028"));
    }

    // Harm prevented: a letter names another hour than the clocks on the reader's wall.
    #[test]
    fn an_instant_is_written_by_the_clocks_of_its_zone() {
        let evening: Timestamp = "2026-11-22T15:05:00Z".parse().unwrap();
        let zone = |name: &str| name.parse::<Zone>().unwrap();
        assert_eq!(date_time(Language::En, Zone::default(), evening), "22 Nov 2026, 9:05\u{a0}pm");
        assert_eq!(date_time(Language::Bn, Zone::default(), evening), "২২ নভেম্বর ২০২৬, রাত\u{a0}৯:০৫");
        assert_eq!(date_time(Language::En, zone("Asia/Tokyo"), evening), "23 Nov 2026, 12:05\u{a0}am");
        assert_eq!(time_of_day(Language::En, 12, 0), "12:00\u{a0}pm");
        let parts = [3, 4, 6, 12, 15, 18, 20].map(|hour| time_of_day(Language::Bn, hour, 0));
        let words: Vec<&str> = parts.iter().filter_map(|text| text.split('\u{a0}').next()).collect();
        assert_eq!(words, ["রাত", "ভোর", "সকাল", "দুপুর", "বিকাল", "সন্ধ্যা", "রাত"]);
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in ["", "2026-11", "2026-13-01", "2026-02-29", "2026-00-10", "26-11-22", "2026-11-22T00", "+026-11-22"]
        {
            assert_eq!(date(Language::En, text), None, "{text}");
        }
    }
}
