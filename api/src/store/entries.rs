//! One-time tokens that open panels. Kept by their fingerprint.

use super::code::parse;
use super::entity::entry;
use super::{StoreError, Tx, for_update};
use sea_orm::ActiveValue::Set;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter};
use shared::ids::{TenantId, UserId};
use shared::time::Timestamp;

impl Tx {
    /// Keeps a token until it is used: it opens this panel, for this person.
    pub async fn insert_entry(
        &self,
        hash: &str,
        tenant_id: TenantId,
        subject: UserId,
        expires_at: Timestamp,
    ) -> Result<(), StoreError> {
        let row = entry::ActiveModel {
            token_hash: Set(hash.to_owned()),
            tenant_id: Set(tenant_id.to_string()),
            subject: Set(subject.to_string()),
            expires_at: Set(expires_at.unix()),
        };
        row.insert(&self.db).await?;
        Ok(())
    }

    /// Uses a token up, and sweeps out those that nobody used in time. `None` if there is none that is good for this panel;
    /// one that was shown for another panel is used up all the same.
    pub async fn take_entry(
        &self,
        hash: &str,
        tenant_id: TenantId,
        now: Timestamp,
    ) -> Result<Option<UserId>, StoreError> {
        entry::Entity::delete_many().filter(entry::Column::ExpiresAt.lte(now.unix())).exec(&self.db).await?;
        let Some(row) = for_update(entry::Entity::find_by_id(hash)).one(&self.db).await? else { return Ok(None) };
        let gone = entry::Entity::delete_by_id(hash).exec(&self.db).await?;
        let good = gone.rows_affected == 1 && row.tenant_id == tenant_id.to_string();
        if good { parse(&row.subject, "entries").map(Some) } else { Ok(None) }
    }
}
