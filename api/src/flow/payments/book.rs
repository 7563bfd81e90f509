//! Books a verdict about a payment, in one transaction: order, cycle, ledger, state, audit and promises, or nothing.

use super::audit::gateway_audit;
use super::confirm::is_final;
use super::look::next_look;
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::publish::publish;
use crate::flow::record_step::record_step;
use crate::store::{
    Actor, JournalKind, NewAudit, NewJournal, OrderRecord, OutboxRow, PaymentRecord, StoreError, TenantRecord, Tx,
};
use shared::api::history::{ActorKind, NoticeKind};
use shared::api::payments::PaymentState;
use shared::billing::effect::Effect;
use shared::billing::event::Event;
use shared::billing::ledger::{order_settled, payment_credited};
use shared::billing::settlement::{GatewayRecord, Outcome, Verdict};
use shared::billing::state::Billing;
use shared::billing::step::{Refusal, step};
use shared::ids::{EffectId, JournalId};
use shared::time::Timestamp;

/// Books what the gateway said. Locks the tenant before the order and the payment, as every story does.
pub(super) async fn book(
    app: &App,
    known: &PaymentRecord,
    verdict: Verdict,
    found: Option<&GatewayRecord>,
) -> Result<PaymentState, FlowError> {
    let tx = app.store.begin().await?;
    let tenant = tx.tenant(known.tenant_id).await?.ok_or(FlowError::NotFound)?;
    let order = tx.order(known.order_id).await?.ok_or(FlowError::NotFound)?;
    let mut payment = tx.payment(known.id).await?.ok_or(FlowError::NotFound)?;
    if is_final(payment.state) {
        return Ok(payment.state);
    }
    let before = payment.state;
    let now = app.clock.now();
    payment.look_at = next_look(&payment, app.settings.sweep_after_seconds, app.wall.now());
    payment.state = match verdict {
        Verdict::Settle => settle(app, &tx, tenant, &order, &payment, now).await?,
        Verdict::Hold => PaymentState::Held,
        Verdict::Mismatch(_) => PaymentState::Mismatch,
        Verdict::NotPaid(Outcome::Cancelled) => PaymentState::Cancelled,
        Verdict::NotPaid(Outcome::Expired) => PaymentState::Expired,
        Verdict::NotPaid(Outcome::Failed | Outcome::Paid | Outcome::Pending) => PaymentState::Failed,
        Verdict::Pending => before,
    };
    if is_final(payment.state) {
        payment.look_at = None;
        payment.settled_at = Some(now);
        payment.val_id = found.and_then(|record| record.val_id.clone());
        payment.bank_tran_id = found.and_then(|record| record.bank_tran_id.clone());
        payment.method = found.and_then(|record| record.method.clone());
    }
    if !tx.save_payment(&payment).await? {
        // The store refuses a charge that is booked under another payment, whatever was decided above.
        return Err(StoreError::Stale.into());
    }
    if payment.state != before {
        tx.insert_audit(&audit(app, &payment, before, verdict, now)).await?;
        tx.record_change(payment.tenant_id, payment.account_id).await?;
    }
    if matches!(payment.state, PaymentState::Held | PaymentState::Mismatch) {
        notify(app, &tx, &payment, NoticeKind::PaymentHeld, now).await?;
    }
    publish(app, tx).await?;
    Ok(payment.state)
}

/// The money is there. It buys the ordered cycle; if the order is settled already, or the tenant takes no more, it is
/// the customer's credit, and never lost.
async fn settle(
    app: &App,
    tx: &Tx,
    tenant: TenantRecord,
    order: &OrderRecord,
    payment: &PaymentRecord,
    now: Timestamp,
) -> Result<PaymentState, FlowError> {
    if order.settled.is_some() {
        return credit(app, tx, payment, now).await;
    }
    let up_since_end = match &tenant.state.billing {
        Billing::Grace { ended, .. } => tx.up_since(tenant.state.id, ended.at).await?,
        Billing::None | Billing::Running { .. } | Billing::Expired { .. } => vec![],
    };
    let number = tenant.state.next_cycle_number;
    let event = Event::RenewalSettled { order_id: order.id, terms: order.terms, up_since_end };
    let next = match step(&tenant.state, &event, now) {
        Ok(next) => next,
        Err(Refusal::QueueFull | Refusal::WrongState { .. } | Refusal::AlreadyBought) => {
            return credit(app, tx, payment, now).await;
        }
    };
    let gateway = Actor { kind: ActorKind::Gateway, id: Some(payment.gateway.clone()) };
    record_step(app, tx, tenant, next, &gateway, now).await?;
    tx.settle_order(order.id, payment.id, now, number).await?;
    journal(app, tx, payment, JournalKind::OrderSettled(payment.id), order_settled(payment.amount)?, now).await?;
    Ok(PaymentState::Settled)
}

async fn credit(app: &App, tx: &Tx, payment: &PaymentRecord, now: Timestamp) -> Result<PaymentState, FlowError> {
    let kind = JournalKind::PaymentCredited(payment.id);
    journal(app, tx, payment, kind, payment_credited(payment.amount)?, now).await?;
    notify(app, tx, payment, NoticeKind::PaymentCredited, now).await?;
    Ok(PaymentState::Credited)
}

pub(super) async fn journal(
    app: &App,
    tx: &Tx,
    payment: &PaymentRecord,
    kind: JournalKind,
    journal: shared::billing::ledger::Journal,
    at: Timestamp,
) -> Result<(), StoreError> {
    let id = JournalId::new(app.ids.uuid());
    let PaymentRecord { tenant_id, account_id, .. } = *payment;
    tx.insert_journal(&NewJournal { id, kind, at, tenant_id, account_id, journal }).await
}

pub(super) async fn notify(
    app: &App,
    tx: &Tx,
    payment: &PaymentRecord,
    notice: NoticeKind,
    at: Timestamp,
) -> Result<(), StoreError> {
    let row = OutboxRow {
        id: EffectId::new(app.ids.uuid()),
        tenant_id: payment.tenant_id,
        account_id: payment.account_id,
        effect: Effect::Notify { notice },
        at,
        attempts: 0,
    };
    tx.insert_effect(&row, app.wall.now()).await
}

fn audit(app: &App, payment: &PaymentRecord, before: PaymentState, verdict: Verdict, now: Timestamp) -> NewAudit {
    let why = match verdict {
        Verdict::Settle => "confirmed",
        Verdict::Hold => "risky",
        Verdict::Mismatch(_) => "not_as_ordered",
        Verdict::NotPaid(_) => "not_paid",
        Verdict::Pending => "pending",
    };
    moved(app, payment, before, why, now)
}

/// The audit row of a payment that moved from `before` to where it is.
pub(super) fn moved(app: &App, payment: &PaymentRecord, before: PaymentState, why: &str, now: Timestamp) -> NewAudit {
    NewAudit {
        from: Some(name(before)),
        to: Some(name(payment.state)),
        ..gateway_audit(app, Some(payment), "payment_moved", why, now)
    }
}

fn name(state: PaymentState) -> String {
    let name = match state {
        PaymentState::Open => "open",
        PaymentState::Settled => "settled",
        PaymentState::Held => "held",
        PaymentState::Mismatch => "mismatch",
        PaymentState::Credited => "credited",
        PaymentState::Failed => "failed",
        PaymentState::Cancelled => "cancelled",
        PaymentState::Expired => "expired",
    };
    name.to_owned()
}
