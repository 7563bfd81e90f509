//! A comparison goes on by one batch: each payment's charges here beside all attempts that its gateway lists.

use crate::app::App;
use crate::flow::FlowError;
use crate::flow::payments::alert;
use crate::store::{AlertRecord, PaymentRecord, ReceiptRecord, Resolution, Tx};
use futures_util::{StreamExt as _, stream};
use shared::api::alerts::{AlertKind, Remedy};
use shared::billing::reconciliation::{Booked, Difference, compare};
use shared::billing::settlement::GatewayRecord;
use shared::ids::ReconciliationId;
use shared::money::Money;

/// Longer than a batch takes, whatever the gateway does.
const LEASE_SECONDS: i64 = 600;
/// At most so many questions are asked at once.
const AT_ONCE: usize = 8;
/// What was opened so lately may be changing while it is compared.
const SETTLING_SECONDS: i64 = 900;

/// Compares at most `limit` payments. `false` if no comparison waits to go on.
pub async fn go_on(app: &App, limit: u64) -> Result<bool, FlowError> {
    let tx = app.store.begin().await?;
    let claimed = tx.claim_reconciliation(app.wall.now(), LEASE_SECONDS).await?;
    tx.commit().await?;
    let Some(mut record) = claimed else { return Ok(false) };
    let from = record.reached.clone();
    let payments = app.store.payments_since(record.view.since, &from, limit).await?;
    let before = record.view.started_at.plus(-SETTLING_SECONDS);
    let compared: Vec<(PaymentRecord, Option<Compared>)> = stream::iter(payments.clone())
        .filter(|payment| std::future::ready(payment.opened_at <= before && has_gateway(app, payment)))
        .map(|payment| async move {
            let compared = compared(app, &payment).await;
            (payment, compared.inspect_err(|error| tracing::warn!(%error, "a payment could not be compared")).ok())
        })
        .buffered(AT_ONCE)
        .collect()
        .await;

    let tx = app.store.begin().await?;
    for (payment, compared) in &compared {
        record.view.asked += 1;
        match compared {
            None => record.view.unknown += 1,
            Some(compared) => {
                let found = keep(app, &tx, record.view.reconciliation_id, payment, compared).await?;
                record.view.differences += found;
                record.view.agreed += u64::from(found == 0);
            }
        }
    }
    match payments.last() {
        Some(last) => record.reached = last.id.to_string(),
        None => record.view.finished_at = Some(app.wall.now()),
    }
    tx.save_reconciliation(&record, &from).await?;
    tx.commit().await?;
    Ok(true)
}

/// What credit has paid, no gateway knows.
fn has_gateway(app: &App, payment: &PaymentRecord) -> bool {
    app.gateways.named(&payment.gateway).is_ok()
}

/// What was found about one payment, and the charges that are booked for it.
struct Compared {
    differences: Vec<Difference>,
    receipts: Vec<ReceiptRecord>,
}

/// Whether what an alert reports is so no longer.
pub(super) async fn agrees(app: &App, alert: &AlertRecord) -> Result<bool, FlowError> {
    let payment = app.store.payment(alert.payment_id.ok_or(FlowError::NotFound)?).await?.ok_or(FlowError::NotFound)?;
    let compared = compared(app, &payment).await?;
    let same = |difference: &Difference| {
        let found = named(app, ReconciliationId::new(app.ids.uuid()), &payment, &compared, difference);
        (found.kind, found.subject) == (alert.kind, alert.subject.clone())
    };
    Ok(!compared.differences.iter().any(same))
}

/// Reads our books before and after the gateway's: what is booked meanwhile is no difference.
async fn compared(app: &App, payment: &PaymentRecord) -> Result<Compared, FlowError> {
    let before = app.store.receipts_of(&[payment.id]).await?;
    let listed = app.gateways.named(&payment.gateway)?.query(&payment.tran_id).await?;
    let receipts = app.store.receipts_of(&[payment.id]).await?;
    let foreign = |record: &GatewayRecord| {
        let booked = receipts.iter().find(|receipt| Some(&receipt.val_id) == record.val_id.as_ref());
        booked.and_then(|receipt| receipt.charged).is_some_and(|it| it.currency != payment.amount.currency)
    };
    let alike = |record: GatewayRecord| if foreign(&record) { record } else { in_order_currency(record, payment) };
    let listed: Vec<GatewayRecord> = listed.into_iter().map(alike).collect();
    let missing_here = compare(&booked(&receipts), &listed).into_iter().filter(is_paid_there);
    let others = compare(&booked(&before), &listed).into_iter().filter(|found| !is_paid_there(found));
    Ok(Compared { differences: missing_here.chain(others).collect(), receipts })
}

const fn is_paid_there(difference: &Difference) -> bool {
    matches!(difference, Difference::PaidThere { .. })
}

/// A charge that was converted is compared as it was asked for, which is how it is booked.
fn in_order_currency(record: GatewayRecord, payment: &PaymentRecord) -> GatewayRecord {
    let asked = record.requested.filter(|asked| asked.currency == payment.amount.currency);
    let converted = record.charged.is_some_and(|charged| charged.currency != payment.amount.currency);
    match asked {
        Some(asked) if converted => GatewayRecord { charged: Some(asked), fee: None, ..record },
        _ => record,
    }
}

fn booked(receipts: &[ReceiptRecord]) -> Vec<Booked> {
    let booked =
        |receipt: &ReceiptRecord| Booked { val_id: receipt.val_id.clone(), charged: receipt.charged, fee: receipt.fee };
    receipts.iter().map(booked).collect()
}

/// Keeps what differs as alerts; what was reported before and agrees now has come right by itself.
async fn keep(
    app: &App,
    tx: &Tx,
    of: ReconciliationId,
    payment: &PaymentRecord,
    compared: &Compared,
) -> Result<u64, FlowError> {
    // What was booked since this payment was compared is no difference any more.
    let booked = tx.receipts_of(payment.id).await?;
    let still = |alert: &AlertRecord| {
        alert.kind != AlertKind::PaidThere || !booked.iter().any(|receipt| receipt.val_id == alert.subject)
    };
    let named = compared.differences.iter().map(|difference| named(app, of, payment, compared, difference));
    let found: Vec<AlertRecord> = named.filter(still).collect();
    let kinds = [AlertKind::PaidThere, AlertKind::UnknownThere, AlertKind::AmountDiffers, AlertKind::FeeDiffers];
    let by_itself = Resolution { at: app.wall.now(), by: None, remedy: None, note: None };
    for known in tx.open_alerts_of(payment.id).await? {
        let still = found.iter().any(|it| (it.kind, &it.subject) == (known.kind, &known.subject));
        if kinds.contains(&known.kind) && !still {
            tx.resolve_alert(known.kind, &known.subject, &by_itself).await?;
        }
    }
    let mut many = 0;
    for alert in &found {
        // What nothing can be done about and a person has acknowledged is not said again, as long as both sides say the same.
        let is_final = matches!(alert.kind, AlertKind::UnknownThere | AlertKind::AmountDiffers);
        let before = tx.last_alert(alert.kind, &alert.subject).await?;
        let acknowledged = before.is_some_and(|before| {
            let remedy = before.resolved.and_then(|how| how.remedy);
            is_final
                && remedy == Some(Remedy::Acknowledge)
                && (before.here, before.there) == (alert.here.clone(), alert.there.clone())
        });
        if !acknowledged {
            tx.insert_alert(alert).await?;
            many += 1;
        }
    }
    Ok(many)
}

fn named(
    app: &App,
    of: ReconciliationId,
    payment: &PaymentRecord,
    compared: &Compared,
    difference: &Difference,
) -> AlertRecord {
    let said = |amount: &Option<Money>| {
        amount.map_or_else(|| "unreadable".to_owned(), |it| format!("{} {}", it.to_decimal(), it.currency.code()))
    };
    let (kind, val_id, here, there) = match difference {
        Difference::PaidThere { val_id, charged } => {
            let name = val_id.as_deref().unwrap_or(payment.tran_id.as_str());
            (AlertKind::PaidThere, name, None, Some(said(charged)))
        }
        Difference::UnknownThere { val_id, charged } => {
            (AlertKind::UnknownThere, val_id.as_str(), Some(said(charged)), None)
        }
        Difference::Amount { val_id, here, there } => {
            (AlertKind::AmountDiffers, val_id.as_str(), Some(said(here)), Some(said(there)))
        }
        Difference::Fee { val_id, here, there } => {
            (AlertKind::FeeDiffers, val_id.as_str(), here.map(|it| said(&Some(it))), Some(said(&Some(*there))))
        }
    };
    let receipt = compared.receipts.iter().find(|receipt| receipt.val_id == val_id);
    AlertRecord {
        receipt_id: receipt.map(|receipt| receipt.id),
        here,
        there,
        reconciliation_id: Some(of),
        ..alert(app, payment, kind, val_id)
    }
}
