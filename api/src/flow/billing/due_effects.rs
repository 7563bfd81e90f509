//! Which promises must be kept now?

use crate::app::App;
use crate::flow::FlowError;
use crate::store::OutboxRow;

/// Another worker tries after so long if this one dies. A worker that lives asks for more time meanwhile.
pub(super) const LEASE_SECONDS: i64 = 30;

/// Takes at most `limit` due promises, oldest first.
pub async fn due_effects(app: &App, limit: u64) -> Result<Vec<OutboxRow>, FlowError> {
    let now = app.wall.now();
    let tx = app.store.begin().await?;
    let due = tx.claim_effects(now, now.plus(LEASE_SECONDS), limit).await?;
    tx.commit().await?;
    Ok(due)
}
