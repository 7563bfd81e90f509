//! What a person of the operator has to look at, of work at hosts; and what the panel's owner is told of its end.

use crate::app::App;
use crate::flow::FlowError;
use crate::flow::alert::{by_itself, new_alert};
use crate::flow::notices::{self, News};
use crate::store::{AlertRecord, JobRecord, TenantRecord, Tx};
use shared::api::alerts::AlertKind;
use shared::api::history::NoticeKind;
use shared::api::jobs::JobKind;
use shared::ids::EffectId;
use shared::time::Timestamp;

/// What an alert of this kind about a job is known by: the next job of its kind that ends well solves it.
pub(super) fn subject(job: &JobRecord) -> String {
    format!("{} {}", job.tenant_id, job.kind.name())
}

/// An alert about a job.
pub(super) fn alert(app: &App, job: &JobRecord, kind: AlertKind) -> AlertRecord {
    AlertRecord {
        account_id: Some(job.account_id),
        tenant_id: Some(job.tenant_id),
        here: Some(job.kind.name().to_owned()),
        there: job.trouble_words.clone(),
        ..new_alert(app, kind, &subject(job))
    }
}

/// A job ended well: what was said of it, and of those before it, has come right by itself.
pub(super) async fn solve(app: &App, tx: &Tx, job: &JobRecord) -> Result<(), FlowError> {
    for kind in [AlertKind::JobStuck, AlertKind::CopyFailed] {
        tx.resolve_alert(kind, &subject(job), &by_itself(app)).await?;
    }
    Ok(())
}

/// Tells the owner how a job ended, where they wait for that. The notice has the job's name, so that it is given once.
pub(super) async fn tell(
    app: &App,
    tx: &Tx,
    record: &TenantRecord,
    job: &JobRecord,
    now: Timestamp,
) -> Result<(), FlowError> {
    let kind = match (job.kind, job.failed) {
        (JobKind::Restore, false) => NoticeKind::Restored,
        (JobKind::Restore, true) => NoticeKind::RestoreFailed,
        (JobKind::Remove, false) => NoticeKind::Removed,
        // The core tells of a panel that could not be set up; a new one shows by itself; a copy is the operator's business.
        (JobKind::SetUp | JobKind::BackUp, _) | (JobKind::Remove, true) => return Ok(()),
    };
    let id = EffectId::new(job.id.uuid());
    notices::tell(app, tx, record, News { id, kind, value: None, at: now }).await
}
