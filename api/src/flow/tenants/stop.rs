//! The customer stops a panel: nobody can use it, and no hours are used.

use super::operate::operate;
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use shared::api::auth::Role;
use shared::api::tenants::TenantStatus;
use shared::billing::event::Event;
use shared::ids::TenantId;

/// Stops an active panel.
pub async fn stop(app: &App, caller: &Caller, id: TenantId) -> Result<TenantStatus, FlowError> {
    operate(app, caller, id, &[Role::Owner], Event::Stopped).await
}
