//! Gauges: quantities that are sampled, not summed (users, storage), and what a cycle keeps of them.
//!
//! A sample speaks for the usage window that it was taken with; a window without one weighs nothing.

use super::rating::{Aggregation, Meter, Quantity, QuantityError};
use crate::time::Span;
use serde::{Deserialize, Serialize};

/// One look at the gauges; `None` was not measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Sample {
    /// Internal users.
    pub users: Option<i64>,
    /// Database and files.
    pub storage_bytes: Option<i64>,
}

/// More users than any panel has. What is measured above it counts as this, and every plan can price it.
pub const USERS_MAX: i64 = 1_000_000;
/// More bytes than any panel stores: a petabyte.
pub const STORAGE_BYTES_MAX: i64 = 1_000_000_000_000_000;

/// What a cycle keeps of one gauge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Tally {
    /// The highest sample; `None` if there was none.
    pub peak: Option<i64>,
    /// Each sample times the seconds for which it held, added up. Written as text: it may outgrow JSON's numbers.
    #[serde(with = "as_text")]
    pub weighted: i128,
}

/// What a cycle keeps of all gauges.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Tallies {
    /// Internal users.
    pub users: Tally,
    /// Database and files.
    pub storage_bytes: Tally,
}

impl Tally {
    fn add(&mut self, sample: Option<i64>, max: i64, seconds: i64) {
        let Some(sample) = sample.map(|sample| sample.clamp(0, max)).filter(|_| seconds > 0) else { return };
        self.peak = Some(self.peak.map_or(sample, |peak| peak.max(sample)));
        self.weighted = self.weighted.saturating_add(i128::from(sample).saturating_mul(i128::from(seconds)));
    }

    /// The quantity over a cycle that lasted `cycle_seconds`.
    pub fn quantity(&self, aggregation: Aggregation, cycle_seconds: i64) -> Result<Quantity, QuantityError> {
        match aggregation {
            Aggregation::Peak | Aggregation::Sum => Quantity::whole(self.peak.unwrap_or(0)),
            Aggregation::TimeWeightedAverage => Quantity::new(self.weighted, cycle_seconds.max(1)),
        }
    }
}

impl Tallies {
    /// Adds the sample of a window.
    pub fn add(&mut self, sample: Sample, span: Span) {
        self.users.add(sample.users, USERS_MAX, span.seconds());
        self.storage_bytes.add(sample.storage_bytes, STORAGE_BYTES_MAX, span.seconds());
    }

    /// The tally of a gauge; `None` for what is summed.
    #[must_use]
    pub const fn of(&self, meter: Meter) -> Option<&Tally> {
        match meter {
            Meter::ActiveSeconds => None,
            Meter::Users => Some(&self.users),
            Meter::StorageBytes => Some(&self.storage_bytes),
        }
    }
}

mod as_text {
    use serde::{Deserialize as _, Deserializer, Serializer, de::Error as _};

    pub(super) fn serialize<S: Serializer>(value: &i128, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(value)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<i128, D::Error> {
        String::deserialize(from)?.parse().map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Timestamp;

    // Harm prevented: a look that speaks for no second at all raises the peak that a whole cycle is charged by.
    #[test]
    fn a_sample_counts_for_the_seconds_that_it_speaks_for() {
        let mut kept = Tallies::default();
        let (users, storage_bytes) = (Some(14), Some(i64::MAX));
        let from = Timestamp::from_unix(1_800_000_000);
        kept.add(Sample { users, storage_bytes }, Span::new(from, from));
        assert_eq!(kept, Tallies::default());
        kept.add(Sample { users, storage_bytes }, Span::new(from, from.plus(2)));
        kept.add(Sample { users: Some(-3), storage_bytes: None }, Span::new(from, from.plus(5)));
        assert_eq!(kept.users, Tally { peak: Some(14), weighted: 28 });
        let most = Tally { peak: Some(STORAGE_BYTES_MAX), weighted: 2 * i128::from(STORAGE_BYTES_MAX) };
        assert_eq!(kept.storage_bytes, most);
    }

    // Harm prevented: a running cycle is stored and read again, and what was measured before is forgotten or cut off.
    #[test]
    fn what_a_cycle_keeps_is_read_as_it_was_written() {
        let users = Tally { peak: Some(14), weighted: i128::MAX };
        let kept = Tallies { users, storage_bytes: Tally { peak: None, weighted: 12 } };
        let text = serde_json::to_string(&kept).unwrap();
        assert!(text.contains(r#""170141183460469231731687303715884105727""#), "a text, not a number: {text}");
        assert_eq!(serde_json::from_str::<Tallies>(&text).unwrap(), kept);
        for unreadable in [r#"{"weighted":"many"}"#, r#"{"weighted":""}"#, r#"{"weighted":5}"#] {
            assert!(serde_json::from_str::<Tally>(unreadable).is_err(), "{unreadable} was taken for a tally");
        }
    }
}
