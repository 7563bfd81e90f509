//! What is to be paid now? The order that waits, or a new one in its place if what it says is not true any more.

use super::withdraw::withdraw;
use crate::app::App;
use crate::flow::FlowError;
use crate::store::{OrderRecord, PlanRecord, TenantRecord, Tx};
use shared::api::invoices::LineView;
use shared::billing::order::{renewal_lines, totals, upgrade_lines};
use shared::billing::plan_change::Upgrade;
use shared::ids::OrderId;
use shared::money::Money;
use shared::time::{HOUR, Timestamp};

/// How long the quote for an upgrade stands. Later what is left of the cycle is another share.
const QUOTE_SECONDS: i64 = HOUR;

/// The order of the next cycle, with what earlier cycles still owe. `now` is by the account's clock.
pub(super) async fn renewal_order(
    app: &App,
    tx: &Tx,
    record: &TenantRecord,
    now: Timestamp,
) -> Result<OrderRecord, FlowError> {
    let unbilled = tx.unbilled(record.state.id).await?;
    let PlanRecord { name, terms, .. } = &record.plan;
    let lines = renewal_lines(name, terms, record.state.next_cycle_number, &unbilled)?;
    let new = new_order(app, record, &record.plan, None, lines, now)?;
    let same = |open: &OrderRecord| {
        open.plan_version_id == new.plan_version_id && open.upgrade.is_none() && open.lines == new.lines
    };
    open_order(app, tx, same, new.clone()).await
}

/// An order that waits for nothing, for money that came though the panel takes no cycle now.
pub(super) async fn closed_order(
    app: &App,
    tx: &Tx,
    record: &TenantRecord,
    now: Timestamp,
) -> Result<OrderRecord, FlowError> {
    let PlanRecord { name, terms, .. } = &record.plan;
    let lines = renewal_lines(name, terms, record.state.next_cycle_number, &[])?;
    let new = OrderRecord { withdrawn_at: Some(now), ..new_order(app, record, &record.plan, None, lines, now)? };
    tx.insert_order(&new).await?;
    Ok(new)
}

/// The order of an upgrade of the running cycle to `plan`, as quoted.
pub(super) async fn upgrade_order(
    app: &App,
    tx: &Tx,
    record: &TenantRecord,
    plan: &PlanRecord,
    upgrade: Upgrade,
    now: Timestamp,
) -> Result<OrderRecord, FlowError> {
    // The next cycle may have been put on another plan meanwhile; what is upgraded is the running one.
    let from = tx.plan_of_cycle(record.state.id, upgrade.cycle_number).await?;
    let from = from.as_deref().unwrap_or(&record.plan.name);
    let lines = upgrade_lines(from, &plan.name, &plan.terms, &upgrade)?;
    let new = new_order(app, record, plan, Some(upgrade), lines, now)?;
    open_order(app, tx, |open| stands(open, plan, &upgrade, now), new).await
}

/// Whether an open order is for this upgrade, and its quote still stands.
pub(in crate::flow) fn stands(open: &OrderRecord, plan: &PlanRecord, upgrade: &Upgrade, now: Timestamp) -> bool {
    let same_cycle = open.upgrade.is_some_and(|quoted| quoted.cycle_number == upgrade.cycle_number);
    let fresh = now.seconds_since(open.created_at) < QUOTE_SECONDS;
    open.plan_version_id == plan.version_id && same_cycle && fresh
}

async fn open_order(
    app: &App,
    tx: &Tx,
    same: impl Fn(&OrderRecord) -> bool,
    new: OrderRecord,
) -> Result<OrderRecord, FlowError> {
    match tx.open_order(new.tenant_id).await? {
        Some(open) if same(&open) => return Ok(open),
        Some(outdated) => withdraw(app, tx, &outdated, new.created_at).await?,
        None => {}
    }
    tx.insert_order(&new).await?;
    Ok(new)
}

fn new_order(
    app: &App,
    record: &TenantRecord,
    plan: &PlanRecord,
    upgrade: Option<Upgrade>,
    lines: Vec<LineView>,
    now: Timestamp,
) -> Result<OrderRecord, FlowError> {
    let amount = totals(&lines, plan.terms.currency())?.gross;
    Ok(OrderRecord {
        id: OrderId::new(app.ids.uuid()),
        tenant_id: record.state.id,
        account_id: record.account_id,
        plan_version_id: plan.version_id,
        terms: plan.terms.clone(),
        upgrade,
        amount,
        credit: Money::zero(amount.currency),
        expires_at: None,
        lines,
        created_at: now,
        settled: None,
        withdrawn_at: None,
        cycle_number: None,
    })
}
