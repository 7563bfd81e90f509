//! Which orders are there? Reads only.

use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use crate::flow::page::{cut, one_more};
use crate::store::OrderRecord;
use shared::api::payments::{OrderPage, OrderRow, OrderState};
use shared::ids::{InvoiceId, OrderId, PaymentId};
use shared::money::Money;

/// A page of at most `limit` orders before `before`, newest first: the caller's account's, or everybody's for an operator.
pub async fn orders(app: &App, caller: &Caller, before: Option<OrderId>, limit: u32) -> Result<OrderPage, FlowError> {
    let mut found = app.store.orders(caller.account_id, before, one_more(limit)).await?;
    let next_cursor = cut(&mut found, limit, |last| last.id);
    let ids: Vec<OrderId> = found.iter().map(|order| order.id).collect();
    let names = app.store.tenant_names(found.iter().map(|order| order.tenant_id)).await?;
    let attempts = app.store.last_attempts(&ids).await?;
    let invoices = app.store.invoices_of_orders(&ids).await?;
    let items = found.into_iter().map(|order| {
        let beside = Beside {
            tenant_name: names.get(&order.tenant_id).cloned().unwrap_or_default(),
            last_attempt: attempts.get(&order.id).copied(),
            invoice_id: invoices.get(&order.id).copied(),
        };
        row(order, beside)
    });
    Ok(OrderPage { items: items.collect(), next_cursor })
}

/// What stands elsewhere about an order.
struct Beside {
    tenant_name: String,
    last_attempt: Option<PaymentId>,
    invoice_id: Option<InvoiceId>,
}

fn row(order: OrderRecord, beside: Beside) -> OrderRow {
    let state = match (order.settled, order.withdrawn_at) {
        (Some(_), _) => OrderState::Settled,
        (None, Some(_)) => OrderState::Withdrawn,
        (None, None) => OrderState::Open,
    };
    let credit = Some(order.credit).filter(|_| state != OrderState::Withdrawn);
    OrderRow {
        order_id: order.id,
        tenant_id: order.tenant_id,
        tenant_name: beside.tenant_name,
        state,
        credit_used: credit.unwrap_or(Money::zero(order.amount.currency)),
        lines: order.lines,
        amount: order.amount,
        created_at: order.created_at,
        settled_at: order.settled.map(|(_, at)| at),
        withdrawn_at: order.withdrawn_at,
        payment_id: order.settled.map(|(by, _)| by).or(beside.last_attempt),
        invoice_id: beside.invoice_id,
    }
}
