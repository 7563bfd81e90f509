//! Books a verdict about a payment, in one transaction: order, cycle, ledger, state, audit and promises, or nothing.

use super::audit::gateway_audit;
use super::confirm::is_final;
use super::look::next_look;
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::invoices::issue_invoice::issue_invoice;
use crate::flow::publish::publish;
use crate::flow::record_step::record_step;
use crate::store::{
    Actor, Fact, NewAudit, NewJournal, OrderRecord, OutboxRow, PaymentRecord, StoreError, TenantRecord, Tx,
};
use shared::api::history::{ActorKind, NoticeKind};
use shared::api::payments::PaymentState;
use shared::billing::effect::Effect;
use shared::billing::event::Event;
use shared::billing::ledger::{invoice_issued, payment_credited, payment_received};
use shared::billing::order::{cycle_of, is_postpaid, totals};
use shared::billing::settlement::{GatewayRecord, Outcome, Verdict};
use shared::billing::state::Billing;
use shared::billing::step::{Refusal, step};
use shared::ids::{EffectId, JournalId};
use shared::money::Money;
use shared::time::{Span, Timestamp};

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
    let now = tenant.time(app.clock.now());
    payment.look_at = next_look(&payment, app.settings.sweep_after_seconds, app.wall.now());
    if matches!(verdict, Verdict::Settle | Verdict::Hold | Verdict::Mismatch(_)) {
        payment.val_id = found.and_then(|record| record.val_id.clone());
        payment.fee = found.and_then(|record| record.fee).filter(|fee| fee.currency == payment.amount.currency);
    }
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

/// The money is there. It buys what was ordered; if the order is settled already or was withdrawn, or the tenant takes
/// no more, it is the customer's credit, and never lost.
async fn settle(
    app: &App,
    tx: &Tx,
    tenant: TenantRecord,
    order: &OrderRecord,
    payment: &PaymentRecord,
    now: Timestamp,
) -> Result<PaymentState, FlowError> {
    if order.settled.is_some() || order.withdrawn_at.is_some() {
        return credit(app, tx, payment, now).await;
    }
    let number = order.upgrade.map_or(tenant.state.next_cycle_number, |upgrade| upgrade.cycle_number);
    let event = event(tx, &tenant, order, now).await?;
    let next = match step(&tenant.state, &event, now) {
        Ok(next) => next,
        Err(
            Refusal::QueueFull
            | Refusal::WrongState { .. }
            | Refusal::AlreadyBought
            | Refusal::CycleOver
            | Refusal::NotACorrection,
        ) => return credit(app, tx, payment, now).await,
        Err(refusal @ Refusal::TooLarge) => return Err(refusal.into()),
    };
    let gateway = Actor { kind: ActorKind::Gateway, id: Some(payment.gateway.clone()) };
    let tenant = record_step(app, tx, tenant, next, &gateway, now).await?;
    tx.label_cycle(order.tenant_id, number, order.plan_version_id).await?;
    if order.upgrade.is_some() {
        tx.move_to_plan(order.tenant_id, order.plan_version_id).await?;
    }
    tx.settle_order(order.id, payment.id, now, number).await?;
    let billed: Vec<u32> =
        order.lines.iter().filter(|line| is_postpaid(&line.what)).map(|line| cycle_of(&line.what)).collect();
    tx.bill_charges(order.tenant_id, &billed, order.id).await?;
    let invoice = issue_invoice(app, tx, &tenant, order, payment, now).await?;
    let issued = invoice_issued(&invoice.lines, payment.amount.currency)?;
    journal(app, tx, payment, Fact::InvoiceIssued(order.id), issued, now).await?;
    let received = payment_received(payment.amount, fee(payment))?;
    journal(app, tx, payment, Fact::PaymentReceived(payment.id), received, now).await?;
    Ok(PaymentState::Settled)
}

/// What the core is told of a settled order.
async fn event(tx: &Tx, tenant: &TenantRecord, order: &OrderRecord, now: Timestamp) -> Result<Event, FlowError> {
    let (order_id, terms) = (order.id, order.terms.clone());
    if let Some(upgrade) = order.upgrade {
        return Ok(Event::UpgradeSettled {
            order_id,
            cycle_number: upgrade.cycle_number,
            terms,
            allowance_added_seconds: upgrade.allowance_added_seconds,
            paid_net_added: totals(&order.lines, order.amount.currency)?.net,
        });
    }
    let since_end = match &tenant.state.billing {
        Billing::Grace { ended, .. } => tx.windows(tenant.state.id, Span::new(ended.at, now)).await?,
        Billing::None | Billing::Running { .. } | Billing::Expired { .. } => vec![],
    };
    Ok(Event::RenewalSettled { order_id, terms, since_end })
}

/// What the gateway keeps; nothing, if it did not say.
fn fee(payment: &PaymentRecord) -> Money {
    payment.fee.unwrap_or(Money::zero(payment.amount.currency))
}

async fn credit(app: &App, tx: &Tx, payment: &PaymentRecord, now: Timestamp) -> Result<PaymentState, FlowError> {
    let fact = Fact::PaymentCredited(payment.id, payment.val_id.clone().unwrap_or_default());
    journal(app, tx, payment, fact, payment_credited(payment.amount, fee(payment))?, now).await?;
    notify(app, tx, payment, NoticeKind::PaymentCredited, now).await?;
    Ok(PaymentState::Credited)
}

pub(super) async fn journal(
    app: &App,
    tx: &Tx,
    payment: &PaymentRecord,
    fact: Fact,
    journal: shared::billing::ledger::Journal,
    at: Timestamp,
) -> Result<(), StoreError> {
    let id = JournalId::new(app.ids.uuid());
    let PaymentRecord { tenant_id, account_id, .. } = *payment;
    tx.insert_journal(&NewJournal { id, fact, at, tenant_id, account_id, journal }).await
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
        effect: Effect::Notify { notice, value: None },
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
