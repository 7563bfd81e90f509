//! The customer tries a plan: a first cycle at no charge, once per account and plan.

use super::beside::beside;
use super::owned::owned;
use super::view::view;
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use crate::flow::publish::publish;
use crate::flow::record_step::record_step;
use shared::api::auth::Role;
use shared::api::tenants::TenantStatus;
use shared::billing::event::Event;
use shared::billing::step::step;
use shared::ids::TenantId;

/// Starts the trial of the plan that a panel was ordered on. Whether the account had it before is decided by the row
/// that says so, not by a look at it.
pub async fn start_trial(app: &App, caller: &Caller, id: TenantId) -> Result<TenantStatus, FlowError> {
    owned(app.store.tenant(id).await?, caller)?;
    if caller.role != Role::Owner {
        return Err(FlowError::NotFound);
    }
    let tx = app.store.begin().await?;
    let record = owned(tx.tenant(id).await?, caller)?;
    let now = record.time(app.clock.now());
    if !tx.insert_trial(record.account_id, record.plan.id, id, now).await? {
        return Err(FlowError::TrialUsed);
    }
    let (number, version_id) = (record.state.next_cycle_number, record.plan.version_id);
    let next = step(&record.state, &Event::TrialStarted { terms: record.plan.terms.clone() }, now)?;
    let record = record_step(app, &tx, record, next, &caller.actor(), now).await?;
    tx.label_cycle(id, number, version_id).await?;
    publish(app, tx).await?;
    let beside = beside(app, caller, std::slice::from_ref(&record)).await?;
    Ok(view(app, caller, &record, &beside.of(&record), app.clock.now()))
}
