//! Who was asked to join an account and how often, and who asked for a new password when.

use super::code::{parse, variant, word};
use super::entity::{invitation, invitation_letter, invitation_try, reset_request};
use super::{Store, StoreError, Tx, for_update};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait as _, OnConflict};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, Select};
use shared::api::auth::Role;
use shared::ids::{AccountId, InvitationId, UserId};
use shared::time::Timestamp;
use uuid::Uuid;

const INVITATIONS: &str = "invitations";

/// Somebody who was asked to join an account.
#[derive(Debug, Clone)]
pub struct InvitationRecord {
    /// Its id.
    pub id: InvitationId,
    /// Which account asks.
    pub account_id: AccountId,
    /// Who was asked, in small letters.
    pub email: String,
    /// What they may do once they join.
    pub role: Role,
    /// Who asked.
    pub invited_by: UserId,
    /// When they were asked.
    pub sent_at: Timestamp,
    /// When the link ceases to be good.
    pub expires_at: Timestamp,
    /// Whether somebody joined by it, or it was revoked.
    pub closed: bool,
}

fn record(row: invitation::Model) -> Result<InvitationRecord, StoreError> {
    Ok(InvitationRecord {
        id: parse(&row.id, INVITATIONS)?,
        account_id: parse(&row.account_id, INVITATIONS)?,
        email: row.email,
        role: variant(&row.role, INVITATIONS)?,
        invited_by: parse(&row.invited_by, INVITATIONS)?,
        sent_at: Timestamp::from_unix(row.sent_at),
        expires_at: Timestamp::from_unix(row.expires_at),
        closed: row.closed_at.is_some(),
    })
}

fn open(account_id: AccountId) -> Select<invitation::Entity> {
    invitation::Entity::find()
        .filter(invitation::Column::AccountId.eq(account_id.to_string()))
        .filter(invitation::Column::ClosedAt.is_null())
        .order_by_asc(invitation::Column::Id)
}

impl Store {
    /// An account's open invitations, oldest first.
    pub async fn open_invitations(&self, account_id: AccountId) -> Result<Vec<InvitationRecord>, StoreError> {
        open(account_id).all(&self.db).await?.into_iter().map(record).collect()
    }

    /// The invitation with this id, open or not.
    pub async fn invitation(&self, id: InvitationId) -> Result<Option<InvitationRecord>, StoreError> {
        let row = invitation::Entity::find_by_id(id.to_string()).one(&self.db).await?;
        row.map(record).transpose()
    }
}

impl Tx {
    /// The invitation with this id, open or not, locked until this transaction ends.
    pub async fn invitation(&self, id: InvitationId) -> Result<Option<InvitationRecord>, StoreError> {
        let row = for_update(invitation::Entity::find_by_id(id.to_string())).one(&self.db).await?;
        row.map(record).transpose()
    }

    /// The open invitation of this address, locked until this transaction ends.
    pub async fn open_invitation(
        &self,
        account_id: AccountId,
        email: &str,
    ) -> Result<Option<InvitationRecord>, StoreError> {
        let query = open(account_id).filter(invitation::Column::Email.eq(email));
        for_update(query).one(&self.db).await?.map(record).transpose()
    }

    /// An account's open invitations that this person sent last, locked until this transaction ends.
    pub async fn open_invitations_by(
        &self,
        account_id: AccountId,
        invited_by: UserId,
    ) -> Result<Vec<InvitationRecord>, StoreError> {
        let query = open(account_id).filter(invitation::Column::InvitedBy.eq(invited_by.to_string()));
        for_update(query).all(&self.db).await?.into_iter().map(record).collect()
    }

    /// How many invitations of an account are open.
    pub async fn count_open_invitations(&self, account_id: AccountId) -> Result<u64, StoreError> {
        Ok(open(account_id).count(&self.db).await?)
    }

    /// How often an account asked anybody after `since`, whatever became of it.
    pub async fn invitation_tries_since(&self, account_id: AccountId, since: Timestamp) -> Result<u64, StoreError> {
        let tries = invitation_try::Entity::find()
            .filter(invitation_try::Column::AccountId.eq(account_id.to_string()))
            .filter(invitation_try::Column::TriedAt.gt(since.unix()));
        Ok(tries.count(&self.db).await?)
    }

    /// Notes that an account asks somebody at `now`, under an id of its own.
    pub async fn note_invitation_try(&self, id: Uuid, account_id: AccountId, now: Timestamp) -> Result<(), StoreError> {
        let row = invitation_try::ActiveModel {
            id: Set(id.to_string()),
            account_id: Set(account_id.to_string()),
            tried_at: Set(now.unix()),
        };
        row.insert(&self.db).await?;
        Ok(())
    }

    /// Notes that an invitation is sent to this address at `now`. `false` if one was after `since` already, whoever asked; nothing is
    /// noted then.
    pub async fn note_invitation_letter(
        &self,
        email: &str,
        now: Timestamp,
        since: Timestamp,
    ) -> Result<bool, StoreError> {
        let new = invitation_letter::ActiveModel { email: Set(email.to_owned()), sent_at: Set(now.unix()) };
        let again = OnConflict::column(invitation_letter::Column::Email)
            .update_column(invitation_letter::Column::SentAt)
            .action_and_where(
                Expr::col((invitation_letter::Entity, invitation_letter::Column::SentAt)).lte(since.unix()),
            )
            .to_owned();
        let done = invitation_letter::Entity::insert(new).on_conflict(again).exec_without_returning(&self.db).await?;
        Ok(done == 1)
    }

    /// Forgets invitations that were closed, or ceased to be good, before `before`.
    pub async fn forget_invitations(&self, before: Timestamp) -> Result<(), StoreError> {
        let old = invitation::Column::ClosedAt.lt(before.unix()).or(invitation::Column::ExpiresAt.lt(before.unix()));
        invitation::Entity::delete_many().filter(old).exec(&self.db).await?;
        Ok(())
    }

    /// Forgets how often was asked, and when letters were sent, before `before`.
    pub async fn forget_invitation_tries(&self, before: Timestamp) -> Result<(), StoreError> {
        let old = invitation_try::Column::TriedAt.lt(before.unix());
        invitation_try::Entity::delete_many().filter(old).exec(&self.db).await?;
        let old = invitation_letter::Column::SentAt.lt(before.unix());
        invitation_letter::Entity::delete_many().filter(old).exec(&self.db).await?;
        Ok(())
    }

    /// Keeps an invitation from now on.
    pub async fn insert_invitation(&self, new: &InvitationRecord) -> Result<(), StoreError> {
        let row = invitation::ActiveModel {
            id: Set(new.id.to_string()),
            account_id: Set(new.account_id.to_string()),
            email: Set(new.email.clone()),
            role: Set(word(&new.role, INVITATIONS)?),
            invited_by: Set(new.invited_by.to_string()),
            sent_at: Set(new.sent_at.unix()),
            expires_at: Set(new.expires_at.unix()),
            closed_at: Set(None),
            joined_by: Set(None),
        };
        row.insert(&self.db).await?;
        Ok(())
    }

    /// Replaces who asks, what for, and when that was.
    pub async fn renew_invitation(&self, new: &InvitationRecord) -> Result<(), StoreError> {
        let row = invitation::ActiveModel {
            role: Set(word(&new.role, INVITATIONS)?),
            invited_by: Set(new.invited_by.to_string()),
            sent_at: Set(new.sent_at.unix()),
            expires_at: Set(new.expires_at.unix()),
            ..<invitation::ActiveModel as Default>::default()
        };
        let id = invitation::Column::Id.eq(new.id.to_string());
        invitation::Entity::update_many().set(row).filter(id).exec(&self.db).await?;
        Ok(())
    }

    /// Closes an invitation: somebody joined by it, or it was revoked.
    pub async fn close_invitation(
        &self,
        id: InvitationId,
        now: Timestamp,
        joined_by: Option<UserId>,
    ) -> Result<(), StoreError> {
        let row = invitation::ActiveModel {
            closed_at: Set(Some(now.unix())),
            joined_by: Set(joined_by.map(|id| id.to_string())),
            ..<invitation::ActiveModel as Default>::default()
        };
        let id = invitation::Column::Id.eq(id.to_string());
        invitation::Entity::update_many().set(row).filter(id).exec(&self.db).await?;
        Ok(())
    }

    /// Notes that a new password is asked for at `now`. `false` if that was so after `since` already; nothing is noted then.
    pub async fn note_reset_request(&self, email: &str, now: Timestamp, since: Timestamp) -> Result<bool, StoreError> {
        let new = reset_request::ActiveModel { email: Set(email.to_owned()), asked_at: Set(now.unix()) };
        let again = OnConflict::column(reset_request::Column::Email)
            .update_column(reset_request::Column::AskedAt)
            .action_and_where(Expr::col((reset_request::Entity, reset_request::Column::AskedAt)).lte(since.unix()))
            .to_owned();
        let done = reset_request::Entity::insert(new).on_conflict(again).exec_without_returning(&self.db).await?;
        Ok(done == 1)
    }

    /// Forgets when new passwords were asked for before `before`.
    pub async fn forget_reset_requests(&self, before: Timestamp) -> Result<(), StoreError> {
        let old = reset_request::Column::AskedAt.lt(before.unix());
        reset_request::Entity::delete_many().filter(old).exec(&self.db).await?;
        Ok(())
    }
}
