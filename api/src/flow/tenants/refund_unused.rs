//! A panel could not be set up, and its owner wants the money back instead of another try.

use super::beside::beside;
use super::owned::owned;
use super::view::view;
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use crate::flow::claim::{claim, keep_answer};
use crate::flow::payments::{give_back, withdraw};
use crate::flow::publish::publish;
use crate::flow::record_step::record_step;
use crate::store::{Actor, OrderRecord, TenantRecord, Tx};
use shared::api::auth::Role;
use shared::api::tenants::TenantStatus;
use shared::billing::event::Event;
use shared::billing::refund::{NotRefundable, Unused, unused};
use shared::billing::state::{Panel, Tenant};
use shared::billing::step::step;
use shared::ids::TenantId;
use shared::time::Timestamp;

/// The status under which it is answered, now and when repeated.
const OK: u16 = 200;

/// Withdraws every cycle that was paid and not used, and gives back what is left of what it cost. Fails if nothing is left of
/// any: then the panel keeps its hours. With the same `key` the same answer is given again ([`FlowError::Replayed`]).
pub async fn refund_unused(app: &App, caller: &Caller, id: TenantId, key: &str) -> Result<TenantStatus, FlowError> {
    let known = owned(app.store.tenant(id).await?, caller)?;
    if caller.role != Role::Owner {
        return Err(FlowError::NotFound);
    }
    let state = Tenant { panel: Panel::Pending, ..known.state.clone() };
    let beside = beside(app, caller, &[TenantRecord { state, ..known }]).await?;
    let tx = app.store.begin().await?;
    let mut record = owned(tx.tenant(id).await?, caller)?;
    claim(app, &tx, caller, key, &format!("refund of what was not used {id}")).await?;
    let now = record.time(app.clock.now());
    // What is over by now is over, even if nobody has noticed yet.
    let passed = step(&record.state, &Event::TimePassed, now)?;
    record = record_step(app, &tx, record, passed, &Actor::SYSTEM, now).await?;
    let all = unused(&record.state);
    if all.is_empty() {
        return Err(NotRefundable::Gone.into());
    }
    if let Some(open) = tx.open_order(id).await? {
        withdraw(app, &tx, &open, now).await?;
    }
    let mut gives = false;
    for one in all {
        let paid = paid_for(&tx, &record, one).await?;
        record = withdraw_cycle(app, &tx, caller, record, one, now).await?;
        for order in &paid {
            gives |= give_back(app, &tx, caller, &record, order, now).await?;
        }
    }
    if !gives {
        return Err(NotRefundable::Gone.into());
    }
    let status = view(app, caller, &record, &beside.of(&record), app.clock.now());
    keep_answer(&tx, caller, key, OK, &status).await?;
    publish(app, tx).await?;
    Ok(status)
}

/// What bought the cycle, and what upgraded it.
async fn paid_for(tx: &Tx, record: &TenantRecord, one: Unused) -> Result<Vec<OrderRecord>, FlowError> {
    let mut orders = match record.state.billing.running().filter(|_| one.runs) {
        Some(cycle) => tx.upgrades_of(record.state.id, cycle.number, cycle.starts_at).await?,
        None => vec![],
    };
    orders.push(tx.order(one.order_id).await?.ok_or(FlowError::NotFound)?);
    Ok(orders)
}

async fn withdraw_cycle(
    app: &App,
    tx: &Tx,
    caller: &Caller,
    record: TenantRecord,
    one: Unused,
    now: Timestamp,
) -> Result<TenantRecord, FlowError> {
    let Unused { order_id, cycle_number, runs } = one;
    let id = record.state.id;
    let event = if runs { Event::UnusedRefunded { order_id } } else { Event::CycleRefunded { order_id } };
    let next = step(&record.state, &event, now)?;
    if runs {
        tx.delete_unused_cycle(id, cycle_number).await?;
    } else {
        tx.delete_queued_cycle(id, order_id).await?;
    }
    record_step(app, tx, record, next, &caller.actor(), now).await
}
