//! What is sold? Reads only.

use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use crate::flow::page::{cut, one_more};
use shared::api::auth::Role;
use shared::api::plans::PlanPage;
use shared::ids::PlanId;

/// A page of at most `limit` plans after `after`, oldest first: all with all versions for an operator; for everybody
/// else those that are sold, each in the version that is sold.
pub async fn list(app: &App, caller: &Caller, after: Option<PlanId>, limit: u32) -> Result<PlanPage, FlowError> {
    let sold_only = caller.role != Role::Operator;
    let mut items = app.store.plans(sold_only, after, one_more(limit)).await?;
    let next_cursor = cut(&mut items, limit, |plan| plan.id);
    Ok(PlanPage { next_cursor, items })
}
