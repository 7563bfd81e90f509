//! An operator puts an account on a clock of its own and moves it forward, to see what will happen.
//!
//! Metering, cycles, reminders, payments and effects of this account follow; nobody else's do. Time never goes back, so an
//! account that has a clock of its own keeps it.

use super::account::view;
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::audit::new_audit;
use crate::flow::auth::Caller;
use crate::flow::claim::{claim, keep_answer};
use crate::flow::look::look;
use crate::flow::operator::operator;
use crate::flow::publish::publish;
use crate::flow::record_step::record_step;
use crate::store::{AccountRecord, Actor, NewAudit, TenantRecord, Tx};
use shared::api::accounts::AccountView;
use shared::billing::event::Event;
use shared::billing::state::Panel;
use shared::billing::step::step;
use shared::ids::{AccountId, TenantId};
use std::collections::HashMap;

/// How far the clock goes at once.
const LONGEST_SECONDS: u32 = 31 * 86_400;
/// So many panels move in one transaction, and no more.
const PANELS_MAX: u64 = 100;
const DONE: u16 = 200;

/// Moves an account's clock forward by 1 second to 31 days. With the same `key` it moves once.
pub async fn move_clock(
    app: &App,
    caller: &Caller,
    id: AccountId,
    advance_seconds: u32,
    key: &str,
) -> Result<AccountView, FlowError> {
    operator(caller)?;
    if !(1..=LONGEST_SECONDS).contains(&advance_seconds) {
        return Err(FlowError::field("/advance_seconds", "range", "must be 1 second to 31 days"));
    }
    let reach_seconds = i64::from(advance_seconds) + app.settings.reach_seconds;
    let looks = look_at_all(app, id, reach_seconds).await?;
    let tx = app.store.begin().await?;
    let request = format!("clock {id} {advance_seconds}");
    claim(app, &tx, caller, key, &request).await?;
    let mut account = tx.account(id).await?.ok_or(FlowError::NotFound)?;
    account.clock_ahead_seconds += i64::from(advance_seconds);
    tx.save_account(&account).await?;
    for (tenant_id, seen) in looks {
        let record = tx.tenant(tenant_id).await?.ok_or(FlowError::NotFound)?;
        live_on(app, &tx, record, seen).await?;
    }
    tx.insert_audit(&audit(app, caller, &account, advance_seconds)).await?;
    let view = view(app, account);
    keep_answer(&tx, caller, key, DONE, &view).await?;
    publish(app, tx).await?;
    Ok(view)
}

/// What the core is to be told of each of the account's panels. A look speaks for all the time that is skipped: each
/// panel is taken to have been as it is.
async fn look_at_all(app: &App, id: AccountId, reach_seconds: i64) -> Result<HashMap<TenantId, Event>, FlowError> {
    let records = app.store.tenants(Some(id), None, PANELS_MAX + 1).await?;
    if u64::try_from(records.len()).unwrap_or(u64::MAX) > PANELS_MAX {
        return Err(FlowError::field("", "too_many", "the account has more than 100 panels"));
    }
    let mut looks = HashMap::new();
    for record in records {
        let event = match record.state.panel {
            Panel::Active => look(app, &record).await?.observed(reach_seconds),
            Panel::Pending
            | Panel::Creating
            | Panel::Stopped
            | Panel::Suspended(_)
            | Panel::Failed { .. }
            | Panel::Deleting
            | Panel::Deleted => Event::TimePassed,
        };
        looks.insert(record.state.id, event);
    }
    Ok(looks)
}

/// Accounts for the time that was skipped.
async fn live_on(app: &App, tx: &Tx, record: TenantRecord, seen: Event) -> Result<(), FlowError> {
    let now = record.time(app.clock.now());
    let next = step(&record.state, &seen, now)?;
    record_step(app, tx, record, next, &Actor::SYSTEM, now).await?;
    Ok(())
}

fn audit(app: &App, caller: &Caller, account: &AccountRecord, advance_seconds: u32) -> NewAudit {
    let now = app.clock.now().plus(account.clock_ahead_seconds);
    NewAudit {
        account_id: Some(account.id),
        to: Some(now.to_string()),
        why: Some(format!("{advance_seconds} s forward")),
        ..new_audit(app, caller.actor(), "clock_moved", now)
    }
}
