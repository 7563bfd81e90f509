//! The steps that copy a panel to the shelf and bring it back.

use crate::app::App;
use crate::flow::FlowError;
use crate::port::Unknown;
use crate::port::host::{HostError, PanelAddress};
use crate::port::shelf::{FetchError, Kept};
use crate::store::{BackupRecord, JobRecord};
use shared::api::jobs::{BackupKind, JobKind};
use shared::billing::usage::Seen;
use shared::ids::BackupId;
use shared::time::DAY;

/// Writes everything to a file and puts that on the shelf, under the job's own name: done again, it replaces what the first
/// try has put there. A panel whose database is gone already has nothing to copy.
pub(super) async fn copy(
    app: &App,
    job: &JobRecord,
    panel: &PanelAddress,
) -> Result<Result<(), HostError>, FlowError> {
    if job.kind == JobKind::Remove && !is_there(app, panel).await? {
        return Ok(Ok(()));
    }
    let id = BackupId::new(job.id.uuid());
    let now = app.wall.now();
    let kept = match written(app, panel, id).await {
        Ok(kept) => kept,
        Err(error) => return Ok(Err(error)),
    };
    let (kind, days) = match (job.kind, job.requested_by) {
        (JobKind::Remove, _) => (BackupKind::Last, app.settings.retention_days),
        (_, Some(_)) => (BackupKind::Asked, app.settings.copies_keep_days),
        (_, None) => (BackupKind::Nightly, app.settings.copies_keep_days),
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
    tx.commit().await?;
    Ok(Ok(()))
}

async fn is_there(app: &App, panel: &PanelAddress) -> Result<bool, FlowError> {
    match app.host.survey(&panel.server).await {
        Ok(survey) => Ok(survey.databases.iter().any(|database| database.name == panel.subdomain)),
        // What cannot be told is taken to be there: then the copy fails, and is tried again.
        Err(_) => Ok(true),
    }
}

async fn written(app: &App, panel: &PanelAddress, id: BackupId) -> Result<Kept, HostError> {
    let file = app.shelf.clear(id).await?;
    app.host.dump(panel, &file).await?;
    let kept = app.shelf.put(id, &file).await;
    app.shelf.clear(id).await?;
    Ok(kept?)
}

/// Reads a copy back into a database beside the panel.
pub(super) async fn load(
    app: &App,
    job: &JobRecord,
    aside: &PanelAddress,
) -> Result<Result<(), HostError>, FlowError> {
    let Some(id) = job.backup_id else { return Err(FlowError::NotFound) };
    let Some(backup) = app.store.backup(id).await?.filter(|it| it.tenant_id == job.tenant_id) else {
        return Ok(Err(HostError::Refused("The copy is not there any more.".to_owned())));
    };
    // On its way under the job's name, so that two restores of one copy are not in each other's way.
    Ok(read_back(app, &backup, aside, BackupId::new(job.id.uuid())).await)
}

async fn read_back(
    app: &App,
    backup: &BackupRecord,
    aside: &PanelAddress,
    on_its_way: BackupId,
) -> Result<(), HostError> {
    let file = app.shelf.clear(on_its_way).await?;
    let kept = Kept { bytes: backup.bytes, sha256: backup.sha256.clone() };
    app.shelf.fetch(backup.id, &kept, &file).await.map_err(|error| match error {
        FetchError::Unknown(unknown) => HostError::Unknown(unknown),
        FetchError::Spoilt(why) => HostError::Refused(why),
    })?;
    let loaded = app.host.load(aside, &file).await;
    app.shelf.clear(on_its_way).await?;
    loaded?;
    // Nothing makes way for a copy that does not come up.
    app.host.open(aside).await?;
    match app.host.probe(aside).await {
        Seen::Up => Ok(()),
        Seen::Down | Seen::Unknown => Err(Unknown::new("the copy that was brought back is not up yet").into()),
    }
}
