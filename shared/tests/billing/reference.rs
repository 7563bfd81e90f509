//! The billing rules once more, as slowly and simply as they can be said: one second after the other.
//!
//! Knows the terms and what was so in each second; shares no code with the core.

use shared::api::tenants::EndedReason;
use shared::billing::terms::{OnExhaustion, Terms};

/// What was so during one second.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Second {
    pub(crate) up: bool,
    pub(crate) cancelled: bool,
}

/// One cycle that is over: seconds counted from the first cycle's start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Over {
    pub(crate) starts_at: i64,
    pub(crate) ended_at: i64,
    pub(crate) used: i64,
    pub(crate) overage: i64,
    pub(crate) reason: EndedReason,
}

/// What goes on at the last instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Present {
    Running { starts_at: i64, used: i64, overage: i64 },
    Grace { until: i64 },
    Expired,
}

/// The bill of somebody who bought a cycle for every one of `bought`, the first at second 0, and whose panel and mind
/// were as `seconds` say. As it stands at instant `seconds.len()`.
pub(crate) fn bill(bought: &[Terms], seconds: &[Second]) -> (Vec<Over>, Present) {
    let (now, bought_last) = (i64::try_from(seconds.len()).unwrap(), &bought[bought.len() - 1]);
    let (mut over, mut starts_at, mut used, mut overage, mut used_today) = (vec![], 0, 0, 0, 0);
    // Whether nothing more was wanted when the last cycle ended.
    let (mut cancelled_before, mut cancelled_at_end) = (false, false);
    let mut bought = bought.iter();
    let mut running = bought.next();
    for second in 0_i64.. {
        let this = seconds.get(usize::try_from(second).unwrap()).copied();
        let (is_up, is_cancelled) = (this.map(|it| it.up), this.is_some_and(|it| it.cancelled));
        let Some(terms) = running else { break };
        let age = second - starts_at;
        if age % 86_400 == 0 {
            used_today = 0;
        }
        let capped = terms.daily_cap_hours.is_some_and(|hours| used_today == i64::from(hours) * 3_600);
        let exhausted = used == i64::from(terms.included_hours) * 3_600;
        let waits = !bought.as_slice().is_empty();
        let goes_on = !waits && !is_cancelled && matches!(terms.on_exhaustion, OnExhaustion::Overage { .. });
        let reason = if age == i64::from(terms.cycle_days) * 86_400 {
            Some(EndedReason::TimeElapsed)
        } else if is_up == Some(true) && !capped && exhausted && !goes_on {
            Some(EndedReason::HoursUsedUp)
        } else {
            None
        };
        if let Some(reason) = reason {
            over.push(Over { starts_at, ended_at: second, used, overage, reason });
            cancelled_at_end = if reason == EndedReason::TimeElapsed { cancelled_before } else { is_cancelled };
            (starts_at, used, overage, used_today) = (second, 0, 0, 0);
            running = bought.next();
        }
        let Some(is_up) = is_up else { break };
        // A cycle that begins with this second pays for it; its cap cannot be reached yet.
        if running.is_some() && is_up && (reason.is_some() || !capped) {
            *(if exhausted && reason.is_none() { &mut overage } else { &mut used }) += 1;
            used_today += 1;
        }
        cancelled_before = is_cancelled;
    }
    let present = match (running, over.last()) {
        (None, Some(last)) => {
            let grace = if cancelled_at_end { 0 } else { i64::from(bought_last.grace_hours) * 3_600 };
            let until = last.ended_at + grace;
            if now < until { Present::Grace { until } } else { Present::Expired }
        }
        (Some(_), _) | (None, None) => Present::Running { starts_at, used, overage },
    };
    (over, present)
}
