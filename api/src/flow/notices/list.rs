//! What should this account know? Reads only.

use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use crate::flow::notices::hidden;
use crate::flow::page::{cut, one_more};
use crate::store::NoticeReader;
use shared::api::history::NoticePage;
use shared::ids::NoticeId;

/// A page of at most `limit` notices before `before`, newest first, without what the
/// caller does not want to see. An operator has no account, and so no notices.
pub async fn list(app: &App, caller: &Caller, before: Option<NoticeId>, limit: u32) -> Result<NoticePage, FlowError> {
    let Some(account_id) = caller.account_id else {
        return Ok(NoticePage { items: vec![], next_cursor: None, unread: 0 });
    };
    let hidden = hidden(app, caller).await?;
    let reader = NoticeReader { user_id: caller.user_id, hidden: &hidden };
    let mut items = app.store.notices(account_id, before, one_more(limit), reader).await?;
    let next_cursor = cut(&mut items, limit, |row| row.id);
    let unread = app.store.unread_notices_of(account_id, reader).await?;
    Ok(NoticePage { next_cursor, items, unread })
}
