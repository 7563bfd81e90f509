//! Which refunds are there? Reads only.

use super::refund::shown;
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use crate::flow::page::{cut, one_more};
use shared::api::refunds::RefundPage;
use shared::ids::RefundId;

/// A page of at most `limit` refunds before `before`, newest first: the caller's account's, or everybody's for an operator.
pub async fn refunds(
    app: &App,
    caller: &Caller,
    before: Option<RefundId>,
    limit: u32,
) -> Result<RefundPage, FlowError> {
    let mut found = app.store.refunds(caller.account_id, before, one_more(limit)).await?;
    let next_cursor = cut(&mut found, limit, |last| last.id);
    let names = app.store.tenant_names(found.iter().map(|refund| refund.tenant_id)).await?;
    let name = |id| names.get(&id).map_or("", String::as_str);
    Ok(RefundPage {
        items: found.into_iter().map(|it| (name(it.tenant_id), it)).map(|(n, it)| shown(it, n)).collect(),
        next_cursor,
    })
}
