//! How does this person want to be told? Reads only.

use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use shared::api::notices::NoticeChoices;

/// What the caller chose, or what their role is told by default.
pub async fn choices(app: &App, caller: &Caller) -> Result<NoticeChoices, FlowError> {
    let chosen = app.store.notice_choices(caller.user_id).await?;
    Ok(chosen.unwrap_or_else(|| NoticeChoices::standard(caller.role)))
}
