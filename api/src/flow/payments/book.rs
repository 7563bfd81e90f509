//! Books a verdict about a payment, in one transaction: order, cycle, ledger, state, audit and promises, or nothing.

use super::apply_credit::cover_the_rest;
use super::audit::gateway_audit;
use super::book_charge::{Charge, hold, take};
use super::confirm::is_final;
use super::look::next_look;
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::publish::publish;
use crate::port::Unknown;
use crate::store::{Fact, NewAudit, NewJournal, OutboxRow, PaymentRecord, Resolution, StoreError, Tx};
use shared::api::alerts::AlertKind;
use shared::api::history::NoticeKind;
use shared::api::payments::{PaymentState, ReceiptState, ReceiptWhy};
use shared::billing::effect::Effect;
use shared::billing::ledger::Journal;
use shared::billing::settlement::{GatewayRecord, Outcome, Verdict};
use shared::ids::{AccountId, EffectId, JournalId, TenantId};
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
    let mut order = tx.order(known.order_id).await?.ok_or(FlowError::NotFound)?;
    let mut payment = tx.payment(known.id).await?.ok_or(FlowError::NotFound)?;
    if is_final(payment.state) {
        return Ok(payment.state);
    }
    let before = payment.state;
    let now = tenant.time(app.clock.now());
    payment.look_at = next_look(&payment, app.settings.sweep_after_seconds, app.wall.now());
    payment.state = match (verdict, found) {
        (Verdict::Settle | Verdict::Hold | Verdict::Mismatch(_), Some(record)) => {
            let nameless = || Unknown::new("the gateway tells of a charge without its name");
            let val_id = record.val_id.as_deref().ok_or_else(nameless)?;
            if tx.receipt_named(&payment.gateway, val_id).await?.is_some() {
                // The charge is booked under another payment, whatever was decided above.
                return Err(StoreError::Stale.into());
            }
            payment.val_id = Some(val_id.to_owned());
            payment.bank_tran_id = record.bank_tran_id.clone();
            payment.method = record.method.clone();
            payment.fee = record.fee.filter(|fee| fee.currency == payment.amount.currency);
            payment.look_at = None;
            payment.settled_at = Some(now);
            if verdict == Verdict::Settle && app.gateways.named(&payment.gateway)?.is_by_hand() {
                cover_the_rest(app, &tx, &mut order, payment.amount, now).await?;
            }
            let charge = Charge { payment: &payment, order: &order, record, val_id };
            let state = match verdict {
                Verdict::Hold => {
                    hold(app, &tx, &charge, ReceiptWhy::Risky, now).await?;
                    PaymentState::Held
                }
                Verdict::Mismatch(_) => {
                    hold(app, &tx, &charge, ReceiptWhy::NotAsOrdered, now).await?;
                    PaymentState::Mismatch
                }
                Verdict::Settle | Verdict::NotPaid(_) | Verdict::Pending => {
                    settled_as(take(app, &tx, tenant, &charge, now).await?)
                }
            };
            let found_out = Resolution { at: app.wall.now(), by: None, remedy: None, note: None };
            tx.resolve_alert(AlertKind::PaidThere, val_id, &found_out).await?;
            state
        }
        (Verdict::NotPaid(Outcome::Cancelled), _) => PaymentState::Cancelled,
        (Verdict::NotPaid(Outcome::Expired), _) => PaymentState::Expired,
        (Verdict::NotPaid(Outcome::Failed | Outcome::Paid | Outcome::Pending), _) => PaymentState::Failed,
        (Verdict::Pending | Verdict::Settle | Verdict::Hold | Verdict::Mismatch(_), _) => before,
    };
    if !tx.save_payment(&payment).await? {
        return Err(StoreError::Stale.into());
    }
    if payment.state != before {
        tx.insert_audit(&audit(app, &payment, before, verdict, now)).await?;
        tx.record_change(payment.tenant_id, payment.account_id).await?;
    }
    publish(app, tx).await?;
    Ok(payment.state)
}

const fn settled_as(state: ReceiptState) -> PaymentState {
    match state {
        ReceiptState::Settled => PaymentState::Settled,
        ReceiptState::Credited => PaymentState::Credited,
        ReceiptState::Held => PaymentState::Held,
        ReceiptState::Returned => PaymentState::Refunded,
    }
}

/// Keeps a journal about whose it is.
pub(in crate::flow) async fn journal(
    app: &App,
    tx: &Tx,
    (tenant_id, account_id): (TenantId, AccountId),
    fact: Fact,
    journal: Journal,
    at: Timestamp,
) -> Result<(), StoreError> {
    let id = JournalId::new(app.ids.uuid());
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
        from: Some(before.name().to_owned()),
        to: Some(payment.state.name().to_owned()),
        ..gateway_audit(app, &payment.gateway, Some(payment), "payment_moved", why, now)
    }
}
