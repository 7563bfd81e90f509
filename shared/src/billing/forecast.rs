//! When will service stop unless renewed? And when must this tenant be looked at next?
//!
//! A forecast is not a charge: it assumes that the panel goes on as it did in this cycle.

use super::cycle::{Beyond, Cycle, End};
use super::reminder;
use super::state::{Billing, Panel, Tenant};
use super::terms::OnExhaustion;
use crate::api::tenants::EndedReason;
use crate::money::Money;
use crate::time::{Span, Timestamp};

/// When service stops unless renewed, if the panel goes on being used as it was since the running cycle began, through
/// every queued cycle. A panel that is not active uses nothing, so only its days run. `None` if nothing is running.
///
/// Reckoned from the last accounted second, so it stays put between two observations; never earlier than `now`.
#[must_use]
pub fn runs_out_at(tenant: &Tenant, now: Timestamp) -> Option<Timestamp> {
    let Billing::Running { cycle, queued } = &tenant.billing else { return None };
    let as_of = tenant.accounted_until.unwrap_or(cycle.starts_at);
    let pace = Pace { used: cycle.used_seconds, elapsed: as_of.seconds_since(cycle.starts_at).max(1) };
    let resting = tenant.panel != Panel::Active || pace.used == 0;
    // Only the last cycle goes on beyond its hours, if its plan lets it.
    let goes_on = |cycle: &Cycle, waiting: usize| waiting == 0 && beyond(tenant, cycle) == Beyond::IsOverage;
    let end_of = |cycle: &Cycle, from, waiting| {
        if resting || goes_on(cycle, waiting) { cycle.ends_at } else { pace.end_of(cycle, from) }
    };
    let first = end_of(cycle, as_of, queued.len());
    let last = (1..).zip(queued).fold(first, |from, (place, next)| {
        let next = Cycle::paid(next.number, next.order_id, next.terms.clone(), from);
        end_of(&next, from, queued.len() - place)
    });
    Some(last.max(now))
}

/// How fast hours are used: `used` of every `elapsed` seconds.
struct Pace {
    used: i64,
    elapsed: i64,
}

impl Pace {
    /// Where the cycle ends if from `from` on it is used at this pace: never before an always-up panel would end it, as
    /// no panel can use more than the daily cap leaves, and never after its days.
    fn end_of(&self, cycle: &Cycle, from: Timestamp) -> Timestamp {
        let lasts = i128::from(cycle.remaining_seconds()) * i128::from(self.elapsed) / i128::from(self.used.max(1));
        let by_pace = from.plus(i64::try_from(lasts).unwrap_or(i64::MAX));
        by_pace.max(always_up_end(cycle, from, Beyond::Ends).at).min(cycle.ends_at)
    }
}

/// Where and why the cycle ends if the panel is up all the time from `from` on.
fn always_up_end(cycle: &Cycle, from: Timestamp, beyond: Beyond) -> End {
    let days_over = End { at: cycle.ends_at, reason: EndedReason::TimeElapsed };
    cycle.clone().charge(Span::new(from, cycle.ends_at), beyond).unwrap_or(days_over)
}

/// What billable seconds of the tenant's last paid cycle do when they find no allowance.
const fn beyond(tenant: &Tenant, last: &Cycle) -> Beyond {
    if tenant.cancelled { Beyond::Ends } else { last.beyond() }
}

/// What each hour beyond the running cycle's allowance is charged at, with VAT. `None` if the cycle ends with its hours: by its plan,
/// because the next one is paid already, or because the customer cancelled.
#[must_use]
pub fn overage_price_per_hour(tenant: &Tenant) -> Option<Money> {
    let Billing::Running { cycle, queued } = &tenant.billing else { return None };
    let OnExhaustion::Overage { price_per_hour } = cycle.terms.on_exhaustion else { return None };
    let goes_on = queued.is_empty() && beyond(tenant, cycle) == Beyond::IsOverage;
    goes_on.then(|| cycle.terms.vat.split(price_per_hour).ok()).flatten().map(|taxed| taxed.gross)
}

/// The first instant at which something changes even if the panel is up all the time: a cycle's end, a grace's end, an
/// exhausted allowance, or a reminder. `None` if time alone changes nothing.
#[must_use]
pub fn changes_by(tenant: &Tenant) -> Option<Timestamp> {
    match &tenant.billing {
        Billing::Running { cycle, queued } => {
            let from = tenant.accounted_until.unwrap_or(cycle.starts_at);
            let beyond = if queued.is_empty() { beyond(tenant, cycle) } else { Beyond::Ends };
            // A cycle whose hours are used up ends at the first second that is not covered; that must be seen first.
            let ends_at = if tenant.panel == Panel::Active {
                always_up_end(cycle, from, beyond).at.plus(1).min(cycle.ends_at)
            } else {
                cycle.ends_at
            };
            // Whoever is being removed is not reminded: an instant that nothing follows would be due for ever.
            let gone = matches!(tenant.panel, Panel::Deleting | Panel::Deleted);
            let reminds = queued.is_empty() && !tenant.cancelled && !gone;
            let reminder = if reminds { reminder::next_at(cycle) } else { None };
            Some(reminder.map_or(ends_at, |at| at.max(from).min(ends_at)))
        }
        Billing::Grace { until, .. } => Some(*until),
        Billing::None | Billing::Expired { .. } => None,
    }
}
