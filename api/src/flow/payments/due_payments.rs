//! Which payments must the gateway be asked about now?

use super::look::LEASE_SECONDS;
use crate::app::App;
use crate::flow::FlowError;
use shared::ids::PaymentId;

/// Takes at most `limit` due payments, oldest first.
pub async fn due_payments(app: &App, limit: u64) -> Result<Vec<PaymentId>, FlowError> {
    let now = app.wall.now();
    let tx = app.store.begin().await?;
    let due = tx.claim_payments(now, now.plus(LEASE_SECONDS), limit).await?;
    tx.commit().await?;
    Ok(due)
}
