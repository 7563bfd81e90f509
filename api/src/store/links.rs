//! One-time links in letters. What their addresses prove is not kept here.

use super::code::{parse, variant, word};
use super::entity::link;
use super::{Store, StoreError, Tx, for_update};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter};
use serde::{Deserialize, Serialize};
use shared::ids::{InvitationId, LinkId, UserId};
use shared::time::Timestamp;

const LINKS: &str = "links";

/// What a link is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkPurpose {
    /// Choosing a new password.
    Reset,
    /// Joining an account.
    Join,
}

/// One link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkRecord {
    /// Its id.
    pub id: LinkId,
    /// What it is good for.
    pub purpose: LinkPurpose,
    /// Whose, if it resets a password.
    pub user_id: Option<UserId>,
    /// Which invitation's, if it joins an account.
    pub invitation_id: Option<InvitationId>,
    /// The first instant of the wall clock at which it is no longer good.
    pub expires_at: Timestamp,
    /// When it was used, or made useless.
    pub used_at: Option<Timestamp>,
}

impl LinkRecord {
    /// Whether it is good at `now` of the wall clock.
    #[must_use]
    pub fn is_good(&self, now: Timestamp) -> bool {
        self.used_at.is_none() && now < self.expires_at
    }
}

fn record(row: &link::Model) -> Result<LinkRecord, StoreError> {
    Ok(LinkRecord {
        id: parse(&row.id, LINKS)?,
        purpose: variant(&row.purpose, LINKS)?,
        user_id: row.user_id.as_deref().map(|id| parse(id, LINKS)).transpose()?,
        invitation_id: row.invitation_id.as_deref().map(|id| parse(id, LINKS)).transpose()?,
        expires_at: Timestamp::from_unix(row.expires_at),
        used_at: row.used_at.map(Timestamp::from_unix),
    })
}

impl Store {
    /// The link with this id.
    pub async fn link(&self, id: LinkId) -> Result<Option<LinkRecord>, StoreError> {
        let row = link::Entity::find_by_id(id.to_string()).one(&self.db).await?;
        row.as_ref().map(record).transpose()
    }
}

impl Tx {
    /// Keeps a link.
    pub async fn insert_link(&self, new: &LinkRecord) -> Result<(), StoreError> {
        let row = link::ActiveModel {
            id: Set(new.id.to_string()),
            purpose: Set(word(&new.purpose, LINKS)?),
            user_id: Set(new.user_id.map(|id| id.to_string())),
            invitation_id: Set(new.invitation_id.map(|id| id.to_string())),
            expires_at: Set(new.expires_at.unix()),
            used_at: Set(new.used_at.map(Timestamp::unix)),
        };
        row.insert(&self.db).await?;
        Ok(())
    }

    /// The link with this id, locked until this transaction ends.
    pub async fn link(&self, id: LinkId) -> Result<Option<LinkRecord>, StoreError> {
        let row = for_update(link::Entity::find_by_id(id.to_string())).one(&self.db).await?;
        row.as_ref().map(record).transpose()
    }

    /// Whether a person has a link to their password that was not used and expires after `expires_after`.
    pub async fn has_link_until(&self, id: UserId, expires_after: Timestamp) -> Result<bool, StoreError> {
        let unused = link::Entity::find()
            .filter(link::Column::UserId.eq(id.to_string()))
            .filter(link::Column::UsedAt.is_null())
            .filter(link::Column::ExpiresAt.gt(expires_after.unix()));
        Ok(unused.one(&self.db).await?.is_some())
    }

    /// Takes back a link that this transaction has kept, with the letters that carry it.
    pub async fn take_link_back(&self, id: LinkId) -> Result<(), StoreError> {
        link::Entity::delete_by_id(id.to_string()).exec(&self.db).await?;
        Ok(())
    }

    /// Uses a link up.
    pub async fn use_link(&self, id: LinkId, now: Timestamp) -> Result<(), StoreError> {
        link::Entity::update_many()
            .col_expr(link::Column::UsedAt, Expr::value(now.unix()))
            .filter(link::Column::Id.eq(id.to_string()))
            .filter(link::Column::UsedAt.is_null())
            .exec(&self.db)
            .await?;
        Ok(())
    }

    /// Makes all links to a person's password useless: it was changed, or another link was sent.
    pub async fn spend_links_of_user(&self, id: UserId, now: Timestamp) -> Result<(), StoreError> {
        self.spend(link::Column::UserId, &id.to_string(), now).await
    }

    /// Makes all links to an invitation useless: it was revoked or taken, or sent anew.
    pub async fn spend_links_of_invitation(&self, id: InvitationId, now: Timestamp) -> Result<(), StoreError> {
        self.spend(link::Column::InvitationId, &id.to_string(), now).await
    }

    async fn spend(&self, whose: link::Column, id: &str, now: Timestamp) -> Result<(), StoreError> {
        link::Entity::update_many()
            .col_expr(link::Column::UsedAt, Expr::value(now.unix()))
            .filter(whose.eq(id))
            .filter(link::Column::UsedAt.is_null())
            .exec(&self.db)
            .await?;
        Ok(())
    }

    /// Forgets links that ended before `before`, with the letters that carried them.
    pub async fn forget_links(&self, before: Timestamp) -> Result<(), StoreError> {
        link::Entity::delete_many().filter(link::Column::ExpiresAt.lt(before.unix())).exec(&self.db).await?;
        Ok(())
    }
}
