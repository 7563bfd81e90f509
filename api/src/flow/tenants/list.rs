//! Which panels are there? Reads only.

use super::view::view;
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use shared::api::tenants::TenantPage;
use shared::ids::TenantId;

/// A page of at most `limit` panels after `after`: the caller's account's, or everybody's for an operator.
pub async fn list(app: &App, caller: &Caller, after: Option<TenantId>, limit: u32) -> Result<TenantPage, FlowError> {
    let mut records = app.store.tenants(caller.account_id, after, u64::from(limit) + 1).await?;
    let more = records.len() > usize::try_from(limit).unwrap_or(usize::MAX);
    if more {
        records.pop();
    }
    let ids: Vec<TenantId> = records.iter().map(|record| record.state.id).collect();
    let unread = app.store.unread_notices(&ids).await?;
    let now = app.clock.now();
    let unread_of = |id| unread.get(&id).copied().unwrap_or(0);
    Ok(TenantPage {
        next_cursor: ids.last().filter(|_| more).map(ToString::to_string),
        items: records.iter().map(|record| view(app, caller, record, unread_of(record.state.id), now)).collect(),
    })
}
