//! How long was this panel up, day by day? From the counters alone; reads only.

use super::days::{Days, Reach};
use super::owned::owned;
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use shared::api::usage::UsageReport;
use shared::billing::report::{Report, report};
use shared::ids::TenantId;

/// A year at the most, a month if nobody says.
const REACH: Reach = Reach { most: 366, usual: 30 };

/// The report on these days.
pub async fn usage(app: &App, caller: &Caller, id: TenantId, days: Days) -> Result<UsageReport, FlowError> {
    let record = owned(app.store.tenant(id).await?, caller)?;
    let zone = days.zone.unwrap_or(record.zone);
    let (from, to, whole) = days.read(zone, record.time(app.clock.now()), REACH)?;
    let counts = app.store.counts(id, whole).await?;
    let Report { days, totals } = report(zone, from, to, &counts);
    Ok(UsageReport { tenant_id: id, zone, from, to, days, totals })
}
