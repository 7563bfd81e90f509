//! The audit row of a change to a server. It is about no tenant and no account.

use crate::app::App;
use crate::flow::audit::new_audit;
use crate::store::{Actor, NewAudit};

/// A row that says what became of which server.
pub(super) fn server_audit(app: &App, actor: Actor, what: &str, name: &str) -> NewAudit {
    let now = app.clock.now();
    NewAudit { to: Some(name.to_owned()), ..new_audit(app, actor, what, now) }
}
