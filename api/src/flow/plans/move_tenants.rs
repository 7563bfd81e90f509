//! The operator moves everybody who is on an older version of a plan to this one, a hundred at a time.

use super::{PlanRefusal, numbered};
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use crate::flow::operator::operator;
use crate::flow::publish::publish;
use crate::flow::tenants::move_to;
use crate::store::PlanRecord;
use shared::api::plans::{Moved, VersionStatus};
use shared::ids::PlanId;

/// How many one call moves at the most.
const BATCH: u64 = 100;

/// Puts the next order of at most 100 panels on this published version. What is paid stays. Calling it again moves the
/// next ones; when nobody is left it changes nothing.
pub async fn move_tenants(app: &App, caller: &Caller, id: PlanId, number: u32) -> Result<Moved, FlowError> {
    let actor = operator(caller)?;
    let plan = app.store.plan(id).await?.ok_or(FlowError::NotFound)?;
    let version = numbered(&plan, number).ok_or(FlowError::NotFound)?;
    if version.status == VersionStatus::Draft {
        return Err(PlanRefusal::NotPublished.into());
    }
    let to = PlanRecord { id, version_id: version.id, name: plan.name.clone(), number, terms: version.terms.clone() };
    let now = app.clock.now();
    let tx = app.store.begin().await?;
    let mut moved: u32 = 0;
    for tenant_id in tx.tenants_behind(id, number, BATCH).await? {
        let record = tx.tenant(tenant_id).await?.ok_or(FlowError::NotFound)?;
        // Somebody may have moved it before it was locked.
        let still_behind = record.plan.id == id && record.plan.number < number;
        if still_behind && move_to(app, &tx, &record, &to, &actor, now).await? {
            moved += 1;
        }
    }
    let left = tx.count_behind(id, number).await?;
    publish(app, tx).await?;
    Ok(Moved { moved, left })
}
