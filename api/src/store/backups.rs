//! Kept copies of panels.

use super::code::{count, parse, variant, word};
use super::due::skip_locked;
use super::entity::{backup, tenant};
use super::{Store, StoreError, Tx};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect};
use shared::api::jobs::BackupKind;
use shared::ids::{AccountId, BackupId, TenantId};
use shared::time::Timestamp;
use std::collections::HashMap;

const BACKUPS: &str = "backups";

/// Which copies are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BackupsOf {
    /// Those of one panel.
    Panel(TenantId),
    /// Those of an account's panels, without this one's.
    Others(AccountId, TenantId),
    /// Those of all panels of an account; `None` means everybody's.
    All(Option<AccountId>),
}

/// A kept copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupRecord {
    /// Its id, and its name on the shelf.
    pub id: BackupId,
    /// Of which panel.
    pub tenant_id: TenantId,
    /// Whose.
    pub account_id: AccountId,
    /// Why it was made.
    pub kind: BackupKind,
    /// The instant that it shows, by the wall clock: what it holds is the world's.
    pub at: Timestamp,
    /// How large it is.
    pub bytes: i64,
    /// The SHA-256 of the file, in hexadecimal.
    pub sha256: String,
    /// It is deleted after this instant of the wall clock.
    pub keep_until: Timestamp,
    /// So many files that the panel's records name are not in it; `None` if its server does not say.
    pub missing_files: Option<u32>,
}

fn record(row: &backup::Model) -> Result<BackupRecord, StoreError> {
    Ok(BackupRecord {
        id: parse(&row.id, BACKUPS)?,
        tenant_id: parse(&row.tenant_id, BACKUPS)?,
        account_id: parse(&row.account_id, BACKUPS)?,
        kind: variant(&row.kind, BACKUPS)?,
        at: Timestamp::from_unix(row.at),
        bytes: row.bytes,
        sha256: row.sha256.clone(),
        keep_until: Timestamp::from_unix(row.keep_until),
        missing_files: row.missing_files.map(|many| count(many, BACKUPS)).transpose()?,
    })
}

impl Store {
    /// Whether there is any copy that was not deleted.
    pub async fn keeps_copies(&self) -> Result<bool, StoreError> {
        let kept = backup::Entity::find().filter(backup::Column::DeletedAt.is_null());
        Ok(kept.one(&self.db).await?.is_some())
    }

    /// The copy, unless it was deleted.
    pub async fn backup(&self, id: BackupId) -> Result<Option<BackupRecord>, StoreError> {
        let row = backup::Entity::find_by_id(id.to_string()).filter(backup::Column::DeletedAt.is_null());
        row.one(&self.db).await?.as_ref().map(record).transpose()
    }

    /// At most `limit` copies before `before` that are still there, newest first.
    pub async fn backups(
        &self,
        of: BackupsOf,
        before: Option<BackupId>,
        limit: u64,
    ) -> Result<Vec<BackupRecord>, StoreError> {
        let mut query = backup::Entity::find()
            .filter(backup::Column::DeletedAt.is_null())
            .order_by_desc(backup::Column::Id)
            .limit(limit);
        query = match of {
            BackupsOf::Panel(id) => query.filter(backup::Column::TenantId.eq(id.to_string())),
            BackupsOf::Others(account_id, but) => query
                .filter(backup::Column::AccountId.eq(account_id.to_string()))
                .filter(backup::Column::TenantId.ne(but.to_string())),
            BackupsOf::All(Some(account_id)) => query.filter(backup::Column::AccountId.eq(account_id.to_string())),
            BackupsOf::All(None) => query,
        };
        if let Some(before) = before {
            query = query.filter(backup::Column::Id.lt(before.to_string()));
        }
        query.all(&self.db).await?.iter().map(record).collect()
    }

    /// The subdomains of these tenants; of removed ones, what they were.
    pub async fn subdomains(
        &self,
        ids: impl Iterator<Item = TenantId>,
    ) -> Result<HashMap<TenantId, String>, StoreError> {
        let rows: Vec<(String, String, Option<String>)> = tenant::Entity::find()
            .select_only()
            .columns([tenant::Column::Id, tenant::Column::Subdomain, tenant::Column::ShownSubdomain])
            .filter(tenant::Column::Id.is_in(ids.map(|id| id.to_string())))
            .into_tuple()
            .all(&self.db)
            .await?;
        rows.into_iter().map(|(id, now, was)| Ok((parse(&id, BACKUPS)?, was.unwrap_or(now)))).collect()
    }

    /// At most `limit` copies that are not to be kept any longer at `now`.
    pub async fn outlived_backups(&self, now: Timestamp, limit: u64) -> Result<Vec<BackupId>, StoreError> {
        let rows = backup::Entity::find()
            .filter(backup::Column::KeepUntil.lte(now.unix()))
            .filter(backup::Column::DeletedAt.is_null())
            .order_by_asc(backup::Column::KeepUntil)
            .limit(limit)
            .all(&self.db)
            .await?;
        rows.iter().map(|row| parse(&row.id, BACKUPS)).collect()
    }
}

impl Tx {
    /// Keeps what is known of a copy. A repeat changes nothing.
    pub async fn insert_backup(&self, new: &BackupRecord) -> Result<(), StoreError> {
        if backup::Entity::find_by_id(new.id.to_string()).one(&self.db).await?.is_some() {
            return Ok(());
        }
        let row = backup::Model {
            id: new.id.to_string(),
            tenant_id: new.tenant_id.to_string(),
            account_id: new.account_id.to_string(),
            kind: word(&new.kind, BACKUPS)?,
            at: new.at.unix(),
            bytes: new.bytes,
            sha256: new.sha256.clone(),
            keep_until: new.keep_until.unix(),
            deleted_at: None,
            missing_files: new.missing_files.map(i64::from),
        };
        row.into_active_model().insert(&self.db).await?;
        Ok(())
    }

    /// Notes that a copy is not there any more.
    pub async fn backup_deleted(&self, id: BackupId, now: Timestamp) -> Result<(), StoreError> {
        backup::Entity::update_many()
            .col_expr(backup::Column::DeletedAt, Expr::value(now.unix()))
            .filter(backup::Column::Id.eq(id.to_string()))
            .exec(&self.db)
            .await?;
        Ok(())
    }

    /// The instants of a tenant's copies of that kind since `since` that are still there, oldest first.
    pub async fn copies_since(
        &self,
        id: TenantId,
        kind: BackupKind,
        since: Timestamp,
    ) -> Result<Vec<Timestamp>, StoreError> {
        let at: Vec<i64> = backup::Entity::find()
            .select_only()
            .column(backup::Column::At)
            .filter(backup::Column::TenantId.eq(id.to_string()))
            .filter(backup::Column::Kind.eq(word(&kind, BACKUPS)?))
            .filter(backup::Column::At.gt(since.unix()))
            .filter(backup::Column::DeletedAt.is_null())
            .order_by_asc(backup::Column::At)
            .into_tuple()
            .all(&self.db)
            .await?;
        Ok(at.into_iter().map(Timestamp::from_unix).collect())
    }

    /// Says when the tenant's next nightly copy is due, by the wall clock; `None` if none is.
    pub async fn plan_copy(&self, id: TenantId, due_at: Option<Timestamp>) -> Result<(), StoreError> {
        tenant::Entity::update_many()
            .col_expr(tenant::Column::CopyDueAt, Expr::value(due_at.map(Timestamp::unix)))
            .filter(tenant::Column::Id.eq(id.to_string()))
            .exec(&self.db)
            .await?;
        Ok(())
    }

    /// A tenant whose nightly copy is due by the wall clock's `now`, locked until this transaction ends; its next one is due at
    /// `again_at`. `None` if no other is due.
    pub async fn claim_copy(&self, now: Timestamp, again_at: Timestamp) -> Result<Option<TenantId>, StoreError> {
        let due = tenant::Entity::find()
            .select_only()
            .column(tenant::Column::Id)
            .filter(tenant::Column::CopyDueAt.lte(now.unix()))
            .order_by_asc(tenant::Column::CopyDueAt)
            .limit(1);
        let Some(id) = skip_locked(&self.db, due).into_tuple::<String>().one(&self.db).await? else { return Ok(None) };
        let id = parse(&id, "tenants")?;
        self.plan_copy(id, Some(again_at)).await?;
        Ok(Some(id))
    }
}
