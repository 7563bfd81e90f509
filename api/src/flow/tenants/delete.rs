//! A panel is to be removed. A last copy is kept for a while.

use super::operate::operate;
use super::owned::owned;
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use shared::api::auth::Role;
use shared::api::tenants::TenantStatus;
use shared::billing::event::Event;
use shared::ids::TenantId;

/// Removes a panel, if whoever asks has typed its address: what is paid for it is not given back by this.
pub async fn delete(app: &App, caller: &Caller, id: TenantId, confirm: &str) -> Result<TenantStatus, FlowError> {
    let record = owned(app.store.tenant(id).await?, caller)?;
    if !matches!(caller.role, Role::Owner | Role::Operator) {
        return Err(FlowError::NotFound);
    }
    if confirm != record.subdomain {
        return Err(FlowError::field("/subdomain", "differs", "type the panel's address to confirm"));
    }
    operate(app, caller, id, &[Role::Owner, Role::Operator], Event::DeletionRequested).await
}
