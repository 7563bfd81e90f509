//! Sign-ins, their chains of refresh tokens, and tickets for the WebSocket. Only hashes are kept.

use super::code::parse;
use super::entity::{live_ticket, refresh_token, session};
use super::{Store, StoreError, Tx, for_update};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, Query};
use sea_orm::{ActiveModelTrait, ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use shared::ids::{SessionId, UserId};
use shared::time::Timestamp;

const SESSIONS: &str = "sessions";

/// One browser's sign-in.
#[derive(Debug, Clone)]
pub struct SessionRecord {
    /// Its id.
    pub id: SessionId,
    /// Whose.
    pub user_id: UserId,
    /// The hash of the CSRF token that goes with it.
    pub csrf_hash: String,
    /// Whether it ended.
    pub ended: bool,
    /// When it began.
    pub since: Timestamp,
    /// When it was last renewed.
    pub last_seen_at: Timestamp,
    /// The browser, as it calls itself; empty if it does not.
    pub browser: String,
}

fn record(row: session::Model) -> Result<SessionRecord, StoreError> {
    Ok(SessionRecord {
        id: parse(&row.id, SESSIONS)?,
        user_id: parse(&row.user_id, SESSIONS)?,
        csrf_hash: row.csrf_hash,
        ended: row.ended_at.is_some(),
        since: Timestamp::from_unix(row.created_at),
        last_seen_at: Timestamp::from_unix(row.last_seen_at),
        browser: row.browser,
    })
}

/// One link of a session's chain of refresh tokens.
#[derive(Debug, Clone)]
pub struct RefreshToken {
    /// The token's hash.
    pub hash: String,
    /// Which sign-in it continues.
    pub session_id: SessionId,
    /// Until when it is good.
    pub expires_at: Timestamp,
    /// When it was exchanged for the next one; a second exchange is theft.
    pub used_at: Option<Timestamp>,
}

impl Store {
    /// A person's sign-ins that were renewed after `seen_after` and have not ended: at most `limit`, the last renewed first.
    pub async fn sign_ins(
        &self,
        user_id: UserId,
        seen_after: Timestamp,
        limit: u64,
    ) -> Result<Vec<SessionRecord>, StoreError> {
        let query = session::Entity::find()
            .filter(session::Column::UserId.eq(user_id.to_string()))
            .filter(session::Column::EndedAt.is_null())
            .filter(session::Column::LastSeenAt.gt(seen_after.unix()))
            .order_by_desc(session::Column::LastSeenAt)
            .order_by_desc(session::Column::Id)
            .limit(limit);
        query.all(&self.db).await?.into_iter().map(record).collect()
    }
}

impl Tx {
    /// Begins a sign-in.
    pub async fn insert_session(&self, new: &SessionRecord) -> Result<(), StoreError> {
        let row = session::ActiveModel {
            id: Set(new.id.to_string()),
            user_id: Set(new.user_id.to_string()),
            csrf_hash: Set(new.csrf_hash.clone()),
            created_at: Set(new.since.unix()),
            ended_at: Set(None),
            ended_why: Set(None),
            browser: Set(new.browser.clone()),
            last_seen_at: Set(new.last_seen_at.unix()),
        };
        row.insert(&self.db).await?;
        Ok(())
    }

    /// The sign-in, locked until this transaction ends.
    pub async fn session(&self, id: SessionId) -> Result<Option<SessionRecord>, StoreError> {
        let row = for_update(session::Entity::find_by_id(id.to_string())).one(&self.db).await?;
        row.map(record).transpose()
    }

    /// Notes that a sign-in was renewed.
    pub async fn see_session(&self, id: SessionId, now: Timestamp) -> Result<(), StoreError> {
        session::Entity::update_many()
            .col_expr(session::Column::LastSeenAt, Expr::value(now.unix()))
            .filter(session::Column::Id.eq(id.to_string()))
            .exec(&self.db)
            .await?;
        Ok(())
    }

    /// Ends a person's sign-ins, all but `but`. How many there were.
    pub async fn end_sessions_of(
        &self,
        user_id: UserId,
        but: Option<SessionId>,
        now: Timestamp,
        why: &str,
    ) -> Result<u64, StoreError> {
        let mut query = session::Entity::update_many()
            .col_expr(session::Column::EndedAt, Expr::value(now.unix()))
            .col_expr(session::Column::EndedWhy, Expr::value(why))
            .filter(session::Column::UserId.eq(user_id.to_string()))
            .filter(session::Column::EndedAt.is_null());
        if let Some(kept) = but {
            query = query.filter(session::Column::Id.ne(kept.to_string()));
        }
        Ok(query.exec(&self.db).await?.rows_affected)
    }

    /// Ends a sign-in. Ending it again changes nothing.
    pub async fn end_session(&self, id: SessionId, now: Timestamp, why: &str) -> Result<(), StoreError> {
        session::Entity::update_many()
            .col_expr(session::Column::EndedAt, Expr::value(now.unix()))
            .col_expr(session::Column::EndedWhy, Expr::value(why))
            .filter(session::Column::Id.eq(id.to_string()))
            .filter(session::Column::EndedAt.is_null())
            .exec(&self.db)
            .await?;
        Ok(())
    }

    /// Forgets refresh tokens and tickets that expired before `before`.
    pub async fn forget_expired(&self, before: Timestamp) -> Result<(), StoreError> {
        let old = refresh_token::Column::ExpiresAt.lt(before.unix());
        refresh_token::Entity::delete_many().filter(old).exec(&self.db).await?;
        let old = live_ticket::Column::ExpiresAt.lt(before.unix());
        live_ticket::Entity::delete_many().filter(old).exec(&self.db).await?;
        Ok(())
    }

    /// Forgets sign-ins that were ended before `ended_before`, or last renewed before `seen_before`, and what continued them.
    pub async fn forget_sessions(&self, ended_before: Timestamp, seen_before: Timestamp) -> Result<(), StoreError> {
        let old = Condition::any()
            .add(session::Column::EndedAt.lt(ended_before.unix()))
            .add(session::Column::LastSeenAt.lt(seen_before.unix()));
        let over = Query::select().column(session::Column::Id).from(session::Entity).cond_where(old.clone()).to_owned();
        let theirs = refresh_token::Column::SessionId.in_subquery(over);
        refresh_token::Entity::delete_many().filter(theirs).exec(&self.db).await?;
        session::Entity::delete_many().filter(old).exec(&self.db).await?;
        Ok(())
    }

    /// Adds a link to a session's chain.
    pub async fn insert_refresh_token(&self, new: &RefreshToken) -> Result<(), StoreError> {
        let row = refresh_token::ActiveModel {
            hash: Set(new.hash.clone()),
            session_id: Set(new.session_id.to_string()),
            expires_at: Set(new.expires_at.unix()),
            used_at: Set(None),
        };
        row.insert(&self.db).await?;
        Ok(())
    }

    /// The link with this hash, locked until this transaction ends.
    pub async fn refresh_token(&self, hash: &str) -> Result<Option<RefreshToken>, StoreError> {
        let row = for_update(refresh_token::Entity::find_by_id(hash)).one(&self.db).await?;
        row.map(|row| {
            Ok(RefreshToken {
                hash: row.hash,
                session_id: parse(&row.session_id, "refresh_tokens")?,
                expires_at: Timestamp::from_unix(row.expires_at),
                used_at: row.used_at.map(Timestamp::from_unix),
            })
        })
        .transpose()
    }

    /// Notes that a link was exchanged for the next one.
    pub async fn use_refresh_token(&self, hash: &str, now: Timestamp) -> Result<(), StoreError> {
        refresh_token::Entity::update_many()
            .col_expr(refresh_token::Column::UsedAt, Expr::value(now.unix()))
            .filter(refresh_token::Column::Hash.eq(hash))
            .exec(&self.db)
            .await?;
        Ok(())
    }

    /// Keeps a ticket until it is used.
    pub async fn insert_live_ticket(
        &self,
        hash: &str,
        user_id: UserId,
        expires_at: Timestamp,
    ) -> Result<(), StoreError> {
        let row = live_ticket::ActiveModel {
            hash: Set(hash.to_owned()),
            user_id: Set(user_id.to_string()),
            expires_at: Set(expires_at.unix()),
        };
        row.insert(&self.db).await?;
        Ok(())
    }

    /// Uses a ticket up, and sweeps out those that nobody used in time. `None` if there is none that is good.
    pub async fn take_live_ticket(&self, hash: &str, now: Timestamp) -> Result<Option<UserId>, StoreError> {
        live_ticket::Entity::delete_many()
            .filter(live_ticket::Column::ExpiresAt.lte(now.unix()))
            .exec(&self.db)
            .await?;
        let Some(row) = for_update(live_ticket::Entity::find_by_id(hash)).one(&self.db).await? else {
            return Ok(None);
        };
        let gone = live_ticket::Entity::delete_by_id(hash).exec(&self.db).await?;
        if gone.rows_affected == 1 { parse(&row.user_id, "live_tickets").map(Some) } else { Ok(None) }
    }
}
