//! A person deals with an alert: one click, one audit row.

use super::alerts::{remedies, views};
use super::go_on::agrees;
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::audit::new_audit;
use crate::flow::auth::Caller;
use crate::flow::operator::operator;
use crate::flow::payments::accept::accept;
use crate::flow::payments::confirm::confirm;
use crate::flow::payments::journal;
use crate::flow::payments::request_refund::request_refund;
use crate::store::{AlertRecord, Fact, NewAudit, ReceiptRecord, Resolution};
use shared::api::alerts::{AlertView, Remedy, Resolve};
use shared::api::refunds::NewRefund;
use shared::billing::ledger::{LedgerAccount, fee_corrected};
use shared::ids::{AlertId, PaymentId, ReceiptId};
use shared::money::Money;

const NOTE_MAX: usize = 500;

/// Deals with it by one of its remedies. [`FlowError::AlreadyDecided`] if somebody has; [`FlowError::StillDiffers`] if the
/// remedy did not help.
pub async fn resolve(app: &App, caller: &Caller, id: AlertId, how: &Resolve) -> Result<AlertView, FlowError> {
    operator(caller)?;
    let alert = app.store.alert(id).await?.ok_or(FlowError::NotFound)?;
    if alert.resolved.is_some() {
        return Err(FlowError::AlreadyDecided);
    }
    let note = check(&alert, how)?;
    match how.remedy {
        Remedy::Acknowledge => {}
        Remedy::Accept => drop(accept(app, caller, receipt(&alert)?).await?),
        Remedy::Refund => refund(app, caller, &alert, note).await?,
        Remedy::Book => drop(confirm(app, payment(&alert)?, Some(&alert.subject)).await?),
        Remedy::TakeFee => take_fee(app, &alert).await?,
        Remedy::AskAgain => {}
    }
    if matches!(how.remedy, Remedy::Book | Remedy::AskAgain | Remedy::TakeFee) && !agrees(app, &alert).await? {
        return Err(FlowError::StillDiffers);
    }
    close(app, caller, &alert, how.remedy, note).await?;
    let record = app.store.alert(id).await?.ok_or(FlowError::NotFound)?;
    views(app, vec![record]).await?.pop().ok_or(FlowError::NotFound)
}

/// The note, if the remedy is one of the alert's, and what needs a reason has one.
fn check<'a>(alert: &AlertRecord, how: &'a Resolve) -> Result<&'a str, FlowError> {
    let note = how.note.trim();
    let needs_reason = matches!(how.remedy, Remedy::Acknowledge | Remedy::Refund);
    if !remedies(alert.kind).contains(&how.remedy) {
        return Err(FlowError::field("/remedy", "range", "must be one of the alert's remedies"));
    }
    if note.chars().count() > NOTE_MAX || (needs_reason && note.is_empty()) {
        return Err(FlowError::field("/note", "length", "must be 1 to 500 characters here"));
    }
    Ok(note)
}

fn receipt(alert: &AlertRecord) -> Result<ReceiptId, FlowError> {
    alert.receipt_id.ok_or(FlowError::NotFound)
}

fn payment(alert: &AlertRecord) -> Result<PaymentId, FlowError> {
    alert.payment_id.ok_or(FlowError::NotFound)
}

/// The alert's own name is the key: however often it is clicked, one refund.
async fn refund(app: &App, caller: &Caller, alert: &AlertRecord, note: &str) -> Result<(), FlowError> {
    let reason: String = note.chars().take(255).collect();
    // A refund that a gateway gave up is asked for again as it was: what it took back is credit by now.
    let failed = match alert.refund_id {
        Some(id) => Some(app.store.refund(id).await?.ok_or(FlowError::NotFound)?),
        None => None,
    };
    let from_credit = failed.as_ref().is_some_and(|failed| failed.taken_from == LedgerAccount::CustomerCredit);
    let new = NewRefund { amount_minor: failed.map(|failed| failed.amount.minor), reason, from_credit };
    match request_refund(app, caller, receipt(alert)?, &new, &alert.id.to_string()).await {
        Ok(_) | Err(FlowError::Replayed(_)) => Ok(()),
        Err(error) => Err(error),
    }
}

/// What the gateway keeps is what it says.
async fn take_fee(app: &App, alert: &AlertRecord) -> Result<(), FlowError> {
    let payment = app.store.payment(payment(alert)?).await?.ok_or(FlowError::NotFound)?;
    let said = app.gateways.named(&payment.gateway)?.validate(&alert.subject).await?;
    let Some(fee) = said.and_then(|record| record.fee) else { return Ok(()) };
    let tx = app.store.begin().await?;
    let tenant = tx.tenant(payment.tenant_id).await?.ok_or(FlowError::NotFound)?;
    let record = tx.receipt(receipt(alert)?).await?.ok_or(FlowError::NotFound)?;
    if record.charged.is_none_or(|charged| charged.currency != fee.currency) {
        return Err(FlowError::StillDiffers);
    }
    let more = fee.checked_sub(record.fee.unwrap_or(Money::zero(fee.currency)))?;
    let now = tenant.time(app.clock.now());
    let fact = Fact::FeeCorrected(record.id, fee.minor, app.wall.now());
    journal(app, &tx, (payment.tenant_id, payment.account_id), fact, fee_corrected(more)?, now).await?;
    tx.save_receipt(&ReceiptRecord { fee: Some(fee), ..record }).await?;
    Ok(tx.commit().await?)
}

/// The alert is dealt with; where the remedy itself has done so already, by whom stays as it is.
async fn close(app: &App, caller: &Caller, alert: &AlertRecord, remedy: Remedy, note: &str) -> Result<(), FlowError> {
    let tx = app.store.begin().await?;
    let now = match alert.tenant_id {
        Some(id) => tx.tenant(id).await?.ok_or(FlowError::NotFound)?.time(app.clock.now()),
        None => app.clock.now(),
    };
    let words = Some(note.to_owned()).filter(|note| !note.is_empty());
    let how = Resolution { at: app.wall.now(), by: Some(caller.user_id), remedy: Some(remedy), note: words.clone() };
    tx.close_alert(alert.id, &how).await?;
    let row = NewAudit {
        tenant_id: alert.tenant_id,
        account_id: alert.account_id,
        from: Some(alert.kind.name().to_owned()),
        to: Some(remedy.name().to_owned()),
        why: words,
        ..new_audit(app, caller.actor(), "alert_resolved", now)
    };
    tx.insert_audit(&row).await?;
    Ok(tx.commit().await?)
}
