//! Somebody has read the notices.

use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use crate::flow::notices::hidden;
use crate::flow::publish::publish;
use crate::store::NoticeReader;

/// Marks all notices of the caller's account read by them. What they do not want to see they have not read.
pub async fn read(app: &App, caller: &Caller) -> Result<(), FlowError> {
    let Some(account_id) = caller.account_id else { return Ok(()) };
    let hidden = hidden(app, caller).await?;
    let reader = NoticeReader { user_id: caller.user_id, hidden: &hidden };
    let tx = app.store.begin().await?;
    // The count of unread notices is part of a panel's status, so its watchers are told.
    for tenant_id in tx.read_notices(account_id, reader, app.wall.now()).await? {
        tx.record_change(tenant_id, account_id).await?;
    }
    publish(app, tx).await?;
    Ok(())
}
