//! A worker is still at it.

use super::due_jobs::{Claim, LEASE_SECONDS};
use crate::app::App;
use crate::flow::FlowError;

/// Keeps other workers off a job for another while. `false` if another one is at it by now, or it is over.
pub async fn hold(app: &App, claim: Claim) -> Result<bool, FlowError> {
    let tx = app.store.begin().await?;
    let held = tx.hold_job(claim.id, claim.token, app.wall.now().plus(LEASE_SECONDS)).await?;
    tx.commit().await?;
    Ok(held)
}
