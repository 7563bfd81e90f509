//! A cycle counted again, day by day, from its facts in the order in which they were booked.

use crate::api::explain::{CycleFigures, DayFigures, GaugeFigures, WindowView};
use crate::api::tenants::EndedReason;
use crate::billing::cycle::{Beyond, Cycle, End};
use crate::billing::gauge::Tally;
use crate::billing::proof::Line;
use crate::billing::usage::{Seen, Window, corrected};
use crate::ids::{CorrectionId, OrderId};
use crate::money::Money;
use crate::time::{DAY, Span, Timestamp};
use std::collections::BTreeMap;

/// Usage that was taken back, and how much that came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Taken {
    /// The correction.
    pub id: CorrectionId,
    /// Which seconds.
    pub span: Span,
    /// How they truly were.
    pub seen: Seen,
    /// How many charged seconds were taken back.
    pub seconds: i64,
}

/// A cycle that was counted again.
#[derive(Debug, Clone)]
pub struct Counted {
    /// The cycle as its facts make it.
    pub cycle: Cycle,
    /// Its windows, corrected.
    pub windows: Vec<Window>,
    /// The days in which anything was recorded, by their place, from 0.
    pub days: BTreeMap<i64, DayFigures>,
    /// What was taken back, in order.
    pub taken: Vec<Taken>,
    /// The upgrades: the order, the seconds added to the allowance, and what was paid, without VAT.
    pub upgrades: Vec<(OrderId, i64, Money)>,
    /// Where and why it ended, if the windows show it.
    pub end: Option<End>,
    users: Seldom,
    storage_bytes: Seldom,
}

/// What a tally does not keep: when the peak was first seen, and for how long anything was measured.
#[derive(Debug, Clone, Copy, Default)]
struct Seldom {
    peak: Option<(i64, Window)>,
    measured_seconds: i64,
}

impl Seldom {
    fn add(&mut self, sample: Option<i64>, window: &Window) {
        let Some(sample) = sample.map(|sample| sample.max(0)).filter(|_| !window.span.is_empty()) else { return };
        self.measured_seconds += window.span.seconds();
        if self.peak.is_none_or(|(peak, _)| sample > peak) {
            self.peak = Some((sample, *window));
        }
    }

    fn figures(&self, tally: &Tally) -> GaugeFigures {
        GaugeFigures {
            peak: tally.peak,
            peak_window: self.peak.map(|(_, window)| WindowView::from(&window)),
            weighted: tally.weighted.to_string(),
            measured_seconds: self.measured_seconds,
        }
    }
}

/// Counts a cycle from its lines. `None` if the first is not its beginning. What an end line says is not believed.
#[must_use]
pub fn count(lines: &[Line]) -> Option<Counted> {
    let mut lines = lines.iter();
    let Some(Line::Started { number, order_id, terms, starts_at, .. }) = lines.next() else { return None };
    let cycle = match order_id {
        Some(order_id) => Cycle::paid(*number, *order_id, terms.clone(), *starts_at),
        None => Cycle::trial(*number, terms.clone(), *starts_at),
    };
    let mut counted = Counted {
        cycle,
        windows: vec![],
        days: BTreeMap::new(),
        taken: vec![],
        upgrades: vec![],
        end: None,
        users: Seldom::default(),
        storage_bytes: Seldom::default(),
    };
    for line in lines {
        match line {
            Line::Window { from, to, seen, sample } => {
                let window = Window { span: Span::new(*from, *to), seen: *seen, sample: *sample };
                counted.windows.push(window);
                counted.take(window);
            }
            Line::Upgraded { order_id, terms, allowance_added_seconds, paid_net_added } => {
                counted.cycle.allowance_seconds =
                    counted.cycle.allowance_seconds.saturating_add(*allowance_added_seconds);
                counted.cycle.terms = terms.clone();
                counted.upgrades.push((*order_id, *allowance_added_seconds, *paid_net_added));
            }
            Line::Corrected { correction_id, from, to, seen } => {
                counted.correct(*correction_id, Span::new(*from, *to), *seen);
            }
            Line::Started { .. } | Line::Ended { .. } => {}
        }
    }
    Some(counted)
}

impl Counted {
    fn take(&mut self, window: Window) {
        let beyond = self.cycle.beyond();
        let mut rest = window.within(self.cycle.starts_at, self.cycle.ends_at);
        let mut counted_until = rest.span.from();
        while self.end.is_none() && !rest.span.is_empty() {
            let piece = rest.within(rest.span.from(), self.cycle.day_end(rest.span.from()));
            let (billable, overage) = (self.cycle.billable_seconds(), self.cycle.overage_seconds);
            self.end = self.cycle.take_within_day(&piece, beyond).0;
            counted_until = self.end.map_or(piece.span.to(), |end| end.at);
            let seconds = counted_until.seconds_since(piece.span.from());
            let billable = self.cycle.billable_seconds() - billable;
            let overage = self.cycle.overage_seconds - overage;
            let day = self.day_of(piece.span.from());
            match piece.seen {
                Seen::Up => {
                    day.up_seconds += seconds;
                    day.billable_seconds += billable;
                    day.overage_seconds += overage;
                    day.capped_seconds += seconds - billable;
                }
                Seen::Down => day.down_seconds += seconds,
                Seen::Unknown => day.unknown_seconds += seconds,
            }
            rest = rest.within(piece.span.to(), rest.span.to());
        }
        let whole = window.within(self.cycle.starts_at, counted_until);
        self.users.add(window.sample.users, &whole);
        self.storage_bytes.add(window.sample.storage_bytes, &whole);
    }

    fn day_of(&mut self, at: Timestamp) -> &mut DayFigures {
        let place = at.seconds_since(self.cycle.starts_at) / DAY;
        let starts_at = self.cycle.starts_at.plus(place * DAY);
        self.days.entry(place).or_insert_with(|| DayFigures {
            number: u32::try_from(place + 1).unwrap_or(u32::MAX),
            starts_at,
            up_seconds: 0,
            billable_seconds: 0,
            overage_seconds: 0,
            capped_seconds: 0,
            down_seconds: 0,
            unknown_seconds: 0,
        })
    }

    /// All windows so far are counted anew, as the core does.
    fn correct(&mut self, id: CorrectionId, span: Span, seen: Seen) {
        let before = self.cycle.billable_seconds();
        self.windows = corrected(&self.windows, span, seen);
        self.cycle.reset_usage();
        self.days.clear();
        self.end = None;
        self.users = Seldom::default();
        self.storage_bytes = Seldom::default();
        for window in self.windows.clone() {
            self.take(window);
        }
        self.taken.push(Taken { id, span, seen, seconds: before - self.cycle.billable_seconds() });
    }

    /// Where and why it ended, if it is said to have ended at `said`. Days end without a window; hours end at the first
    /// billable second that finds no allowance, which belongs to the next cycle or to none: so it is asked whether such a
    /// second would have ended it there.
    #[must_use]
    pub fn end_beside(&self, said: End) -> End {
        let days_over = End { at: self.cycle.ends_at, reason: EndedReason::TimeElapsed };
        let reached = self.windows.last().map_or(self.cycle.starts_at, |last| last.span.to());
        let next_second = Span::new(said.at, said.at.plus(1));
        let follows = said.at >= reached && self.cycle.clone().charge(next_second, Beyond::Ends) == Some(said);
        self.end.unwrap_or(if follows { said } else { days_over })
    }

    /// The cycle's figures; `end` is where it ended, `None` while it runs.
    #[must_use]
    pub fn figures(&self, end: Option<End>) -> CycleFigures {
        let Cycle { number, starts_at, ends_at, allowance_seconds, used_seconds, overage_seconds, .. } = self.cycle;
        CycleFigures {
            number,
            starts_at,
            ends_at,
            ended_at: end.map(|end| end.at),
            ended_reason: end.map(|end| end.reason),
            allowance_seconds,
            used_seconds,
            overage_seconds,
            days: self.days.values().cloned().collect(),
            users: self.users.figures(&self.cycle.gauges.users),
            storage_bytes: self.storage_bytes.figures(&self.cycle.gauges.storage_bytes),
        }
    }
}
