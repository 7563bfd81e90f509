//! An owner says what a member may do. It counts from the member's next renewal, ten minutes later at most.

use super::house::{House, of_account, view, word};
use super::on_record::by;
use super::prove::prove_owner;
use super::revoke::revoke_all_of;
use super::tell_owners::{name_of, named, tell_owners};
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use crate::store::{MemberRecord, NewAudit, Tx, UserRecord};
use shared::api::auth::Role;
use shared::api::people::{EditMember, MemberView};
use shared::ids::UserId;
use shared::wording::letter::Letter;

/// Gives a member another role. The last owner stays one; what an owner asked for who is none any more is revoked. Whoever makes somebody an
/// owner shows their password.
pub async fn edit_member(
    app: &App,
    caller: &Caller,
    id: UserId,
    request: &EditMember,
) -> Result<MemberView, FlowError> {
    let (tx, house) = if request.role == Role::Owner {
        prove_owner(app, caller, request.password.as_deref(), app.wall.now()).await?
    } else {
        let tx = app.store.begin().await?;
        let house = House::lock(&tx, caller).await?;
        (tx, house)
    };
    // Of two owners who make less of each other at once the second hears that he would leave the account without one.
    if caller.role != Role::Owner {
        house.is_owned()?;
    }
    let member = house.member(id)?.clone();
    let role = of_account(request.role)?;
    if role != Role::Owner {
        house.keeps_an_owner_without(id)?;
    }
    house.is_owned()?;
    if role != member.user.role {
        tx.set_role(id, role).await?;
        if role != Role::Owner {
            revoke_all_of(app, &tx, &house, id, app.wall.now()).await?;
        }
        tell(app, &tx, &house, &member.user, role).await?;
        let row = NewAudit {
            from: Some(word(member.user.role).to_owned()),
            to: Some(word(role).to_owned()),
            why: Some(id.to_string()),
            ..by(app, &tx, &house.me, "member_changed").await?
        };
        tx.insert_audit(&row).await?;
        tx.commit().await?;
    }
    Ok(view(MemberRecord { user: UserRecord { role, ..member.user }, ..member }, caller))
}

/// The other owners, and whoever was one, hear who became one or ceased to be. Of what somebody does to themselves nobody needs to hear.
async fn tell(app: &App, tx: &Tx, house: &House, member: &UserRecord, role: Role) -> Result<(), FlowError> {
    let was_owner = member.role == Role::Owner;
    if member.id == house.me.id || was_owner == (role == Role::Owner) {
        return Ok(());
    }
    let (account_name, person) = (name_of(tx, house.account_id).await?, named(member));
    let letter = if was_owner {
        Letter::OwnerRemoved { account_name, person, by: named(&house.me) }
    } else {
        Letter::OwnerAdded { account_name, person }
    };
    tell_owners(app, tx, &house.owners_but(house.me.id), &letter).await
}
