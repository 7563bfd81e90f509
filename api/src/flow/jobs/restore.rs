//! Somebody wants a panel put back to a copy.

use super::begin::{NewJob, begin};
use super::view::view;
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use crate::flow::publish::publish;
use crate::flow::tenants::owned;
use crate::store::NewAudit;
use shared::api::auth::Role;
use shared::api::jobs::{JobKind, JobView};
use shared::billing::state::Panel;
use shared::billing::step::Refusal;
use shared::ids::{AuditId, BackupId, TenantId};

/// Begins to restore a copy of this very panel. What the panel holds now makes way only when the copy stands beside it.
pub async fn restore(
    app: &App,
    caller: &Caller,
    id: TenantId,
    backup_id: BackupId,
) -> Result<JobView, FlowError> {
    let tx = app.store.begin().await?;
    let record = owned(tx.tenant(id).await?, caller)?;
    let backup = app.store.backup(backup_id).await?.filter(|backup| backup.tenant_id == id);
    if !matches!(caller.role, Role::Owner | Role::Operator) || backup.is_none() {
        return Err(FlowError::NotFound);
    }
    if !matches!(record.state.panel, Panel::Active | Panel::Stopped | Panel::Suspended(_)) {
        let (panel, billing) = (record.state.panel.status(), record.state.billing.state());
        return Err(Refusal::WrongState { panel, billing }.into());
    }
    let requested_by = Some(caller.user_id);
    let new = NewJob { id: app.ids.uuid(), kind: JobKind::Restore, backup_id: Some(backup_id), requested_by };
    let job = begin(app, &tx, &record, new).await?;
    let now = record.time(app.clock.now());
    let audit = NewAudit {
        id: AuditId::new(app.ids.uuid()),
        tenant_id: Some(id),
        account_id: Some(record.account_id),
        at: now,
        noticed_at: now,
        actor: caller.actor(),
        what: "restore_requested".to_owned(),
        from: None,
        to: Some(backup_id.to_string()),
        why: None,
    };
    tx.insert_audit(&audit).await?;
    publish(app, tx).await?;
    Ok(view(&job))
}
