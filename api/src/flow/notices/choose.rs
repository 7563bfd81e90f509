//! A person chooses how they want to be told.

use crate::app::App;
use crate::flow::FlowError;
use crate::flow::audit::new_audit;
use crate::flow::auth::Caller;
use crate::store::NewAudit;
use shared::api::notices::NoticeChoices;

/// Replaces what the caller chose. Letters that are written already leave all the same.
pub async fn choose(app: &App, caller: &Caller, choices: NoticeChoices) -> Result<NoticeChoices, FlowError> {
    choices.check().map_err(|broken| FlowError::field(broken.pointer, "format", broken.rule))?;
    let tx = app.store.begin().await?;
    let ahead = match caller.account_id {
        None => 0,
        Some(id) => tx.account(id).await?.map_or(0, |account| account.clock_ahead_seconds),
    };
    tx.set_notice_choices(caller.user_id, &choices, app.wall.now()).await?;
    let now = app.clock.now().plus(ahead);
    let audit = new_audit(app, caller.actor(), "notice_choices_edited", now);
    tx.insert_audit(&NewAudit { account_id: caller.account_id, ..audit }).await?;
    tx.commit().await?;
    Ok(choices)
}
