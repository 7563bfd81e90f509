//! How long was this panel up, day by day? From the counters alone; reads only.

use super::owned::owned;
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use shared::api::usage::UsageReport;
use shared::billing::report::{Report, report, span};
use shared::civil::{CivilDay, Zone};
use shared::ids::TenantId;
use shared::time::DAY;

/// How many days one report may have.
const DAYS_MAX: i64 = 366;
/// How many it has if nobody says.
const DAYS_DEFAULT: i64 = 30;

/// Which days, by which clocks; what is not said is the last thirty days, by the account's.
#[derive(Debug, Clone, Copy, Default)]
pub struct Days {
    /// The first.
    pub from: Option<CivilDay>,
    /// The last.
    pub to: Option<CivilDay>,
    /// By which clocks.
    pub zone: Option<Zone>,
}

/// The report on these days.
pub async fn usage(app: &App, caller: &Caller, id: TenantId, days: Days) -> Result<UsageReport, FlowError> {
    let record = owned(app.store.tenant(id).await?, caller)?;
    let zone = days.zone.unwrap_or(record.zone);
    let to = days.to.unwrap_or_else(|| zone.day_of(record.time(app.clock.now())));
    let from = days.from.unwrap_or_else(|| (1..DAYS_DEFAULT).fold(to, |day, _| day.previous()));
    if to < from {
        return Err(FlowError::field("/to", "order", "must not be before from"));
    }
    let whole = span(zone, from, to);
    // Days are 23 to 25 h long; half a day more or less decides nothing.
    if whole.seconds() > DAYS_MAX * DAY + DAY / 2 {
        return Err(FlowError::field("/to", "range", &format!("must be at most {DAYS_MAX} days from the first")));
    }
    let counts = app.store.counts(id, whole).await?;
    let Report { days, totals } = report(zone, from, to, &counts);
    Ok(UsageReport { tenant_id: id, zone, from, to, days, totals })
}
