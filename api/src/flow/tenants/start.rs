//! The customer starts a panel that they stopped.

use super::operate::operate;
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use shared::api::auth::Role;
use shared::api::tenants::TenantStatus;
use shared::billing::event::Event;
use shared::ids::TenantId;

/// Starts a stopped panel.
pub async fn start(app: &App, caller: &Caller, id: TenantId) -> Result<TenantStatus, FlowError> {
    operate(app, caller, id, &[Role::Owner], Event::Started).await
}
