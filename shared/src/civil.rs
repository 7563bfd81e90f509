//! Civil time: days and hours as the clocks on an account's walls count them.
//!
//! For charts, dates on documents and fiscal years. Billing knows none of it: a cycle day is 24 h whatever clocks do.
//! Nothing here can say what time it is; what a zone's clocks did and will do comes from the IANA database, compiled in.

mod day;

pub use day::{CivilDay, CivilDayError};

use crate::time::{DAY, HOUR, Span, Timestamp};
use chrono::{DateTime, LocalResult, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeZone};
use chrono_tz::{GapInfo, Tz};
use serde::{Deserialize, Serialize};

/// A place's clocks. On the wire the IANA name: `Asia/Dhaka`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Zone(Tz);

/// A text that is not the name of a zone.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected the IANA name of a time zone, like Asia/Dhaka")]
pub struct ZoneError;

impl Zone {
    /// The IANA name.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.0.name()
    }

    /// The civil day in which an instant lies: the one whose [`Zone::span_of`] has it.
    #[must_use]
    pub fn day_of(self, at: Timestamp) -> CivilDay {
        let read = self.clocks_at(at).date();
        // Clocks that go back over midnight read yesterday's date once more. The day has begun all the same.
        let next = read.succ_opt().filter(|next| self.first_instant_of(*next) <= at);
        CivilDay::on(next.unwrap_or(read))
    }

    /// From the first instant of a civil day to the first of the next: 23, 24 or 25 h as a rule. A day whose midnight is
    /// left out by the clocks begins at the first instant that is not. A day that is left out altogether is empty. Days
    /// follow one another without gap and overlap: what clocks repeat belongs to the day that has begun.
    #[must_use]
    pub fn span_of(self, day: CivilDay) -> Span {
        let from = self.first_instant_of(day.date());
        let to = day.date().succ_opt().map_or(from, |next| self.first_instant_of(next));
        Span::new(from, to)
    }

    /// What clocks read: hours, minutes and seconds.
    #[must_use]
    pub fn clock_of(self, at: Timestamp) -> (i64, i64, i64) {
        let read = self.clocks_at(at).and_utc().timestamp().rem_euclid(DAY);
        (read / HOUR, read % HOUR / 60, read % 60)
    }

    /// The first instant of the civil hour in which an instant lies; where clocks are half an hour off, at half past in
    /// UTC. When clocks change within an hour, what follows is an hour of its own, from the change on.
    #[must_use]
    pub fn hour_of(self, at: Timestamp) -> Timestamp {
        let seconds = self.clocks_at(at).and_utc().timestamp().rem_euclid(HOUR);
        let start = at.plus(-seconds);
        if self.offset_at(start) == self.offset_at(at) { start } else { self.change_within(Span::new(start, at)) }
    }

    /// The first instant of the civil hour after the one in which an instant lies.
    #[must_use]
    pub fn next_hour(self, at: Timestamp) -> Timestamp {
        let start = self.hour_of(at);
        let usual = start.plus(HOUR);
        let last = self.hour_of(usual.plus(-1));
        // Where clocks change within the hour, what follows is an hour of its own.
        if last == start { usual } else { last }
    }

    /// What clocks read.
    fn clocks_at(self, at: Timestamp) -> NaiveDateTime {
        utc(at) + chrono::TimeDelta::seconds(self.offset_at(at))
    }

    /// How far clocks are ahead of UTC, in seconds.
    fn offset_at(self, at: Timestamp) -> i64 {
        i64::from(self.0.offset_from_utc_datetime(&utc(at)).fix().local_minus_utc())
    }

    /// The first instant at which clocks read this date or a later one.
    fn first_instant_of(self, date: NaiveDate) -> Timestamp {
        let midnight = date.and_time(NaiveTime::MIN);
        let first = match self.0.from_local_datetime(&midnight) {
            LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => Some(at),
            LocalResult::None => GapInfo::new(&midnight, &self.0).and_then(|gap| gap.end),
        };
        // Every gap that is on record has an end.
        let seconds = first.map_or(midnight.and_utc().timestamp(), |at| at.timestamp());
        Timestamp::from_unix(seconds)
    }

    /// The instant at which clocks change in a span; they read otherwise at its end than at its begin. Halves the span.
    fn change_within(self, span: Span) -> Timestamp {
        let (mut before, mut after) = (span.from(), span.to());
        let offset = self.offset_at(after);
        while after.seconds_since(before) > 1 {
            let middle = before.plus(after.seconds_since(before) / 2);
            if self.offset_at(middle) == offset { after = middle } else { before = middle }
        }
        after
    }
}

fn utc(at: Timestamp) -> NaiveDateTime {
    // A timestamp lies between 1970 and 9999: chrono can say it.
    DateTime::from_timestamp(at.unix(), 0).unwrap_or_default().naive_utc()
}

impl Default for Zone {
    /// Where most accounts are.
    fn default() -> Self {
        Self(Tz::Asia__Dhaka)
    }
}

impl std::fmt::Display for Zone {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

impl std::str::FromStr for Zone {
    type Err = ZoneError;
    fn from_str(text: &str) -> Result<Self, ZoneError> {
        text.parse().map(Self).map_err(|_| ZoneError)
    }
}

impl TryFrom<String> for Zone {
    type Error = ZoneError;
    fn try_from(text: String) -> Result<Self, ZoneError> {
        text.parse()
    }
}

impl From<Zone> for String {
    fn from(zone: Zone) -> String {
        zone.to_string()
    }
}

#[cfg(feature = "openapi")]
impl utoipa::PartialSchema for Zone {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::String)
            .description(Some("The IANA name of a time zone."))
            .examples(["Asia/Dhaka"])
            .into()
    }
}

#[cfg(feature = "openapi")]
impl utoipa::ToSchema for Zone {}
