//! Somebody wants a copy of a panel.

use super::begin::{NewJob, begin};
use super::view::view;
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use crate::flow::publish::publish;
use crate::flow::tenants::owned;
use shared::api::auth::Role;
use shared::api::jobs::{JobKind, JobView};
use shared::billing::state::Panel;
use shared::billing::step::Refusal;
use shared::ids::TenantId;

/// Begins a copy. Refused while something else is under way at the panel, or before it has any data.
pub async fn back_up(app: &App, caller: &Caller, id: TenantId) -> Result<JobView, FlowError> {
    let tx = app.store.begin().await?;
    let record = owned(tx.tenant(id).await?, caller)?;
    if !matches!(caller.role, Role::Owner | Role::Operator) {
        return Err(FlowError::NotFound);
    }
    if !matches!(record.state.panel, Panel::Active | Panel::Stopped | Panel::Suspended(_)) {
        let (panel, billing) = (record.state.panel.status(), record.state.billing.state());
        return Err(Refusal::WrongState { panel, billing }.into());
    }
    let new =
        NewJob { id: app.ids.uuid(), kind: JobKind::BackUp, backup_id: None, requested_by: Some(caller.user_id) };
    let job = begin(app, &tx, &record, new).await?;
    publish(app, tx).await?;
    Ok(view(&job))
}
