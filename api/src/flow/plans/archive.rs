//! The operator archives a plan: it takes no new panels. Those that are on it stay, and go on being renewed.

use super::audit::plan_audit;
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use crate::flow::operator::operator;
use shared::api::plans::PlanDetail;
use shared::ids::PlanId;

/// Archives the plan. Archiving it again changes nothing.
pub async fn archive(app: &App, caller: &Caller, id: PlanId) -> Result<PlanDetail, FlowError> {
    let actor = operator(caller)?;
    let now = app.clock.now();
    let tx = app.store.begin().await?;
    let plan = tx.plan(id).await?.ok_or(FlowError::NotFound)?;
    if plan.archived_at.is_some() {
        return Ok(plan);
    }
    tx.archive_plan(id, now).await?;
    tx.insert_audit(&plan_audit(app, actor, "plan_archived", &plan.name, None, now)).await?;
    let plan = tx.plan(id).await?.ok_or(FlowError::NotFound)?;
    tx.commit().await?;
    Ok(plan)
}
