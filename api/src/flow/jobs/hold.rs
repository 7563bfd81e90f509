//! A worker is still at it.

use super::due_jobs::LEASE_SECONDS;
use crate::app::App;
use crate::flow::FlowError;
use shared::ids::JobId;

/// Keeps other workers off a job for another while.
pub async fn hold(app: &App, id: JobId) -> Result<(), FlowError> {
    let tx = app.store.begin().await?;
    tx.hold_job(id, app.wall.now().plus(LEASE_SECONDS)).await?;
    Ok(tx.commit().await?)
}
