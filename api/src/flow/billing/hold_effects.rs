//! A worker is still keeping promises.

use super::due_effects::LEASE_SECONDS;
use crate::app::App;
use crate::flow::FlowError;
use shared::ids::EffectId;

/// Keeps other workers off these promises for another while, as far as they are not kept yet.
pub async fn hold_effects(app: &App, ids: &[EffectId]) -> Result<(), FlowError> {
    let tx = app.store.begin().await?;
    tx.hold_effects(ids, app.wall.now().plus(LEASE_SECONDS)).await?;
    Ok(tx.commit().await?)
}
