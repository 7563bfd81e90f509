//! Which orders are there? Reads only.

use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use crate::flow::page::{cut, one_more};
use crate::store::{OrderRecord, PaymentRecord};
use shared::api::payments::{OrderPage, OrderRow, OrderState, PaymentState};
use shared::ids::{InvoiceId, OrderId};
use shared::money::Money;

/// A page of at most `limit` orders before `before`, newest first: the caller's account's, or everybody's for an operator.
pub async fn orders(app: &App, caller: &Caller, before: Option<OrderId>, limit: u32) -> Result<OrderPage, FlowError> {
    let mut found = app.store.orders(caller.account_id, before, one_more(limit)).await?;
    let next_cursor = cut(&mut found, limit, |last| last.id);
    let (settled, others): (Vec<_>, Vec<_>) = found.iter().partition(|order| order.settled.is_some());
    let ids = |of: Vec<&OrderRecord>| of.into_iter().map(|order| order.id).collect::<Vec<_>>();
    let invoices = app.store.invoices_of_orders(&ids(settled)).await?;
    let payments = app.store.payments_of(&ids(others)).await?;
    let names = app.store.tenant_names(found.iter().map(|order| order.tenant_id)).await?;
    let items = found.into_iter().map(|order| {
        let name = names.get(&order.tenant_id).cloned().unwrap_or_default();
        let invoice_id = invoices.get(&order.id).copied();
        let payment = telling(payments.iter().filter(|payment| payment.order_id == order.id));
        row(order, name, payment, invoice_id)
    });
    Ok(OrderPage { items: items.collect(), next_cursor })
}

/// The payment that says most about an order that is not settled: the last under which money came, else the last.
fn telling<'a>(payments: impl Iterator<Item = &'a PaymentRecord> + Clone) -> Option<&'a PaymentRecord> {
    let came = |payment: &&PaymentRecord| {
        matches!(payment.state, PaymentState::Held | PaymentState::Mismatch | PaymentState::Credited)
    };
    payments.clone().filter(came).last().or(payments.last())
}

fn row(
    order: OrderRecord,
    tenant_name: String,
    payment: Option<&PaymentRecord>,
    invoice_id: Option<InvoiceId>,
) -> OrderRow {
    let state = match (order.settled, order.withdrawn_at, payment.map(|payment| payment.state)) {
        (Some(_), ..) => OrderState::Settled,
        (None, Some(_), _) => OrderState::Withdrawn,
        (None, None, Some(PaymentState::Held | PaymentState::Mismatch)) => OrderState::Held,
        (None, None, _) => OrderState::Open,
    };
    let credit = Some(order.credit).filter(|_| state != OrderState::Withdrawn);
    OrderRow {
        order_id: order.id,
        tenant_id: order.tenant_id,
        tenant_name,
        state,
        credit_used: credit.unwrap_or(Money::zero(order.amount.currency)),
        lines: order.lines,
        amount: order.amount,
        created_at: order.created_at,
        settled_at: order.settled.map(|(_, at)| at),
        withdrawn_at: order.withdrawn_at,
        payment_id: order.settled.map(|(by, _)| by).or(payment.map(|payment| payment.id)),
        invoice_id,
    }
}
