//! What is put on record begins here: a row that says who did what, and when.

use crate::app::App;
use crate::store::{Actor, NewAudit, TenantRecord};
use shared::ids::AuditId;
use shared::time::Timestamp;

/// A row about nobody's; the caller adds whose it is, and what became of what, and why.
pub(super) fn new_audit(app: &App, actor: Actor, what: &str, now: Timestamp) -> NewAudit {
    NewAudit {
        id: AuditId::new(app.ids.uuid()),
        tenant_id: None,
        account_id: None,
        at: now,
        noticed_at: now,
        actor,
        what: what.to_owned(),
        from: None,
        to: None,
        why: None,
    }
}

/// A row about a panel, at this moment by its account's clock.
pub(super) fn panel_audit(app: &App, record: &TenantRecord, actor: Actor, what: &str) -> NewAudit {
    NewAudit {
        tenant_id: Some(record.state.id),
        account_id: Some(record.account_id),
        ..new_audit(app, actor, what, record.time(app.clock.now()))
    }
}
