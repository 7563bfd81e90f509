//! The steps that copy a panel to the shelf and bring it back.

use super::identity::identity;
use super::trouble::Hindered;
use crate::app::App;
use crate::flow::alert::new_alert;
use crate::port::host::PanelAddress;
use crate::port::shelf::{FetchError, Kept};
use crate::store::{AlertRecord, BackupRecord, JobRecord, TenantRecord};
use shared::api::alerts::AlertKind;
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
/// Of a database that is certainly not there nothing can be copied: a panel is restored that has lost it, or is removed. Whatever else
/// its server refuses to copy is there, and nothing happens to it.
pub(super) async fn copy(app: &App, job: &JobRecord, panel: &PanelAddress) -> Result<(), Hindered> {
    let id = own(job);
    if app.store.backup(id).await?.is_some() {
        return Ok(());
    }
    let now = app.wall.now();
    let (kept, missing_files) = match written(app, panel, id).await {
        Err(Hindered::Refused(why)) if goes_on_without(job.kind) && app.host.is_gone(panel).await? => {
            tracing::error!(job = %job.id, why = why.words, "a panel has no database any more: there is nothing to copy");
            return Ok(());
        }
        written => written?,
    };
    if missing_files.is_some_and(|many| many > 0) {
        tracing::warn!(job = %job.id, missing_files, "a panel was copied whose records name files that are not there");
    }
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
        missing_files,
    };
    tx.insert_backup(&record).await?;
    Ok(tx.commit().await?)
}

/// Whether a job has an end without a copy. One that only copies has none.
const fn goes_on_without(kind: JobKind) -> bool {
    match kind {
        JobKind::Restore | JobKind::Remove => true,
        JobKind::BackUp | JobKind::SetUp => false,
    }
}

/// What was put on the shelf, and how many files it lacks.
async fn written(app: &App, panel: &PanelAddress, id: BackupId) -> Result<(Kept, Option<u32>), Hindered> {
    let file = OnItsWay(app.shelf.clear(id).await?);
    let dumped = app.host.dump(panel, &file.0).await?;
    Ok((app.shelf.put(id, &file.0).await?, dumped.missing_files))
}

/// Takes what the job has put on the shelf away again if it is not on record: nobody else would ever delete it.
pub(super) async fn take_back(app: &App, job: &JobRecord) -> Result<(), Hindered> {
    if app.store.backup(own(job)).await?.is_none() {
        app.shelf.delete(own(job)).await?;
    }
    Ok(())
}

/// Reads a copy back into a database beside the panel. What is another panel's of the same account becomes this one before anybody can
/// reach it.
pub(super) async fn load(
    app: &App,
    job: &JobRecord,
    record: &TenantRecord,
    aside: &PanelAddress,
) -> Result<(), Hindered> {
    let found = match job.backup_id {
        Some(id) => app.store.backup(id).await?.filter(|it| it.account_id == record.account_id),
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
        FetchError::Gone => Hindered::refused(JobTrouble::CopyGone, error.to_string()),
        FetchError::Spoilt(why) => Hindered::refused(JobTrouble::CopySpoilt, why),
    })?;
    let another = if backup.tenant_id == job.tenant_id { None } else { Some(identity(app, record).await?) };
    Ok(app.host.load(aside, &file.0, another.as_ref()).await?)
}

/// Sees what was brought back up. It stays open between two tries: the first start of a large one takes minutes.
pub(super) async fn try_out(app: &App, aside: &PanelAddress) -> Result<(), Hindered> {
    app.host.open(aside).await?;
    match app.host.probe(aside).await {
        // Until it has the panel's name, nothing that it does by itself is wanted.
        Seen::Up => Ok(app.host.close(aside).await?),
        Seen::Down | Seen::Unknown => {
            Err(Hindered::unknown(JobTrouble::NotUp, "the copy that was brought back is not up yet"))
        }
    }
}

/// Drops what made way for a restored panel, once that is copied. What was there before Hourglass is never dropped, and neither is what could not
/// be copied: it stays aside, closed, and a person is told of it.
pub(super) async fn drop_old(
    app: &App,
    job: &JobRecord,
    record: &TenantRecord,
    old: &PanelAddress,
) -> Result<(), Hindered> {
    if !record.adopted && app.store.backup(own(job)).await?.is_some() {
        return Ok(app.host.remove(old).await?);
    }
    if app.host.is_gone(old).await? {
        return Ok(());
    }
    app.host.close(old).await?;
    tracing::error!(job = %job.id, database = old.subdomain, "what made way stays beside the panel, closed");
    let why = if record.adopted { "it was there before Hourglass" } else { "it could not be copied" };
    let alert = AlertRecord {
        account_id: Some(job.account_id),
        tenant_id: Some(job.tenant_id),
        server_id: Some(old.server.id),
        here: Some(old.subdomain.clone()),
        there: Some(why.to_owned()),
        ..new_alert(app, AlertKind::DatabaseKept, &old.subdomain)
    };
    let tx = app.store.begin().await?;
    tx.insert_alert(&alert).await?;
    Ok(tx.commit().await?)
}
