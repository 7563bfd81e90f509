//! A member leaves an account, or an owner removes them. Their sign-ins and the invitations that they sent end; what they did
//! stays under their name.

use super::house::{House, word};
use super::on_record::by;
use super::revoke::revoke_all_of;
use super::tell_owners::{name_of, named, tell_owners};
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use crate::store::NewAudit;
use shared::api::auth::Role;
use shared::ids::UserId;
use shared::wording::letter::Letter;

/// Removes a member: an owner anybody, and everybody themselves. The last owner stays.
pub async fn remove_member(app: &App, caller: &Caller, id: UserId) -> Result<(), FlowError> {
    let now = app.wall.now();
    let tx = app.store.begin().await?;
    let house = House::lock(&tx, caller).await?;
    if house.me.role != Role::Owner && house.me.id != id {
        return Err(FlowError::NotFound);
    }
    let member = house.member(id)?;
    house.keeps_an_owner_without(id)?;
    if member.user.role == Role::Owner && house.me.id != id {
        let letter = Letter::OwnerRemoved {
            account_name: name_of(&tx, house.account_id).await?,
            person: named(&member.user),
            by: named(&house.me),
        };
        // Whoever is removed is one of them still, and hears it as well.
        tell_owners(app, &tx, &house.owners_but(house.me.id), &letter).await?;
    }
    tx.remove_user(id, now).await?;
    tx.end_sessions_of(id, None, now, "member_removed").await?;
    tx.spend_links_of_user(id, now).await?;
    revoke_all_of(app, &tx, &house, id, now).await?;
    let row = NewAudit {
        from: Some(word(member.user.role).to_owned()),
        why: Some(id.to_string()),
        ..by(app, &tx, &house.me, "member_removed").await?
    };
    tx.insert_audit(&row).await?;
    Ok(tx.commit().await?)
}
