//! The operator accepts a charge that was held: it settles its order if it still can, and is the customer's credit
//! otherwise.

use super::book::{journal, moved, notify};
use super::payment::shown;
use super::read_charge::read_charge;
use super::settle::{By, Sale, settle};
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use crate::flow::operator::operator;
use crate::flow::publish::publish;
use crate::store::{Fact, PaymentRecord, ReceiptRecord, Resolution, TenantRecord, Tx};
use shared::api::alerts::{AlertKind, Remedy};
use shared::api::history::NoticeKind;
use shared::api::payments::{PaymentState, PaymentView, ReceiptState, ReceiptWhy};
use shared::billing::ledger::payment_accepted;
use shared::ids::ReceiptId;
use shared::money::Money;
use shared::time::Timestamp;

/// Accepts it. [`FlowError::NotHeld`] if somebody has decided already.
pub async fn accept(app: &App, caller: &Caller, id: ReceiptId) -> Result<PaymentView, FlowError> {
    operator(caller)?;
    let known = app.store.receipt(id).await?.ok_or(FlowError::NotFound)?;
    read_charge(app, &known).await?;
    let tx = app.store.begin().await?;
    let tenant = tx.tenant(known.tenant_id).await?.ok_or(FlowError::NotFound)?;
    let now = tenant.time(app.clock.now());
    let payment = Box::pin(take(app, &tx, tenant, id, now)).await?;
    let how = Resolution { at: app.wall.now(), by: Some(caller.user_id), remedy: Some(Remedy::Accept), note: None };
    tx.resolve_alert(AlertKind::PaymentHeld, &known.val_id, &how).await?;
    let mut row = moved(app, &payment.0, payment.1, "accepted", now);
    row.actor = caller.actor();
    tx.insert_audit(&row).await?;
    tx.record_change(known.tenant_id, known.account_id).await?;
    publish(app, tx).await?;
    shown(app, payment.0).await
}

/// The payment as it is then, and its state before.
async fn take(
    app: &App,
    tx: &Tx,
    tenant: TenantRecord,
    id: ReceiptId,
    now: Timestamp,
) -> Result<(PaymentRecord, PaymentState), FlowError> {
    let receipt = tx.receipt(id).await?.ok_or(FlowError::NotFound)?;
    let mut payment = tx.payment(receipt.payment_id).await?.ok_or(FlowError::NotFound)?;
    let order = tx.order(payment.order_id).await?.ok_or(FlowError::NotFound)?;
    let Some(charged) = receipt.charged.filter(|_| receipt.state == ReceiptState::Held) else {
        return Err(FlowError::NotHeld);
    };
    let before = payment.state;
    let decides = payment.val_id.as_deref() == Some(receipt.val_id.as_str());
    // Another amount than was ordered never settles: it is credit, which the next order uses first.
    let sale = Sale { order: &order, payment: &payment, by: By::Held(&receipt) };
    let settled = decides && receipt.why == ReceiptWhy::Risky && settle(app, tx, tenant, &sale, now).await?;
    let state = if settled { ReceiptState::Settled } else { ReceiptState::Credited };
    if !settled {
        let nothing_due = payment_accepted(charged, Money::zero(charged.currency))?;
        let whose = (payment.tenant_id, payment.account_id);
        journal(app, tx, whose, Fact::PaymentAccepted(receipt.id), nothing_due, now).await?;
        notify(app, tx, &payment, NoticeKind::PaymentCredited, now).await?;
    }
    tx.save_receipt(&ReceiptRecord { state, ..receipt }).await?;
    if decides {
        payment.state = if settled { PaymentState::Settled } else { PaymentState::Credited };
        tx.save_payment(&payment).await?;
    }
    Ok((payment, before))
}
