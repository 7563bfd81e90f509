//! The audit row of a change to a plan. It is about no tenant and no account.

use crate::app::App;
use crate::flow::audit::new_audit;
use crate::store::{Actor, NewAudit};
use shared::time::Timestamp;

/// A row that says what became of which plan, and in which version.
pub(super) fn plan_audit(
    app: &App,
    actor: Actor,
    what: &str,
    name: &str,
    number: Option<u32>,
    now: Timestamp,
) -> NewAudit {
    NewAudit {
        to: Some(number.map_or_else(|| name.to_owned(), |number| format!("{name} version {number}"))),
        ..new_audit(app, actor, what, now)
    }
}
