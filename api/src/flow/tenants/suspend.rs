//! The operator closes a panel, and says why.

use super::operate::operate;
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use crate::flow::text::text;
use shared::api::auth::Role;
use shared::api::tenants::TenantStatus;
use shared::billing::event::Event;
use shared::ids::TenantId;

/// The longest message, in characters.
const MESSAGE_MAX: usize = 500;

/// Closes a panel with a message of 1 to 500 characters for its customer.
pub async fn suspend(app: &App, caller: &Caller, id: TenantId, message: &str) -> Result<TenantStatus, FlowError> {
    let message = text("/message", message, MESSAGE_MAX)?;
    let event = Event::SuspendedByOperator { message: message.to_owned() };
    operate(app, caller, id, &[Role::Operator], event).await
}
