//! One look at a panel: whether it is up, and if so, what it holds. Asks the host; call it outside any transaction.

use crate::app::App;
use crate::flow::FlowError;
use crate::flow::panel_address::panel_address;
use crate::port::host::Measured;
use crate::store::TenantRecord;
use shared::billing::event::Event;
use shared::billing::usage::Seen;
use shared::time::Timestamp;

/// What was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Look {
    pub(super) seen: Seen,
    measured: Measured,
}

/// Looks at a panel. One without a server is not seen.
pub(super) async fn look(app: &App, record: &TenantRecord) -> Result<Look, FlowError> {
    let Some(panel) = panel_address(app, record).await? else {
        return Ok(Look { seen: Seen::Unknown, measured: Measured::default() });
    };
    let seen = app.host.probe(&panel).await;
    let measured = match seen {
        Seen::Up => app.host.measure(&panel).await,
        Seen::Down | Seen::Unknown => Measured::default(),
    };
    Ok(Look { seen, measured })
}

impl Look {
    /// What the core is told of it: it speaks for so many seconds back.
    pub(super) const fn observed(self, reach_seconds: i64) -> Event {
        Event::Observed { seen: self.seen, sample: self.measured.sample, reach_seconds }
    }

    /// When somebody last signed in, if that could be told.
    pub(super) const fn last_active_at(self) -> Option<Timestamp> {
        self.measured.last_active_at
    }
}
