//! Which jobs are to be gone on with now?

use crate::app::App;
use crate::flow::FlowError;
use shared::ids::JobId;

/// Another worker goes on after so long if this one dies. A worker that lives asks for more time meanwhile.
pub(super) const LEASE_SECONDS: i64 = 60;

/// Takes at most `limit` due jobs, oldest first.
pub async fn due_jobs(app: &App, limit: u64) -> Result<Vec<JobId>, FlowError> {
    let now = app.wall.now();
    let tx = app.store.begin().await?;
    let due = tx.claim_jobs(now, now.plus(LEASE_SECONDS), limit).await?;
    tx.commit().await?;
    Ok(due)
}
