//! How does this payment stand? Reads only: the answer never depends on what a browser claims.

use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use crate::store::{PaymentRecord, ReceiptRecord, RefundRecord};
use shared::api::auth::Role;
use shared::api::payments::{BoughtCycle, PaymentState, PaymentView, ReceiptView};
use shared::api::refunds::RefundState;
use shared::ids::{PaymentId, ReceiptId, TenantId};
use shared::money::Money;

/// Who may look at a payment.
#[derive(Debug, Clone, Copy)]
pub enum Viewer<'a> {
    /// A person of its account, or an operator.
    Caller(&'a Caller),
    /// Whoever holds its seal: the payer's browser, back from the gateway, with no session.
    Seal(&'a str),
}

/// The payment, if the viewer may see it.
pub async fn payment(app: &App, viewer: Viewer<'_>, id: PaymentId) -> Result<PaymentView, FlowError> {
    let payment = app.store.payment(id).await?.ok_or(FlowError::NotFound)?;
    let allowed = match viewer {
        Viewer::Caller(caller) => caller.role == Role::Operator || caller.account_id == Some(payment.account_id),
        Viewer::Seal(seal) => app.signer.is_sealed(id, seal),
    };
    if !allowed {
        return Err(FlowError::NotFound);
    }
    shown(app, payment).await
}

/// The payment as it is shown.
pub(super) async fn shown(app: &App, payment: PaymentRecord) -> Result<PaymentView, FlowError> {
    let order = app.store.order(payment.order_id).await?.ok_or(FlowError::NotFound)?;
    let tenant = app.store.tenant(payment.tenant_id).await?.ok_or(FlowError::NotFound)?;
    let is_settled = payment.state == PaymentState::Settled;
    let bought = match order.cycle_number.filter(|_| is_settled) {
        Some(number) => Some(bought(app, payment.tenant_id, number).await?),
        None => None,
    };
    let invoice_id = if is_settled { app.store.invoice_of_order(order.id).await? } else { None };
    let unpaid = matches!(payment.state, PaymentState::Failed | PaymentState::Cancelled | PaymentState::Expired);
    let is_fresh = payment.opened_at.plus(app.settings.resume_seconds) > app.wall.now();
    let resume_url = payment.page_url.filter(|_| payment.state == PaymentState::Open && is_fresh && order.is_open());
    Ok(PaymentView {
        payment_id: payment.id,
        order_id: payment.order_id,
        tenant_id: payment.tenant_id,
        tenant_url: tenant.state.panel.is_open().then(|| app.settings.panel_url(&tenant.subdomain)),
        tenant_name: tenant.name,
        state: payment.state,
        amount: payment.amount,
        credit_used: order.credit,
        gateway: payment.gateway,
        reference: payment.tran_id,
        method: payment.method,
        created_at: payment.created_at,
        settled_at: payment.settled_at,
        cycle: bought,
        can_retry: unpaid && order.is_open(),
        resume_url,
        invoice_id: invoice_id.map(|invoice| invoice.invoice_id),
        receipts: receipts(app, payment.id).await?,
    })
}

/// The cycle of that number; one that waits for its turn has no days yet.
async fn bought(app: &App, id: TenantId, number: u32) -> Result<BoughtCycle, FlowError> {
    let begun = app.store.cycle(id, number).await?;
    let days = begun.map(|record| (record.cycle.starts_at, record.end.map_or(record.cycle.ends_at, |end| end.at)));
    Ok(BoughtCycle { number, starts_at: days.map(|(from, _)| from), ends_at: days.map(|(_, to)| to) })
}

/// What the gateway has charged under a payment, with what went back of it.
async fn receipts(app: &App, id: PaymentId) -> Result<Vec<ReceiptView>, FlowError> {
    let receipts = app.store.receipts_of(&[id]).await?;
    let ids: Vec<ReceiptId> = receipts.iter().map(|receipt| receipt.id).collect();
    let refunds = app.store.refunds_of(&ids).await?;
    let view = |receipt: ReceiptRecord| {
        let of = |refund: &&RefundRecord| refund.receipt_id == receipt.id && refund.state != RefundState::Cancelled;
        let back = |charged: Money| Money::sum(charged.currency, refunds.iter().filter(of).map(|refund| refund.amount));
        Ok(ReceiptView {
            receipt_id: receipt.id,
            refunded: receipt.charged.map(back).transpose()?,
            reference: receipt.val_id,
            charged: receipt.charged,
            fee: receipt.fee,
            state: receipt.state,
            why: receipt.why,
            method: receipt.method,
            at: receipt.at,
        })
    };
    receipts.into_iter().map(view).collect()
}
