//! Second factors, as the safe gave them, and the hashes of recovery codes.

use super::entity::{recovery_code, user};
use super::people::change;
use super::{Store, StoreError, Tx, for_update};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter};
use shared::ids::UserId;
use shared::time::Timestamp;

/// A person's second factor.
#[derive(Clone)]
pub struct SecondFactorRecord {
    /// The secret, locked in the safe.
    pub locked: String,
    /// Since when signing in asks for it; `None` while no code of it was shown.
    pub since: Option<Timestamp>,
    /// The last step whose code was used.
    pub last_step: Option<i64>,
}

fn factor(row: user::Model) -> Option<SecondFactorRecord> {
    let since = row.second_factor_at.map(Timestamp::from_unix);
    row.second_factor.map(|locked| SecondFactorRecord { locked, since, last_step: row.second_factor_step })
}

fn of(user_id: UserId) -> sea_orm::Select<user::Entity> {
    user::Entity::find_by_id(user_id.to_string())
}

impl Store {
    /// A person's second factor, in force or not.
    pub async fn second_factor(&self, user_id: UserId) -> Result<Option<SecondFactorRecord>, StoreError> {
        Ok(of(user_id).one(&self.db).await?.and_then(factor))
    }

    /// How many recovery codes a person has left.
    pub async fn recovery_codes_left(&self, user_id: UserId) -> Result<u64, StoreError> {
        let theirs = recovery_code::Column::UserId.eq(user_id.to_string());
        Ok(recovery_code::Entity::find().filter(theirs).count(&self.db).await?)
    }
}

impl Tx {
    /// A person's second factor, in force or not, locked until this transaction ends.
    pub async fn second_factor(&self, user_id: UserId) -> Result<Option<SecondFactorRecord>, StoreError> {
        Ok(for_update(of(user_id)).one(&self.db).await?.and_then(factor))
    }

    /// Replaces a person's second factor, or takes it away.
    pub async fn set_second_factor(&self, user_id: UserId, new: Option<&SecondFactorRecord>) -> Result<(), StoreError> {
        let row = user::ActiveModel {
            second_factor: Set(new.map(|new| new.locked.clone())),
            second_factor_at: Set(new.and_then(|new| new.since).map(Timestamp::unix)),
            second_factor_step: Set(new.and_then(|new| new.last_step)),
            ..<user::ActiveModel as Default>::default()
        };
        change(&self.db, user_id, row).await
    }

    /// Uses a step's code up. `false` if it, or a later one, was used before.
    pub async fn use_step(&self, user_id: UserId, step: i64) -> Result<bool, StoreError> {
        let unused =
            Condition::any().add(user::Column::SecondFactorStep.is_null()).add(user::Column::SecondFactorStep.lt(step));
        let done = user::Entity::update_many()
            .col_expr(user::Column::SecondFactorStep, Expr::value(step))
            .filter(user::Column::Id.eq(user_id.to_string()))
            .filter(unused)
            .exec(&self.db)
            .await?;
        Ok(done.rows_affected == 1)
    }

    /// Replaces a person's recovery codes, of which only hashes are kept.
    pub async fn set_recovery_codes(&self, user_id: UserId, hashes: &[String]) -> Result<(), StoreError> {
        let theirs = recovery_code::Column::UserId.eq(user_id.to_string());
        recovery_code::Entity::delete_many().filter(theirs).exec(&self.db).await?;
        if hashes.is_empty() {
            return Ok(());
        }
        let rows = hashes
            .iter()
            .map(|hash| recovery_code::ActiveModel { code_hash: Set(hash.clone()), user_id: Set(user_id.to_string()) });
        recovery_code::Entity::insert_many(rows).exec_without_returning(&self.db).await?;
        Ok(())
    }

    /// Uses a recovery code up. `false` if it is none of the person's, or was used before.
    pub async fn use_recovery_code(&self, user_id: UserId, hash: &str) -> Result<bool, StoreError> {
        let gone = recovery_code::Entity::delete_many()
            .filter(recovery_code::Column::CodeHash.eq(hash))
            .filter(recovery_code::Column::UserId.eq(user_id.to_string()))
            .exec(&self.db)
            .await?;
        Ok(gone.rows_affected == 1)
    }
}
