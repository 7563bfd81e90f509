//! What cycles that are over cost beyond their price, until an order carries it.

use super::code::{from_json, json, parse};
use super::entity::charge;
use super::{Store, StoreError, Tx};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use shared::api::invoices::LineView;
use shared::ids::{OrderId, TenantId};
use std::collections::HashMap;

const CHARGES: &str = "charges";

impl Tx {
    /// Keeps the charges of a cycle that has ended.
    pub async fn insert_charges(&self, id: TenantId, cycle_number: u32, lines: &[LineView]) -> Result<(), StoreError> {
        for (position, line) in (0_i64..).zip(lines) {
            let row = charge::ActiveModel {
                tenant_id: Set(id.to_string()),
                cycle_number: Set(cycle_number.into()),
                position: Set(position),
                line: Set(json(line, CHARGES)?),
                billed_by: Set(None),
            };
            row.insert(&self.db).await?;
        }
        Ok(())
    }

    /// What no settled order has carried yet, by cycle.
    pub async fn unbilled(&self, id: TenantId) -> Result<Vec<LineView>, StoreError> {
        unbilled(&self.db, id).await
    }

    /// The charges of these cycles are carried by this order, which is settled.
    pub async fn bill_charges(&self, id: TenantId, cycles: &[u32], order_id: OrderId) -> Result<(), StoreError> {
        charge::Entity::update_many()
            .col_expr(charge::Column::BilledBy, Expr::value(order_id.to_string()))
            .filter(charge::Column::TenantId.eq(id.to_string()))
            .filter(charge::Column::CycleNumber.is_in(cycles.iter().map(|number| i64::from(*number))))
            .filter(charge::Column::BilledBy.is_null())
            .exec(&self.db)
            .await?;
        Ok(())
    }
}

impl Store {
    /// What no settled order has carried yet, of each of these tenants that owes something.
    pub async fn unbilled_of(&self, ids: &[TenantId]) -> Result<HashMap<TenantId, Vec<LineView>>, StoreError> {
        let rows = charge::Entity::find()
            .filter(charge::Column::TenantId.is_in(ids.iter().map(ToString::to_string)))
            .filter(charge::Column::BilledBy.is_null())
            .order_by_asc(charge::Column::CycleNumber)
            .order_by_asc(charge::Column::Position)
            .all(&self.db)
            .await?;
        let mut of: HashMap<TenantId, Vec<LineView>> = HashMap::new();
        for row in rows {
            of.entry(parse(&row.tenant_id, CHARGES)?).or_default().push(from_json(&row.line, CHARGES)?);
        }
        Ok(of)
    }

    /// What a cycle that is over costs beyond its price, whether an order carries it or not.
    pub async fn charges(&self, id: TenantId, cycle_number: u32) -> Result<Vec<LineView>, StoreError> {
        let rows = charge::Entity::find()
            .filter(charge::Column::TenantId.eq(id.to_string()))
            .filter(charge::Column::CycleNumber.eq(i64::from(cycle_number)))
            .order_by_asc(charge::Column::Position)
            .all(&self.db)
            .await?;
        rows.iter().map(|row| from_json(&row.line, CHARGES)).collect()
    }

    /// What no settled order has carried yet, by cycle.
    pub async fn unbilled(&self, id: TenantId) -> Result<Vec<LineView>, StoreError> {
        unbilled(&self.db, id).await
    }
}

async fn unbilled(db: &impl ConnectionTrait, id: TenantId) -> Result<Vec<LineView>, StoreError> {
    let rows = charge::Entity::find()
        .filter(charge::Column::TenantId.eq(id.to_string()))
        .filter(charge::Column::BilledBy.is_null())
        .order_by_asc(charge::Column::CycleNumber)
        .order_by_asc(charge::Column::Position)
        .all(db)
        .await?;
    rows.iter().map(|row| from_json(&row.line, CHARGES)).collect()
}
