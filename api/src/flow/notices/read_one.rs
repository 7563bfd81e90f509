//! Somebody has read one notice.

use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use crate::flow::publish::publish;
use shared::ids::NoticeId;

/// Marks one notice of the caller's account read by them; it may be already.
pub async fn read_one(app: &App, caller: &Caller, id: NoticeId) -> Result<(), FlowError> {
    let account_id = caller.account_id.ok_or(FlowError::NotFound)?;
    let tx = app.store.begin().await?;
    let found = tx.read_notice(account_id, caller.user_id, id, app.wall.now()).await?;
    let (tenant_id, is_new) = found.ok_or(FlowError::NotFound)?;
    // The count of unread notices is part of the panel's status, so its watchers are told.
    if is_new {
        tx.record_change(tenant_id, account_id).await?;
    }
    publish(app, tx).await?;
    Ok(())
}
