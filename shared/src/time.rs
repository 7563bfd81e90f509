//! Instants as whole seconds. Half-open spans of them.
//!
//! Nothing here can say what time it is: `chrono` is built without its clock, and instants come in as arguments.

use chrono::{DateTime, SecondsFormat};
use serde::{Deserialize, Serialize};

/// Seconds in an hour.
pub const HOUR: i64 = 3_600;
/// Seconds in a cycle day: 24 h counted from the cycle's start, whatever civil clocks do.
pub const DAY: i64 = 86_400;

/// The last instant that RFC 3339 can write: 9999-12-31T23:59:59Z.
const LATEST: i64 = 253_402_300_799;

/// An instant: whole seconds since 1970-01-01T00:00:00Z. On the wire RFC 3339 in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Timestamp(i64);

/// A text that is not an RFC 3339 instant between 1970 and 9999.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected an instant like 2026-11-22T09:30:00Z")]
pub struct TimestampError;

impl Timestamp {
    /// 1970-01-01T00:00:00Z.
    pub const EPOCH: Self = Self(0);

    /// From seconds since the epoch. Clamped to what RFC 3339 can write (1970 to 9999), so arithmetic cannot overflow.
    #[must_use]
    pub const fn from_unix(seconds: i64) -> Self {
        if seconds < 0 {
            Self(0)
        } else if seconds > LATEST {
            Self(LATEST)
        } else {
            Self(seconds)
        }
    }

    /// Seconds since the epoch.
    #[must_use]
    pub const fn unix(self) -> i64 {
        self.0
    }

    /// This instant moved by `seconds`, which may be negative.
    #[must_use]
    pub const fn plus(self, seconds: i64) -> Self {
        Self::from_unix(self.0.saturating_add(seconds))
    }

    /// Seconds from `earlier` to this instant; negative if `earlier` is in fact later.
    #[must_use]
    pub const fn seconds_since(self, earlier: Self) -> i64 {
        self.0 - earlier.0
    }
}

impl std::fmt::Display for Timestamp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let text = DateTime::from_timestamp(self.0, 0).map(|at| at.to_rfc3339_opts(SecondsFormat::Secs, true));
        f.write_str(text.as_deref().unwrap_or("out of range"))
    }
}

impl std::str::FromStr for Timestamp {
    type Err = TimestampError;
    fn from_str(text: &str) -> Result<Self, TimestampError> {
        let at = DateTime::parse_from_rfc3339(text).map_err(|_| TimestampError)?.timestamp();
        if (0..=LATEST).contains(&at) { Ok(Self(at)) } else { Err(TimestampError) }
    }
}

impl TryFrom<String> for Timestamp {
    type Error = TimestampError;
    fn try_from(text: String) -> Result<Self, TimestampError> {
        text.parse()
    }
}

impl From<Timestamp> for String {
    fn from(at: Timestamp) -> String {
        at.to_string()
    }
}

#[cfg(feature = "openapi")]
impl utoipa::PartialSchema for Timestamp {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::String)
            .format(Some(utoipa::openapi::SchemaFormat::KnownFormat(utoipa::openapi::KnownFormat::DateTime)))
            .examples(["2026-11-22T09:30:00Z"])
            .into()
    }
}

#[cfg(feature = "openapi")]
impl utoipa::ToSchema for Timestamp {}

/// A half-open stretch of time `[from, to)`; never backwards, possibly empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    from: Timestamp,
    to: Timestamp,
}

impl Span {
    /// `[from, to)`, or an empty span at `from` if `to` is earlier.
    #[must_use]
    pub fn new(from: Timestamp, to: Timestamp) -> Self {
        Self { from, to: to.max(from) }
    }

    /// The first instant inside.
    #[must_use]
    pub const fn from(self) -> Timestamp {
        self.from
    }

    /// The first instant after.
    #[must_use]
    pub const fn to(self) -> Timestamp {
        self.to
    }

    /// Its length; never negative.
    #[must_use]
    pub const fn seconds(self) -> i64 {
        self.to.seconds_since(self.from)
    }

    /// Whether nothing lies inside.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.seconds() == 0
    }
}
