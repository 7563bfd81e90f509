//! A charge that the gateway confirmed is kept: it settles its order, becomes credit, or waits for a person. Whatever
//! becomes of it, it is in the ledger once, under the gateway's own name for it.

use super::alert::alert;
use super::book::{journal, notify};
use super::open_refund::{Asked, open_refund};
use super::settle::{By, Sale, fee, settle};
use crate::app::App;
use crate::flow::FlowError;
use crate::store::{Actor, AlertRecord, Fact, OrderRecord, PaymentRecord, ReceiptRecord, Resolution, TenantRecord, Tx};
use shared::api::alerts::{AlertKind, Remedy};
use shared::api::history::NoticeKind;
use shared::api::payments::{ReceiptState, ReceiptWhy};
use shared::billing::ledger::{LedgerAccount, payment_credited, payment_held};
use shared::billing::settlement::GatewayRecord;
use shared::ids::ReceiptId;
use shared::time::Timestamp;

/// What the payer and the gateway are told if a charge goes back by rule.
const PAID_TWICE: &str = "This was paid twice.";

/// What is known of a charge, with everything that it is about locked.
pub(super) struct Charge<'a> {
    pub(super) payment: &'a PaymentRecord,
    pub(super) order: &'a OrderRecord,
    pub(super) record: &'a GatewayRecord,
    pub(super) val_id: &'a str,
}

impl Charge<'_> {
    fn receipt(&self, app: &App, state: ReceiptState, why: ReceiptWhy, now: Timestamp) -> ReceiptRecord {
        let Self { payment, record, val_id, .. } = self;
        // What was asked for in another currency than is charged is booked as it was asked for, if it agrees.
        let charged = match why {
            ReceiptWhy::NotAsOrdered => record.charged,
            ReceiptWhy::AsOrdered | ReceiptWhy::NothingToSettle | ReceiptWhy::Second | ReceiptWhy::Risky => {
                Some(payment.amount)
            }
        };
        ReceiptRecord {
            id: ReceiptId::new(app.ids.uuid()),
            payment_id: payment.id,
            tenant_id: payment.tenant_id,
            account_id: payment.account_id,
            gateway: payment.gateway.clone(),
            val_id: (*val_id).to_owned(),
            bank_tran_id: record.bank_tran_id.clone(),
            method: record.method.clone(),
            charged,
            fee: record.fee.filter(|fee| charged.is_some_and(|charged| charged.currency == fee.currency)),
            state,
            why,
            at: now,
        }
    }
}

/// Exactly what was asked for, and safe: settles the order, or is credit.
pub(super) async fn take(
    app: &App,
    tx: &Tx,
    tenant: TenantRecord,
    charge: &Charge<'_>,
    now: Timestamp,
) -> Result<ReceiptState, FlowError> {
    let Charge { payment, order, .. } = *charge;
    let receipt = charge.receipt(app, ReceiptState::Settled, ReceiptWhy::AsOrdered, now);
    let sale = Sale { order, payment, by: By::Charge(&receipt) };
    if settle(app, tx, tenant, &sale, now).await? {
        tx.insert_receipt(&receipt).await?;
        return Ok(ReceiptState::Settled);
    }
    let why = ReceiptWhy::NothingToSettle;
    credit(app, tx, charge, why, order.settled.is_some(), now).await?;
    Ok(ReceiptState::Credited)
}

/// Money that settles nothing is the customer's. If it was paid `twice`, somebody hears of it, and by the operator's rule it
/// goes back.
pub(super) async fn credit(
    app: &App,
    tx: &Tx,
    charge: &Charge<'_>,
    why: ReceiptWhy,
    twice: bool,
    now: Timestamp,
) -> Result<(), FlowError> {
    let payment = charge.payment;
    let receipt = charge.receipt(app, ReceiptState::Credited, why, now);
    tx.insert_receipt(&receipt).await?;
    let fact = Fact::PaymentCredited(payment.id, receipt.val_id.clone());
    let credited = payment_credited(payment.amount, fee(&receipt, payment.amount))?;
    journal(app, tx, (payment.tenant_id, payment.account_id), fact, credited, now).await?;
    notify(app, tx, payment, NoticeKind::PaymentCredited, now).await?;
    if !twice {
        return Ok(());
    }
    let second = alert(app, payment, AlertKind::SecondCharge, &receipt.val_id);
    tx.insert_alert(&AlertRecord { receipt_id: Some(receipt.id), there: said(&receipt), ..second }).await?;
    if app.settings.refund_second_charges {
        let asked = Asked {
            amount: payment.amount,
            reason: PAID_TWICE.to_owned(),
            from: LedgerAccount::CustomerCredit,
            credit_note_id: None,
            by: None,
            actor: Actor::SYSTEM,
        };
        open_refund(app, tx, &receipt, asked, now).await?;
        let by_rule = Resolution { at: app.wall.now(), by: None, remedy: Some(Remedy::Refund), note: None };
        tx.resolve_alert(AlertKind::SecondCharge, &receipt.val_id, &by_rule).await?;
    }
    Ok(())
}

/// A person has to accept it first. Until then it is nobody's.
pub(super) async fn hold(
    app: &App,
    tx: &Tx,
    charge: &Charge<'_>,
    why: ReceiptWhy,
    now: Timestamp,
) -> Result<(), FlowError> {
    let payment = charge.payment;
    let receipt = charge.receipt(app, ReceiptState::Held, why, now);
    tx.insert_receipt(&receipt).await?;
    if let Some(charged) = receipt.charged {
        let held = payment_held(charged, fee(&receipt, charged))?;
        journal(app, tx, (payment.tenant_id, payment.account_id), Fact::PaymentHeld(receipt.id), held, now).await?;
    }
    notify(app, tx, payment, NoticeKind::PaymentHeld, now).await?;
    let waits = alert(app, payment, AlertKind::PaymentHeld, &receipt.val_id);
    let here = Some(format!("{} {}", payment.amount.to_decimal(), payment.amount.currency.code()));
    tx.insert_alert(&AlertRecord { receipt_id: Some(receipt.id), here, there: said(&receipt), ..waits }).await?;
    Ok(())
}

/// What was charged, for people.
fn said(receipt: &ReceiptRecord) -> Option<String> {
    receipt.charged.map(|charged| format!("{} {}", charged.to_decimal(), charged.currency.code()))
}
