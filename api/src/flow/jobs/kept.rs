//! Which copies of all panels are there, of removed ones, too? Reads only.

use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use crate::flow::page::{cut, one_more};
use crate::store::BackupsOf;
use shared::api::jobs::{BackupPage, BackupView};
use shared::ids::BackupId;

/// A page of at most `limit` copies before `before`, newest first: of the panels of the caller's account, or everybody's for an
/// operator.
pub async fn kept(app: &App, caller: &Caller, before: Option<BackupId>, limit: u32) -> Result<BackupPage, FlowError> {
    page(app, BackupsOf::All(caller.account_id), before, limit).await
}

/// A page of copies as they are shown.
pub(super) async fn page(
    app: &App,
    of: BackupsOf,
    before: Option<BackupId>,
    limit: u32,
) -> Result<BackupPage, FlowError> {
    let mut found = app.store.backups(of, before, one_more(limit)).await?;
    let next_cursor = cut(&mut found, limit, |last| last.id);
    let subdomains = app.store.subdomains(found.iter().map(|it| it.tenant_id)).await?;
    let items = found.into_iter().map(|backup| BackupView {
        id: backup.id,
        tenant_id: backup.tenant_id,
        subdomain: subdomains.get(&backup.tenant_id).cloned().unwrap_or_default(),
        kind: backup.kind,
        at: backup.at,
        bytes: backup.bytes,
        sha256: backup.sha256,
        keep_until: backup.keep_until,
        missing_files: backup.missing_files,
    });
    Ok(BackupPage { items: items.collect(), next_cursor })
}
