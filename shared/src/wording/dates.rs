//! Civil dates as they are written out. Knows no clock and no zone: the date comes in as year, month and day, or as text.

use super::amounts::digits;
use crate::api::auth::Language;

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

    #[test]
    fn what_is_no_date_is_refused() {
        for text in ["", "2026-11", "2026-13-01", "2026-02-29", "2026-00-10", "26-11-22", "2026-11-22T00", "+026-11-22"]
        {
            assert_eq!(date(Language::En, text), None, "{text}");
        }
    }
}
