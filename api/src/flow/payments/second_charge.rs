//! The customer paid twice in one session of the gateway: a second charge under a payment that is booked. It buys nothing,
//! and it is not lost: it is the account's credit, and a person hears of it.

use crate::app::App;
use crate::flow::FlowError;
use crate::flow::payments::audit::gateway_audit;
use crate::flow::payments::book::{journal, notify};
use crate::flow::publish::publish;
use crate::store::{Fact, NewAudit, PaymentRecord, StoreError};
use shared::api::history::NoticeKind;
use shared::billing::ledger::payment_credited;
use shared::billing::settlement::Outcome;
use shared::money::Money;

/// Asks the gateway about a charge that was claimed for a booked payment, and credits it once if it is real.
pub(super) async fn second_charge(app: &App, payment: &PaymentRecord, val_id: &str) -> Result<(), FlowError> {
    let Some(record) = app.gateway.validate(val_id).await? else { return Ok(()) };
    let Some(amount) = record.requested else { return Ok(()) };
    if record.tran_id != payment.tran_id || record.outcome != Outcome::Paid {
        return Ok(());
    }
    let tx = app.store.begin().await?;
    let tenant = tx.tenant(payment.tenant_id).await?.ok_or(FlowError::NotFound)?;
    let now = tenant.time(app.clock.now());
    let credit = Fact::PaymentCredited(payment.id, val_id.to_owned());
    let fee = record.fee.filter(|fee| fee.currency == amount.currency).unwrap_or(Money::zero(amount.currency));
    match journal(app, &tx, payment, credit, payment_credited(amount, fee)?, now).await {
        Ok(()) => {}
        // It was credited when it was first heard of.
        Err(StoreError::Stale) => return Ok(()),
        Err(error) => return Err(error.into()),
    }
    let row = gateway_audit(app, Some(payment), "second_charge", val_id, now);
    let row = NewAudit { to: Some("credited".to_owned()), ..row };
    tx.insert_audit(&row).await?;
    notify(app, &tx, payment, NoticeKind::PaymentCredited, now).await?;
    publish(app, tx).await?;
    Ok(())
}
