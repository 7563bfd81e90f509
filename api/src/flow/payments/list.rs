//! Which payments are there? Reads only.

use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use crate::flow::page::{cut, one_more};
use crate::store::PaymentRecord;
use shared::api::payments::{PaymentPage, PaymentRow, PaymentState};
use shared::ids::PaymentId;

/// A page of at most `limit` payments before `before`, newest first: the caller's account's, or everybody's for an
/// operator; only those in `state`, if one is named.
pub async fn list(
    app: &App,
    caller: &Caller,
    state: Option<PaymentState>,
    before: Option<PaymentId>,
    limit: u32,
) -> Result<PaymentPage, FlowError> {
    let mut found = app.store.payments(caller.account_id, state, before, one_more(limit)).await?;
    let next_cursor = cut(&mut found, limit, |last| last.id);
    let names = app.store.tenant_names(found.iter().map(|payment| payment.tenant_id)).await?;
    let items = found.into_iter().map(|payment| {
        let name = names.get(&payment.tenant_id).cloned().unwrap_or_default();
        row(payment, name)
    });
    Ok(PaymentPage { items: items.collect(), next_cursor })
}

fn row(payment: PaymentRecord, tenant_name: String) -> PaymentRow {
    PaymentRow {
        payment_id: payment.id,
        order_id: payment.order_id,
        tenant_id: payment.tenant_id,
        tenant_name,
        state: payment.state,
        amount: payment.amount,
        gateway: payment.gateway,
        reference: payment.tran_id,
        method: payment.method,
        created_at: payment.created_at,
        settled_at: payment.settled_at,
    }
}
