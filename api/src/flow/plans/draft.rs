//! The operator drafts the next version of a plan, beside what is sold.

use super::audit::plan_audit;
use super::{PlanRefusal, currency};
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use crate::flow::operator::operator;
use crate::store::NewDraft;
use shared::api::plans::PlanDetail;
use shared::billing::terms::Terms;
use shared::ids::{PlanId, PlanVersionId};

/// Keeps the next version of a plan as a draft. A plan has one draft at the most, and none once it is archived.
pub async fn draft(app: &App, caller: &Caller, id: PlanId, terms: &Terms) -> Result<PlanDetail, FlowError> {
    let actor = operator(caller)?;
    terms.check()?;
    let now = app.clock.now();
    let tx = app.store.begin().await?;
    let plan = tx.plan(id).await?.ok_or(FlowError::NotFound)?;
    if plan.archived_at.is_some() {
        return Err(PlanRefusal::Archived.into());
    }
    currency(&plan, terms)?;
    let number = plan.versions.last().map_or(1, |last| last.number + 1);
    let version_id = PlanVersionId::new(app.ids.uuid());
    if !tx.insert_draft(&NewDraft { id: version_id, plan_id: id, number, terms, created_at: now }).await? {
        return Err(PlanRefusal::DraftExists.into());
    }
    tx.insert_audit(&plan_audit(app, actor, "plan_version_drafted", &plan.name, Some(number), now)).await?;
    let plan = tx.plan(id).await?.ok_or(FlowError::NotFound)?;
    tx.commit().await?;
    Ok(plan)
}
