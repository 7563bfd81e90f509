//! When will service stop unless renewed? And when must this tenant be looked at next?
//!
//! A forecast is not a charge: it assumes that the panel goes on as it did in this cycle.

use super::state::{Billing, Panel, Tenant};
use super::terms::Terms;
use crate::time::{DAY, Span, Timestamp};

/// When service stops unless renewed, if the panel goes on being used as it was since the running cycle began, through
/// every queued cycle. A panel that is not active uses nothing, so only its days run. `None` if nothing is running.
#[must_use]
pub fn runs_out_at(tenant: &Tenant, now: Timestamp) -> Option<Timestamp> {
    let Billing::Running { cycle, queued } = &tenant.billing else { return None };
    let pace = Pace { used: cycle.used_seconds, elapsed: now.seconds_since(cycle.starts_at).max(1) };
    let resting = tenant.panel != Panel::Active || pace.used == 0;
    let lasts = |terms: &Terms, remaining, days_end: Timestamp, from: Timestamp| {
        if resting { days_end } else { from.plus(pace.lasts(terms, remaining)).min(days_end) }
    };
    let first = lasts(&cycle.terms, cycle.remaining_seconds(), cycle.ends_at, now);
    Some(queued.iter().fold(first, |from, next| {
        lasts(&next.terms, next.terms.allowance_seconds(), from.plus(next.terms.cycle_seconds()), from)
    }))
}

/// How fast hours are used: `used` of every `elapsed` seconds.
struct Pace {
    used: i64,
    elapsed: i64,
}

impl Pace {
    /// How long `remaining` seconds last at this pace, never shorter than the daily cap allows.
    fn lasts(&self, terms: &Terms, remaining: i64) -> i64 {
        let by_pace = i128::from(remaining) * i128::from(self.elapsed) / i128::from(self.used.max(1));
        let by_cap = terms.daily_cap_seconds().map_or(0, |cap| remaining / cap * DAY + remaining % cap);
        i64::try_from(by_pace).unwrap_or(i64::MAX).max(by_cap)
    }
}

/// The first instant at which something changes even if the panel is up all the time: a cycle's end, a grace's end, or
/// an exhausted allowance. `None` if time alone changes nothing.
#[must_use]
pub fn changes_by(tenant: &Tenant) -> Option<Timestamp> {
    match &tenant.billing {
        Billing::Running { cycle, .. } if tenant.panel == Panel::Active => {
            let from = tenant.accounted_until.unwrap_or(cycle.starts_at);
            let always_up = cycle.clone().charge(Span::new(from, cycle.ends_at));
            // The cycle ends at the first second that is not covered; that second must be seen first.
            Some(always_up.map_or(cycle.ends_at, |end| end.at.plus(1).min(cycle.ends_at)))
        }
        Billing::Running { cycle, .. } => Some(cycle.ends_at),
        Billing::Grace { until, .. } => Some(*until),
        Billing::None | Billing::Expired { .. } => None,
    }
}
