//! The customer wants to go on after all.

use super::operate::operate;
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use shared::api::auth::Role;
use shared::api::tenants::TenantStatus;
use shared::billing::event::Event;
use shared::ids::TenantId;

/// Takes a cancellation back while what is paid still runs.
pub async fn keep(app: &App, caller: &Caller, id: TenantId) -> Result<TenantStatus, FlowError> {
    operate(app, caller, id, &[Role::Owner], Event::CancellationWithdrawn).await
}
