//! The customer gives a panel up that was never paid for. It is gone at once, and its address is free.

use super::beside::beside;
use super::gone::gone;
use super::owned::owned;
use super::view::view;
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use crate::flow::publish::publish;
use shared::api::auth::Role;
use shared::api::tenants::TenantStatus;
use shared::billing::event::Event;
use shared::ids::TenantId;

/// Gives it up, if nothing of it stands anywhere, and no person has to decide about money for it.
pub async fn discard(app: &App, caller: &Caller, id: TenantId) -> Result<TenantStatus, FlowError> {
    owned(app.store.tenant(id).await?, caller)?;
    if !matches!(caller.role, Role::Owner | Role::Billing) {
        return Err(FlowError::NotFound);
    }
    let tx = app.store.begin().await?;
    let record = owned(tx.tenant(id).await?, caller)?;
    let now = record.time(app.clock.now());
    let record = gone(app, &tx, record, &Event::Discarded, &caller.actor(), now).await?;
    publish(app, tx).await?;
    let beside = beside(app, caller, std::slice::from_ref(&record)).await?;
    Ok(view(app, caller, &record, &beside.of(&record), app.clock.now()))
}
