//! Somebody wants a copy of a panel.

use super::begin::{NewJob, begin};
use super::view::view;
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::audit::panel_audit;
use crate::flow::auth::Caller;
use crate::flow::claim::{claim, keep_answer};
use crate::flow::publish::publish;
use crate::flow::tenants::owned;
use crate::store::Tx;
use shared::api::auth::Role;
use shared::api::jobs::{BackupKind, JobKind, JobView};
use shared::billing::state::Panel;
use shared::billing::step::Refusal;
use shared::ids::TenantId;
use shared::time::DAY;

const ACCEPTED: u16 = 202;
/// A panel's people may have so many copies within a day, and so many restores, which copy it first: each is as large as the panel.
const COPIES_A_DAY: usize = 3;

/// Begins a copy. Refused while something else is under way at the panel, before it has any data, and if its people have had as many as a
/// day allows. With the same `key` the same answer is given again ([`FlowError::Replayed`]).
pub async fn back_up(app: &App, caller: &Caller, id: TenantId, key: &str) -> Result<JobView, FlowError> {
    let tx = app.store.begin().await?;
    let record = owned(tx.tenant(id).await?, caller)?;
    if !matches!(caller.role, Role::Owner | Role::Operator) {
        return Err(FlowError::NotFound);
    }
    claim(app, &tx, caller, key, &format!("back_up {id}")).await?;
    if !matches!(record.state.panel, Panel::Active | Panel::Stopped | Panel::Suspended(_)) {
        let (panel, billing) = (record.state.panel.status(), record.state.billing.state());
        return Err(Refusal::WrongState { panel, billing }.into());
    }
    if caller.role != Role::Operator {
        is_within_a_day(app, &tx, id, BackupKind::Asked).await?;
    }
    let new = NewJob { id: app.ids.uuid(), kind: JobKind::BackUp, backup_id: None, requested_by: Some(caller.user_id) };
    let job = begin(app, &tx, &record, new).await?;
    tx.insert_audit(&panel_audit(app, &record, caller.actor(), "copy_requested")).await?;
    let view = view(&job, caller.role);
    keep_answer(&tx, caller, key, ACCEPTED, &view).await?;
    publish(app, tx).await?;
    Ok(view)
}

/// Refused if a day has had as many copies of that kind as it allows.
pub(super) async fn is_within_a_day(app: &App, tx: &Tx, id: TenantId, kind: BackupKind) -> Result<(), FlowError> {
    let now = app.wall.now();
    let made = tx.copies_since(id, kind, now.plus(-DAY)).await?;
    match made.first() {
        Some(first) if made.len() >= COPIES_A_DAY => {
            let wait = first.plus(DAY).seconds_since(now).max(1);
            Err(FlowError::TooManyCopies { retry_after_seconds: u32::try_from(wait).unwrap_or(u32::MAX) })
        }
        _ => Ok(()),
    }
}
