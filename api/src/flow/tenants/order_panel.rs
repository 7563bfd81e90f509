//! A customer orders a panel. It awaits its first payment; nothing runs and nothing is billed before.

use super::address::Whose;
use super::beside::BesideOne;
use super::create_tenant::{Wanted, check, keep};
use super::plan_change::not_sold;
use super::subdomain::asked_for;
use super::view::view;
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::audit::panel_audit;
use crate::flow::auth::Caller;
use crate::flow::claim::{claim, keep_answer};
use crate::flow::publish::publish;
use crate::store::NewAudit;
use shared::api::auth::Role;
use shared::api::panels::NewPanel;
use shared::api::tenants::TenantStatus;

/// So many panels of an account may await their first payment.
const PENDING_MAX: u64 = 20;
/// The status under which it is answered, now and when repeated.
const CREATED: u16 = 201;

/// Keeps a panel on what is sold of a plan now. With the same `key` the same answer is given again
/// ([`FlowError::Replayed`]).
pub async fn order_panel(app: &App, caller: &Caller, new: &NewPanel, key: &str) -> Result<TenantStatus, FlowError> {
    let pays = matches!(caller.role, Role::Owner | Role::Billing);
    let account_id = caller.account_id.filter(|_| pays).ok_or(FlowError::NotFound)?;
    let trials = app.store.trials_of(&[account_id]).await?;
    let subdomain = asked_for(&new.subdomain);
    let tx = app.store.begin().await?;
    let request = format!("order {subdomain} {} {}", new.plan_id, new.name);
    claim(app, &tx, caller, key, &request).await?;
    tx.hold_account(account_id).await?;
    let account = tx.account(account_id).await?.ok_or(FlowError::NotFound)?;
    check(&tx, &new.name, &subdomain, Whose::Customer(&app.settings)).await?;
    let plan = tx.sold_version(new.plan_id).await?.ok_or_else(not_sold)?;
    if tx.count_pending(account_id).await? >= PENDING_MAX {
        return Err(FlowError::TooManyPending);
    }
    let wanted = Wanted {
        account_id,
        name: &new.name,
        subdomain: &subdomain,
        plan_version_id: plan.version_id,
        now: app.clock.now().plus(account.clock_ahead_seconds),
    };
    let id = keep(&tx, &*app.ids, wanted).await?;
    let record = tx.tenant(id).await?.ok_or(FlowError::NotFound)?;
    let row = panel_audit(app, &record, caller.actor(), "panel_ordered");
    tx.insert_audit(&NewAudit { to: Some(record.subdomain.clone()), ..row }).await?;
    let status = view(app, caller, &record, &BesideOne::of_new(&record, &trials), app.clock.now());
    keep_answer(&tx, caller, key, CREATED, &status).await?;
    publish(app, tx).await?;
    Ok(status)
}
