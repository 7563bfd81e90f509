//! How far is the gateway with a refund? Asks it, outside any transaction, and books the answer.

use super::alert::alert;
use super::book::{journal, moved, notify};
use super::look::again_after;
use super::open_refund::refund_audit;
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::publish::publish;
use crate::port::Unknown;
use crate::port::gateway::{NewRefund, RefundAnswer, RefundProgress};
use crate::store::{Actor, AlertRecord, Fact, ReceiptRecord, RefundRecord, Resolution, Tx};
use shared::api::alerts::AlertKind;
use shared::api::history::{ActorKind, NoticeKind};
use shared::api::payments::{PaymentState, ReceiptState, ReceiptWhy};
use shared::api::refunds::RefundState;
use shared::billing::ledger::{LedgerAccount, refund_paid, refund_returned};
use shared::ids::RefundId;
use shared::time::Timestamp;

/// Asks the gateway, and books what it says. Repeating moves no more money. [`FlowError::Outside`]: nothing is known.
pub async fn pursue_refund(app: &App, id: RefundId) -> Result<RefundState, FlowError> {
    let refund = app.store.refund(id).await?.ok_or(FlowError::NotFound)?;
    if is_over(refund.state) {
        return Ok(refund.state);
    }
    let receipt = app.store.receipt(refund.receipt_id).await?.ok_or(FlowError::NotFound)?;
    match heard(app, &refund, &receipt).await {
        Ok(heard) => book(app, &refund, heard).await,
        Err(unknown) => {
            if refund.looks >= UNCLEAR_AFTER_LOOKS {
                tell(app, &refund, &unknown).await?;
            }
            Err(unknown.into())
        }
    }
}

/// After so many questions without a clear answer a person hears of it. The gateway is asked on and on.
const UNCLEAR_AFTER_LOOKS: u32 = 5;

async fn heard(app: &App, refund: &RefundRecord, receipt: &ReceiptRecord) -> Result<Heard, Unknown> {
    let gateway = app.gateways.named(&refund.gateway)?;
    Ok(match &refund.gateway_name {
        Some(name) => match gateway.refund_progress(name).await? {
            RefundProgress::Processing => Heard::Processing(name.clone()),
            RefundProgress::Refunded => Heard::Refunded,
            RefundProgress::Cancelled(words) => Heard::Cancelled(words),
        },
        None => match gateway.refund(&wanted(refund, receipt)).await? {
            RefundAnswer::Accepted { refund_ref_id } => Heard::Processing(refund_ref_id),
            RefundAnswer::Refused(words) => Heard::Cancelled(words),
        },
    })
}

/// Once: an open alert is not repeated.
async fn tell(app: &App, refund: &RefundRecord, unknown: &Unknown) -> Result<(), FlowError> {
    let payment = app.store.payment(refund.payment_id).await?.ok_or(FlowError::NotFound)?;
    let unclear = alert(app, &payment, AlertKind::RefundUnclear, &refund.id.to_string());
    let about = (Some(refund.receipt_id), Some(refund.id));
    let there = Some(unknown.to_string());
    let tx = app.store.begin().await?;
    tx.insert_alert(&AlertRecord { receipt_id: about.0, refund_id: about.1, there, ..unclear }).await?;
    Ok(tx.commit().await?)
}

const fn is_over(state: RefundState) -> bool {
    match state {
        RefundState::Refunded | RefundState::Cancelled => true,
        RefundState::Requested | RefundState::Processing => false,
    }
}

fn wanted(refund: &RefundRecord, receipt: &ReceiptRecord) -> NewRefund {
    NewRefund {
        refund_name: refund.name.clone(),
        bank_tran_id: receipt.bank_tran_id.clone().unwrap_or_default(),
        amount: refund.amount,
        reason: refund.reason.clone(),
    }
}

/// What the gateway said.
enum Heard {
    Processing(String),
    Refunded,
    Cancelled(String),
}

async fn book(app: &App, known: &RefundRecord, heard: Heard) -> Result<RefundState, FlowError> {
    let tx = app.store.begin().await?;
    let tenant = tx.tenant(known.tenant_id).await?.ok_or(FlowError::NotFound)?;
    let now = tenant.time(app.clock.now());
    let mut refund = tx.refund(known.id).await?.ok_or(FlowError::NotFound)?;
    if is_over(refund.state) {
        return Ok(refund.state);
    }
    let before = refund.state;
    match heard {
        Heard::Processing(name) => {
            let wait = again_after(refund.looks, app.settings.sweep_after_seconds);
            refund.look_at = Some(app.wall.now().plus(wait));
            refund.gateway_name = Some(name);
            refund.state = RefundState::Processing;
        }
        Heard::Refunded => {
            refund.state = RefundState::Refunded;
            let paid = refund_paid(refund.amount)?;
            let whose = (refund.tenant_id, refund.account_id);
            journal(app, &tx, whose, Fact::RefundPaid(refund.id), paid, now).await?;
            let payment = tx.payment(refund.payment_id).await?.ok_or(FlowError::NotFound)?;
            notify(app, &tx, &payment, NoticeKind::Refunded, now).await?;
        }
        Heard::Cancelled(words) => {
            refund.state = RefundState::Cancelled;
            refund.refusal = Some(words);
            give_up(app, &tx, &refund, now).await?;
        }
    }
    if is_over(refund.state) {
        let clear = Resolution { at: app.wall.now(), by: None, remedy: None, note: None };
        tx.resolve_alert(AlertKind::RefundUnclear, &refund.id.to_string(), &clear).await?;
        refund.look_at = None;
        refund.finished_at = Some(now);
    }
    tx.save_refund(&refund).await?;
    if refund.state != before {
        let gateway = Actor { kind: ActorKind::Gateway, id: Some(refund.gateway.clone()) };
        tx.insert_audit(&refund_audit(app, &refund, &gateway, Some(before), now)).await?;
        tx.record_change(refund.tenant_id, refund.account_id).await?;
    }
    publish(app, tx).await?;
    Ok(refund.state)
}

/// The money is where it was before, and a person hears of it.
async fn give_up(app: &App, tx: &Tx, refund: &RefundRecord, now: Timestamp) -> Result<(), FlowError> {
    let back = refund_returned(refund.amount, refund.taken_from)?;
    let whose = (refund.tenant_id, refund.account_id);
    journal(app, tx, whose, Fact::RefundReturned(refund.id), back, now).await?;
    let mut payment = tx.payment(refund.payment_id).await?.ok_or(FlowError::NotFound)?;
    if refund.taken_from == LedgerAccount::HeldPayments {
        let receipt = tx.receipt(refund.receipt_id).await?.ok_or(FlowError::NotFound)?;
        if payment.val_id.as_deref() == Some(receipt.val_id.as_str()) {
            let before = payment.state;
            payment.state = match receipt.why {
                ReceiptWhy::NotAsOrdered => PaymentState::Mismatch,
                ReceiptWhy::AsOrdered | ReceiptWhy::NothingToSettle | ReceiptWhy::Second | ReceiptWhy::Risky => {
                    PaymentState::Held
                }
            };
            tx.save_payment(&payment).await?;
            tx.insert_audit(&moved(app, &payment, before, "not_sent_back", now)).await?;
        }
        let again = alert(app, &payment, AlertKind::PaymentHeld, &receipt.val_id);
        tx.insert_alert(&AlertRecord { receipt_id: Some(receipt.id), ..again }).await?;
        tx.save_receipt(&ReceiptRecord { state: ReceiptState::Held, ..receipt }).await?;
    }
    let failed = alert(app, &payment, AlertKind::RefundFailed, &refund.id.to_string());
    let about = (Some(refund.receipt_id), Some(refund.id));
    let failed = AlertRecord { receipt_id: about.0, refund_id: about.1, there: refund.refusal.clone(), ..failed };
    tx.insert_alert(&failed).await?;
    Ok(())
}
