//! The people of an account together: who they are, what each may do, and who left.

use super::code::word;
use super::entity::{recovery_code, user};
use super::people::{change, record};
use super::{Store, StoreError, Tx, UserRecord, for_update};
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, Select};
use shared::api::auth::Role;
use shared::ids::{AccountId, UserId};
use shared::time::Timestamp;

/// One of an account's people.
#[derive(Clone)]
pub struct MemberRecord {
    /// The person.
    pub user: UserRecord,
    /// Whether signing in asks them for a second factor.
    pub has_second_factor: bool,
}

fn of(account_id: AccountId) -> Select<user::Entity> {
    user::Entity::find()
        .filter(user::Column::AccountId.eq(account_id.to_string()))
        .filter(user::Column::RemovedAt.is_null())
        .order_by_asc(user::Column::Id)
}

fn member(row: &user::Model) -> Result<MemberRecord, StoreError> {
    Ok(MemberRecord { user: record(row)?, has_second_factor: row.second_factor_at.is_some() })
}

impl Store {
    /// An account's people; who joined first comes first.
    pub async fn members(&self, account_id: AccountId) -> Result<Vec<MemberRecord>, StoreError> {
        of(account_id).all(&self.db).await?.iter().map(member).collect()
    }
}

impl Tx {
    /// An account's people, who joined first comes first, all of them locked until this transaction ends.
    pub async fn members(&self, account_id: AccountId) -> Result<Vec<MemberRecord>, StoreError> {
        for_update(of(account_id)).all(&self.db).await?.iter().map(member).collect()
    }

    /// What a person may do from now on.
    pub async fn set_role(&self, id: UserId, role: Role) -> Result<(), StoreError> {
        let row = user::ActiveModel { role: Set(word(&role, "users")?), ..<user::ActiveModel as Default>::default() };
        change(&self.db, id, row).await
    }

    /// Removes a person: they are found no more, nothing of theirs signs in, and their address is anybody's to use. Their name
    /// stays for what they did.
    pub async fn remove_user(&self, id: UserId, now: Timestamp) -> Result<(), StoreError> {
        let row = user::ActiveModel {
            // Unique, and no address.
            email: Set(id.to_string()),
            password_hash: Set(String::new()),
            second_factor: Set(None),
            second_factor_at: Set(None),
            second_factor_step: Set(None),
            removed_at: Set(Some(now.unix())),
            ..<user::ActiveModel as Default>::default()
        };
        change(&self.db, id, row).await?;
        let theirs = recovery_code::Column::UserId.eq(id.to_string());
        recovery_code::Entity::delete_many().filter(theirs).exec(&self.db).await?;
        Ok(())
    }
}
