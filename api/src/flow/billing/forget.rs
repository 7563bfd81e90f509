//! Forgets what nobody needs any more, so that small tables stay small.

use crate::app::App;
use crate::flow::FlowError;
use shared::time::DAY;

/// Changes are kept for processes that lag behind.
const CHANGES_KEPT: i64 = 10_000;

/// Forgets old changes, and idempotency keys after a day.
pub async fn forget(app: &App) -> Result<(), FlowError> {
    let latest = app.store.latest_change().await?;
    let tx = app.store.begin().await?;
    tx.forget_changes(latest - CHANGES_KEPT).await?;
    tx.forget_idempotent(app.wall.now().plus(-DAY)).await?;
    Ok(tx.commit().await?)
}
