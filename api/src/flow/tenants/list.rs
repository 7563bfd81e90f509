//! Which panels are there? Reads only.

use super::beside::beside;
use super::view::view;
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use crate::flow::page::{cut, one_more};
use shared::api::tenants::TenantPage;
use shared::ids::TenantId;

/// A page of at most `limit` panels after `after`: the caller's account's, or everybody's for an operator.
pub async fn list(app: &App, caller: &Caller, after: Option<TenantId>, limit: u32) -> Result<TenantPage, FlowError> {
    let mut records = app.store.tenants(caller.account_id, after, one_more(limit)).await?;
    let next_cursor = cut(&mut records, limit, |record| record.state.id);
    let beside = beside(app, caller, &records).await?;
    let now = app.clock.now();
    Ok(TenantPage {
        next_cursor,
        items: records.iter().map(|record| view(app, caller, record, &beside.of(record), now)).collect(),
    })
}
