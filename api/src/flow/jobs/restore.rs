//! Somebody wants a panel put back to a copy.

use super::back_up::is_within_a_day;
use super::begin::{NewJob, begin};
use super::view::view;
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::audit::panel_audit;
use crate::flow::auth::Caller;
use crate::flow::claim::{claim, keep_answer};
use crate::flow::publish::publish;
use crate::flow::tenants::owned;
use crate::store::NewAudit;
use shared::api::auth::Role;
use shared::api::jobs::{BackupKind, JobKind, JobView};
use shared::api::tenants::RestorePanel;
use shared::billing::state::Panel;
use shared::billing::step::Refusal;
use shared::ids::TenantId;

const ACCEPTED: u16 = 202;

/// Begins to restore a copy of this panel, or of another one of the same account, removed or not. What the panel holds now is copied first, and makes way only when the copy stands
/// beside it. With the same `key` the same answer is given again ([`FlowError::Replayed`]).
pub async fn restore(
    app: &App,
    caller: &Caller,
    id: TenantId,
    asked: &RestorePanel,
    key: &str,
) -> Result<JobView, FlowError> {
    let tx = app.store.begin().await?;
    let record = owned(tx.tenant(id).await?, caller)?;
    let backup_id = asked.backup_id;
    let backup = app.store.backup(backup_id).await?.filter(|backup| backup.account_id == record.account_id);
    if !matches!(caller.role, Role::Owner | Role::Operator) || backup.is_none() {
        return Err(FlowError::NotFound);
    }
    if asked.subdomain != record.subdomain {
        return Err(FlowError::field("/subdomain", "differs", "type the panel's address to confirm"));
    }
    claim(app, &tx, caller, key, &format!("restore {id} {backup_id}")).await?;
    if !matches!(record.state.panel, Panel::Active | Panel::Stopped | Panel::Suspended(_)) {
        let (panel, billing) = (record.state.panel.status(), record.state.billing.state());
        return Err(Refusal::WrongState { panel, billing }.into());
    }
    if caller.role != Role::Operator {
        is_within_a_day(app, &tx, id, BackupKind::BeforeRestore).await?;
    }
    let requested_by = Some(caller.user_id);
    let new = NewJob { id: app.ids.uuid(), kind: JobKind::Restore, backup_id: Some(backup_id), requested_by };
    let job = begin(app, &tx, &record, new).await?;
    let row = panel_audit(app, &record, caller.actor(), "restore_requested");
    tx.insert_audit(&NewAudit { to: Some(backup_id.to_string()), ..row }).await?;
    let view = view(&job, caller.role);
    keep_answer(&tx, caller, key, ACCEPTED, &view).await?;
    publish(app, tx).await?;
    Ok(view)
}
