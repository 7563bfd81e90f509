//! The audit row of what a gateway said, or of what somebody claimed in its name.

use crate::app::App;
use crate::store::{Actor, NewAudit, PaymentRecord};
use shared::api::history::ActorKind;
use shared::ids::AuditId;
use shared::time::Timestamp;

/// A row about a payment, if it is one of ours; without states, which only a payment that moved has.
pub(super) fn gateway_audit(
    app: &App,
    gateway: &str,
    payment: Option<&PaymentRecord>,
    what: &str,
    why: &str,
    now: Timestamp,
) -> NewAudit {
    NewAudit {
        id: AuditId::new(app.ids.uuid()),
        tenant_id: payment.map(|payment| payment.tenant_id),
        account_id: payment.map(|payment| payment.account_id),
        at: now,
        noticed_at: now,
        actor: Actor { kind: ActorKind::Gateway, id: Some(gateway.to_owned()) },
        what: what.to_owned(),
        from: None,
        to: None,
        why: Some(why.to_owned()),
    }
}
