//! Requests that may be repeated, and the answers that they got.

use super::entity::idempotency_key;
use super::{StoreError, Tx, for_update};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use shared::ids::UserId;
use shared::time::Timestamp;

/// What is known of a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Claimed {
    /// Nothing was: the request may run, and must end with [`Tx::answer_idempotent`] or [`Tx::release_idempotent`].
    Fresh,
    /// It has run: give this answer again.
    Answered(StoredAnswer),
    /// It is running.
    InFlight,
    /// The key was used with another request.
    Mismatch,
}

/// An answer that was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredAnswer {
    /// The HTTP status.
    pub status: u16,
    /// The JSON body.
    pub body: String,
}

impl Tx {
    /// Claims a key for a request until `locked_until`: a request that died with its process frees it then.
    pub async fn claim_idempotent(
        &self,
        user_id: UserId,
        key: &str,
        request_hash: &str,
        now: Timestamp,
        locked_until: Timestamp,
    ) -> Result<Claimed, StoreError> {
        let fresh = idempotency_key::ActiveModel {
            user_id: Set(user_id.to_string()),
            key: Set(key.to_owned()),
            request_hash: Set(request_hash.to_owned()),
            locked_until: Set(locked_until.unix()),
            created_at: Set(now.unix()),
            response_status: Set(None),
            response_body: Set(None),
        };
        let again = OnConflict::new().do_nothing().to_owned();
        if idempotency_key::Entity::insert(fresh).on_conflict(again).exec_without_returning(&self.db).await? == 1 {
            return Ok(Claimed::Fresh);
        }
        let by_key = (user_id.to_string(), key.to_owned());
        let Some(row) = for_update(idempotency_key::Entity::find_by_id(by_key)).one(&self.db).await? else {
            return Ok(Claimed::InFlight);
        };
        if row.request_hash != request_hash {
            return Ok(Claimed::Mismatch);
        }
        if let (Some(status), Some(body)) = (row.response_status, row.response_body.clone()) {
            let status = u16::try_from(status).unwrap_or(500);
            return Ok(Claimed::Answered(StoredAnswer { status, body }));
        }
        if row.locked_until > now.unix() {
            return Ok(Claimed::InFlight);
        }
        let mut row = row.into_active_model();
        row.locked_until = Set(locked_until.unix());
        row.update(&self.db).await?;
        Ok(Claimed::Fresh)
    }

    /// Keeps the answer of a request.
    pub async fn answer_idempotent(&self, user_id: UserId, key: &str, answer: &StoredAnswer) -> Result<(), StoreError> {
        idempotency_key::Entity::update_many()
            .col_expr(idempotency_key::Column::ResponseStatus, Expr::value(i64::from(answer.status)))
            .col_expr(idempotency_key::Column::ResponseBody, Expr::value(answer.body.clone()))
            .filter(idempotency_key::Column::UserId.eq(user_id.to_string()))
            .filter(idempotency_key::Column::Key.eq(key))
            .exec(&self.db)
            .await?;
        Ok(())
    }

    /// Frees a key whose request changed nothing.
    pub async fn release_idempotent(&self, user_id: UserId, key: &str) -> Result<(), StoreError> {
        idempotency_key::Entity::delete_by_id((user_id.to_string(), key.to_owned())).exec(&self.db).await?;
        Ok(())
    }

    /// Forgets keys that were first used before `before`.
    pub async fn forget_idempotent(&self, before: Timestamp) -> Result<(), StoreError> {
        let old = idempotency_key::Column::CreatedAt.lt(before.unix());
        idempotency_key::Entity::delete_many().filter(old).exec(&self.db).await?;
        Ok(())
    }
}
