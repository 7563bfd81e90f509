//! How long was this panel up, hour by hour? From the counters alone; reads only.

use super::days::{Days, Reach};
use super::owned::owned;
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use shared::api::spending::HourlyUsage;
use shared::billing::report::hours;
use shared::ids::TenantId;

/// A month at the most, a week if nobody says.
const REACH: Reach = Reach { most: 31, usual: 7 };

/// Every hour of these days, by the clocks of the panel's account.
pub async fn usage_hours(app: &App, caller: &Caller, id: TenantId, days: Days) -> Result<HourlyUsage, FlowError> {
    let record = owned(app.store.tenant(id).await?, caller)?;
    let zone = record.zone;
    let (from, to, whole) = days.read(zone, record.time(app.clock.now()), REACH)?;
    let counts = app.store.counts(id, whole).await?;
    Ok(HourlyUsage { tenant_id: id, zone, from, to, hours: hours(zone, from, to, &counts) })
}
