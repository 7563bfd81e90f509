//! What would another plan have cost? Past usage, charged by the same functions under other terms.
//!
//! A shadow is not a bill: it assumes that the panel was used as it was, and that every cycle was followed by the next at
//! once, so that nothing was ever closed. Knows no tenant; windows come in.

use super::cycle::{Cycle, EndedCycle};
use super::order::{postpaid, renewal_lines};
use super::terms::Terms;
use super::usage::Window;
use crate::api::invoices::LineView;
use crate::api::tenants::EndedReason;
use crate::ids::OrderId;
use crate::money::MoneyError;
use crate::time::{Span, Timestamp};
use uuid::Uuid;

/// One cycle of a shadow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShadowCycle {
    /// Its first instant.
    pub starts_at: Timestamp,
    /// The first instant after it, or after the time that is looked at.
    pub ended_at: Timestamp,
    /// Why it would have ended; `None` if it would still run at the end of that time. It is priced whole all the same.
    pub reason: Option<EndedReason>,
    /// What would have been used within the allowance.
    pub used_seconds: i64,
    /// What would have been used beyond it.
    pub overage_seconds: i64,
    /// Its price, and its charges.
    pub lines: Vec<LineView>,
}

/// Charges the windows in `span` to cycle after cycle on these terms, from the span's first instant on.
pub fn shadow(plan: &str, terms: &Terms, windows: &[Window], span: Span) -> Result<Vec<ShadowCycle>, MoneyError> {
    let mut cycles = vec![];
    let mut running = begin(terms, 1, span.from());
    for window in windows {
        let mut rest = window.within(span.from(), span.to());
        while !rest.span.is_empty() {
            // A window that begins after the cycle's days: they ended in between.
            let end = if rest.span.from() >= running.ends_at {
                running.pass(rest.span)
            } else {
                let beyond = running.beyond();
                running.take(&rest, beyond)
            };
            let Some(end) = end else { break };
            let next = begin(terms, running.number + 1, end.at);
            let over = EndedCycle { cycle: std::mem::replace(&mut running, next), at: end.at, reason: end.reason };
            cycles.push(told(plan, &over.cycle, over.at, Some(over.reason))?);
            rest = rest.within(end.at.max(rest.span.from()), rest.span.to());
        }
    }
    while running.ends_at <= span.to() {
        let next = begin(terms, running.number + 1, running.ends_at);
        let over = std::mem::replace(&mut running, next);
        cycles.push(told(plan, &over, over.ends_at, Some(EndedReason::TimeElapsed))?);
    }
    if running.starts_at < span.to() {
        cycles.push(told(plan, &running, span.to(), None)?);
    }
    Ok(cycles)
}

fn begin(terms: &Terms, number: u32, at: Timestamp) -> Cycle {
    Cycle::paid(number, OrderId::new(Uuid::nil()), terms.clone(), at)
}

fn told(
    plan: &str,
    cycle: &Cycle,
    ended_at: Timestamp,
    reason: Option<EndedReason>,
) -> Result<ShadowCycle, MoneyError> {
    Ok(ShadowCycle {
        starts_at: cycle.starts_at,
        ended_at,
        reason,
        used_seconds: cycle.used_seconds,
        overage_seconds: cycle.overage_seconds,
        lines: renewal_lines(plan, &cycle.terms, cycle.number, &postpaid(cycle, ended_at)?)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::billing::order::cycle_of;
    use crate::billing::terms::OnExhaustion;
    use crate::billing::usage::Seen;
    use crate::money::{Currency, Money};
    use crate::time::{DAY, HOUR};

    fn start() -> Timestamp {
        Timestamp::from_unix(1_800_000_000)
    }

    fn terms(change: impl FnOnce(&mut Terms)) -> Terms {
        let mut terms = Terms::standard(Money::new(100_000, Currency::Bdt));
        change(&mut terms);
        terms
    }

    /// Up for 10 hours every day.
    fn days(count: i64) -> (Vec<Window>, Span) {
        let up = |day: i64| {
            let from = start().plus(day * DAY);
            Window::plain(Span::new(from, from.plus(10 * HOUR)), Seen::Up)
        };
        ((0..count).map(up).collect(), Span::new(start(), start().plus(count * DAY)))
    }

    /// Which cycle it is by its lines, after how many hours it ends, why, and how many it used.
    fn ends(terms: &Terms, windows: &[Window], span: Span) -> Vec<(u32, i64, Option<EndedReason>, i64)> {
        let cycles = shadow("Other", terms, windows, span).unwrap();
        let hours = |c: &ShadowCycle| (c.ended_at.seconds_since(start()) / HOUR, c.used_seconds / HOUR);
        let told = |c: &ShadowCycle| (cycle_of(&c.lines[0].what), hours(c).0, c.reason, hours(c).1);
        cycles.iter().map(told).collect()
    }

    // Harm prevented: a customer is shown a cheaper plan that would in truth have run out in the middle of the month.
    #[test]
    fn a_small_plan_would_have_been_bought_again_when_its_hours_were_used_up() {
        let small = terms(|t| {
            t.included_hours = 100;
            t.daily_cap_hours = None;
        });
        let used_up = Some(EndedReason::HoursUsedUp);
        let (windows, span) = days(25);
        let expected = [(1, 240, used_up, 100), (2, 480, used_up, 100), (3, 600, None, 50)];
        assert_eq!(ends(&small, &windows, span), expected);
    }

    // Harm prevented: time in which a panel rested is left out of what the other plan costs, or all of it is one cycle.
    #[test]
    fn days_end_without_a_window_and_a_rest_is_priced_whole() {
        let elapsed = Some(EndedReason::TimeElapsed);
        let week = terms(|t| t.cycle_days = 7);
        let (windows, span) = days(15);
        let used = |hours: [i64; 3]| {
            [(1, 7 * 24, elapsed, hours[0]), (2, 14 * 24, elapsed, hours[1]), (3, 15 * 24, None, hours[2])]
        };
        assert_eq!(ends(&week, &windows, span), used([70, 70, 10]));
        assert_eq!(ends(&week, &windows[14..], span), used([0, 0, 10]), "up on the last day alone");
        assert_eq!(ends(&week, &[], span), used([0, 0, 0]));
        let idle = shadow("Other", &week, &[], span).unwrap();
        assert!(idle.iter().all(|cycle| cycle.lines[0].gross.minor == 100_000));
    }

    #[test]
    fn overage_is_among_the_lines() {
        let over = terms(|t| {
            t.included_hours = 100;
            t.on_exhaustion = OnExhaustion::Overage { price_per_hour: Money::new(1_000, Currency::Bdt) };
        });
        let (windows, span) = days(30);
        let cycles = shadow("Other", &over, &windows, span).unwrap();
        assert_eq!(cycles.len(), 1);
        assert_eq!(cycles[0].overage_seconds, 200 * HOUR);
        assert_eq!(cycles[0].lines.iter().map(|line| line.gross.minor).collect::<Vec<_>>(), [100_000, 200_000]);
    }
}
