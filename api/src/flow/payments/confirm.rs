//! What became of this payment? Asks the gateway, outside any transaction, and books the answer. The one way by which
//! money is ever credited: notices, the payer's return and the sweeper all come here.

use super::audit::gateway_audit;
use super::book::book;
use super::look::LOOKS_MAX;
use super::second_charge::second_charge;
use crate::app::App;
use crate::flow::FlowError;
use crate::port::Unknown;
use crate::store::PaymentRecord;
use shared::api::payments::PaymentState;
use shared::billing::settlement::{Expected, GatewayRecord, Outcome, Verdict, judge};
use shared::ids::PaymentId;

/// Asks the gateway about a payment and books what it confirms. `val_id` is a claim of which charge it was; it is only a
/// hint of what to ask. Repeating changes nothing. [`FlowError::Outside`]: nothing is known, nothing changed.
pub async fn confirm(app: &App, id: PaymentId, val_id: Option<&str>) -> Result<PaymentState, FlowError> {
    let payment = app.store.payment(id).await?.ok_or(FlowError::NotFound)?;
    if is_final(payment.state) {
        if let Some(other) = val_id.filter(|val_id| payment.val_id.as_deref() != Some(val_id)) {
            second_charge(app, &payment, other).await?;
        }
        return Ok(payment.state);
    }
    let record = find(app, &payment, val_id).await?;
    // A page on which nothing was ever tried is not asked about for ever. Late money is still taken.
    let nothing = if payment.looks >= LOOKS_MAX { Verdict::NotPaid(Outcome::Expired) } else { Verdict::Pending };
    let verdict = record.as_ref().map_or(nothing, |record| {
        judge(&Expected { tran_id: payment.tran_id.clone(), amount: payment.amount }, record)
    });
    let state = Box::pin(book(app, &payment, verdict, record.as_ref())).await?;
    // Another message may have been faster, with another charge: then this one is a second.
    if let Some(val_id) = record.and_then(|record| record.val_id) {
        let booked = app.store.payment(id).await?.ok_or(FlowError::NotFound)?;
        if is_final(booked.state) && booked.val_id.as_deref() != Some(val_id.as_str()) {
            second_charge(app, &booked, &val_id).await?;
        }
    }
    Ok(state)
}

/// Once money is booked or in a person's hands, no message changes it.
pub(super) const fn is_final(state: PaymentState) -> bool {
    match state {
        PaymentState::Settled
        | PaymentState::Credited
        | PaymentState::Held
        | PaymentState::Mismatch
        | PaymentState::Refunded => true,
        PaymentState::Open | PaymentState::Failed | PaymentState::Cancelled | PaymentState::Expired => false,
    }
}

/// What the gateway has on record: the charge that was claimed, if it exists and is this payment's; otherwise the best
/// of all attempts under our name for the payment, proved by validating the charge.
async fn find(app: &App, payment: &PaymentRecord, val_id: Option<&str>) -> Result<Option<GatewayRecord>, FlowError> {
    let gateway = app.gateways.named(&payment.gateway)?;
    if let Some(val_id) = val_id {
        match gateway.validate(val_id).await? {
            Some(record) if record.tran_id == payment.tran_id => return Ok(Some(record)),
            Some(_) => foreign_charge(app, payment).await?,
            None => {}
        }
    }
    let attempts = gateway.query(&payment.tran_id).await?;
    let ours = || attempts.iter().filter(|record| record.tran_id == payment.tran_id);
    let paid = ours().find(|record| record.outcome == Outcome::Paid);
    let Some(paid) = paid else { return Ok(ours().next_back().cloned()) };
    let nameless = || Unknown::new("the gateway lists a charge without its name");
    let proof = gateway.validate(paid.val_id.as_deref().ok_or_else(nameless)?).await?;
    proof.map(Some).ok_or_else(|| Unknown::new("the gateway lists a charge that it does not validate").into())
}

/// Somebody claimed another payment's charge for this one. Nothing is booked; the trail stays.
async fn foreign_charge(app: &App, payment: &PaymentRecord) -> Result<(), FlowError> {
    let why = "the charge belongs to another payment";
    let row = gateway_audit(app, &payment.gateway, Some(payment), "foreign_charge_claimed", why, app.clock.now());
    let tx = app.store.begin().await?;
    tx.insert_audit(&row).await?;
    Ok(tx.commit().await?)
}
