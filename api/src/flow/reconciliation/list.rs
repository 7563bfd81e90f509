//! Which comparisons were there? Reads only, and only for the operator.

use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use crate::flow::operator::operator;
use crate::flow::page::{cut, one_more};
use shared::api::alerts::ReconciliationPage;
use shared::ids::ReconciliationId;

/// A page of at most `limit` comparisons before `before`, newest first.
pub async fn list(
    app: &App,
    caller: &Caller,
    before: Option<ReconciliationId>,
    limit: u32,
) -> Result<ReconciliationPage, FlowError> {
    operator(caller)?;
    let mut found = app.store.reconciliations(before, one_more(limit)).await?;
    let next_cursor = cut(&mut found, limit, |last| last.view.reconciliation_id);
    Ok(ReconciliationPage { items: found.into_iter().map(|found| found.view).collect(), next_cursor })
}
