//! One paid or trial period of one tenant, and how seconds are charged to it.
//!
//! Rules (DESIGN: billing rules 1 to 3): a cycle day is 24 h counted from the cycle's start; a daily cap makes the rest
//! of a day free; the cycle ends at the first billable second that finds no allowance, or when its days are over. On a
//! plan with overage, seconds beyond the allowance are counted apart while nothing is queued, and end nothing.

use super::gauge::Tallies;
use super::limit;
use super::reminder::Reminder;
use super::terms::Terms;
use crate::api::tenants::EndedReason;
use crate::ids::OrderId;
use crate::money::{Money, MoneyError};
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
    /// What was bought; after an upgrade, what it was upgraded to.
    pub terms: Terms,
    /// What may be used; an upgrade adds to it.
    pub allowance_seconds: i64,
    /// Its first instant.
    pub starts_at: Timestamp,
    /// The first instant after its days.
    pub ends_at: Timestamp,
    /// What has been used; never more than the allowance.
    pub used_seconds: i64,
    /// What has been used beyond the allowance.
    pub overage_seconds: i64,
    /// The cycle day last charged, counted from 0.
    pub day_index: i64,
    /// What that day has used; never more than the daily cap.
    pub day_used_seconds: i64,
    /// What was measured besides time.
    pub gauges: Tallies,
    /// Which reminders were given: bit n is the n-th of the plan; from bit 16 on, which notices about limits.
    pub reminded: u32,
    /// What was paid for it, without VAT.
    pub paid_net: Money,
    /// How much of that is earned and booked.
    pub earned_net: Money,
    /// The order that last upgraded it.
    pub upgraded_by: Option<OrderId>,
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

/// What happens to billable seconds that find no allowance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beyond {
    /// The first of them ends the cycle.
    Ends,
    /// They are counted as overage.
    IsOverage,
}

impl Cycle {
    /// A fresh paid cycle that begins at `starts_at`.
    #[must_use]
    pub fn paid(number: u32, order_id: OrderId, terms: Terms, starts_at: Timestamp) -> Self {
        let (length_seconds, paid_net) = (terms.cycle_seconds(), terms.net_price());
        Self::fresh(number, Origin::Order(order_id), terms, starts_at, length_seconds, paid_net)
    }

    /// A fresh trial cycle that begins at `starts_at`.
    #[must_use]
    pub fn trial(number: u32, terms: Terms, starts_at: Timestamp) -> Self {
        let (length_seconds, nothing) = (terms.trial_seconds(), Money::new(0, terms.currency()));
        Self::fresh(number, Origin::Trial, terms, starts_at, length_seconds, nothing)
    }

    fn fresh(
        number: u32,
        origin: Origin,
        terms: Terms,
        starts_at: Timestamp,
        length_seconds: i64,
        paid_net: Money,
    ) -> Self {
        Self {
            number,
            origin,
            allowance_seconds: terms.allowance_seconds(),
            starts_at,
            ends_at: starts_at.plus(length_seconds),
            used_seconds: 0,
            overage_seconds: 0,
            day_index: 0,
            day_used_seconds: 0,
            gauges: Tallies::default(),
            reminded: 0,
            earned_net: Money::new(0, terms.currency()),
            paid_net,
            upgraded_by: None,
            terms,
        }
    }

    /// What may still be used.
    #[must_use]
    pub fn remaining_seconds(&self) -> i64 {
        self.allowance_seconds - self.used_seconds
    }

    /// Everything that was billable: within the allowance and beyond.
    #[must_use]
    pub fn billable_seconds(&self) -> i64 {
        self.used_seconds + self.overage_seconds
    }

    /// Whether the reminder at this place of the plan's list was given.
    #[must_use]
    pub fn was_reminded(&self, index: usize) -> bool {
        let bit = u32::try_from(index).ok().and_then(|index| 1_u32.checked_shl(index)).unwrap_or(0);
        self.reminded & bit != 0
    }

    pub(super) fn mark_reminded(&mut self, index: usize) {
        self.reminded |= u32::try_from(index).ok().and_then(|index| 1_u32.checked_shl(index)).unwrap_or(0);
    }

    /// The first instant after the cycle day in which `at` lies.
    #[must_use]
    pub fn day_end(&self, at: Timestamp) -> Timestamp {
        self.starts_at.plus((at.seconds_since(self.starts_at) / DAY + 1) * DAY)
    }

    /// Passes over a span in which nothing was billable. Says if and where the cycle ended in it.
    #[must_use]
    pub fn pass(&self, span: Span) -> Option<End> {
        (span.to() >= self.ends_at).then_some(End { at: self.ends_at, reason: EndedReason::TimeElapsed })
    }

    /// Charges a span in which the panel was up, day by day. Says if and where the cycle ended in it; nothing after
    /// that instant is charged. The span must begin within the cycle and not before anything charged already.
    #[must_use]
    pub fn charge(&mut self, span: Span, beyond: Beyond) -> Option<End> {
        let stop = span.to().min(self.ends_at);
        let mut at = span.from();
        while at < stop {
            self.enter_day_of(at);
            let day_end = self.day_end(at).min(stop);
            let uncapped = day_end.seconds_since(at);
            // An upgrade in the middle of a day may have lowered the cap.
            let open = |cap: i64| (cap - self.day_used_seconds).max(0);
            let billable = self.terms.daily_cap_seconds().map_or(uncapped, |cap| uncapped.min(open(cap)));
            let covered = billable.min(self.remaining_seconds());
            self.used_seconds += covered;
            self.day_used_seconds += covered;
            if covered < billable {
                match beyond {
                    Beyond::Ends => return Some(End { at: at.plus(covered), reason: EndedReason::HoursUsedUp }),
                    Beyond::IsOverage => {
                        self.overage_seconds += billable - covered;
                        self.day_used_seconds += billable - covered;
                    }
                }
            }
            at = day_end;
        }
        self.pass(span)
    }

    fn enter_day_of(&mut self, at: Timestamp) {
        let day = at.seconds_since(self.starts_at) / DAY;
        if day != self.day_index {
            self.day_index = day;
            self.day_used_seconds = 0;
        }
    }

    /// Goes on under dearer terms. What reminders were given stays given.
    pub(super) fn upgrade(
        &mut self,
        order_id: OrderId,
        terms: &Terms,
        allowance_added_seconds: i64,
        paid_net_added: Money,
    ) -> Result<(), MoneyError> {
        let given: Vec<_> = (0..).zip(&self.terms.reminders).filter(|(index, _)| self.was_reminded(*index)).collect();
        let still = |reminder: &Reminder| given.iter().any(|(_, old)| *old == reminder);
        let kept: Vec<usize> =
            (0..).zip(&terms.reminders).filter(|(_, new)| still(new)).map(|(index, _)| index).collect();
        let told = limit::kept(self, terms);
        self.paid_net = self.paid_net.checked_add(paid_net_added)?;
        self.allowance_seconds = self.allowance_seconds.saturating_add(allowance_added_seconds.max(0));
        self.terms = terms.clone();
        self.upgraded_by = Some(order_id);
        self.reminded = 0;
        kept.into_iter().chain(told).for_each(|index| self.mark_reminded(index));
        Ok(())
    }

    /// Forgets what was counted, to count again from other windows. What was bought, earned and told stays.
    pub(super) fn reset_usage(&mut self) {
        self.used_seconds = 0;
        self.overage_seconds = 0;
        self.day_index = 0;
        self.day_used_seconds = 0;
        self.gauges = Tallies::default();
    }

    /// How much of what was paid is newly earned: in proportion to the hours used, and all of it once the cycle is over.
    /// Negative if a correction took hours back. After an upgrade, which only makes the proportion smaller, what was earned
    /// stays earned until the proportion is reached again.
    pub(super) fn newly_earned(&self, over: bool) -> Result<Money, MoneyError> {
        let earned = if over || self.allowance_seconds < 1 {
            self.paid_net
        } else {
            self.paid_net.prorate(self.used_seconds, self.allowance_seconds)?
        };
        let newly = earned.checked_sub(self.earned_net)?;
        let least = if self.upgraded_by.is_some() { 0 } else { i64::MIN };
        Ok(Money::new(newly.minor.max(least), newly.currency))
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
        let end = cycle.charge(hours(0, 31 * 24), Beyond::Ends);
        assert_eq!(end, Some(End { at: start().plus(30 * DAY), reason: EndedReason::TimeElapsed }));
        assert_eq!(cycle.used_seconds, 360 * HOUR);
    }

    #[test]
    fn always_on_without_a_cap_lasts_fifteen_days() {
        let mut cycle = cycle(|terms| terms.daily_cap_hours = None);
        let end = cycle.charge(hours(0, 31 * 24), Beyond::Ends);
        assert_eq!(end, Some(End { at: start().plus(15 * DAY), reason: EndedReason::HoursUsedUp }));
    }

    // Harm prevented: a cycle ends at the last paid second although the rest of that day is free.
    #[test]
    fn a_cap_that_frees_the_rest_of_the_day_never_ends_the_cycle_early() {
        let mut cycle = cycle(|terms| terms.included_hours = 12);
        assert_eq!(
            cycle.charge(hours(0, 24), Beyond::Ends),
            None,
            "the first day's 12 h are used, and the rest of it is free"
        );
        assert_eq!(cycle.remaining_seconds(), 0);
        let end = cycle.charge(hours(24, 25), Beyond::Ends);
        assert_eq!(end, Some(End { at: start().plus(DAY), reason: EndedReason::HoursUsedUp }));
    }

    // Harm prevented: using the last second ends the cycle although the panel then rests.
    #[test]
    fn the_last_second_may_be_used_without_ending_the_cycle() {
        let mut cycle = cycle(|terms| terms.included_hours = 5);
        assert_eq!(cycle.charge(hours(0, 5), Beyond::Ends), None);
        assert_eq!(cycle.pass(hours(5, 100)), None);
        let next = Span::new(start().plus(100 * HOUR), start().plus(100 * HOUR + 1));
        assert_eq!(cycle.charge(next, Beyond::Ends), Some(End { at: next.from(), reason: EndedReason::HoursUsedUp }));
    }

    // Harm prevented: the price of a cycle without hours is never earned, or holds up everything that happens in it; or one
    // with a single second earns all before that is used.
    #[test]
    fn a_price_is_earned_by_hours_if_there_are_any() {
        for (allowance_seconds, used_seconds, earned) in
            [(0, 0, 250_000), (1, 0, 0), (1, 1, 250_000), (2, 1, 125_000), (3, 1, 83_333)]
        {
            let cycle = Cycle { allowance_seconds, used_seconds, ..cycle(|_| ()) };
            let place = format!("{used_seconds} of {allowance_seconds} s");
            assert_eq!(cycle.newly_earned(false), Ok(Money::new(earned, Currency::Bdt)), "{place}");
            assert_eq!(cycle.newly_earned(true), Ok(Money::new(250_000, Currency::Bdt)), "{place}, and over");
        }
    }

    // Harm prevented: on a plan with overage the panel is closed, or the extra hours are given away, or a cap is forgotten.
    #[test]
    fn overage_counts_what_the_allowance_does_not_cover_and_keeps_the_cap() {
        let mut cycle = cycle(|terms| terms.included_hours = 20);
        assert_eq!(cycle.charge(hours(0, 48), Beyond::IsOverage), None);
        assert_eq!((cycle.used_seconds, cycle.overage_seconds), (20 * HOUR, 4 * HOUR), "two days of 12 h each");
        let end = cycle.charge(hours(48, 31 * 24), Beyond::IsOverage);
        assert_eq!(end.map(|end| end.reason), Some(EndedReason::TimeElapsed));
        assert_eq!(cycle.billable_seconds(), 360 * HOUR);
    }
}
