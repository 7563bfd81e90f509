//! Counters by the hour: what reports are made of, so that they never read history.
//!
//! They follow from windows and charges and decide nothing. An hour is a civil hour of the account's zone.

use super::cycle::Cycle;
use super::rating::Meter;
use super::usage::{Seen, Window};
use crate::civil::Zone;
use crate::time::{Span, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What is counted in each hour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Counter {
    /// Seconds in which the panel was up.
    UpSeconds,
    /// Seconds in which the host answered and the panel did not serve.
    DownSeconds,
    /// Seconds of which nobody can say.
    UnknownSeconds,
    /// Seconds that were charged.
    BillableSeconds,
    /// The most users that were seen.
    UsersPeak,
    /// The most bytes that were seen.
    StorageBytesPeak,
}

/// How a count joins what was counted in the same hour before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Joins {
    /// It is added; it may be negative.
    Sum,
    /// The higher one stays.
    Peak,
}

/// One count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    /// Of what.
    pub counter: Counter,
    /// The first instant of the hour.
    pub hour_at: Timestamp,
    /// How much.
    pub quantity: i64,
}

impl Counter {
    /// Everything that is counted.
    pub const ALL: [Self; 6] = [
        Self::UpSeconds,
        Self::DownSeconds,
        Self::UnknownSeconds,
        Self::BillableSeconds,
        Self::UsersPeak,
        Self::StorageBytesPeak,
    ];

    /// How its counts join.
    #[must_use]
    pub const fn joins(self) -> Joins {
        match self {
            Self::UpSeconds | Self::DownSeconds | Self::UnknownSeconds | Self::BillableSeconds => Joins::Sum,
            Self::UsersPeak | Self::StorageBytesPeak => Joins::Peak,
        }
    }

    const fn seconds(seen: Seen) -> Self {
        match seen {
            Seen::Up => Self::UpSeconds,
            Seen::Down => Self::DownSeconds,
            Seen::Unknown => Self::UnknownSeconds,
        }
    }

    const fn peak(meter: Meter) -> Option<Self> {
        match meter {
            Meter::ActiveSeconds => None,
            Meter::Users => Some(Self::UsersPeak),
            Meter::StorageBytes => Some(Self::StorageBytesPeak),
        }
    }
}

/// What these windows and charged spans add to the counters.
#[must_use]
pub fn counts(zone: Zone, windows: &[Window], billed: &[Span]) -> Vec<Count> {
    let mut tallies = Tallies::default();
    for window in windows {
        tallies.seconds(zone, Counter::seconds(window.seen), window.span, 1);
        for (meter, sample) in [(Meter::Users, window.sample.users), (Meter::StorageBytes, window.sample.storage_bytes)]
        {
            if let (Some(counter), Some(sample)) = (Counter::peak(meter), sample) {
                tallies.peak(zone, counter, window.span, sample);
            }
        }
    }
    for span in billed {
        tallies.seconds(zone, Counter::BillableSeconds, *span, 1);
    }
    tallies.counts()
}

/// What a correction changes: the seconds as they were counted are taken out, and counted again.
#[must_use]
pub fn recounts(zone: Zone, cycle: &Cycle, before: &[Window], after: &[Window]) -> Vec<Count> {
    let mut tallies = Tallies::default();
    for (windows, sign) in [(before, -1), (after, 1)] {
        for window in windows {
            tallies.seconds(zone, Counter::seconds(window.seen), window.span, sign);
        }
        for span in cycle.billed(windows) {
            tallies.seconds(zone, Counter::BillableSeconds, span, sign);
        }
    }
    tallies.counts()
}

#[derive(Default)]
struct Tallies(BTreeMap<(Counter, Timestamp), i64>);

impl Tallies {
    fn seconds(&mut self, zone: Zone, counter: Counter, span: Span, sign: i64) {
        for (hour_at, part) in hours(zone, span) {
            *self.0.entry((counter, hour_at)).or_insert(0) += sign * part.seconds();
        }
    }

    fn peak(&mut self, zone: Zone, counter: Counter, span: Span, sample: i64) {
        for (hour_at, _) in hours(zone, span) {
            let peak = self.0.entry((counter, hour_at)).or_insert(sample);
            *peak = (*peak).max(sample);
        }
    }

    fn counts(self) -> Vec<Count> {
        let all = self.0.into_iter().map(|((counter, hour_at), quantity)| Count { counter, hour_at, quantity });
        all.filter(|count| count.counter.joins() == Joins::Peak || count.quantity != 0).collect()
    }
}

/// The civil hours that a span touches, with the part of it in each.
fn hours(zone: Zone, span: Span) -> Vec<(Timestamp, Span)> {
    let mut parts = vec![];
    let mut at = span.from();
    while at < span.to() {
        let hour_at = zone.hour_of(at);
        let to = zone.next_hour(at).min(span.to());
        parts.push((hour_at, Span::new(at, to)));
        at = to;
    }
    parts
}
