//! A refund is put on record, in the transaction of its caller: from now on the money is on its way back, and the worker
//! sees to it.

use super::book::journal;
use super::names::refund_name;
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::audit::new_audit;
use crate::store::{Actor, Fact, NewAudit, ReceiptRecord, RefundRecord, Tx};
use shared::api::refunds::RefundState;
use shared::billing::ledger::{LedgerAccount, refund_requested};
use shared::ids::{InvoiceId, RefundId, UserId};
use shared::money::Money;
use shared::time::Timestamp;

/// What goes back, why, and who wants it.
pub(super) struct Asked {
    pub(super) amount: Money,
    pub(super) reason: String,
    /// Where the money stands.
    pub(super) from: LedgerAccount,
    pub(super) credit_note_id: Option<InvoiceId>,
    /// `None` if a rule wants it.
    pub(super) by: Option<UserId>,
    pub(super) actor: Actor,
}

/// Keeps the refund and moves the money out of everybody's reach.
pub(super) async fn open_refund(
    app: &App,
    tx: &Tx,
    receipt: &ReceiptRecord,
    asked: Asked,
    now: Timestamp,
) -> Result<RefundRecord, FlowError> {
    let id = RefundId::new(app.ids.uuid());
    let refund = RefundRecord {
        id,
        receipt_id: receipt.id,
        payment_id: receipt.payment_id,
        tenant_id: receipt.tenant_id,
        account_id: receipt.account_id,
        gateway: receipt.gateway.clone(),
        name: refund_name(id),
        gateway_name: None,
        amount: asked.amount,
        taken_from: asked.from,
        state: RefundState::Requested,
        reason: asked.reason,
        refusal: None,
        credit_note_id: asked.credit_note_id,
        requested_at: now,
        requested_by: asked.by,
        paid_out: None,
        finished_at: None,
        look_at: Some(app.wall.now()),
        looks: 0,
    };
    tx.insert_refund(&refund).await?;
    let requested = refund_requested(refund.amount, refund.taken_from)?;
    let whose = (refund.tenant_id, refund.account_id);
    journal(app, tx, whose, Fact::RefundRequested(id), requested, now).await?;
    tx.insert_audit(&refund_audit(app, &refund, &asked.actor, None, now)).await?;
    Ok(refund)
}

/// The audit row of a refund that is where it is now, and was `from` before.
pub(super) fn refund_audit(
    app: &App,
    refund: &RefundRecord,
    actor: &Actor,
    from: Option<RefundState>,
    now: Timestamp,
) -> NewAudit {
    NewAudit {
        tenant_id: Some(refund.tenant_id),
        account_id: Some(refund.account_id),
        from: from.map(|state| state.name().to_owned()),
        to: Some(refund.state.name().to_owned()),
        why: Some(refund.refusal.clone().unwrap_or_else(|| refund.reason.clone())),
        ..new_audit(app, actor.clone(), "refund_moved", now)
    }
}
