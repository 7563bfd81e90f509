//! Which refunds are there? Reads only.

use super::refund::shown;
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use shared::api::refunds::RefundPage;
use shared::ids::RefundId;

/// A page of at most `limit` refunds before `before`, newest first: the caller's account's, or everybody's for an operator.
pub async fn refunds(
    app: &App,
    caller: &Caller,
    before: Option<RefundId>,
    limit: u32,
) -> Result<RefundPage, FlowError> {
    let mut found = app.store.refunds(caller.account_id, before, u64::from(limit) + 1).await?;
    let more = found.len() > usize::try_from(limit).unwrap_or(usize::MAX);
    if more {
        found.pop();
    }
    let next_cursor = found.last().filter(|_| more).map(|last| last.id.to_string());
    let names = app.store.tenant_names(found.iter().map(|refund| refund.tenant_id)).await?;
    let name = |id| names.get(&id).map_or("", String::as_str);
    Ok(RefundPage {
        items: found.into_iter().map(|it| (name(it.tenant_id), it)).map(|(n, it)| shown(it, n)).collect(),
        next_cursor,
    })
}
