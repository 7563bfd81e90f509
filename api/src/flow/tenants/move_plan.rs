//! The operator says on which plan version a panel's next order is.

use super::beside::beside;
use super::move_to::move_to;
use super::owned::owned;
use super::view::view;
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use crate::flow::operator::operator;
use crate::flow::publish::publish;
use crate::store::PlanRecord;
use shared::api::plans::VersionStatus;
use shared::api::tenants::TenantStatus;
use shared::ids::{PlanVersionId, TenantId};

/// Puts the panel's next order on a published version; on one of an archived plan only if the panel is on that plan.
/// What is paid stays. Moving it there again changes nothing.
pub async fn move_plan(
    app: &App,
    caller: &Caller,
    id: TenantId,
    version_id: PlanVersionId,
) -> Result<TenantStatus, FlowError> {
    let actor = operator(caller)?;
    let known = owned(app.store.tenant(id).await?, caller)?;
    let refuse = |code, rule| FlowError::field("/plan_version_id", code, rule);
    let plan = app.store.plan_of_version(version_id).await?;
    let found = plan.and_then(|plan| {
        let version = plan.versions.iter().find(|version| version.id == version_id).cloned();
        version.map(|version| (plan, version))
    });
    let (plan, version) = found.ok_or_else(|| refuse("unknown", "there is no such version"))?;
    match version.status {
        VersionStatus::Published => {}
        VersionStatus::Archived if known.plan.id == plan.id => {}
        VersionStatus::Archived => return Err(refuse("archived", "its plan takes no new panels")),
        VersionStatus::Draft => return Err(refuse("draft", "must be published")),
    }
    let to = PlanRecord { id: plan.id, version_id, name: plan.name, number: version.number, terms: version.terms };
    let now = app.clock.now();
    let tx = app.store.begin().await?;
    let record = owned(tx.tenant(id).await?, caller)?;
    if move_to(app, &tx, &record, &to, &actor, now).await? {
        publish(app, tx).await?;
    }
    let record = owned(app.store.tenant(id).await?, caller)?;
    let beside = beside(app, caller, std::slice::from_ref(&record)).await?;
    Ok(view(app, caller, &record, &beside.of(&record), now))
}
