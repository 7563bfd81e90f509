//! What a person of the operator has to look at, of work at hosts; and what the panel's owner is told of its end.

use crate::app::App;
use crate::flow::FlowError;
use crate::store::{AlertRecord, JobRecord, Resolution, Tx};
use shared::api::alerts::AlertKind;
use shared::api::history::NoticeKind;
use shared::api::jobs::JobKind;
use shared::ids::{AlertId, EffectId};
use shared::time::Timestamp;

/// What an alert of this kind about a job is known by: the next job of its kind that ends well solves it.
pub(super) fn subject(job: &JobRecord) -> String {
    format!("{} {}", job.tenant_id, job.kind.name())
}

/// An alert about a job.
pub(super) fn alert(app: &App, job: &JobRecord, kind: AlertKind) -> AlertRecord {
    AlertRecord {
        id: AlertId::new(app.ids.uuid()),
        kind,
        subject: subject(job),
        account_id: Some(job.account_id),
        tenant_id: Some(job.tenant_id),
        payment_id: None,
        receipt_id: None,
        refund_id: None,
        here: Some(job.kind.name().to_owned()),
        there: job.trouble_words.clone(),
        at: app.wall.now(),
        reconciliation_id: None,
        resolved: None,
    }
}

/// A job ended well: what was said of it, and of those before it, has come right by itself.
pub(super) async fn solve(app: &App, tx: &Tx, job: &JobRecord) -> Result<(), FlowError> {
    let by_itself = Resolution { at: app.wall.now(), by: None, remedy: None, note: None };
    for kind in [AlertKind::JobStuck, AlertKind::CopyFailed] {
        tx.resolve_alert(kind, &subject(job), &by_itself).await?;
    }
    Ok(())
}

/// Tells the owner how a job ended, where they wait for that. The notice has the job's name, so that it is given once.
pub(super) async fn tell(tx: &Tx, job: &JobRecord, now: Timestamp) -> Result<(), FlowError> {
    let notice = match (job.kind, job.failed) {
        (JobKind::Restore, false) => NoticeKind::Restored,
        (JobKind::Restore, true) => NoticeKind::RestoreFailed,
        (JobKind::Remove, false) => NoticeKind::Removed,
        // The core tells of a panel that could not be set up; a new one shows by itself; a copy is the operator's business.
        (JobKind::SetUp | JobKind::BackUp, _) | (JobKind::Remove, true) => return Ok(()),
    };
    let id = EffectId::new(job.id.uuid());
    Ok(tx.insert_account_notice(id, job.account_id, job.tenant_id, (notice, None), now).await?)
}
