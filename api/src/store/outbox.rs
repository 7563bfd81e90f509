//! Promises to the outside, kept until they are delivered.

use super::code::{count, from_json, json, parse};
use super::due::Due;
use super::entity::outbox_row;
use super::{StoreError, Tx};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter};
use shared::billing::effect::Effect;
use shared::ids::{AccountId, EffectId, TenantId};
use shared::time::Timestamp;

const OUTBOX: &str = "outbox";

/// One promise.
#[derive(Debug, Clone)]
pub struct OutboxRow {
    /// Its id: the key under which its delivery is idempotent.
    pub id: EffectId,
    /// About which tenant.
    pub tenant_id: TenantId,
    /// For which account.
    pub account_id: AccountId,
    /// What was promised.
    pub effect: Effect,
    /// When, by the billing clock.
    pub at: Timestamp,
    /// How often delivery was tried.
    pub attempts: u32,
}

impl Tx {
    /// Promises something, to be delivered from `due_at` of the wall clock on.
    pub async fn insert_effect(&self, new: &OutboxRow, due_at: Timestamp) -> Result<(), StoreError> {
        let row = outbox_row::ActiveModel {
            id: Set(new.id.to_string()),
            tenant_id: Set(new.tenant_id.to_string()),
            account_id: Set(new.account_id.to_string()),
            effect: Set(json(&new.effect, OUTBOX)?),
            at: Set(new.at.unix()),
            due_at: Set(Some(due_at.unix())),
            attempts: Set(0),
            last_error: Set(None),
            delivered_at: Set(None),
        };
        row.insert(&self.db).await?;
        Ok(())
    }

    /// Whether this is promised about a tenant and not kept yet.
    pub async fn has_promise(&self, id: TenantId, effect: Effect) -> Result<bool, StoreError> {
        let open = outbox_row::Entity::find()
            .filter(outbox_row::Column::TenantId.eq(id.to_string()))
            .filter(outbox_row::Column::Effect.eq(json(&effect, OUTBOX)?))
            .filter(outbox_row::Column::DeliveredAt.is_null());
        Ok(open.one(&self.db).await?.is_some())
    }

    /// Keeps other workers off these promises until `again_at`, as far as they are not kept yet.
    pub async fn hold_effects(&self, ids: &[EffectId], again_at: Timestamp) -> Result<(), StoreError> {
        outbox_row::Entity::update_many()
            .col_expr(outbox_row::Column::DueAt, Expr::value(again_at.unix()))
            .filter(outbox_row::Column::Id.is_in(ids.iter().map(ToString::to_string)))
            .filter(outbox_row::Column::DeliveredAt.is_null())
            .exec(&self.db)
            .await?;
        Ok(())
    }

    /// Takes at most `limit` promises that are due by the wall clock's `now`, oldest first, and puts them off to
    /// `again_at`: that is when another worker tries if this one dies.
    pub async fn claim_effects(
        &self,
        now: Timestamp,
        again_at: Timestamp,
        limit: u64,
    ) -> Result<Vec<OutboxRow>, StoreError> {
        use outbox_row::Column::{Attempts, DueAt, Id};
        let due = Due::<outbox_row::Entity> { id: Id, at: DueAt, tries: Attempts, first: &[Id] };
        let taken = due.claim(&self.db, now, again_at, limit).await?;
        let row = |row: &outbox_row::Model| {
            Ok(OutboxRow {
                id: parse(&row.id, OUTBOX)?,
                tenant_id: parse(&row.tenant_id, OUTBOX)?,
                account_id: parse(&row.account_id, OUTBOX)?,
                effect: from_json(&row.effect, OUTBOX)?,
                at: Timestamp::from_unix(row.at),
                attempts: count(row.attempts + 1, OUTBOX)?,
            })
        };
        taken.iter().map(row).collect()
    }

    /// Notes a delivery. `false` if it was delivered before: then nothing else in this transaction may count.
    pub async fn effect_delivered(&self, id: EffectId, now: Timestamp) -> Result<bool, StoreError> {
        let written = outbox_row::Entity::update_many()
            .col_expr(outbox_row::Column::DeliveredAt, Expr::value(now.unix()))
            .col_expr(outbox_row::Column::DueAt, Expr::value(None::<i64>))
            .filter(outbox_row::Column::Id.eq(id.to_string()))
            .filter(outbox_row::Column::DeliveredAt.is_null())
            .exec(&self.db)
            .await?;
        Ok(written.rows_affected == 1)
    }

    /// Notes a failed try and when the next one is due. `false` if it was delivered meanwhile.
    pub async fn effect_failed(&self, id: EffectId, why: &str, again_at: Timestamp) -> Result<bool, StoreError> {
        let written = outbox_row::Entity::update_many()
            .col_expr(outbox_row::Column::LastError, Expr::value(why))
            .col_expr(outbox_row::Column::DueAt, Expr::value(again_at.unix()))
            .filter(outbox_row::Column::Id.eq(id.to_string()))
            .filter(outbox_row::Column::DeliveredAt.is_null())
            .exec(&self.db)
            .await?;
        Ok(written.rows_affected == 1)
    }
}
