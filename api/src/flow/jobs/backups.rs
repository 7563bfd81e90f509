//! Which copies of a panel are there? Reads only.

use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use crate::flow::tenants::owned;
use crate::store::BackupRecord;
use shared::api::jobs::{BackupPage, BackupView};
use shared::ids::{BackupId, TenantId};

/// A page of at most `limit` copies before `before`, newest first.
pub async fn backups(
    app: &App,
    caller: &Caller,
    id: TenantId,
    before: Option<BackupId>,
    limit: u32,
) -> Result<BackupPage, FlowError> {
    owned(app.store.tenant(id).await?, caller)?;
    let mut found = app.store.backups_of(id, before, u64::from(limit) + 1).await?;
    let more = found.len() > usize::try_from(limit).unwrap_or(usize::MAX);
    if more {
        found.pop();
    }
    let next_cursor = found.last().filter(|_| more).map(|last| last.id.to_string());
    Ok(BackupPage { items: found.into_iter().map(shown).collect(), next_cursor })
}

fn shown(backup: BackupRecord) -> BackupView {
    BackupView {
        id: backup.id,
        tenant_id: backup.tenant_id,
        kind: backup.kind,
        at: backup.at,
        bytes: backup.bytes,
        sha256: backup.sha256,
        keep_until: backup.keep_until,
    }
}
