//! The customer changes the plan: at once, by paying for an upgrade, or with the next cycle that they buy.

use super::beside::beside;
use super::move_to::move_to;
use super::owned::owned;
use super::plan_change::not_sold;
use super::view::view;
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use crate::flow::claim::{claim, keep_answer};
use crate::flow::payments::checkout::{Buy, checkout};
use crate::flow::publish::publish;
use crate::store::{PlanRecord, TenantRecord};
use shared::api::auth::Role;
use shared::api::payments::Checkout;
use shared::api::plans::{ChangePlan, When};
use shared::api::tenants::TenantStatus;
use shared::ids::TenantId;

/// The status under which a change with the next cycle is answered, now and when repeated.
const OK: u16 = 200;

/// What the customer gets.
#[derive(Debug)]
pub enum Changed {
    /// Something to pay.
    ToPay(Checkout),
    /// The panel, whose next order is on the other plan.
    WithNextCycle(Box<TenantStatus>),
}

/// Changes the plan to what is sold of another. With the same `key` the same answer is given again
/// ([`FlowError::Replayed`]).
pub async fn change_plan(
    app: &App,
    caller: &Caller,
    id: TenantId,
    change: ChangePlan,
    key: &str,
) -> Result<Changed, FlowError> {
    let known = owned(app.store.tenant(id).await?, caller)?;
    if !matches!(caller.role, Role::Owner | Role::Billing) {
        return Err(FlowError::NotFound);
    }
    let to = app.store.sold_version(change.plan_id).await?.ok_or_else(not_sold)?;
    match change.when {
        When::Now => Ok(Changed::ToPay(checkout(app, caller, id, &Buy::Upgrade(Box::new(to)), key).await?)),
        When::NextCycle => Ok(Changed::WithNextCycle(Box::new(with_next_cycle(app, caller, known, to, key).await?))),
    }
}

async fn with_next_cycle(
    app: &App,
    caller: &Caller,
    known: TenantRecord,
    to: PlanRecord,
    key: &str,
) -> Result<TenantStatus, FlowError> {
    let (id, now) = (known.state.id, app.clock.now());
    let beside = beside(app, caller, &[TenantRecord { plan: to.clone(), ..known }]).await?;
    let request = format!("plan with next cycle {id} {}", to.id);
    let tx = app.store.begin().await?;
    let record = owned(tx.tenant(id).await?, caller)?;
    claim(app, &tx, caller, key, &request).await?;
    move_to(app, &tx, &record, &to, &caller.actor(), now).await?;
    let record = TenantRecord { plan: to, ..record };
    let status = view(app, caller, &record, &beside.of(&record), now);
    keep_answer(&tx, caller, key, OK, &status).await?;
    publish(app, tx).await?;
    Ok(status)
}
