//! The customer gives a panel up that was never paid for. It is gone at once, and its address is free.

use super::beside::beside;
use super::owned::owned;
use super::view::view;
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use crate::flow::payments::withdraw;
use crate::flow::publish::publish;
use crate::flow::record_step::record_step;
use shared::api::auth::Role;
use shared::api::tenants::TenantStatus;
use shared::billing::event::Event;
use shared::billing::step::step;
use shared::ids::TenantId;

/// Gives it up, if nothing of it stands anywhere. Its open order is withdrawn, and the credit that it used is free again. Money that
/// still arrives for it is the account's credit; while a person has to decide about some, the panel waits for them.
pub async fn discard(app: &App, caller: &Caller, id: TenantId) -> Result<TenantStatus, FlowError> {
    owned(app.store.tenant(id).await?, caller)?;
    if !matches!(caller.role, Role::Owner | Role::Billing) {
        return Err(FlowError::NotFound);
    }
    let tx = app.store.begin().await?;
    let mut record = owned(tx.tenant(id).await?, caller)?;
    let now = record.time(app.clock.now());
    let gone = step(&record.state, &Event::Discarded, now)?;
    if record.adopted || record.server_id.is_some() {
        return Err(FlowError::PanelStands);
    }
    if tx.open_job(id).await?.is_some() {
        return Err(FlowError::JobUnderWay);
    }
    if let Some(open) = tx.open_order(id).await? {
        if tx.waits_for_a_person(open.id).await? {
            return Err(FlowError::PersonDecides);
        }
        withdraw(app, &tx, &open, now).await?;
    }
    record = record_step(app, &tx, record, gone, &caller.actor(), now).await?;
    // Not a name that anybody can ask for: the old one is free again.
    tx.free_subdomain(id, &format!("{}.removed", id.uuid().as_simple())).await?;
    publish(app, tx).await?;
    let beside = beside(app, caller, std::slice::from_ref(&record)).await?;
    Ok(view(app, caller, &record, &beside.of(&record), app.clock.now()))
}
