//! Somebody asks for another try at setting a panel up.

use super::operate::operate;
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use shared::api::auth::Role;
use shared::api::tenants::TenantStatus;
use shared::billing::event::Event;
use shared::ids::TenantId;

/// Tries again to set up a panel that failed.
pub async fn retry(app: &App, caller: &Caller, id: TenantId) -> Result<TenantStatus, FlowError> {
    operate(app, caller, id, &[Role::Owner, Role::Operator], Event::CreationRetried).await
}
