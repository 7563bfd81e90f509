//! An account's people, all of them locked: who leaves, or becomes less, is decided one after the other, so that an owner stays.

use super::present::signed_in;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use crate::store::{MemberRecord, Tx, UserRecord};
use shared::api::auth::Role;
use shared::api::people::MemberView;
use shared::ids::{AccountId, UserId};

/// The people of the caller's account.
pub(super) struct House {
    /// Which account.
    pub(super) account_id: AccountId,
    /// The caller, as they are now.
    pub(super) me: UserRecord,
    people: Vec<MemberRecord>,
}

impl House {
    /// Locks them until the transaction ends. The operator's people are of no account: to them it is not there.
    pub(super) async fn lock(tx: &Tx, caller: &Caller) -> Result<Self, FlowError> {
        let account_id = caller.account_id.ok_or(FlowError::NotFound)?;
        let people = tx.members(account_id).await?;
        let me = people.iter().find(|member| member.user.id == caller.user_id).ok_or(FlowError::SessionEnded)?;
        let me = me.user.clone();
        signed_in(tx, caller).await?;
        Ok(Self { account_id, me, people })
    }

    /// The same, if the caller owns the account.
    pub(super) async fn of_owner(tx: &Tx, caller: &Caller) -> Result<Self, FlowError> {
        let house = Self::lock(tx, caller).await?;
        house.is_owned()?;
        Ok(house)
    }

    /// Refuses if the caller does not own the account now, whatever their access token says.
    pub(super) fn is_owned(&self) -> Result<(), FlowError> {
        if self.me.role == Role::Owner { Ok(()) } else { Err(FlowError::NotFound) }
    }

    /// One of them.
    pub(super) fn member(&self, id: UserId) -> Result<&MemberRecord, FlowError> {
        self.people.iter().find(|member| member.user.id == id).ok_or(FlowError::NotFound)
    }

    /// Who owns the account besides one of them.
    pub(super) fn owners_but(&self, id: UserId) -> Vec<&UserRecord> {
        let owners = self.people.iter().map(|member| &member.user).filter(|user| user.role == Role::Owner);
        owners.filter(|owner| owner.id != id).collect()
    }

    /// Refuses if nobody else owns the account.
    pub(super) fn keeps_an_owner_without(&self, id: UserId) -> Result<(), FlowError> {
        if self.owners_but(id).is_empty() { Err(FlowError::LastOwner) } else { Ok(()) }
    }
}

/// A member as the caller sees them.
pub(super) fn view(member: MemberRecord, caller: &Caller) -> MemberView {
    let MemberRecord { user, has_second_factor } = member;
    MemberView {
        this: user.id == caller.user_id,
        user_id: user.id,
        name: user.name,
        email: user.email,
        role: user.role,
        since: user.created_at,
        has_second_factor,
    }
}

/// A role that somebody of an account may have; `/role` is at fault otherwise.
pub(super) fn of_account(role: Role) -> Result<Role, FlowError> {
    match role {
        Role::Owner | Role::Billing | Role::Viewer => Ok(role),
        Role::Operator => Err(FlowError::field("/role", "range", "must be owner, billing or viewer")),
    }
}

/// The word for a role on record.
pub(super) const fn word(role: Role) -> &'static str {
    match role {
        Role::Operator => "operator",
        Role::Owner => "owner",
        Role::Billing => "billing",
        Role::Viewer => "viewer",
    }
}
