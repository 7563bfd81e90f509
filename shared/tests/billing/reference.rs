//! The billing rules once more, as slowly and simply as they can be said: one second after the other.
//!
//! Knows the terms and what was seen in each second; shares no code with the core.

use shared::api::tenants::EndedReason;
use shared::billing::terms::Terms;

/// One cycle that is over: seconds counted from the first cycle's start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Over {
    pub(crate) starts_at: i64,
    pub(crate) ended_at: i64,
    pub(crate) used: i64,
    pub(crate) reason: EndedReason,
}

/// What goes on at the last instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Present {
    Running { starts_at: i64, used: i64 },
    Grace { until: i64 },
    Expired,
}

/// The bill of somebody who bought a cycle for every one of `bought`, the first at second 0, and whose panel was up in
/// the seconds that `up` says. As it stands at instant `up.len()`.
pub(crate) fn bill(bought: &[Terms], up: &[bool]) -> (Vec<Over>, Present) {
    let (now, bought_last) = (i64::try_from(up.len()).unwrap(), bought[bought.len() - 1]);
    let (mut over, mut starts_at, mut used, mut used_today) = (vec![], 0, 0, 0);
    let mut bought = bought.iter();
    let mut running = bought.next();
    for second in 0_i64.. {
        let is_up = up.get(usize::try_from(second).unwrap()).copied();
        let Some(terms) = running else { break };
        let age = second - starts_at;
        if age % 86_400 == 0 {
            used_today = 0;
        }
        let capped = terms.daily_cap_hours.is_some_and(|hours| used_today == i64::from(hours) * 3_600);
        let reason = if age == i64::from(terms.cycle_days) * 86_400 {
            Some(EndedReason::TimeElapsed)
        } else if is_up == Some(true) && !capped && used == i64::from(terms.included_hours) * 3_600 {
            Some(EndedReason::HoursUsedUp)
        } else {
            None
        };
        if let Some(reason) = reason {
            over.push(Over { starts_at, ended_at: second, used, reason });
            (starts_at, used, used_today) = (second, 0, 0);
            running = bought.next();
        }
        let Some(is_up) = is_up else { break };
        // A cycle that begins with this second pays for it; its cap cannot be reached yet.
        if running.is_some() && is_up && (reason.is_some() || !capped) {
            used += 1;
            used_today += 1;
        }
    }
    let present = match (running, over.last()) {
        (None, Some(last)) => {
            let until = last.ended_at + i64::from(bought_last.grace_hours) * 3_600;
            if now < until { Present::Grace { until } } else { Present::Expired }
        }
        (Some(_), _) | (None, None) => Present::Running { starts_at, used },
    };
    (over, present)
}
