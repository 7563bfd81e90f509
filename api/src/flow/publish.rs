//! The end of every story that writes: commit, then let the gate, the watchers and the worker know.

use crate::app::App;
use crate::store::{StoreError, Tx};

/// Commits. Whatever goes wrong afterwards, the commit stands: the gate and the watchers then hear of it by polling.
pub(super) async fn publish(app: &App, tx: Tx) -> Result<(), StoreError> {
    tx.commit().await?;
    app.live.wake_worker();
    if let Err(error) = app.live.refresh(&app.store).await {
        tracing::warn!(%error, "the gate did not hear of a change at once");
    }
    Ok(())
}
