//! A tenant's next order is to be on another plan version: what the customer's change and the operator's have in
//! common.

use crate::app::App;
use crate::flow::FlowError;
use crate::flow::audit::new_audit;
use crate::flow::payments::withdraw;
use crate::store::{Actor, NewAudit, PlanRecord, TenantRecord, Tx};
use shared::billing::plan_change::plan_change;
use shared::time::Timestamp;

/// Moves a locked tenant, and withdraws the order that waits, since it says something else. What is paid stays as it
/// is. `false` if it is there already; then nothing changes. `now` is by the billing clock.
pub(in crate::flow) async fn move_to(
    app: &App,
    tx: &Tx,
    record: &TenantRecord,
    to: &PlanRecord,
    actor: &Actor,
    now: Timestamp,
) -> Result<bool, FlowError> {
    if record.plan.version_id == to.version_id {
        return Ok(false);
    }
    let (id, now) = (record.state.id, record.time(now));
    plan_change(&record.state, &to.terms, now)?;
    tx.move_to_plan(id, to.version_id).await?;
    if let Some(open) = tx.open_order(id).await? {
        withdraw(app, tx, &open, now).await?;
    }
    let row = NewAudit {
        tenant_id: Some(id),
        account_id: Some(record.account_id),
        from: Some(named(&record.plan)),
        to: Some(named(to)),
        ..new_audit(app, actor.clone(), "plan_moved", now)
    };
    tx.insert_audit(&row).await?;
    tx.record_change(id, record.account_id).await?;
    Ok(true)
}

fn named(plan: &PlanRecord) -> String {
    format!("{} version {}", plan.name, plan.number)
}
