//! That a tenant changed, in order: what the gate and the live hints of every process read.

use super::code::parse;
use super::entity::tenant_change;
use super::{Store, StoreError, Tx};
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use shared::ids::{AccountId, TenantId};

const CHANGES: &str = "tenant_changes";

/// One change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// Its place in the order. Numbers may be skipped, and may appear late, if transactions overlap.
    pub seq: i64,
    /// Which tenant.
    pub tenant_id: TenantId,
    /// Whose.
    pub account_id: AccountId,
}

impl Store {
    /// The number of the latest change; 0 if there is none.
    pub async fn latest_change(&self) -> Result<i64, StoreError> {
        let latest: Option<Option<i64>> = tenant_change::Entity::find()
            .select_only()
            .column_as(tenant_change::Column::Seq.max(), "latest")
            .into_tuple()
            .one(&self.db)
            .await?;
        Ok(latest.flatten().unwrap_or(0))
    }

    /// At most `limit` changes after `after`, in order.
    pub async fn changes(&self, after: i64, limit: u64) -> Result<Vec<Change>, StoreError> {
        let rows = tenant_change::Entity::find()
            .filter(tenant_change::Column::Seq.gt(after))
            .order_by_asc(tenant_change::Column::Seq)
            .limit(limit)
            .all(&self.db)
            .await?;
        rows.into_iter()
            .map(|row| {
                Ok(Change {
                    seq: row.seq,
                    tenant_id: parse(&row.tenant_id, CHANGES)?,
                    account_id: parse(&row.account_id, CHANGES)?,
                })
            })
            .collect()
    }
}

impl Tx {
    /// Notes that a tenant, or something that its status shows, changed.
    pub async fn record_change(&self, tenant_id: TenantId, account_id: AccountId) -> Result<(), StoreError> {
        let row = tenant_change::ActiveModel {
            seq: NotSet,
            tenant_id: Set(tenant_id.to_string()),
            account_id: Set(account_id.to_string()),
        };
        tenant_change::Entity::insert(row).exec_without_returning(&self.db).await?;
        Ok(())
    }

    /// Forgets changes up to and including `seq`: every process has read them long ago.
    pub async fn forget_changes(&self, seq: i64) -> Result<(), StoreError> {
        tenant_change::Entity::delete_many().filter(tenant_change::Column::Seq.lte(seq)).exec(&self.db).await?;
        Ok(())
    }
}
