//! A held charge whose amount could not be read is read again, before a person decides about it.

use super::book::journal;
use super::settle::fee;
use crate::app::App;
use crate::flow::FlowError;
use crate::port::Unknown;
use crate::store::{Fact, ReceiptRecord};
use shared::api::payments::ReceiptState;
use shared::billing::ledger::payment_held;

/// Asks the gateway what was charged, and books it as held. Does nothing if that is known.
pub(super) async fn read_charge(app: &App, receipt: &ReceiptRecord) -> Result<(), FlowError> {
    if receipt.charged.is_some() || receipt.state != ReceiptState::Held {
        return Ok(());
    }
    let unreadable = || Unknown::new("the gateway does not say readably what was charged");
    let said = app.gateways.named(&receipt.gateway)?.validate(&receipt.val_id).await?.ok_or_else(unreadable)?;
    let payment = app.store.payment(receipt.payment_id).await?.ok_or(FlowError::NotFound)?;
    let charged = said.charged.filter(|_| said.tran_id == payment.tran_id).ok_or_else(unreadable)?;
    let tx = app.store.begin().await?;
    let tenant = tx.tenant(receipt.tenant_id).await?.ok_or(FlowError::NotFound)?;
    let mut receipt = tx.receipt(receipt.id).await?.ok_or(FlowError::NotFound)?;
    if receipt.charged.is_none() {
        receipt.charged = Some(charged);
        receipt.fee = said.fee.filter(|fee| fee.currency == charged.currency);
        let held = payment_held(charged, fee(&receipt, charged))?;
        let (whose, now) = ((receipt.tenant_id, receipt.account_id), tenant.time(app.clock.now()));
        journal(app, &tx, whose, Fact::PaymentHeld(receipt.id), held, now).await?;
        tx.save_receipt(&receipt).await?;
    }
    Ok(tx.commit().await?)
}
