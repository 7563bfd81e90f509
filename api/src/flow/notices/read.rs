//! Somebody has read the notices.

use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use crate::flow::publish::publish;

/// Marks all notices of the caller's account read.
pub async fn read(app: &App, caller: &Caller) -> Result<(), FlowError> {
    let Some(account_id) = caller.account_id else { return Ok(()) };
    let tx = app.store.begin().await?;
    // The count of unread notices is part of a panel's status, so its watchers are told.
    for tenant_id in tx.read_notices(account_id, app.wall.now()).await? {
        tx.record_change(tenant_id, account_id).await?;
    }
    publish(app, tx).await?;
    Ok(())
}
