//! Whoever has the link of an invitation sees what it leads to before they join.

use crate::app::App;
use crate::flow::FlowError;
use crate::flow::post::link::look_link;
use crate::store::LinkPurpose;
use shared::api::people::InvitedTo;

/// What the link leads to. It is not used up.
pub async fn look(app: &App, token: &str) -> Result<InvitedTo, FlowError> {
    let link = look_link(app, token, LinkPurpose::Join).await?;
    let id = link.invitation_id.ok_or(FlowError::LinkSpent)?;
    let invitation = app.store.invitation(id).await?.filter(|it| !it.closed).ok_or(FlowError::LinkSpent)?;
    let account = app.store.account(invitation.account_id).await?.ok_or(FlowError::LinkSpent)?;
    Ok(InvitedTo { account_name: account.name, email: invitation.email, role: invitation.role })
}
