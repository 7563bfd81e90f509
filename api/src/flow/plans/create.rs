//! The operator drafts a plan. Nobody can order it before its first version is published.

use super::audit::plan_audit;
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use crate::flow::operator::operator;
use crate::store::NewDraft;
use shared::api::plans::{NewPlan, PlanDetail};
use shared::ids::{PlanId, PlanVersionId};

/// The longest name, in characters.
const NAME_MAX: usize = 80;

/// Keeps a plan whose version 1 is a draft. Terms that contradict themselves are refused with the field named.
pub async fn create(app: &App, caller: &Caller, new: &NewPlan) -> Result<PlanDetail, FlowError> {
    let actor = operator(caller)?;
    let name = new.name.trim();
    if name.is_empty() || name.chars().count() > NAME_MAX || name.chars().any(char::is_control) {
        let rule = format!("must be 1 to {NAME_MAX} characters");
        return Err(FlowError::field("/name", "length", &rule));
    }
    new.terms.check()?;
    let now = app.clock.now();
    let plan_id = PlanId::new(app.ids.uuid());
    let tx = app.store.begin().await?;
    if !tx.insert_bare_plan(plan_id, name).await? {
        return Err(FlowError::field("/name", "taken", "there is a plan of this name"));
    }
    let id = PlanVersionId::new(app.ids.uuid());
    tx.insert_draft(&NewDraft { id, plan_id, number: 1, terms: &new.terms, created_at: now }).await?;
    tx.insert_audit(&plan_audit(app, actor, "plan_created", name, None, now)).await?;
    let plan = tx.plan(plan_id).await?.ok_or(FlowError::NotFound)?;
    tx.commit().await?;
    Ok(plan)
}
