//! How much of what a plan includes a panel holds: when its people are told, and when no more of the plan is sold for it.
//!
//! Knows no clock. What is not known is never too much, and stops nobody.

use super::cycle::Cycle;
use super::gauge::Sample;
use super::rating::Meter;
use super::state::Panel;
use super::terms::{OnReached, Terms};
use crate::api::history::NoticeKind;
use crate::api::tenants::LimitLevel;
use crate::time::{DAY, Timestamp};

/// The shares of a limit at which people are told, in percent, the highest first.
const TOLD_AT: [u32; 2] = [100, 80];
/// What is limited, and the notice about it.
const LIMITED: [(Meter, NoticeKind); 2] =
    [(Meter::Users, NoticeKind::UsersPercent), (Meter::StorageBytes, NoticeKind::StoragePercent)];
/// Where a cycle marks these notices as given: behind the reminders of its plan, of which there are at most 16.
const FIRST_MARK: usize = 16;

/// How `used` stands to a limit.
#[must_use]
pub fn level(used: Option<i64>, limit: Option<i64>) -> LimitLevel {
    let (Some(used), Some(limit)) = (used, limit) else { return LimitLevel::Ok };
    if used > limit {
        LimitLevel::Over
    } else if used == limit {
        LimitLevel::Reached
    } else if reaches(used, limit, 80) {
        LimitLevel::Near
    } else {
        LimitLevel::Ok
    }
}

/// What was measured last of one gauge, and when; `None` if it never was.
pub type Figure = Option<(i64, Timestamp)>;

/// What is known at `now` of what a panel holds. Only an open panel is measured, and its people can see to it that it holds
/// less: of a closed one, and of what was measured more than a day ago, nothing is known. A figure that nobody can change any
/// more would stand between the panel and its next cycle for ever.
#[must_use]
pub fn known(panel: &Panel, users: Figure, storage_bytes: Figure, now: Timestamp) -> Sample {
    let fresh = |figure: Figure| {
        figure.filter(|(_, at)| panel.is_open() && now.seconds_since(*at) <= DAY).map(|(figure, _)| figure)
    };
    Sample { users: fresh(users), storage_bytes: fresh(storage_bytes) }
}

/// Whether a plan with these terms sells no cycle for a panel of which this is [`known`].
#[must_use]
pub fn blocks(terms: &Terms, measured: Sample) -> bool {
    match terms.limits.on_reached {
        OnReached::Notice => false,
        OnReached::BlockRenewal => {
            [level(measured.users, terms.limits.users), level(measured.storage_bytes, terms.limits.storage_bytes)]
                .contains(&LimitLevel::Over)
        }
    }
}

/// The notices that the highest samples of a cycle call for and that were not given in it yet, with the percentage that
/// each names. They are marked as given. A sample that passes both shares at once gives one notice.
pub(super) fn tell(cycle: &mut Cycle) -> Vec<(NoticeKind, u32)> {
    let mut told = vec![];
    for (gauge, (meter, notice)) in LIMITED.into_iter().enumerate() {
        let peak = cycle.gauges.of(meter).and_then(|tally| tally.peak);
        let Some((peak, limit)) = peak.zip(cycle.terms.limit(meter)) else { continue };
        let reached = TOLD_AT.into_iter().enumerate().find(|(_, percent)| reaches(peak, limit, *percent));
        let Some((highest, percent)) = reached else { continue };
        if cycle.was_reminded(mark(gauge, highest)) {
            continue;
        }
        (highest..TOLD_AT.len()).for_each(|share| cycle.mark_reminded(mark(gauge, share)));
        told.push((notice, percent));
    }
    told
}

/// The marks that an upgrade to `terms` leaves: a limit that stays as it was is not told of again.
pub(super) fn kept(cycle: &Cycle, terms: &Terms) -> Vec<usize> {
    let same =
        LIMITED.into_iter().enumerate().filter(|(_, (meter, _))| cycle.terms.limit(*meter) == terms.limit(*meter));
    let marks = same.flat_map(|(gauge, _)| (0..TOLD_AT.len()).map(move |share| mark(gauge, share)));
    marks.filter(|mark| cycle.was_reminded(*mark)).collect()
}

const fn mark(gauge: usize, share: usize) -> usize {
    FIRST_MARK + gauge * TOLD_AT.len() + share
}

fn reaches(used: i64, limit: i64, percent: u32) -> bool {
    i128::from(used) * 100 >= i128::from(limit) * i128::from(percent)
}

#[cfg(test)]
mod tests {
    use super::*;

    // Harm prevented: a card says that all is well when nothing more fits, or alarms somebody who has room.
    #[test]
    fn each_level_begins_where_it_says() {
        use LimitLevel::{Near, Ok, Over, Reached};
        for (used, limit, expected) in [
            (None, Some(10), Ok),
            (Some(99), None, Ok),
            (Some(0), Some(10), Ok),
            (Some(7), Some(10), Ok),
            (Some(8), Some(10), Near),
            (Some(9), Some(10), Near),
            (Some(10), Some(10), Reached),
            (Some(11), Some(10), Over),
            (Some(3), Some(4), Ok),
            (Some(1), Some(1), Reached),
            (Some(i64::MAX), Some(i64::MAX - 1), Over),
        ] {
            assert_eq!(level(used, limit), expected, "{used:?} of {limit:?}");
        }
    }
}
