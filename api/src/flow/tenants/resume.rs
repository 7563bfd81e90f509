//! The operator lifts their suspension.

use super::operate::operate;
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use shared::api::auth::Role;
use shared::api::tenants::TenantStatus;
use shared::billing::event::Event;
use shared::ids::TenantId;

/// Opens a panel that the operator closed, if it is paid.
pub async fn resume(app: &App, caller: &Caller, id: TenantId) -> Result<TenantStatus, FlowError> {
    operate(app, caller, id, &[Role::Operator], Event::ResumedByOperator).await
}
