//! Who belongs to an account, and who was asked to.

use super::house::view;
use super::invite;
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use shared::api::auth::Role;
use shared::api::people::Members;

/// The people of the caller's account; to an owner also those who were asked and have not joined yet.
pub async fn members(app: &App, caller: &Caller) -> Result<Members, FlowError> {
    let account_id = caller.account_id.ok_or(FlowError::NotFound)?;
    let people = app.store.members(account_id).await?;
    let me = people.iter().find(|member| member.user.id == caller.user_id).ok_or(FlowError::SessionEnded)?;
    let may_change = me.user.role == Role::Owner;
    let open = if may_change { app.store.open_invitations(account_id).await? } else { Vec::new() };
    Ok(Members {
        members: people.into_iter().map(|member| view(member, caller)).collect(),
        invitations: open.into_iter().map(invite::view).collect(),
        may_change,
    })
}
