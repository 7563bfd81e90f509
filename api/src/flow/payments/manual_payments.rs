//! Which payments came past every gateway? Reads only, and only for the operator.

use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use crate::flow::operator::operator;
use crate::flow::page::{cut, one_more};
use crate::store::ManualPaymentRecord;
use shared::api::manual::{ManualPaymentPage, ManualPaymentView, ManualState};
use shared::ids::ManualPaymentId;

/// A page of at most `limit` of them before `before`, newest first.
pub async fn manual_payments(
    app: &App,
    caller: &Caller,
    before: Option<ManualPaymentId>,
    limit: u32,
) -> Result<ManualPaymentPage, FlowError> {
    operator(caller)?;
    let mut found = app.store.manual_payments(before, one_more(limit)).await?;
    let next_cursor = cut(&mut found, limit, |last| last.id);
    let names = app.store.tenant_names(found.iter().map(|payment| payment.tenant_id)).await?;
    let items = found.into_iter().map(|payment| {
        let name = names.get(&payment.tenant_id).cloned().unwrap_or_default();
        shown(payment, &name, caller)
    });
    Ok(ManualPaymentPage { items: items.collect(), next_cursor })
}

/// As `caller` may see it.
pub(super) fn shown(record: ManualPaymentRecord, tenant_name: &str, caller: &Caller) -> ManualPaymentView {
    ManualPaymentView {
        manual_payment_id: record.id,
        payment_id: record.payment_id,
        tenant_id: record.tenant_id,
        tenant_name: tenant_name.to_owned(),
        method: record.method,
        amount: record.amount,
        reference: record.reference,
        state: record.state,
        recorded_by: record.recorded_by,
        recorded_at: record.recorded_at,
        decided_by: record.decided.map(|(by, _)| by),
        decided_at: record.decided.map(|(_, at)| at),
        can_decide: record.state == ManualState::Recorded && record.recorded_by != caller.user_id,
    }
}
