//! The operator publishes a draft: from then on it is frozen, and what new panels are ordered on. Panels that are on an
//! earlier version stay there until somebody moves them.

use super::audit::plan_audit;
use super::{PlanRefusal, currency, numbered};
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use crate::flow::operator::operator;
use shared::api::plans::{PlanDetail, VersionStatus};
use shared::ids::PlanId;

/// Publishes the version. Publishing it again changes nothing.
pub async fn publish(app: &App, caller: &Caller, id: PlanId, number: u32) -> Result<PlanDetail, FlowError> {
    let actor = operator(caller)?;
    let now = app.clock.now();
    let tx = app.store.begin().await?;
    let plan = tx.plan(id).await?.ok_or(FlowError::NotFound)?;
    let version = numbered(&plan, number).ok_or(FlowError::NotFound)?;
    match version.status {
        VersionStatus::Draft if plan.archived_at.is_some() => return Err(PlanRefusal::Archived.into()),
        VersionStatus::Draft => {}
        VersionStatus::Published | VersionStatus::Archived => return Ok(plan),
    }
    // What could be kept by the rules of the day on which it was drafted must hold by today's.
    version.terms.check()?;
    currency(&plan, &version.terms)?;
    tx.publish_draft(version.id, now).await?;
    tx.insert_audit(&plan_audit(app, actor, "plan_version_published", &plan.name, Some(number), now)).await?;
    let plan = tx.plan(id).await?.ok_or(FlowError::NotFound)?;
    tx.commit().await?;
    Ok(plan)
}
