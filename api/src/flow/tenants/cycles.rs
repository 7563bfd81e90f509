//! Which cycles has this panel had? Reads only.

use super::owned::owned;
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use crate::flow::page::{cut, one_more};
use crate::store::{CycleRecord, PlanRecord};
use shared::api::cycles::{BoughtPlan, CycleItem, CyclePage};
use shared::billing::cycle::{Cycle, Origin};
use shared::ids::{PlanVersionId, TenantId};

/// A page of at most `limit` cycles below number `before`, newest first; those that wait are not among them.
pub async fn cycles(
    app: &App,
    caller: &Caller,
    id: TenantId,
    before: Option<u32>,
    limit: u32,
) -> Result<CyclePage, FlowError> {
    owned(app.store.tenant(id).await?, caller)?;
    let mut records = app.store.cycles(id, before, one_more(limit)).await?;
    let next_cursor = cut(&mut records, limit, |record| record.cycle.number);
    let versions: Vec<PlanVersionId> = records.iter().filter_map(|record| record.plan_version_id).collect();
    let plans = app.store.plan_versions(&versions).await?;
    let plan_of = |record: &CycleRecord| record.plan_version_id.and_then(|version| plans.get(&version));
    Ok(CyclePage { next_cursor, items: records.iter().map(|record| item(record, plan_of(record))).collect() })
}

fn item(record: &CycleRecord, plan: Option<&PlanRecord>) -> CycleItem {
    let Cycle { number, starts_at, ends_at, allowance_seconds, used_seconds, overage_seconds, paid_net, .. } =
        record.cycle;
    CycleItem {
        number,
        plan: plan.map(|plan| BoughtPlan {
            id: plan.id,
            version: plan.version_id,
            version_number: plan.number,
            name: plan.name.clone(),
        }),
        is_trial: record.cycle.origin == Origin::Trial,
        starts_at,
        ends_at,
        ended_at: record.end.map(|end| end.at),
        ended_reason: record.end.map(|end| end.reason),
        allowance_seconds,
        daily_cap_hours: record.cycle.terms.daily_cap_hours,
        used_seconds,
        overage_seconds,
        paid_net,
        has_export: record.end.is_some() && record.seal.is_some(),
    }
}
