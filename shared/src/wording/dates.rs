//! Civil dates and times of day as they are written out. Knows no clock; what clocks read comes in, or the zone whose clocks they are.

use super::amounts::{NBSP, digits};
use crate::api::auth::Language;
use crate::civil::Zone;
use crate::time::Timestamp;

// The same on pages and on paper: short, since space is dear on a card. Bangla has no short names.
const MONTHS_EN: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const MONTHS_BN: [&str; 12] =
    ["জানুয়ারি", "ফেব্রুয়ারি", "মার্চ", "এপ্রিল", "মে", "জুন", "জুলাই", "আগস্ট", "সেপ্টেম্বর", "অক্টোবর", "নভেম্বর", "ডিসেম্বর"];

/// A month's name: `Nov` / `নভেম্বর`. January is month 1; what is no month has none.
#[must_use]
pub fn month(language: Language, month: i64) -> &'static str {
    let names = match language {
        Language::En => &MONTHS_EN,
        Language::Bn => &MONTHS_BN,
    };
    let place = usize::try_from(month.saturating_sub(1)).unwrap_or(usize::MAX);
    names.get(place).copied().unwrap_or_default()
}

/// An ISO 8601 date (`2026-11-22`) as [`date_of`] writes it; `None` if it is not one.
#[must_use]
pub fn date(language: Language, iso: &str) -> Option<String> {
    let (year, month, day) = parts(iso)?;
    Some(date_of(language, year.into(), month.into(), day.into()))
}

/// A date: `22 Nov 2026` / `২২ নভেম্বর ২০২৬`. January is month 1.
#[must_use]
pub fn date_of(language: Language, year: i64, month: i64, day: i64) -> String {
    digits(language, &format!("{day} {} {year}", self::month(language, month)))
}

/// A time of day: `9:05 pm` / `রাত ৯:০৫`.
#[must_use]
pub fn time_of_day(language: Language, hour: i64, minute: i64) -> String {
    let twelve = twelve(hour);
    match language {
        Language::En => format!("{twelve}:{minute:02}{NBSP}{}", half(hour)),
        Language::Bn => digits(language, &format!("{}{NBSP}{twelve}:{minute:02}", part_of_day(hour))),
    }
}

/// A full hour where there is little room: `9 pm` / `রাত ৯`.
#[must_use]
pub fn short_hour(language: Language, hour: i64) -> String {
    let twelve = twelve(hour);
    match language {
        Language::En => format!("{twelve}{NBSP}{}", half(hour)),
        Language::Bn => digits(language, &format!("{}{NBSP}{twelve}", part_of_day(hour))),
    }
}

const fn twelve(hour: i64) -> i64 {
    if hour % 12 == 0 { 12 } else { hour % 12 }
}

const fn half(hour: i64) -> &'static str {
    if hour < 12 { "am" } else { "pm" }
}

/// An instant by the clocks of a zone: `22 Nov 2026, 9:05 pm` / `২২ নভেম্বর ২০২৬, রাত ৯:০৫`.
#[must_use]
pub fn date_time(language: Language, zone: Zone, at: Timestamp) -> String {
    let (day, (hour, minute, _)) = (zone.day_of(at), zone.clock_of(at));
    let date = date_of(language, day.year().into(), day.month().into(), day.day().into());
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
        assert_eq!(date(Language::En, "2026-11-22").as_deref(), Some("22 Nov 2026"));
        assert_eq!(date(Language::Bn, "2026-11-22").as_deref(), Some("২২ নভেম্বর ২০২৬"));
        assert_eq!(date(Language::En, "2028-02-29").as_deref(), Some("29 Feb 2028"));
        assert_eq!((month(Language::En, 12), month(Language::Bn, 1)), ("Dec", "জানুয়ারি"));
        assert_eq!([i64::MIN, 0, 13].map(|none| month(Language::En, none)), [""; 3]);
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
        assert_eq!(
            (short_hour(Language::En, 0), short_hour(Language::Bn, 21)),
            ("12\u{a0}am".into(), "রাত\u{a0}৯".into())
        );
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
