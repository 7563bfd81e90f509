//! Which account has had its trial of which plan.

use super::code::parse;
use super::entity::trial;
use super::{Store, StoreError, Tx};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use shared::ids::{AccountId, PlanId, TenantId};
use shared::time::Timestamp;
use std::collections::HashSet;

impl Store {
    /// The trials that these accounts have had: account and plan.
    pub async fn trials_of(&self, accounts: &[AccountId]) -> Result<HashSet<(AccountId, PlanId)>, StoreError> {
        let rows = trial::Entity::find()
            .filter(trial::Column::AccountId.is_in(accounts.iter().map(ToString::to_string)))
            .all(&self.db)
            .await?;
        rows.iter().map(|row| Ok((parse(&row.account_id, "trials")?, parse(&row.plan_id, "trials")?))).collect()
    }
}

impl Tx {
    /// Keeps that an account has its trial of a plan. `false` if it had that before.
    pub async fn insert_trial(
        &self,
        account_id: AccountId,
        plan_id: PlanId,
        tenant_id: TenantId,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        let row = trial::ActiveModel {
            account_id: Set(account_id.to_string()),
            plan_id: Set(plan_id.to_string()),
            tenant_id: Set(tenant_id.to_string()),
            at: Set(at.unix()),
        };
        let again = OnConflict::new().do_nothing().to_owned();
        let written = trial::Entity::insert(row).on_conflict(again).exec_without_returning(&self.db).await?;
        Ok(written == 1)
    }
}
