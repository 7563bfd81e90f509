//! The customer paid twice in one session of the gateway: a second charge under a payment that is booked. It buys nothing,
//! and it is not lost: if it is exact and safe it is the account's credit, otherwise a person decides. Either way somebody
//! hears of it.

use super::book_charge::{Charge, credit, hold};
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::payments::audit::gateway_audit;
use crate::flow::publish::publish;
use crate::store::{NewAudit, PaymentRecord, Resolution};
use shared::api::alerts::AlertKind;
use shared::api::payments::ReceiptWhy;
use shared::billing::settlement::{Expected, Verdict, judge};

/// Asks the gateway about a charge that was claimed for a booked payment. Each charge is booked once, by its own name.
pub(super) async fn second_charge(app: &App, payment: &PaymentRecord, val_id: &str) -> Result<(), FlowError> {
    let gateway = app.gateways.named(&payment.gateway)?;
    let Some(record) = gateway.validate(val_id).await? else { return Ok(()) };
    let expected = Expected { tran_id: payment.tran_id.clone(), amount: payment.amount };
    let verdict = judge(&expected, &record);
    if record.tran_id != payment.tran_id || matches!(verdict, Verdict::NotPaid(_) | Verdict::Pending) {
        return Ok(());
    }
    let tx = app.store.begin().await?;
    let tenant = tx.tenant(payment.tenant_id).await?.ok_or(FlowError::NotFound)?;
    let order = tx.order(payment.order_id).await?.ok_or(FlowError::NotFound)?;
    if tx.receipt_named(&payment.gateway, val_id).await?.is_some() {
        return Ok(());
    }
    let now = tenant.time(app.clock.now());
    let charge = Charge { payment, order: &order, record: &record, val_id };
    let to = match verdict {
        Verdict::Settle => {
            credit(app, &tx, &charge, ReceiptWhy::Second, order.settled.is_some(), now).await?;
            "credited"
        }
        Verdict::Hold => {
            hold(app, &tx, &charge, ReceiptWhy::Risky, now).await?;
            "held"
        }
        Verdict::Mismatch(_) | Verdict::NotPaid(_) | Verdict::Pending => {
            hold(app, &tx, &charge, ReceiptWhy::NotAsOrdered, now).await?;
            "held"
        }
    };
    let found_out = Resolution { at: app.wall.now(), by: None, remedy: None, note: None };
    tx.resolve_alert(AlertKind::PaidThere, val_id, &found_out).await?;
    let row = gateway_audit(app, &payment.gateway, Some(payment), "second_charge", val_id, now);
    tx.insert_audit(&NewAudit { to: Some(to.to_owned()), ..row }).await?;
    tx.record_change(payment.tenant_id, payment.account_id).await?;
    publish(app, tx).await?;
    Ok(())
}
