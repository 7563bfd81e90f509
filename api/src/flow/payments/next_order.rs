//! What will the next order be? Reads only, with the functions that charge.

use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use crate::flow::tenants::owned;
use shared::api::payments::NextOrder;
use shared::billing::credit::split;
use shared::billing::order::{postpaid, renewal_lines, totals};
use shared::billing::renewal::renewal;
use shared::ids::{PaymentId, TenantId};
use shared::money::Money;

/// What a renewal would cost now, and what the running cycle has come to so far beyond its price.
pub async fn next_order(app: &App, caller: &Caller, id: TenantId) -> Result<NextOrder, FlowError> {
    let record = owned(app.store.tenant(id).await?, caller)?;
    let terms = &record.plan.terms;
    let unbilled = app.store.unbilled(id).await?;
    let lines = renewal_lines(&record.plan.name, terms, record.state.next_cycle_number, &unbilled)?;
    let totals = totals(&lines, terms.currency())?;
    // As of what is accounted for, so that an unchanged panel gives an unchanged answer.
    let now = record.time(app.clock.now());
    let as_of = record.state.accounted_until.unwrap_or(now);
    let accruing = record.state.billing.running().map(|cycle| postpaid(cycle, as_of)).transpose()?;
    let credits = app.store.credits(record.account_id).await?;
    let currency = totals.gross.currency;
    let available = credits.into_iter().find(|credit| credit.currency == currency).unwrap_or(Money::zero(currency));
    // What an order that waits uses already stays with it, or is free again when another takes its place.
    let waiting = app.store.open_order(id).await?;
    let used = waiting.map_or(Money::zero(currency), |open| open.credit);
    let least = app.gateways.checkout().charge_limits(currency).map_or(Money::zero(currency), |limits| limits.least);
    let parts = split(totals.gross, available.checked_add(used)?, least)?;
    Ok(NextOrder {
        credit: parts.credit,
        due: parts.charge,
        can_order: renewal(&record.state, terms, record.measured(now), now).is_ok(),
        held_payment_id: held_payment(app, id).await?,
        lines,
        net: totals.net,
        tax: totals.tax,
        gross: totals.gross,
        accruing: accruing.unwrap_or_default(),
    })
}

/// The last payment for a cycle that a person has to decide about. What is paid for an upgrade does not pay for a cycle.
async fn held_payment(app: &App, id: TenantId) -> Result<Option<PaymentId>, FlowError> {
    for payment in app.store.held_payments(id).await? {
        let order = app.store.order(payment.order_id).await?;
        if order.is_some_and(|order| order.upgrade.is_none()) {
            return Ok(Some(payment.id));
        }
    }
    Ok(None)
}
