//! One look at a panel: whether it is up, and if so, what it holds. Asks the host; call it outside any transaction.

use crate::app::App;
use crate::port::host::PanelAddress;
use shared::billing::event::Event;
use shared::billing::gauge::Sample;
use shared::billing::usage::Seen;

/// What was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Look {
    pub(super) seen: Seen,
    sample: Sample,
}

/// Looks at the panel behind a subdomain.
pub(super) async fn look(app: &App, subdomain: &str) -> Look {
    let panel = PanelAddress { subdomain: subdomain.to_owned() };
    let seen = app.host.probe(&panel).await;
    let sample = match seen {
        Seen::Up => app.host.measure(&panel).await,
        Seen::Down | Seen::Unknown => Sample::default(),
    };
    Look { seen, sample }
}

impl Look {
    /// What the core is told of it: it speaks for so many seconds back.
    pub(super) const fn observed(self, reach_seconds: i64) -> Event {
        Event::Observed { seen: self.seen, sample: self.sample, reach_seconds }
    }
}
