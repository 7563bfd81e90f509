//! Whoever was invited joins the account by the link of the letter, which shows that the address is theirs, and is signed in.

use super::house::word;
use super::on_record::by;
use super::tell_owners::{name_of, named, tell_owners};
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::begin_session::begin_session;
use crate::flow::auth::{SignedIn, fields};
use crate::flow::post::link::{look_link, take_link};
use crate::store::{LinkPurpose, NewAudit, UserRecord};
use shared::api::auth::Role;
use shared::api::people::Join;
use shared::ids::UserId;
use shared::wording::letter::Letter;

/// Uses the link up, keeps the person with the role that they were invited to, and signs them in at `browser`. Refused if who invited
/// them owns the account no more.
pub async fn join(app: &App, request: &Join, browser: &str) -> Result<SignedIn, FlowError> {
    let (name, password) = (fields::name(&request.name), fields::password(&request.password));
    fields::all([name.clone().err(), password.clone().err()]).map_err(FlowError::Invalid)?;
    let (Ok(name), Ok(password)) = (name, password) else { return Err(FlowError::Invalid(vec![])) };
    let link = look_link(app, &request.token, LinkPurpose::Join).await?;
    let invitation_id = link.invitation_id.ok_or(FlowError::LinkSpent)?;
    let account_id = app.store.invitation(invitation_id).await?.ok_or(FlowError::LinkSpent)?.account_id;
    let password_hash = app.passwords.hash(password).await?;

    let now = app.wall.now();
    let tx = app.store.begin().await?;
    // Locked in the order in which an owner revokes it: the people of the account first.
    let people = tx.members(account_id).await?;
    let owners: Vec<&UserRecord> =
        people.iter().map(|member| &member.user).filter(|user| user.role == Role::Owner).collect();
    let invitation = tx.invitation(invitation_id).await?.filter(|it| !it.closed).ok_or(FlowError::LinkSpent)?;
    if !owners.iter().any(|owner| owner.id == invitation.invited_by) {
        return Err(FlowError::LinkSpent);
    }
    take_link(app, &tx, &request.token, LinkPurpose::Join).await?;
    let user = UserRecord {
        id: UserId::new(app.ids.uuid()),
        account_id: Some(invitation.account_id),
        email: invitation.email,
        name,
        password_hash,
        role: invitation.role,
        language: request.language,
        created_at: now,
    };
    if !tx.insert_user(&user).await? {
        return Err(FlowError::EmailTaken);
    }
    tx.close_invitation(invitation.id, now, Some(user.id)).await?;
    if user.role == Role::Owner {
        let letter = Letter::OwnerAdded { account_name: name_of(&tx, account_id).await?, person: named(&user) };
        tell_owners(app, &tx, &owners, &letter).await?;
    }
    let row = NewAudit {
        to: Some(word(user.role).to_owned()),
        why: Some(invitation.id.to_string()),
        ..by(app, &tx, &user, "member_joined").await?
    };
    tx.insert_audit(&row).await?;
    let signed_in = begin_session(app, &tx, &user, browser, now).await?;
    tx.commit().await?;
    Ok(signed_in)
}
