//! What did a comparison find? As a table for other programs. Reads only, and only for the operator.

use super::alerts::views;
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use crate::flow::operator::operator;
use shared::api::alerts::AlertView;
use shared::ids::ReconciliationId;

/// More differences than that are a broken gateway, not a report.
const ROWS_MAX: u64 = 10_000;

/// The differences that a comparison found, newest first.
pub async fn report(app: &App, caller: &Caller, id: ReconciliationId) -> Result<Vec<AlertView>, FlowError> {
    operator(caller)?;
    app.store.reconciliation(id).await?.ok_or(FlowError::NotFound)?;
    views(app, app.store.alerts(false, Some(id), None, ROWS_MAX).await?).await
}
