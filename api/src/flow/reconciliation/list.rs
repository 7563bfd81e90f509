//! Which comparisons were there? Reads only, and only for the operator.

use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use shared::api::alerts::ReconciliationPage;
use shared::api::auth::Role;
use shared::ids::ReconciliationId;

/// A page of at most `limit` comparisons before `before`, newest first.
pub async fn list(
    app: &App,
    caller: &Caller,
    before: Option<ReconciliationId>,
    limit: u32,
) -> Result<ReconciliationPage, FlowError> {
    if caller.role != Role::Operator {
        return Err(FlowError::NotFound);
    }
    let mut found = app.store.reconciliations(before, u64::from(limit) + 1).await?;
    let more = found.len() > usize::try_from(limit).unwrap_or(usize::MAX);
    if more {
        found.pop();
    }
    let next_cursor = found.last().filter(|_| more).map(|last| last.view.reconciliation_id.to_string());
    Ok(ReconciliationPage { items: found.into_iter().map(|found| found.view).collect(), next_cursor })
}
