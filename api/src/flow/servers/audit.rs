//! The audit row of a change to a server. It is about no tenant and no account.

use crate::app::App;
use crate::store::{Actor, NewAudit};
use shared::ids::AuditId;

/// A row that says what became of which server.
pub(super) fn server_audit(app: &App, actor: Actor, what: &str, name: &str) -> NewAudit {
    let now = app.clock.now();
    NewAudit {
        id: AuditId::new(app.ids.uuid()),
        tenant_id: None,
        account_id: None,
        at: now,
        noticed_at: now,
        actor,
        what: what.to_owned(),
        from: None,
        to: Some(name.to_owned()),
        why: None,
    }
}
