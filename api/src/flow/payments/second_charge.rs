//! The customer paid twice in one session of the gateway: a second charge under a payment that is booked. It buys nothing,
//! and it is not lost: if it is exact and safe it is the account's credit, otherwise a person decides. Either way somebody
//! hears of it.

use crate::app::App;
use crate::flow::FlowError;
use crate::flow::payments::audit::gateway_audit;
use crate::flow::payments::book::{journal, notify};
use crate::flow::publish::publish;
use crate::store::{Fact, NewAudit, PaymentRecord, StoreError};
use shared::api::history::NoticeKind;
use shared::billing::ledger::payment_credited;
use shared::billing::settlement::{Expected, Verdict, judge};
use shared::money::Money;

/// Asks the gateway about a charge that was claimed for a booked payment. Each charge is booked once, by its own name.
pub(super) async fn second_charge(app: &App, payment: &PaymentRecord, val_id: &str) -> Result<(), FlowError> {
    let Some(record) = app.gateway.validate(val_id).await? else { return Ok(()) };
    let expected = Expected { tran_id: payment.tran_id.clone(), amount: payment.amount };
    if record.tran_id != payment.tran_id {
        return Ok(());
    }
    let (to, notice) = match judge(&expected, &record) {
        Verdict::Settle => ("credited", NoticeKind::PaymentCredited),
        Verdict::Hold | Verdict::Mismatch(_) => ("held", NoticeKind::PaymentHeld),
        Verdict::NotPaid(_) | Verdict::Pending => return Ok(()),
    };
    let tx = app.store.begin().await?;
    let tenant = tx.tenant(payment.tenant_id).await?.ok_or(FlowError::NotFound)?;
    let now = tenant.time(app.clock.now());
    if tx.has_audit(payment.tenant_id, "second_charge", val_id).await? {
        return Ok(());
    }
    if to == "credited" {
        let fee = record.fee.filter(|fee| fee.currency == payment.amount.currency);
        let fee = fee.unwrap_or(Money::zero(payment.amount.currency));
        let fact = Fact::PaymentCredited(payment.id, val_id.to_owned());
        match journal(app, &tx, payment, fact, payment_credited(payment.amount, fee)?, now).await {
            Ok(()) => {}
            // It was credited when it was first heard of.
            Err(StoreError::Stale) => return Ok(()),
            Err(error) => return Err(error.into()),
        }
    }
    let row = gateway_audit(app, Some(payment), "second_charge", val_id, now);
    tx.insert_audit(&NewAudit { to: Some(to.to_owned()), ..row }).await?;
    notify(app, &tx, payment, notice, now).await?;
    publish(app, tx).await?;
    Ok(())
}
