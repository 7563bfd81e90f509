//! The operator wants a comparison now.

use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use crate::flow::operator::operator;
use shared::api::alerts::ReconciliationView;
use shared::ids::ReconciliationId;
use shared::time::{DAY, Timestamp};

/// What a day's comparison found unknown, the next ones ask about again.
const OVERLAP_SECONDS: i64 = 7 * DAY;

/// Begins one; the worker does it. [`FlowError::ReconciliationRunning`] if one is under way.
pub async fn run_now(app: &App, caller: &Caller) -> Result<ReconciliationView, FlowError> {
    operator(caller)?;
    let begun = started(app).await?.ok_or(FlowError::ReconciliationRunning)?;
    app.live.wake_worker();
    Ok(begun)
}

/// Begins one: payments since a week before the last that came to an end, all of them the first time. `None` if one is
/// under way.
pub(super) async fn started(app: &App) -> Result<Option<ReconciliationView>, FlowError> {
    let earlier = app.store.reconciliations(None, 10).await?;
    let last = earlier.iter().find(|earlier| earlier.view.finished_at.is_some());
    let begun = ReconciliationView {
        reconciliation_id: ReconciliationId::new(app.ids.uuid()),
        started_at: app.wall.now(),
        finished_at: None,
        since: last.map_or(Timestamp::from_unix(0), |last| last.view.started_at.plus(-OVERLAP_SECONDS)),
        asked: 0,
        agreed: 0,
        differences: 0,
        unknown: 0,
    };
    let tx = app.store.begin().await?;
    if !tx.insert_reconciliation(&begun).await? {
        return Ok(None);
    }
    tx.commit().await?;
    Ok(Some(begun))
}
