//! The operator edits a draft, as they have read it: what somebody else changed since is not written over.

use super::audit::plan_audit;
use super::{PlanRefusal, currency, numbered};
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use crate::flow::operator::operator;
use crate::keys::fingerprint;
use shared::api::plans::{PlanDetail, VersionStatus};
use shared::billing::terms::Terms;
use shared::ids::PlanId;

/// Which version, and what of its plan the operator has read.
#[derive(Debug, Clone, Copy)]
pub struct Edited<'a> {
    /// The plan.
    pub id: PlanId,
    /// The version's number.
    pub number: u32,
    /// Fingerprints of the plan's JSON, one of which must be today's; `*` is any.
    pub known: &'a [String],
}

/// Gives a draft other terms. The same terms again change nothing.
pub async fn edit(app: &App, caller: &Caller, edited: Edited<'_>, terms: &Terms) -> Result<PlanDetail, FlowError> {
    let actor = operator(caller)?;
    terms.check()?;
    let now = app.clock.now();
    let tx = app.store.begin().await?;
    let plan = tx.plan(edited.id).await?.ok_or(FlowError::NotFound)?;
    let version = numbered(&plan, edited.number).ok_or(FlowError::NotFound)?;
    match version.status {
        VersionStatus::Draft if plan.archived_at.is_some() => return Err(PlanRefusal::Archived.into()),
        VersionStatus::Draft => {}
        VersionStatus::Published | VersionStatus::Archived => return Err(PlanRefusal::Frozen.into()),
    }
    let today = fingerprint(&serde_json::to_string(&plan).unwrap_or_default());
    if !edited.known.iter().any(|known| known == "*" || *known == today) {
        return Err(PlanRefusal::EditedMeanwhile.into());
    }
    if version.terms == *terms {
        return Ok(plan);
    }
    currency(&plan, terms)?;
    tx.save_draft(version.id, terms).await?;
    tx.insert_audit(&plan_audit(app, actor, "plan_version_edited", &plan.name, Some(edited.number), now)).await?;
    let plan = tx.plan(edited.id).await?.ok_or(FlowError::NotFound)?;
    tx.commit().await?;
    Ok(plan)
}
