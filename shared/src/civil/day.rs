//! A date: year, month and day, of no zone in particular.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

/// A civil day from 1969-12-31 (where clocks are behind UTC, 1970 begins then) to 9999-12-31. On the wire `2026-11-22`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CivilDay(NaiveDate);

/// A text or figures that are not a day between 1970 and 9999.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected a day like 2026-11-22")]
pub struct CivilDayError;

/// The first and the last that there is. Both exist, so the other values are never taken.
const FIRST: NaiveDate = or_epoch(NaiveDate::from_ymd_opt(1969, 12, 31));
const LAST: NaiveDate = or_epoch(NaiveDate::from_ymd_opt(9999, 12, 31));

const fn or_epoch(date: Option<NaiveDate>) -> NaiveDate {
    match date {
        Some(date) => date,
        None => NaiveDate::MIN,
    }
}

impl CivilDay {
    /// The day of these figures: months and days count from 1. Fails if there is no such day.
    pub fn new(year: i32, month: u32, day: u32) -> Result<Self, CivilDayError> {
        let date = NaiveDate::from_ymd_opt(year, month, day).ok_or(CivilDayError)?;
        if (FIRST..=LAST).contains(&date) { Ok(Self(date)) } else { Err(CivilDayError) }
    }

    /// The nearest day to this date that there is.
    pub(super) fn on(date: NaiveDate) -> Self {
        Self(date.clamp(FIRST, LAST))
    }

    pub(super) const fn date(self) -> NaiveDate {
        self.0
    }

    /// 2026 of 2026-11-22.
    #[must_use]
    pub fn year(self) -> i32 {
        self.0.year()
    }

    /// 11 of 2026-11-22.
    #[must_use]
    pub fn month(self) -> u32 {
        self.0.month()
    }

    /// 22 of 2026-11-22.
    #[must_use]
    pub fn day(self) -> u32 {
        self.0.day()
    }

    /// The day after; the last day there is stays.
    #[must_use]
    pub fn next(self) -> Self {
        Self::on(self.0.succ_opt().unwrap_or(LAST))
    }

    /// The day before; the first day there is stays.
    #[must_use]
    pub fn previous(self) -> Self {
        Self::on(self.0.pred_opt().unwrap_or(FIRST))
    }

    /// The year in which the fiscal year of this day began, if fiscal years begin with `first_month`: 7 in Bangladesh,
    /// where 2026-06-30 lies in the year of 2025. Months outside 1 to 12 are taken for the nearest.
    #[must_use]
    pub fn fiscal_year(self, first_month: u32) -> i32 {
        if self.month() < first_month.clamp(1, 12) { self.year() - 1 } else { self.year() }
    }
}

impl std::fmt::Display for CivilDay {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year(), self.month(), self.day())
    }
}

impl std::str::FromStr for CivilDay {
    type Err = CivilDayError;
    fn from_str(text: &str) -> Result<Self, CivilDayError> {
        let figures = |part: &str, length: usize| {
            let plain = part.len() == length && part.bytes().all(|b| b.is_ascii_digit());
            plain.then(|| part.parse::<u32>().ok()).flatten().ok_or(CivilDayError)
        };
        let (year, rest) = text.split_once('-').ok_or(CivilDayError)?;
        let (month, day) = rest.split_once('-').ok_or(CivilDayError)?;
        let year = i32::try_from(figures(year, 4)?).map_err(|_| CivilDayError)?;
        Self::new(year, figures(month, 2)?, figures(day, 2)?)
    }
}

impl TryFrom<String> for CivilDay {
    type Error = CivilDayError;
    fn try_from(text: String) -> Result<Self, CivilDayError> {
        text.parse()
    }
}

impl From<CivilDay> for String {
    fn from(day: CivilDay) -> String {
        day.to_string()
    }
}

#[cfg(feature = "openapi")]
impl utoipa::PartialSchema for CivilDay {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::String)
            .format(Some(utoipa::openapi::SchemaFormat::KnownFormat(utoipa::openapi::KnownFormat::Date)))
            .examples(["2026-11-22"])
            .into()
    }
}

#[cfg(feature = "openapi")]
impl utoipa::ToSchema for CivilDay {}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> CivilDay {
        text.parse().unwrap()
    }

    // Harm prevented: two texts mean one day, and a page that looks a day up by its text does not find it.
    #[test]
    fn a_day_has_one_spelling() {
        let written = serde_json::to_string(&CivilDay::new(2026, 1, 2).unwrap()).unwrap();
        assert_eq!(written, r#""2026-01-02""#);
        assert_eq!(serde_json::from_str::<CivilDay>(&written).unwrap(), day("2026-01-02"));
        for text in ["", "2026-1-02", "2026-01-2", "26-01-02", "2026-02-30", "2026-13-01", "2026-00-01", "2026-01-00"] {
            assert_eq!(text.parse::<CivilDay>(), Err(CivilDayError), "{text}");
        }
        for text in ["2026-01-02T00:00:00Z", " 2026-01-02", "2026/01/02", "+2026-01-02", "1969-12-30", "10000-01-01"] {
            assert_eq!(text.parse::<CivilDay>(), Err(CivilDayError), "{text}");
        }
    }

    // Harm prevented: a chart skips 29 February, or goes on for ever at the end of time.
    #[test]
    fn days_follow_one_another() {
        for (before, after) in
            [("2026-12-31", "2027-01-01"), ("2028-02-28", "2028-02-29"), ("2100-02-28", "2100-03-01")]
        {
            assert_eq!((day(before).next(), day(after).previous()), (day(after), day(before)));
            assert!(day(before) < day(after));
        }
        assert_eq!(day("9999-12-31").next(), day("9999-12-31"));
        assert_eq!(day("1969-12-31").previous(), day("1969-12-31"));
    }

    // Harm prevented: an invoice of June is numbered in the books of the year that has not begun.
    #[test]
    fn a_fiscal_year_is_named_after_the_year_in_which_it_begins() {
        for (text, first_month, year) in [
            ("2026-06-30", 7, 2025),
            ("2026-07-01", 7, 2026),
            ("2026-12-31", 7, 2026),
            ("2027-01-01", 7, 2026),
            ("2026-03-31", 4, 2025),
            ("2026-04-01", 4, 2026),
            ("2026-01-01", 1, 2026),
            ("2026-11-30", 12, 2025),
            ("2026-01-01", 0, 2026),
            ("2026-12-01", 13, 2026),
        ] {
            assert_eq!(day(text).fiscal_year(first_month), year, "{text}, years begin in month {first_month}");
        }
    }
}
