//! Counters by the hour.

use super::code::{variant, word};
use super::entity::usage_hour;
use super::{Store, StoreError, Tx};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Statement};
use shared::billing::counter::{Count, Joins};
use shared::ids::TenantId;
use shared::time::{Span, Timestamp};

const HOURS: &str = "usage_hours";

impl Tx {
    /// Joins counts with what was counted in the same hours before.
    pub async fn count(&self, id: TenantId, counts: &[Count]) -> Result<(), StoreError> {
        for count in counts {
            let joined = match count.counter.joins() {
                Joins::Sum => "usage_hours.quantity + excluded.quantity",
                Joins::Peak => {
                    "CASE WHEN excluded.quantity > usage_hours.quantity THEN excluded.quantity ELSE usage_hours.quantity END"
                }
            };
            let sql = format!(
                "INSERT INTO usage_hours (tenant_id, meter, hour_at, quantity) VALUES ($1, $2, $3, $4)
                 ON CONFLICT (tenant_id, meter, hour_at) DO UPDATE SET quantity = {joined}"
            );
            let meter = word(&count.counter, HOURS)?;
            let values = [id.to_string().into(), meter.into(), count.hour_at.unix().into(), count.quantity.into()];
            let backend = self.db.get_database_backend();
            self.db.execute_raw(Statement::from_sql_and_values(backend, sql, values)).await?;
        }
        Ok(())
    }
}

impl Store {
    /// The counts of the hours that begin in `[from, to)`, by counter and hour.
    pub async fn counts(&self, id: TenantId, span: Span) -> Result<Vec<Count>, StoreError> {
        let rows = usage_hour::Entity::find()
            .filter(usage_hour::Column::TenantId.eq(id.to_string()))
            .filter(usage_hour::Column::HourAt.gte(span.from().unix()))
            .filter(usage_hour::Column::HourAt.lt(span.to().unix()))
            .order_by_asc(usage_hour::Column::Meter)
            .order_by_asc(usage_hour::Column::HourAt)
            .all(&self.db)
            .await?;
        let counted = |row: usage_hour::Model| {
            let counter = variant(&row.meter, HOURS)?;
            Ok(Count { counter, hour_at: Timestamp::from_unix(row.hour_at), quantity: row.quantity })
        };
        rows.into_iter().map(counted).collect()
    }
}
