//! Usage windows: what the host saw, and when.

use super::code::word;
use super::entity::usage_window;
use super::{StoreError, Tx};
use sea_orm::ActiveValue::Set;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use shared::billing::usage::Window;
use shared::ids::TenantId;
use shared::time::{Span, Timestamp};

const WINDOWS: &str = "usage_windows";

impl Tx {
    /// Records windows. A second window that begins at the same instant is refused: no second counts twice.
    pub async fn insert_windows(&self, tenant_id: TenantId, windows: &[Window]) -> Result<(), StoreError> {
        for window in windows {
            let row = usage_window::ActiveModel {
                tenant_id: Set(tenant_id.to_string()),
                from_at: Set(window.span.from().unix()),
                to_at: Set(window.span.to().unix()),
                seen: Set(word(&window.seen, WINDOWS)?),
            };
            row.insert(&self.db).await?;
        }
        Ok(())
    }

    /// The spans after `since` in which the tenant was seen up, in order.
    pub async fn up_since(&self, tenant_id: TenantId, since: Timestamp) -> Result<Vec<Span>, StoreError> {
        let rows = usage_window::Entity::find()
            .filter(usage_window::Column::TenantId.eq(tenant_id.to_string()))
            .filter(usage_window::Column::ToAt.gt(since.unix()))
            .filter(usage_window::Column::Seen.eq("up"))
            .order_by_asc(usage_window::Column::FromAt)
            .all(&self.db)
            .await?;
        let at = Timestamp::from_unix;
        Ok(rows.iter().map(|row| Span::new(at(row.from_at).max(since), at(row.to_at))).collect())
    }
}
