//! Accounts and the people who sign in.

use super::code::{parse, variant, word};
use super::entity::{account, sign_in_failure, user};
use super::{Store, StoreError, Tx, for_update, is_duplicate};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Select};
use shared::api::auth::{Language, Role};
use shared::civil::Zone;
use shared::ids::{AccountId, UserId};
use shared::time::Timestamp;

const USERS: &str = "users";

/// A customer.
#[derive(Debug, Clone)]
pub struct AccountRecord {
    /// Its id.
    pub id: AccountId,
    /// Its name.
    pub name: String,
    /// The language to write to it in.
    pub language: Language,
    /// When it signed up.
    pub created_at: Timestamp,
    /// Where its days begin and end: for charts and dates, never for billing.
    pub zone: Zone,
    /// Its postal address for invoices; empty if it is not known.
    pub address: String,
    /// Its Business Identification Number, if it has one.
    pub bin: Option<String>,
    /// How far its own clock is ahead of the billing clock; 0 if it has none.
    pub clock_ahead_seconds: i64,
}

/// A person who signs in.
#[derive(Clone)]
pub struct UserRecord {
    /// Their id.
    pub id: UserId,
    /// Their account; `None` for an operator.
    pub account_id: Option<AccountId>,
    /// In small letters.
    pub email: String,
    /// What they are called.
    pub name: String,
    /// The password's hash, never the password.
    pub password_hash: String,
    /// What they may do.
    pub role: Role,
    /// Their language.
    pub language: Language,
    /// When they signed up.
    pub created_at: Timestamp,
}

/// Failed sign-ins in a row for one address.
#[derive(Debug, Clone, Copy, Default)]
pub struct Failures {
    /// How many.
    pub count: u32,
    /// Until when no password is looked at.
    pub locked_until: Option<Timestamp>,
}

pub(super) fn record(row: &user::Model) -> Result<UserRecord, StoreError> {
    Ok(UserRecord {
        id: parse(&row.id, USERS)?,
        account_id: row.account_id.as_deref().map(|id| parse(id, USERS)).transpose()?,
        email: row.email.clone(),
        name: row.name.clone(),
        password_hash: row.password_hash.clone(),
        role: variant(&row.role, USERS)?,
        language: variant(&row.language, USERS)?,
        created_at: Timestamp::from_unix(row.created_at),
    })
}

impl Store {
    /// The person with this address, in small letters.
    pub async fn user_by_email(&self, email: &str) -> Result<Option<UserRecord>, StoreError> {
        let row = user::Entity::find().filter(user::Column::Email.eq(email)).one(&self.db).await?;
        row.as_ref().map(record).transpose()
    }

    /// The person with this id; `None` once they were removed.
    pub async fn user(&self, id: UserId) -> Result<Option<UserRecord>, StoreError> {
        let row = one(id).one(&self.db).await?;
        row.as_ref().map(record).transpose()
    }

    /// The first owner of an account; `None` if it has none.
    pub async fn owner_of(&self, id: AccountId) -> Result<Option<UserRecord>, StoreError> {
        let owners = user::Entity::find()
            .filter(user::Column::AccountId.eq(id.to_string()))
            .filter(user::Column::Role.eq(word(&Role::Owner, USERS)?))
            .filter(user::Column::RemovedAt.is_null())
            .order_by_asc(user::Column::Id);
        owners.one(&self.db).await?.map(|row| record(&row)).transpose()
    }

    /// The account with this id.
    pub async fn account(&self, id: AccountId) -> Result<Option<AccountRecord>, StoreError> {
        account_row(&self.db, id).await
    }

    /// How often signing in with this address failed of late.
    pub async fn failures(&self, email: &str) -> Result<Failures, StoreError> {
        let row = sign_in_failure::Entity::find_by_id(email).one(&self.db).await?;
        row.as_ref().map_or_else(|| Ok(Failures::default()), failures)
    }
}

/// Somebody who was not removed.
fn one(id: UserId) -> Select<user::Entity> {
    user::Entity::find_by_id(id.to_string()).filter(user::Column::RemovedAt.is_null())
}

/// Changes what is set of a person.
pub(super) async fn change(db: &impl ConnectionTrait, id: UserId, row: user::ActiveModel) -> Result<(), StoreError> {
    user::Entity::update_many().set(row).filter(user::Column::Id.eq(id.to_string())).exec(db).await?;
    Ok(())
}

async fn account_row(db: &impl ConnectionTrait, id: AccountId) -> Result<Option<AccountRecord>, StoreError> {
    let row = account::Entity::find_by_id(id.to_string()).one(db).await?;
    row.map(|row| {
        Ok(AccountRecord {
            id,
            name: row.name,
            language: variant(&row.language, "accounts")?,
            created_at: Timestamp::from_unix(row.created_at),
            zone: parse(&row.zone, "accounts")?,
            address: row.address,
            bin: row.bin,
            clock_ahead_seconds: row.clock_ahead_seconds,
        })
    })
    .transpose()
}

fn failures(row: &sign_in_failure::Model) -> Result<Failures, StoreError> {
    Ok(Failures {
        count: super::code::count(row.failures, "sign_in_failures")?,
        locked_until: Some(Timestamp::from_unix(row.locked_until)),
    })
}

impl Tx {
    /// The account of a person; an operator has none.
    pub async fn account_of(&self, user: &UserRecord) -> Result<Option<AccountRecord>, StoreError> {
        match user.account_id {
            Some(id) => self.account(id).await,
            None => Ok(None),
        }
    }

    /// The account with this id, as this transaction sees it.
    pub async fn account(&self, id: AccountId) -> Result<Option<AccountRecord>, StoreError> {
        account_row(&self.db, id).await
    }

    /// Replaces what is kept of an account, except when it signed up and how to write to it.
    pub async fn save_account(&self, account: &AccountRecord) -> Result<(), StoreError> {
        let row = account::ActiveModel {
            name: Set(account.name.clone()),
            zone: Set(account.zone.to_string()),
            address: Set(account.address.clone()),
            bin: Set(account.bin.clone()),
            clock_ahead_seconds: Set(account.clock_ahead_seconds),
            ..<account::ActiveModel as Default>::default()
        };
        account::Entity::update_many()
            .set(row)
            .filter(account::Column::Id.eq(account.id.to_string()))
            .exec(&self.db)
            .await?;
        Ok(())
    }

    /// Keeps an account from now on.
    pub async fn insert_account(&self, new: &AccountRecord) -> Result<(), StoreError> {
        let row = account::ActiveModel {
            id: Set(new.id.to_string()),
            name: Set(new.name.clone()),
            language: Set(word(&new.language, "accounts")?),
            created_at: Set(new.created_at.unix()),
            zone: Set(new.zone.to_string()),
            address: Set(new.address.clone()),
            bin: Set(new.bin.clone()),
            clock_ahead_seconds: Set(new.clock_ahead_seconds),
        };
        row.insert(&self.db).await?;
        Ok(())
    }

    /// Keeps a person from now on. `false` if somebody has that address already; the transaction is then of no more use.
    pub async fn insert_user(&self, new: &UserRecord) -> Result<bool, StoreError> {
        let row = user::ActiveModel {
            id: Set(new.id.to_string()),
            account_id: Set(new.account_id.map(|id| id.to_string())),
            email: Set(new.email.clone()),
            name: Set(new.name.clone()),
            password_hash: Set(new.password_hash.clone()),
            role: Set(word(&new.role, USERS)?),
            language: Set(word(&new.language, USERS)?),
            created_at: Set(new.created_at.unix()),
            ..<user::ActiveModel as Default>::default()
        };
        match row.insert(&self.db).await {
            Ok(_) => Ok(true),
            Err(error) if is_duplicate(&error) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// The person with this id, as this transaction sees them; `None` once they were removed.
    pub async fn user(&self, id: UserId) -> Result<Option<UserRecord>, StoreError> {
        let row = one(id).one(&self.db).await?;
        row.as_ref().map(record).transpose()
    }

    /// The person with this id, locked until this transaction ends; `None` once they were removed.
    pub async fn locked_user(&self, id: UserId) -> Result<Option<UserRecord>, StoreError> {
        let row = for_update(one(id)).one(&self.db).await?;
        row.as_ref().map(record).transpose()
    }

    /// Whether somebody signs in with this address, in small letters.
    pub async fn is_email_taken(&self, email: &str) -> Result<bool, StoreError> {
        Ok(user::Entity::find().filter(user::Column::Email.eq(email)).one(&self.db).await?.is_some())
    }

    /// What a person is called, and in which language they are written to.
    pub async fn set_profile(&self, id: UserId, name: &str, language: Language) -> Result<(), StoreError> {
        let row = user::ActiveModel {
            name: Set(name.to_owned()),
            language: Set(word(&language, USERS)?),
            ..<user::ActiveModel as Default>::default()
        };
        change(&self.db, id, row).await
    }

    /// The hash of a person's new password.
    pub async fn set_password(&self, id: UserId, hash: &str) -> Result<(), StoreError> {
        let row =
            user::ActiveModel { password_hash: Set(hash.to_owned()), ..<user::ActiveModel as Default>::default() };
        change(&self.db, id, row).await
    }

    /// How often signing in with this address failed of late, locked until this transaction ends.
    pub async fn failures(&self, email: &str) -> Result<Failures, StoreError> {
        // On PostgreSQL a row that is not there locks nobody out: guesses that come at once would count as one.
        let none =
            sign_in_failure::ActiveModel { email: Set(email.to_owned()), failures: Set(0), locked_until: Set(0) };
        let again = OnConflict::new().do_nothing().to_owned();
        sign_in_failure::Entity::insert(none).on_conflict(again).exec_without_returning(&self.db).await?;
        let row = for_update(sign_in_failure::Entity::find_by_id(email)).one(&self.db).await?;
        row.as_ref().map_or_else(|| Ok(Failures::default()), failures)
    }

    /// Notes failed sign-ins in a row, and until when no further password is looked at.
    pub async fn set_failures(&self, email: &str, count: u32, locked_until: Timestamp) -> Result<(), StoreError> {
        let row = sign_in_failure::ActiveModel {
            email: Set(email.to_owned()),
            failures: Set(count.into()),
            locked_until: Set(locked_until.unix()),
        };
        let again = OnConflict::column(sign_in_failure::Column::Email)
            .update_columns([sign_in_failure::Column::Failures, sign_in_failure::Column::LockedUntil])
            .to_owned();
        sign_in_failure::Entity::insert(row).on_conflict(again).exec_without_returning(&self.db).await?;
        Ok(())
    }

    /// Forgets failed sign-ins whose wait was over before `before`.
    pub async fn forget_failures(&self, before: Timestamp) -> Result<(), StoreError> {
        let old = sign_in_failure::Column::LockedUntil.lt(before.unix());
        sign_in_failure::Entity::delete_many().filter(old).exec(&self.db).await?;
        Ok(())
    }

    /// Forgets failed sign-ins after one that went well.
    pub async fn clear_failures(&self, email: &str) -> Result<(), StoreError> {
        sign_in_failure::Entity::delete_by_id(email).exec(&self.db).await?;
        Ok(())
    }
}
