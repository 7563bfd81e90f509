//! The steps that copy a panel to the shelf and bring it back.

use super::trouble::Hindered;
use crate::app::App;
use crate::port::host::PanelAddress;
use crate::port::shelf::{FetchError, Kept};
use crate::store::{BackupRecord, JobRecord};
use shared::api::jobs::{BackupKind, JobKind, JobTrouble};
use shared::billing::usage::Seen;
use shared::ids::BackupId;
use shared::time::DAY;
use std::path::PathBuf;

/// A file on its way to or from the shelf: gone with whoever had it made, however that ends.
struct OnItsWay(PathBuf);

impl Drop for OnItsWay {
    fn drop(&mut self) {
        // One that stays is cleared when the next one is on its way.
        drop(std::fs::remove_file(&self.0));
    }
}

/// The copy that a job makes has the job's own name.
fn own(job: &JobRecord) -> BackupId {
    BackupId::new(job.id.uuid())
}

/// Writes everything to a file and puts that on the shelf, under the job's own name: done again, it replaces what the first
/// try has put there. Once the copy is on record it is done: another one would not be the one that is on record.
///
/// A restore goes on without a copy of what its server refuses to copy: that may be the very reason for it. See [`drop_old`].
pub(super) async fn copy(app: &App, job: &JobRecord, panel: &PanelAddress) -> Result<(), Hindered> {
    let id = own(job);
    if app.store.backup(id).await?.is_some() {
        return Ok(());
    }
    let now = app.wall.now();
    let kept = match written(app, panel, id).await {
        Err(Hindered::Refused(why)) if job.kind == JobKind::Restore => {
            tracing::error!(job = %job.id, why = why.words, "a panel is restored that cannot be copied first");
            return Ok(());
        }
        kept => kept?,
    };
    let (kind, days) = match (job.kind, job.requested_by) {
        (JobKind::Remove, _) => (BackupKind::Last, app.settings.retention_days),
        (JobKind::Restore, _) => (BackupKind::BeforeRestore, app.settings.copies_keep_days),
        (JobKind::BackUp | JobKind::SetUp, Some(_)) => (BackupKind::Asked, app.settings.copies_keep_days),
        (JobKind::BackUp | JobKind::SetUp, None) => (BackupKind::Nightly, app.settings.copies_keep_days),
    };
    let tx = app.store.begin().await?;
    let record = BackupRecord {
        id,
        tenant_id: job.tenant_id,
        account_id: job.account_id,
        kind,
        at: now,
        bytes: kept.bytes,
        sha256: kept.sha256,
        keep_until: now.plus(i64::from(days) * DAY),
    };
    tx.insert_backup(&record).await?;
    Ok(tx.commit().await?)
}

async fn written(app: &App, panel: &PanelAddress, id: BackupId) -> Result<Kept, Hindered> {
    let file = OnItsWay(app.shelf.clear(id).await?);
    app.host.dump(panel, &file.0).await?;
    Ok(app.shelf.put(id, &file.0).await?)
}

/// Takes what the job has put on the shelf away again if it is not on record: nobody else would ever delete it.
pub(super) async fn take_back(app: &App, job: &JobRecord) -> Result<(), Hindered> {
    if app.store.backup(own(job)).await?.is_none() {
        app.shelf.delete(own(job)).await?;
    }
    Ok(())
}

/// Reads a copy back into a database beside the panel.
pub(super) async fn load(app: &App, job: &JobRecord, aside: &PanelAddress) -> Result<(), Hindered> {
    let found = match job.backup_id {
        Some(id) => app.store.backup(id).await?.filter(|it| it.tenant_id == job.tenant_id),
        None => None,
    };
    let Some(backup) = found else {
        return Err(Hindered::refused(JobTrouble::CopyGone, "the copy is not kept any more"));
    };
    // On its way under the job's name, so that two restores of one copy are not in each other's way.
    let file = OnItsWay(app.shelf.clear(own(job)).await?);
    let kept = Kept { bytes: backup.bytes, sha256: backup.sha256 };
    app.shelf.fetch(backup.id, &kept, &file.0).await.map_err(|error| match error {
        FetchError::Unknown(unknown) => unknown.into(),
        FetchError::Spoilt(why) => Hindered::refused(JobTrouble::CopySpoilt, why),
    })?;
    app.host.load(aside, &file.0).await?;
    // Nothing makes way for a copy that does not come up.
    app.host.open(aside).await?;
    match app.host.probe(aside).await {
        // Until it has the panel's name, nothing that it does by itself is wanted.
        Seen::Up => Ok(app.host.close(aside).await?),
        Seen::Down | Seen::Unknown => {
            Err(Hindered::unknown(JobTrouble::NotUp, "the copy that was brought back is not up yet"))
        }
    }
}

/// Drops what made way for a restored panel. What could not be copied is not dropped: it stays aside, closed.
pub(super) async fn drop_old(app: &App, job: &JobRecord, old: &PanelAddress) -> Result<(), Hindered> {
    if app.store.backup(own(job)).await?.is_some() {
        return Ok(app.host.remove(old).await?);
    }
    tracing::error!(job = %job.id, database = old.subdomain, "what made way was not copied, and stays where it is");
    Ok(())
}
