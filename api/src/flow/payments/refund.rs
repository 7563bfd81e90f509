//! How far is a refund? Reads only.

use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use crate::flow::tenants::owned;
use crate::store::RefundRecord;
use shared::api::refunds::RefundView;
use shared::ids::RefundId;

/// The refund, if it is the caller's account's, or the caller is an operator.
pub async fn refund(app: &App, caller: &Caller, id: RefundId) -> Result<RefundView, FlowError> {
    let refund = app.store.refund(id).await?.ok_or(FlowError::NotFound)?;
    let tenant = owned(app.store.tenant(refund.tenant_id).await?, caller)?;
    Ok(shown(refund, &tenant.name))
}

/// The refund as it is shown.
pub(super) fn shown(refund: RefundRecord, tenant_name: &str) -> RefundView {
    RefundView {
        refund_id: refund.id,
        receipt_id: refund.receipt_id,
        payment_id: refund.payment_id,
        tenant_id: refund.tenant_id,
        tenant_name: tenant_name.to_owned(),
        amount: refund.amount,
        state: refund.state,
        reason: refund.reason,
        reference: refund.name,
        gateway_reference: refund.gateway_name,
        credit_note_id: refund.credit_note_id,
        requested_at: refund.requested_at,
        finished_at: refund.finished_at,
        refusal: refund.refusal,
    }
}
