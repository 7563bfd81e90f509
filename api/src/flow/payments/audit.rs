//! The audit row of what a gateway said, or of what somebody claimed in its name.

use crate::app::App;
use crate::flow::audit::new_audit;
use crate::store::{Actor, NewAudit, PaymentRecord};
use shared::api::history::ActorKind;
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
        tenant_id: payment.map(|payment| payment.tenant_id),
        account_id: payment.map(|payment| payment.account_id),
        why: Some(why.to_owned()),
        ..new_audit(app, Actor { kind: ActorKind::Gateway, id: Some(gateway.to_owned()) }, what, now)
    }
}
