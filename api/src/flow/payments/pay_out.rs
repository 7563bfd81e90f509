//! A refund that no gateway pays out was paid by hand: a second person says so.

use super::open_refund::refund_audit;
use super::pursue_refund::pursue_refund;
use super::refund::refund;
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use crate::flow::operator::operator;
use crate::flow::text::text;
use shared::api::refunds::{RefundState, RefundView};
use shared::ids::RefundId;

const REFERENCE_MAX: usize = 80;

/// Notes that it was paid, under which reference; never by whoever asked for it. Repeating changes nothing.
pub async fn pay_out(app: &App, caller: &Caller, id: RefundId, reference: &str) -> Result<RefundView, FlowError> {
    operator(caller)?;
    let known = app.store.refund(id).await?.ok_or(FlowError::NotFound)?;
    let reference = text("/reference", reference, REFERENCE_MAX)?;
    let by_hand = app.gateways.named(&known.gateway)?.is_by_hand();
    if !by_hand || known.state == RefundState::Cancelled {
        return Err(FlowError::NotByHand);
    }
    if known.requested_by == Some(caller.user_id) {
        return Err(FlowError::SecondPersonNeeded);
    }
    let tx = app.store.begin().await?;
    let tenant = tx.tenant(known.tenant_id).await?.ok_or(FlowError::NotFound)?;
    let mut record = tx.refund(id).await?.ok_or(FlowError::NotFound)?;
    if record.paid_out.is_none() {
        record.paid_out = Some((caller.user_id, reference.to_owned()));
        tx.save_refund(&record).await?;
        let now = tenant.time(app.clock.now());
        let mut row = refund_audit(app, &record, &caller.actor(), Some(record.state), now);
        row.why = Some(format!("paid out as {reference}"));
        tx.insert_audit(&row).await?;
    }
    tx.commit().await?;
    // Twice: it may not have been asked for at its gateway yet.
    pursue_refund(app, id).await?;
    pursue_refund(app, id).await?;
    refund(app, caller, id).await
}
