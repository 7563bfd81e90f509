//! Which jobs are to be gone on with now?

use crate::app::App;
use crate::flow::FlowError;
use shared::api::jobs::JobKind;
use shared::ids::JobId;
use uuid::Uuid;

/// Another worker goes on after so long if this one dies. A worker that lives asks for more time meanwhile.
pub(super) const LEASE_SECONDS: i64 = 60;

/// A job that one worker has taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Claim {
    /// Which job.
    pub id: JobId,
    /// In whose name: as long as the job's row says the same, nobody else is at it.
    pub token: Uuid,
}

/// Takes at most `limit` due jobs of these kinds, oldest first.
pub async fn due_jobs(app: &App, kinds: &[JobKind], limit: u64) -> Result<Vec<Claim>, FlowError> {
    let (now, token) = (app.wall.now(), app.ids.uuid());
    let tx = app.store.begin().await?;
    let due = tx.claim_jobs(kinds, token, (now, now.plus(LEASE_SECONDS)), limit).await?;
    tx.commit().await?;
    Ok(due.into_iter().map(|id| Claim { id, token }).collect())
}
