//! Usage by civil day, from the counters by the hour. For charts and tables; nothing is charged by it.

use super::counter::{Count, Counter};
use crate::api::spending::UsageHour;
use crate::api::usage::{UsageDay, UsageTotals};
use crate::civil::{CivilDay, Zone};
use crate::time::{Span, Timestamp};
use std::collections::BTreeMap;

/// The days of a report and their sums.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Each day, in order.
    pub days: Vec<UsageDay>,
    /// All of them together.
    pub totals: UsageTotals,
}

/// From the first instant of `from` to the first after `to`.
#[must_use]
pub fn span(zone: Zone, from: CivilDay, to: CivilDay) -> Span {
    Span::new(zone.span_of(from).from(), zone.span_of(to).to())
}

/// The days from `from` to `to`, both included, and what was counted in the hours that begin in each.
#[must_use]
pub fn report(zone: Zone, from: CivilDay, to: CivilDay, counts: &[Count]) -> Report {
    let mut days: BTreeMap<CivilDay, UsageDay> = BTreeMap::new();
    let mut day = from;
    while day <= to {
        days.insert(day, empty(zone, day));
        if day.next() == day {
            break;
        }
        day = day.next();
    }
    for count in counts {
        if let Some(day) = days.get_mut(&zone.day_of(count.hour_at)) {
            add(day, *count);
        }
    }
    let days: Vec<UsageDay> = days.into_values().collect();
    let sum = |pick: fn(&UsageDay) -> i64| days.iter().map(pick).sum();
    let totals = UsageTotals {
        seconds: sum(|day| day.seconds),
        up_seconds: sum(|day| day.up_seconds),
        down_seconds: sum(|day| day.down_seconds),
        unknown_seconds: sum(|day| day.unknown_seconds),
        billable_seconds: sum(|day| day.billable_seconds),
        users_peak: days.iter().filter_map(|day| day.users_peak).max(),
        storage_bytes_peak: days.iter().filter_map(|day| day.storage_bytes_peak).max(),
    };
    Report { days, totals }
}

/// Every hour of the days from `from` to `to`, both included, and what was counted in each.
#[must_use]
pub fn hours(zone: Zone, from: CivilDay, to: CivilDay, counts: &[Count]) -> Vec<UsageHour> {
    let whole = span(zone, from, to);
    let mut hours: BTreeMap<Timestamp, UsageHour> = BTreeMap::new();
    let mut at = whole.from();
    while at < whole.to() {
        let next = zone.next_hour(at).min(whole.to());
        hours.insert(at, empty_hour(Span::new(at, next)));
        at = next;
    }
    for count in counts {
        // By other clocks than these an hour may have begun within one of these.
        let Some((_, hour)) = hours.range_mut(..=count.hour_at).next_back() else { continue };
        let sum = match count.counter {
            Counter::UpSeconds => &mut hour.up_seconds,
            Counter::DownSeconds => &mut hour.down_seconds,
            Counter::UnknownSeconds => &mut hour.unknown_seconds,
            Counter::BillableSeconds => &mut hour.billable_seconds,
            Counter::UsersPeak | Counter::StorageBytesPeak => continue,
        };
        *sum += count.quantity;
    }
    hours.into_values().collect()
}

const fn empty_hour(span: Span) -> UsageHour {
    UsageHour {
        starts_at: span.from(),
        seconds: span.seconds(),
        up_seconds: 0,
        down_seconds: 0,
        unknown_seconds: 0,
        billable_seconds: 0,
    }
}

fn empty(zone: Zone, day: CivilDay) -> UsageDay {
    let span = zone.span_of(day);
    UsageDay {
        day,
        starts_at: span.from(),
        seconds: span.seconds(),
        up_seconds: 0,
        down_seconds: 0,
        unknown_seconds: 0,
        billable_seconds: 0,
        users_peak: None,
        storage_bytes_peak: None,
    }
}

fn add(day: &mut UsageDay, count: Count) {
    let higher = |peak: Option<i64>| Some(peak.map_or(count.quantity, |peak| peak.max(count.quantity)));
    match count.counter {
        Counter::UpSeconds => day.up_seconds += count.quantity,
        Counter::DownSeconds => day.down_seconds += count.quantity,
        Counter::UnknownSeconds => day.unknown_seconds += count.quantity,
        Counter::BillableSeconds => day.billable_seconds += count.quantity,
        Counter::UsersPeak => day.users_peak = higher(day.users_peak),
        Counter::StorageBytesPeak => day.storage_bytes_peak = higher(day.storage_bytes_peak),
    }
}
