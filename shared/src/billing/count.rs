//! Windows are counted to a cycle: as they come, or all of them anew.
//!
//! Which windows there are, and whether they were corrected, is for the caller to know.

use super::cycle::{Beyond, Cycle, End};
use super::usage::{Seen, Window};
use crate::time::Span;

impl Cycle {
    /// What billable seconds beyond the allowance do while nothing is queued.
    #[must_use]
    pub const fn beyond(&self) -> Beyond {
        if self.terms.has_overage() { Beyond::IsOverage } else { Beyond::Ends }
    }

    /// Counts a window: its time if the panel was up, its sample in any case. Says if and where the cycle ended in it.
    #[must_use]
    pub fn take(&mut self, window: &Window, beyond: Beyond) -> Option<End> {
        let end = match window.seen {
            Seen::Up => self.charge(window.span, beyond),
            Seen::Down | Seen::Unknown => self.pass(window.span),
        };
        let until = end.map_or(window.span.to(), |end| end.at);
        self.gauges.add(window.sample, Span::new(window.span.from(), until));
        end
    }

    /// Counts a window that lies within one cycle day. Says also which of its seconds were charged: what is billable
    /// comes first, as a cap or an end only ever cuts off the rest.
    pub(super) fn take_within_day(&mut self, window: &Window, beyond: Beyond) -> (Option<End>, Option<Span>) {
        let before = self.billable_seconds();
        let end = self.take(window, beyond);
        let from = window.span.from();
        let billed = Span::new(from, from.plus(self.billable_seconds() - before));
        (end, (!billed.is_empty()).then_some(billed))
    }

    /// The seconds that are charged if these windows are all there are. Hours beyond the allowance are among them.
    #[must_use]
    pub fn billed(&self, windows: &[Window]) -> Vec<Span> {
        let mut again = self.clone();
        again.reset_usage();
        let mut billed = vec![];
        for window in windows {
            let mut rest = window.within(self.starts_at, self.ends_at);
            while !rest.span.is_empty() {
                let piece = rest.within(rest.span.from(), again.day_end(rest.span.from()));
                billed.extend(again.take_within_day(&piece, Beyond::IsOverage).1);
                rest = rest.within(piece.span.to(), rest.span.to());
            }
        }
        billed
    }

    /// Counts all of these windows anew, instead of what was counted before.
    pub(super) fn recount(&mut self, windows: &[Window]) -> Option<End> {
        self.reset_usage();
        let beyond = self.beyond();
        windows.iter().find_map(|window| self.take(window, beyond))
    }
}
