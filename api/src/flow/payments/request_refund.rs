//! The operator sends a charge back, whole or in part. Ledger, credit note and cycle follow in one transaction; the gateway
//! is asked afterwards, by the worker, under one name, until it is done.

use super::book::moved;
use super::open_refund::{Asked, open_refund};
use super::read_charge::read_charge;
use super::refund::shown;
use super::withdraw::withdraw;
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use crate::flow::claim::{claim, keep_answer};
use crate::flow::invoices::issue_credit_note::{Note, issue_credit_note};
use crate::flow::operator::operator;
use crate::flow::publish::publish;
use crate::flow::record_step::record_step;
use crate::flow::text::text;
use crate::store::{ReceiptRecord, RefundRecord, Resolution, TenantRecord, Tx};
use shared::api::alerts::{AlertKind, Remedy};
use shared::api::invoices::{CreditNoteLine, InvoiceView};
use shared::api::payments::{PaymentState, ReceiptState};
use shared::api::refunds::{NewRefund, RefundState, RefundView};
use shared::billing::event::Event;
use shared::billing::ledger::LedgerAccount;
use shared::billing::refund::{NotRefundable, RunningCycle, amount};
use shared::billing::step::step;
use shared::ids::{InvoiceId, OrderId, ReceiptId};
use shared::money::Money;
use shared::time::Timestamp;

const REASON_MAX: usize = 255;
const CREATED: u16 = 201;

/// Puts a refund on record. With the same `key` the same answer is given again ([`FlowError::Replayed`]).
pub async fn request_refund(
    app: &App,
    caller: &Caller,
    id: ReceiptId,
    new: &NewRefund,
    key: &str,
) -> Result<RefundView, FlowError> {
    operator(caller)?;
    let known = app.store.receipt(id).await?.ok_or(FlowError::NotFound)?;
    let reason = text("/reason", &new.reason, REASON_MAX)?;
    read_charge(app, &known).await?;
    let tx = app.store.begin().await?;
    let tenant = tx.tenant(known.tenant_id).await?.ok_or(FlowError::NotFound)?;
    let request = format!("refund {id} {}", serde_json::to_string(new).unwrap_or_default());
    claim(app, &tx, caller, key, &request).await?;
    let now = tenant.time(app.clock.now());
    let name = tenant.name.clone();
    let wish = Wish { caller, asked_minor: new.amount_minor, reason, from_credit: new.from_credit };
    let refund = Box::pin(send_back(app, &tx, tenant, id, &wish, now)).await?;
    let view = shown(refund, &name);
    keep_answer(&tx, caller, key, CREATED, &view).await?;
    tx.record_change(known.tenant_id, known.account_id).await?;
    publish(app, tx).await?;
    Ok(view)
}

struct Wish<'a> {
    caller: &'a Caller,
    asked_minor: Option<i64>,
    reason: &'a str,
    from_credit: bool,
}

async fn send_back(
    app: &App,
    tx: &Tx,
    tenant: TenantRecord,
    id: ReceiptId,
    wish: &Wish<'_>,
    now: Timestamp,
) -> Result<RefundRecord, FlowError> {
    let receipt = tx.receipt(id).await?.ok_or(FlowError::NotFound)?;
    let charged = receipt.charged.ok_or(NotRefundable::Gone)?;
    let on_its_way = |refund: &&RefundRecord| refund.state != RefundState::Cancelled;
    let earlier = tx.refunds_of(id).await?;
    let so_far = Money::sum(charged.currency, earlier.iter().filter(on_its_way).map(|refund| refund.amount))?;
    let amount = amount(charged, so_far, wish.asked_minor)?;
    let mut from = LedgerAccount::CustomerCredit;
    let mut credit_note_id = None;
    match receipt.state {
        ReceiptState::Returned => return Err(NotRefundable::Gone.into()),
        ReceiptState::Held if amount != charged => return Err(NotRefundable::Partial.into()),
        ReceiptState::Held => {
            from = LedgerAccount::HeldPayments;
            returned(app, tx, wish.caller, &receipt, now).await?;
        }
        ReceiptState::Credited => {}
        ReceiptState::Settled if wish.from_credit => {}
        ReceiptState::Settled => {
            let whole = amount.checked_add(so_far)? == charged;
            credit_note_id = take_back(app, tx, tenant, &receipt, (amount, whole), wish, now).await?;
        }
    }
    if from == LedgerAccount::CustomerCredit {
        let credit = tx.credit(receipt.account_id, amount.currency).await?;
        if credit.checked_sub(amount)?.minor < 0 {
            return Err(NotRefundable::Used.into());
        }
    }
    let how = Resolution {
        at: app.wall.now(),
        by: Some(wish.caller.user_id),
        remedy: Some(Remedy::Refund),
        note: Some(wish.reason.to_owned()),
    };
    for kind in [AlertKind::PaymentHeld, AlertKind::SecondCharge] {
        tx.resolve_alert(kind, &receipt.val_id, &how).await?;
    }
    let asked = Asked {
        amount,
        reason: wish.reason.to_owned(),
        from,
        credit_note_id,
        by: Some(wish.caller.user_id),
        actor: wish.caller.actor(),
    };
    open_refund(app, tx, &receipt, asked, now).await
}

/// A held charge goes back whole: its payment never was one.
async fn returned(
    app: &App,
    tx: &Tx,
    caller: &Caller,
    receipt: &ReceiptRecord,
    now: Timestamp,
) -> Result<(), FlowError> {
    tx.save_receipt(&ReceiptRecord { state: ReceiptState::Returned, ..receipt.clone() }).await?;
    let mut payment = tx.payment(receipt.payment_id).await?.ok_or(FlowError::NotFound)?;
    if payment.val_id.as_deref() == Some(receipt.val_id.as_str()) {
        let before = payment.state;
        payment.state = PaymentState::Refunded;
        tx.save_payment(&payment).await?;
        let mut row = moved(app, &payment, before, "sent_back", now);
        row.actor = caller.actor();
        tx.insert_audit(&row).await?;
    }
    Ok(())
}

/// A charge that bought something: a credit note takes back as much of the invoice as is left of it; what earlier notes took
/// back is credit already. If all of the charge goes back and the cycle has not begun, the cycle goes, too, and with it
/// whatever of the invoice credit had paid.
async fn take_back(
    app: &App,
    tx: &Tx,
    tenant: TenantRecord,
    receipt: &ReceiptRecord,
    (amount, whole): (Money, bool),
    wish: &Wish<'_>,
    now: Timestamp,
) -> Result<Option<InvoiceId>, FlowError> {
    let payment = tx.payment(receipt.payment_id).await?.ok_or(FlowError::NotFound)?;
    let invoice = tx.invoice_of_order(payment.order_id).await?.ok_or(FlowError::NotFound)?;
    let waits = tenant.state.billing.queued().iter().any(|cycle| cycle.order_id == payment.order_id);
    if !waits && app.settings.refund_running_cycle == RunningCycle::Refuse {
        return Err(NotRefundable::Begun.into());
    }
    let left = left_of(tx, &invoice).await?;
    let lines = if waits && whole { everything(&left) } else { allotted(&left, amount) };
    if lines.is_empty() {
        return Ok(None);
    }
    let unused = waits && whole;
    let tenant = if unused { withdraw_cycle(app, tx, tenant, payment.order_id, wish, now).await? } else { tenant };
    let note = Note { lines: &lines, reason: wish.reason, unused };
    let note = issue_credit_note(app, tx, wish.caller, &tenant, &invoice, &note, now).await?;
    Ok(Some(note.invoice_id))
}

async fn withdraw_cycle(
    app: &App,
    tx: &Tx,
    tenant: TenantRecord,
    order_id: OrderId,
    wish: &Wish<'_>,
    now: Timestamp,
) -> Result<TenantRecord, FlowError> {
    let next = step(&tenant.state, &Event::CycleRefunded { order_id }, now)?;
    // What waits to be paid names the cycle that would have come after this one.
    if let Some(open) = tx.open_order(tenant.state.id).await?.filter(|open| open.upgrade.is_none()) {
        withdraw(app, tx, &open, now).await?;
    }
    tx.delete_queued_cycle(tenant.state.id, order_id).await?;
    record_step(app, tx, tenant, next, &wish.caller.actor(), now).await
}

/// What earlier credit notes left of each line of an invoice.
pub(super) async fn left_of(tx: &Tx, invoice: &InvoiceView) -> Result<Vec<(u32, Money)>, FlowError> {
    let notes = tx.credit_notes(invoice.invoice_id).await?;
    let taken = |position: u32| notes.iter().flat_map(|note| &note.lines).filter(move |line| line.position == position);
    let left = invoice.lines.iter().map(|line| {
        let taken = Money::sum(line.gross.currency, taken(line.position).map(|line| line.gross))?;
        Ok((line.position, line.gross.checked_sub(taken)?))
    });
    left.collect()
}

pub(super) fn everything(left: &[(u32, Money)]) -> Vec<CreditNoteLine> {
    let all = left.iter().filter(|(_, left)| left.minor > 0);
    all.map(|&(position, left)| CreditNoteLine { position, gross_minor: left.minor }).collect()
}

/// `amount` of what is left, from the first line on; less, if less is left.
fn allotted(left: &[(u32, Money)], amount: Money) -> Vec<CreditNoteLine> {
    let mut rest = amount.minor;
    let mut lines = Vec::new();
    for &(position, left) in left {
        let gross_minor = left.minor.min(rest);
        if gross_minor > 0 {
            rest -= gross_minor;
            lines.push(CreditNoteLine { position, gross_minor });
        }
    }
    lines
}
