//! Counters by the hour.

use super::code::{parse, variant, word};
use super::entity::{tenant, usage_hour};
use super::spans::place_of;
use super::{Store, StoreError, Tx};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QueryResult, QuerySelect, Statement,
};
use shared::api::tenants::PanelStatus;
use shared::billing::counter::{Count, Counter, Joins};
use shared::ids::{AccountId, TenantId};
use shared::time::{Span, Timestamp};

const HOURS: &str = "usage_hours";
const TENANTS: &str = "tenants";

/// A panel that was there in a span of time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PanelThere {
    /// Which.
    pub id: TenantId,
    /// What its people call it.
    pub name: String,
    /// How it stands now.
    pub status: PanelStatus,
    /// Up to when its usage is accounted; `None` if counting never began.
    pub accounted_until: Option<Timestamp>,
}

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

    /// The panels of an account that were there in a span, removed ones among them, oldest first.
    pub async fn panels_there(&self, id: AccountId, span: Span) -> Result<Vec<PanelThere>, StoreError> {
        let remains = tenant::Column::Panel.ne(PanelStatus::Deleted.name());
        let left_within = tenant::Column::PanelSince.gte(span.from().unix());
        let found: Vec<(String, String, String, Option<i64>)> = tenant::Entity::find()
            .select_only()
            .columns([tenant::Column::Id, tenant::Column::Name, tenant::Column::Panel, tenant::Column::AccountedUntil])
            .filter(tenant::Column::AccountId.eq(id.to_string()))
            .filter(tenant::Column::CreatedAt.lt(span.to().unix()))
            .filter(Condition::any().add(remains).add(left_within))
            .order_by_asc(tenant::Column::Id)
            .into_tuple()
            .all(&self.db)
            .await?;
        let there = |(id, name, panel, until): (String, String, String, Option<i64>)| {
            let accounted_until = until.map(Timestamp::from_unix);
            Ok(PanelThere { id: parse(&id, TENANTS)?, name, status: variant(&panel, TENANTS)?, accounted_until })
        };
        found.into_iter().map(there).collect()
    }

    /// What was counted for all panels of an account in each of some spans, which follow one another: one query, however
    /// many panels. Each count stands at the first instant of its span.
    pub async fn counts_of_account(&self, id: AccountId, spans: &[Span]) -> Result<Vec<(TenantId, Count)>, StoreError> {
        let (Some(first), Some(last)) = (spans.first(), spans.last()) else { return Ok(vec![]) };
        let place = place_of("usage_hours.hour_at", spans);
        let meters = Counter::ALL.iter().map(|counter| Ok(format!("'{}'", word(counter, HOURS)?)));
        let meters = meters.collect::<Result<Vec<String>, StoreError>>()?.join(", ");
        // With the counters named, the rows of these hours are found by the table's key alone.
        let sql = format!(
            "SELECT usage_hours.tenant_id AS tenant_id, usage_hours.meter AS meter, {place} AS place,
                    CAST(SUM(usage_hours.quantity) AS BIGINT) AS total, MAX(usage_hours.quantity) AS peak
             FROM usage_hours JOIN tenants ON tenants.id = usage_hours.tenant_id
             WHERE tenants.account_id = $1 AND usage_hours.meter IN ({meters})
               AND usage_hours.hour_at >= $2 AND usage_hours.hour_at < $3
             GROUP BY usage_hours.tenant_id, usage_hours.meter, place
             ORDER BY usage_hours.tenant_id, usage_hours.meter, place"
        );
        let values = [id.to_string().into(), first.from().unix().into(), last.to().unix().into()];
        let backend = self.db.get_database_backend();
        let rows = self.db.query_all_raw(Statement::from_sql_and_values(backend, sql, values)).await?;
        rows.iter().map(|row| counted(row, spans)).collect()
    }
}

fn counted(row: &QueryResult, spans: &[Span]) -> Result<(TenantId, Count), StoreError> {
    let (tenant_id, meter): (String, String) = (row.try_get("", "tenant_id")?, row.try_get("", "meter")?);
    let counter: Counter = variant(&meter, HOURS)?;
    let place: i64 = row.try_get("", "place")?;
    let span = usize::try_from(place).ok().and_then(|place| spans.get(place));
    let hour_at = span.map(|span| span.from());
    let hour_at = hour_at.ok_or_else(|| StoreError::Corrupt { table: HOURS, what: format!("place {place}") })?;
    let quantity = match counter.joins() {
        Joins::Sum => row.try_get("", "total")?,
        Joins::Peak => row.try_get("", "peak")?,
    };
    Ok((parse(&tenant_id, HOURS)?, Count { counter, hour_at, quantity }))
}
