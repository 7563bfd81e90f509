//! Which copies of a panel are there? Reads only.

use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use crate::flow::page::{cut, one_more};
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
    let mut found = app.store.backups_of(id, before, one_more(limit)).await?;
    let next_cursor = cut(&mut found, limit, |last| last.id);
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
        missing_files: backup.missing_files,
    }
}
