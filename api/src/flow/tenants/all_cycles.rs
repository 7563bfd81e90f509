//! All cycles that this panel has had, for a table to keep. Reads only.

use super::cycles::cycles;
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use crate::flow::page::{AT_A_TIME, whole};
use shared::api::cycles::CycleItem;
use shared::ids::TenantId;

/// All of them, newest first; those that wait are not among them.
pub async fn all_cycles(app: &App, caller: &Caller, id: TenantId) -> Result<Vec<CycleItem>, FlowError> {
    whole(async |before| {
        let page = cycles(app, caller, id, before, AT_A_TIME).await?;
        Ok((page.items, page.next_cursor))
    })
    .await
}
