//! The lines of a cycle's proof that are not windows.

use super::code::{from_json, json};
use super::entity::{cycle, cycle_line};
use super::{Store, StoreError, Tx};
use sea_orm::ActiveValue::Set;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};
use shared::billing::facts::PlacedLine;
use shared::billing::proof::Seal;
use shared::ids::TenantId;
use shared::time::Timestamp;

const LINES: &str = "cycle_lines";

impl Tx {
    /// Adds a line to a cycle's proof.
    pub async fn insert_line(&self, id: TenantId, number: u32, placed: &PlacedLine) -> Result<(), StoreError> {
        let position = cycle_line::Entity::find()
            .filter(cycle_line::Column::TenantId.eq(id.to_string()))
            .filter(cycle_line::Column::CycleNumber.eq(i64::from(number)))
            .count(&self.db)
            .await?;
        let row = cycle_line::ActiveModel {
            tenant_id: Set(id.to_string()),
            cycle_number: Set(number.into()),
            position: Set(i64::try_from(position).unwrap_or(i64::MAX)),
            after_at: Set(placed.after_at.unix()),
            line: Set(json(&placed.line, LINES)?),
        };
        row.insert(&self.db).await?;
        Ok(())
    }

    /// Forgets a cycle of which nothing was used, and its proof with it. What was paid for it stays on record elsewhere.
    pub async fn delete_unused_cycle(&self, id: TenantId, number: u32) -> Result<(), StoreError> {
        cycle_line::Entity::delete_many()
            .filter(cycle_line::Column::TenantId.eq(id.to_string()))
            .filter(cycle_line::Column::CycleNumber.eq(i64::from(number)))
            .exec(&self.db)
            .await?;
        cycle::Entity::delete_many()
            .filter(cycle::Column::TenantId.eq(id.to_string()))
            .filter(cycle::Column::Number.eq(i64::from(number)))
            .filter(cycle::Column::Phase.eq("running"))
            .filter(cycle::Column::UsedSeconds.eq(0))
            .exec(&self.db)
            .await?;
        Ok(())
    }
}

impl Store {
    /// The lines of a cycle that are not windows, in order.
    pub async fn lines(&self, id: TenantId, number: u32) -> Result<Vec<PlacedLine>, StoreError> {
        let rows = cycle_line::Entity::find()
            .filter(cycle_line::Column::TenantId.eq(id.to_string()))
            .filter(cycle_line::Column::CycleNumber.eq(i64::from(number)))
            .order_by_asc(cycle_line::Column::Position)
            .all(&self.db)
            .await?;
        let placed = |row: cycle_line::Model| {
            Ok(PlacedLine { after_at: Timestamp::from_unix(row.after_at), line: from_json(&row.line, LINES)? })
        };
        rows.into_iter().map(placed).collect()
    }

    /// What the lines of a cycle are sealed with; `None` if there is no such cycle, or it has no seal.
    pub async fn seal(&self, id: TenantId, number: u32) -> Result<Option<Seal>, StoreError> {
        let found: Option<Option<String>> = cycle::Entity::find_by_id((id.to_string(), i64::from(number)))
            .select_only()
            .column(cycle::Column::Seal)
            .into_tuple()
            .one(&self.db)
            .await?;
        Ok(found.flatten().map(Seal::from_hex))
    }
}
