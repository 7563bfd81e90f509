//! Panels that await their first payment, and whether money for them came or may still come.

use super::code::{parse, word};
use super::entity::payment;
use super::{Store, StoreError, TenantRecord, Tx};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Statement};
use shared::api::payments::PaymentState;
use shared::ids::TenantId;
use shared::time::Timestamp;

const TENANTS: &str = "tenants";
const PAYMENTS: &str = "payments";

impl Store {
    /// At most `limit` panels that have awaited their first payment for `seconds` or longer by their account's clock, the longest first,
    /// when the billing clock shows `now`: those that stand at no server, and whose payments, if there are any, are all in one of the
    /// states of `nothing_came`.
    pub async fn unpaid_tenants(
        &self,
        now: Timestamp,
        seconds: i64,
        nothing_came: &[PaymentState],
        limit: u64,
    ) -> Result<Vec<TenantId>, StoreError> {
        let states = nothing_came.iter().map(|state| Ok(format!("'{}'", word(state, PAYMENTS)?)));
        let states = states.collect::<Result<Vec<String>, StoreError>>()?.join(", ");
        // The panel's state stands in the text, so that the index of those that wait serves.
        let sql = format!(
            "SELECT tenants.id AS id FROM tenants JOIN accounts ON accounts.id = tenants.account_id
             WHERE tenants.panel = 'pending' AND tenants.server_id IS NULL AND NOT tenants.adopted
               AND tenants.panel_since <= $1 + accounts.clock_ahead_seconds
               AND NOT EXISTS (
                 SELECT 1 FROM payments
                 WHERE payments.account_id = tenants.account_id AND payments.tenant_id = tenants.id
                   AND payments.state NOT IN ({states}))
             ORDER BY tenants.panel_since, tenants.id LIMIT $2"
        );
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let values = [now.plus(-seconds).unix().into(), limit.into()];
        let backend = self.db.get_database_backend();
        let rows = self.db.query_all_raw(Statement::from_sql_and_values(backend, sql, values)).await?;
        rows.iter().map(|row| parse(&row.try_get::<String>("", "id")?, TENANTS)).collect()
    }
}

impl Tx {
    /// Whether some payment for a tenant is in another state than those of `nothing_came`.
    pub async fn has_payment_but(
        &self,
        tenant: &TenantRecord,
        nothing_came: &[PaymentState],
    ) -> Result<bool, StoreError> {
        let states = nothing_came.iter().map(|state| word(state, PAYMENTS)).collect::<Result<Vec<String>, _>>()?;
        let others = payment::Entity::find()
            .filter(payment::Column::AccountId.eq(tenant.account_id.to_string()))
            .filter(payment::Column::TenantId.eq(tenant.state.id.to_string()))
            .filter(payment::Column::State.is_not_in(states));
        Ok(others.one(&self.db).await?.is_some())
    }
}
