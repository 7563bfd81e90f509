//! One paid or trial period of one tenant, and how seconds are charged to it.
//!
//! Rules (DESIGN: billing rules 1 to 3): a cycle day is 24 h counted from the cycle's start; a daily cap makes the rest
//! of a day free; the cycle ends at the first billable second that finds no allowance, or when its days are over.

use super::terms::Terms;
use crate::api::tenants::EndedReason;
use crate::ids::OrderId;
use crate::time::{DAY, Span, Timestamp};

/// How a cycle came to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// A trial: at no charge.
    Trial,
    /// Bought by this order.
    Order(OrderId),
}

/// A cycle that is running, or that has run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cycle {
    /// 1 for the tenant's first.
    pub number: u32,
    /// How it came to be.
    pub origin: Origin,
    /// What was bought.
    pub terms: Terms,
    /// Its first instant.
    pub starts_at: Timestamp,
    /// The first instant after its days.
    pub ends_at: Timestamp,
    /// What has been used; never more than the allowance.
    pub used_seconds: i64,
    /// The cycle day last charged, counted from 0.
    pub day_index: i64,
    /// What that day has used; never more than the daily cap.
    pub day_used_seconds: i64,
}

/// A cycle that is over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EndedCycle {
    /// The cycle as it was at its end.
    pub cycle: Cycle,
    /// The first instant that no longer belongs to it.
    pub at: Timestamp,
    /// Why it ended.
    pub reason: EndedReason,
}

/// A paid cycle that waits for the running one to end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueuedCycle {
    /// Its number, given when it was bought.
    pub number: u32,
    /// The order that bought it.
    pub order_id: OrderId,
    /// What was bought.
    pub terms: Terms,
}

/// Where and why a cycle ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct End {
    /// The first instant that no longer belongs to it.
    pub at: Timestamp,
    /// Why.
    pub reason: EndedReason,
}

impl Cycle {
    /// A fresh paid cycle that begins at `starts_at`.
    #[must_use]
    pub fn paid(number: u32, order_id: OrderId, terms: Terms, starts_at: Timestamp) -> Self {
        Self::fresh(number, Origin::Order(order_id), terms, starts_at, terms.cycle_seconds())
    }

    /// A fresh trial cycle that begins at `starts_at`.
    #[must_use]
    pub fn trial(number: u32, terms: Terms, starts_at: Timestamp) -> Self {
        Self::fresh(number, Origin::Trial, terms, starts_at, terms.trial_seconds())
    }

    fn fresh(number: u32, origin: Origin, terms: Terms, starts_at: Timestamp, length_seconds: i64) -> Self {
        let ends_at = starts_at.plus(length_seconds);
        Self { number, origin, terms, starts_at, ends_at, used_seconds: 0, day_index: 0, day_used_seconds: 0 }
    }

    /// What may still be used.
    #[must_use]
    pub fn remaining_seconds(&self) -> i64 {
        self.terms.allowance_seconds() - self.used_seconds
    }

    /// Passes over a span in which nothing was billable. Says if and where the cycle ended in it.
    #[must_use]
    pub fn pass(&self, span: Span) -> Option<End> {
        (span.to() >= self.ends_at).then_some(End { at: self.ends_at, reason: EndedReason::TimeElapsed })
    }

    /// Charges a span in which the panel was up, day by day. Says if and where the cycle ended in it; nothing after
    /// that instant is charged. The span must begin within the cycle and not before anything charged already.
    #[must_use]
    pub fn charge(&mut self, span: Span) -> Option<End> {
        let stop = span.to().min(self.ends_at);
        let mut at = span.from();
        while at < stop {
            let day = self.enter_day_of(at);
            let day_end = self.starts_at.plus((day + 1) * DAY).min(stop);
            let uncapped = day_end.seconds_since(at);
            let billable =
                self.terms.daily_cap_seconds().map_or(uncapped, |cap| uncapped.min(cap - self.day_used_seconds));
            let covered = billable.min(self.remaining_seconds());
            self.used_seconds += covered;
            self.day_used_seconds += covered;
            if covered < billable {
                return Some(End { at: at.plus(covered), reason: EndedReason::HoursUsedUp });
            }
            at = day_end;
        }
        self.pass(span)
    }

    fn enter_day_of(&mut self, at: Timestamp) -> i64 {
        let day = at.seconds_since(self.starts_at) / DAY;
        if day != self.day_index {
            self.day_index = day;
            self.day_used_seconds = 0;
        }
        day
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::{Currency, Money};
    use crate::time::HOUR;
    use uuid::Uuid;

    fn start() -> Timestamp {
        Timestamp::from_unix(1_800_000_000)
    }

    fn cycle(change: impl FnOnce(&mut Terms)) -> Cycle {
        let mut terms = Terms::standard(Money::new(250_000, Currency::Bdt));
        change(&mut terms);
        Cycle::paid(1, OrderId::new(Uuid::nil()), terms, start())
    }

    fn hours(from: i64, to: i64) -> Span {
        Span::new(start().plus(from * HOUR), start().plus(to * HOUR))
    }

    // Harm prevented: an always-on panel on the default plan loses days that it has paid for.
    #[test]
    fn always_on_with_the_default_cap_lasts_exactly_thirty_days() {
        let mut cycle = cycle(|_| ());
        let end = cycle.charge(hours(0, 31 * 24));
        assert_eq!(end, Some(End { at: start().plus(30 * DAY), reason: EndedReason::TimeElapsed }));
        assert_eq!(cycle.used_seconds, 360 * HOUR);
    }

    #[test]
    fn always_on_without_a_cap_lasts_fifteen_days() {
        let mut cycle = cycle(|terms| terms.daily_cap_hours = None);
        let end = cycle.charge(hours(0, 31 * 24));
        assert_eq!(end, Some(End { at: start().plus(15 * DAY), reason: EndedReason::HoursUsedUp }));
    }

    // Harm prevented: a cycle ends at the last paid second although the rest of that day is free.
    #[test]
    fn a_cap_that_frees_the_rest_of_the_day_never_ends_the_cycle_early() {
        let mut cycle = cycle(|terms| terms.included_hours = 12);
        assert_eq!(cycle.charge(hours(0, 24)), None, "the first day's 12 h are used, and the rest of it is free");
        assert_eq!(cycle.remaining_seconds(), 0);
        let end = cycle.charge(hours(24, 25));
        assert_eq!(end, Some(End { at: start().plus(DAY), reason: EndedReason::HoursUsedUp }));
    }

    // Harm prevented: using the last second ends the cycle although the panel then rests.
    #[test]
    fn the_last_second_may_be_used_without_ending_the_cycle() {
        let mut cycle = cycle(|terms| terms.included_hours = 5);
        assert_eq!(cycle.charge(hours(0, 5)), None);
        assert_eq!(cycle.pass(hours(5, 100)), None);
        let next = Span::new(start().plus(100 * HOUR), start().plus(100 * HOUR + 1));
        assert_eq!(cycle.charge(next), Some(End { at: next.from(), reason: EndedReason::HoursUsedUp }));
    }
}
