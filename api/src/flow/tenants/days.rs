//! Which days a report is about. Knows no panel.

use crate::flow::FlowError;
use shared::billing::report::span;
use shared::civil::{CivilDay, Zone};
use shared::time::{DAY, Span, Timestamp};

/// Which days, by which clocks; what is not said is the last days, by the account's.
#[derive(Debug, Clone, Copy, Default)]
pub struct Days {
    /// The first.
    pub from: Option<CivilDay>,
    /// The last.
    pub to: Option<CivilDay>,
    /// By which clocks.
    pub zone: Option<Zone>,
}

/// How many days a report may have, and how many it has if nobody says.
#[derive(Debug, Clone, Copy)]
pub(in crate::flow) struct Reach {
    pub(in crate::flow) most: i64,
    pub(in crate::flow) usual: i64,
}

impl Days {
    /// The first and the last of them, and all of their time, when the account's clock shows `now`.
    pub(in crate::flow) fn read(
        self,
        zone: Zone,
        now: Timestamp,
        reach: Reach,
    ) -> Result<(CivilDay, CivilDay, Span), FlowError> {
        let to = self.to.unwrap_or_else(|| zone.day_of(now));
        let from = self.from.unwrap_or_else(|| (1..reach.usual).fold(to, |day, _| day.previous()));
        if to < from {
            return Err(FlowError::field("/to", "order", "must not be before from"));
        }
        let whole = span(zone, from, to);
        // Days are 23 to 25 h long; half a day more or less decides nothing.
        if whole.seconds() > reach.most * DAY + DAY / 2 {
            let rule = format!("must be at most {} days from the first", reach.most);
            return Err(FlowError::field("/to", "range", &rule));
        }
        Ok((from, to, whole))
    }
}
