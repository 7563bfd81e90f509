//! What is sold? Reads only.

use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use shared::api::auth::Role;
use shared::api::plans::PlanPage;
use shared::ids::PlanId;

/// A page of at most `limit` plans after `after`, oldest first: all with all versions for an operator; for everybody
/// else those that are sold, each in the version that is sold.
pub async fn list(app: &App, caller: &Caller, after: Option<PlanId>, limit: u32) -> Result<PlanPage, FlowError> {
    let sold_only = caller.role != Role::Operator;
    let mut items = app.store.plans(sold_only, after, u64::from(limit) + 1).await?;
    let more = items.len() > usize::try_from(limit).unwrap_or(usize::MAX);
    if more {
        items.pop();
    }
    Ok(PlanPage { next_cursor: items.last().filter(|_| more).map(|plan| plan.id.to_string()), items })
}
