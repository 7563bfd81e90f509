//! Who asks.

use crate::store::Actor;
use shared::api::auth::Role;
use shared::api::history::ActorKind;
use shared::ids::{AccountId, SessionId, UserId};

/// The person behind a request, as their access token says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Caller {
    /// Who.
    pub user_id: UserId,
    /// What they may do.
    pub role: Role,
    /// For which account; `None` for an operator.
    pub account_id: Option<AccountId>,
    /// In which sign-in; `None` if they act without one.
    pub session_id: Option<SessionId>,
}

impl Caller {
    /// How their acts are written down.
    #[must_use]
    pub fn actor(&self) -> Actor {
        let kind = match self.role {
            Role::Operator => ActorKind::Operator,
            Role::Owner | Role::Billing | Role::Viewer => ActorKind::Customer,
        };
        Actor { kind, id: Some(self.user_id.to_string()) }
    }
}
