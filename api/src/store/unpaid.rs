//! Panels that await their first payment, and whether money for them came or may still come.

use super::code::{parse, word};
use super::entity::payment;
use super::{Store, StoreError, TenantRecord, Tx};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, Statement};
use shared::api::payments::PaymentState;
use shared::ids::TenantId;
use shared::time::Timestamp;

const TENANTS: &str = "tenants";
const PAYMENTS: &str = "payments";

/// Which payments brought nothing, and will not.
#[derive(Debug, Clone, Copy)]
pub struct Nothing<'a> {
    /// They are in one of these states,
    pub states: &'a [PaymentState],
    /// and were opened by then, by the wall clock.
    pub opened_by: Timestamp,
}

impl Store {
    /// At most `limit` panels that have awaited their first payment for `seconds` or longer by their account's clock, the longest first,
    /// when the billing clock shows `now`: those that stand at no server, and whose payments, if there are any, all brought `nothing`.
    pub async fn unpaid_tenants(
        &self,
        now: Timestamp,
        seconds: i64,
        nothing: Nothing<'_>,
        limit: u64,
    ) -> Result<Vec<TenantId>, StoreError> {
        let states = nothing.states.iter().map(|state| Ok(format!("'{}'", word(state, PAYMENTS)?)));
        let states = states.collect::<Result<Vec<String>, StoreError>>()?.join(", ");
        // The panel's state stands in the text, so that the index of those that wait serves.
        let sql = format!(
            "SELECT tenants.id AS id FROM tenants JOIN accounts ON accounts.id = tenants.account_id
             WHERE tenants.panel = 'pending' AND tenants.server_id IS NULL AND NOT tenants.adopted
               AND tenants.panel_since <= $1 + accounts.clock_ahead_seconds
               AND NOT EXISTS (
                 SELECT 1 FROM payments
                 WHERE payments.account_id = tenants.account_id AND payments.tenant_id = tenants.id
                   AND (payments.state NOT IN ({states}) OR payments.opened_at > $2))
             ORDER BY tenants.panel_since, tenants.id LIMIT $3"
        );
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let values = [now.plus(-seconds).unix().into(), nothing.opened_by.unix().into(), limit.into()];
        let backend = self.db.get_database_backend();
        let rows = self.db.query_all_raw(Statement::from_sql_and_values(backend, sql, values)).await?;
        rows.iter().map(|row| parse(&row.try_get::<String>("", "id")?, TENANTS)).collect()
    }
}

impl Tx {
    /// Whether some payment for a tenant brought more than `nothing`, or may still.
    pub async fn has_payment_but(&self, tenant: &TenantRecord, nothing: Nothing<'_>) -> Result<bool, StoreError> {
        let states = nothing.states.iter().map(|state| word(state, PAYMENTS)).collect::<Result<Vec<String>, _>>()?;
        let others = payment::Entity::find()
            .filter(payment::Column::AccountId.eq(tenant.account_id.to_string()))
            .filter(payment::Column::TenantId.eq(tenant.state.id.to_string()))
            .filter(
                Condition::any()
                    .add(payment::Column::State.is_not_in(states))
                    .add(payment::Column::OpenedAt.gt(nothing.opened_by.unix())),
            );
        Ok(others.one(&self.db).await?.is_some())
    }
}
