//! Is it the operator who asks? To everybody else these stories do not exist.

use crate::flow::FlowError;
use crate::flow::auth::Caller;
use crate::store::Actor;
use shared::api::auth::Role;

/// How the operator's act is written down, if it is the operator who asks.
pub(in crate::flow) fn operator(caller: &Caller) -> Result<Actor, FlowError> {
    match caller.role {
        Role::Operator => Ok(caller.actor()),
        Role::Owner | Role::Billing | Role::Viewer => Err(FlowError::NotFound),
    }
}
