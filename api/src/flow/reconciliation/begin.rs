//! Once a day all books are compared.

use super::run_now::started;
use crate::app::App;
use crate::flow::FlowError;
use shared::time::DAY;

/// Begins a comparison if none is under way and the last one began a day ago. `true` if it did.
pub async fn begin(app: &App) -> Result<bool, FlowError> {
    let last = app.store.reconciliations(None, 1).await?.pop();
    let due = last.is_none_or(|last| last.view.started_at.plus(DAY) <= app.wall.now());
    Ok(due && started(app).await?.is_some())
}
