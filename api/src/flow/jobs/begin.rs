//! A job begins: from now on it is done, whoever dies meanwhile.

use crate::app::App;
use crate::flow::FlowError;
use crate::store::{JobRecord, TenantRecord, Tx};
use shared::api::jobs::JobKind;
use shared::ids::{BackupId, JobId, UserId};
use uuid::Uuid;

/// What is begun.
#[derive(Debug, Clone, Copy)]
pub(in crate::flow) struct NewJob {
    /// Names it.
    pub(in crate::flow) id: Uuid,
    /// What is done.
    pub(in crate::flow) kind: JobKind,
    /// The copy that it reads.
    pub(in crate::flow) backup_id: Option<BackupId>,
    /// Who asked; `None` if a rule did.
    pub(in crate::flow) requested_by: Option<UserId>,
}

/// Keeps a job at a tenant that `tx` has locked. Refused while another is under way there.
pub(in crate::flow) async fn begin(
    app: &App,
    tx: &Tx,
    record: &TenantRecord,
    new: NewJob,
) -> Result<JobRecord, FlowError> {
    if tx.open_job(record.state.id).await?.is_some() {
        return Err(FlowError::JobUnderWay);
    }
    let now = app.wall.now();
    let job = JobRecord {
        id: JobId::new(new.id),
        tenant_id: record.state.id,
        account_id: record.account_id,
        kind: new.kind,
        backup_id: new.backup_id,
        step: 0,
        tries: 0,
        trouble: None,
        trouble_words: None,
        requested_by: new.requested_by,
        created_at: record.time(app.clock.now()),
        asked_at: now,
        begun_at: None,
        due_at: Some(now),
        claim: None,
        finished_at: None,
        failed: false,
    };
    tx.insert_job(&job).await?;
    tx.record_change(record.state.id, record.account_id).await?;
    Ok(job)
}
