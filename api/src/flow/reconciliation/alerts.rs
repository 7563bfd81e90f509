//! What has a person to look at? Reads only, and only for the operator.

use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use crate::flow::operator::operator;
use crate::flow::page::{cut, one_more};
use crate::store::AlertRecord;
use shared::api::alerts::{AlertKind, AlertPage, AlertView, Remedy};
use shared::ids::{AlertId, ReconciliationId};

/// Which alerts are wanted.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wanted {
    /// Only those that wait.
    pub open_only: bool,
    /// Only those that this comparison found.
    pub of: Option<ReconciliationId>,
}

/// A page of at most `limit` alerts before `before`, newest first.
pub async fn alerts(
    app: &App,
    caller: &Caller,
    wanted: Wanted,
    before: Option<AlertId>,
    limit: u32,
) -> Result<AlertPage, FlowError> {
    operator(caller)?;
    let mut found = app.store.alerts(wanted.open_only, wanted.of, before, one_more(limit)).await?;
    let next_cursor = cut(&mut found, limit, |last| last.id);
    let open = app.store.open_alerts().await?;
    Ok(AlertPage { items: views(app, found).await?, open, next_cursor })
}

/// Alerts as they are shown.
pub(super) async fn views(app: &App, records: Vec<AlertRecord>) -> Result<Vec<AlertView>, FlowError> {
    let names = app.store.tenant_names(records.iter().filter_map(|alert| alert.tenant_id)).await?;
    let references = app.store.tran_ids(records.iter().filter_map(|alert| alert.payment_id)).await?;
    let view = |record: AlertRecord| {
        let resolved = record.resolved;
        AlertView {
            alert_id: record.id,
            kind: record.kind,
            account_id: record.account_id,
            tenant_id: record.tenant_id,
            tenant_name: record.tenant_id.and_then(|id| names.get(&id).cloned()).unwrap_or_default(),
            payment_id: record.payment_id,
            reference: record.payment_id.and_then(|id| references.get(&id).cloned()).unwrap_or_default(),
            receipt_id: record.receipt_id,
            refund_id: record.refund_id,
            server_id: record.server_id,
            here: record.here,
            there: record.there,
            at: record.at,
            reconciliation_id: record.reconciliation_id,
            remedies: if resolved.is_some() { Vec::new() } else { remedies(record.kind).to_vec() },
            resolved_at: resolved.as_ref().map(|how| how.at),
            resolved_by: resolved.as_ref().and_then(|how| how.by),
            remedy: resolved.as_ref().and_then(|how| how.remedy),
            note: resolved.and_then(|how| how.note),
        }
    };
    Ok(records.into_iter().map(view).collect())
}

/// What can be done about each kind.
pub(super) const fn remedies(kind: AlertKind) -> &'static [Remedy] {
    match kind {
        AlertKind::PaymentHeld => &[Remedy::Accept, Remedy::Refund],
        AlertKind::SecondCharge | AlertKind::RefundFailed => &[Remedy::Refund, Remedy::Acknowledge],
        AlertKind::RefundUnclear
        | AlertKind::ServerSilent
        | AlertKind::NoRoom
        | AlertKind::JobStuck
        | AlertKind::PromiseStuck
        | AlertKind::CopyFailed
        | AlertKind::DatabaseKept
        | AlertKind::PostSilent
        | AlertKind::LetterGivenUp => &[Remedy::Acknowledge],
        AlertKind::PaidThere => &[Remedy::Book, Remedy::Acknowledge],
        AlertKind::UnknownThere | AlertKind::AmountDiffers => &[Remedy::AskAgain, Remedy::Acknowledge],
        AlertKind::FeeDiffers => &[Remedy::TakeFee, Remedy::Acknowledge],
    }
}
