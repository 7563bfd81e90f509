//! What does this plan sell? Reads only.

use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use shared::api::auth::Role;
use shared::api::plans::{PlanDetail, PlanVersionView, VersionStatus};
use shared::ids::PlanId;

/// The plan: all of it for an operator. For everybody else the version that is sold; if none is, there is no such plan.
pub async fn plan(app: &App, caller: &Caller, id: PlanId) -> Result<PlanDetail, FlowError> {
    let plan = app.store.plan(id).await?.ok_or(FlowError::NotFound)?;
    if caller.role == Role::Operator {
        return Ok(plan);
    }
    let is_sold = |version: &&PlanVersionView| version.status == VersionStatus::Published;
    let sold = plan.versions.iter().rev().find(is_sold).cloned().ok_or(FlowError::NotFound)?;
    Ok(PlanDetail { versions: vec![sold], ..plan })
}
