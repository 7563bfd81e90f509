//! Is it the operator who asks? To everybody else these stories do not exist.

use super::FlowError;
use super::auth::Caller;
use crate::store::Actor;
use shared::api::auth::Role;

/// How the operator's act is written down, if it is the operator who asks.
pub(super) fn operator(caller: &Caller) -> Result<Actor, FlowError> {
    match caller.role {
        Role::Operator => Ok(caller.actor()),
        Role::Owner | Role::Billing | Role::Viewer => Err(FlowError::NotFound),
    }
}
