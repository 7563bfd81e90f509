//! About which refunds must the gateway be asked now?

use super::look::LEASE_SECONDS;
use crate::app::App;
use crate::flow::FlowError;
use shared::ids::RefundId;

/// Takes at most `limit` due refunds, oldest first.
pub async fn due_refunds(app: &App, limit: u64) -> Result<Vec<RefundId>, FlowError> {
    let now = app.wall.now();
    let tx = app.store.begin().await?;
    let due = tx.claim_refunds(now, now.plus(LEASE_SECONDS), limit).await?;
    tx.commit().await?;
    Ok(due)
}
