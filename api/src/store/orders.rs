//! Orders: what is to be paid.

use super::code::{count, from_json, json, money, parse};
use super::entity::{manual_payment, order, payment};
use super::{Store, StoreError, Tx, for_update};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait as _};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use shared::api::invoices::LineView;
use shared::billing::plan_change::Upgrade;
use shared::billing::terms::Terms;
use shared::ids::{AccountId, OrderId, PaymentId, PlanVersionId, TenantId};
use shared::money::Money;
use shared::time::Timestamp;

const ORDERS: &str = "orders";

/// What is to be paid: a cycle on frozen terms, or the rest of one on dearer terms, and what earlier cycles still owe.
#[derive(Debug, Clone)]
pub struct OrderRecord {
    /// Its id.
    pub id: OrderId,
    /// For which tenant.
    pub tenant_id: TenantId,
    /// Who pays.
    pub account_id: AccountId,
    /// What was ordered.
    pub plan_version_id: PlanVersionId,
    /// Its terms.
    pub terms: Terms,
    /// The upgrade that it pays for; `None` for a renewal.
    pub upgrade: Option<Upgrade>,
    /// Its lines, as the invoice will have them.
    pub lines: Vec<LineView>,
    /// Their sum, with VAT.
    pub amount: Money,
    /// When it was made.
    pub created_at: Timestamp,
    /// The payment that settled it, and when.
    pub settled: Option<(PaymentId, Timestamp)>,
    /// When it was withdrawn: another order took its place, or nobody paid in time. Money for it becomes credit.
    pub withdrawn_at: Option<Timestamp>,
    /// The cycle that it bought or upgraded.
    pub cycle_number: Option<u32>,
    /// How much of it the account's credit pays: it is booked as applied.
    pub credit: Money,
    /// When it is withdrawn if nobody pays, by the wall clock.
    pub expires_at: Option<Timestamp>,
}

impl OrderRecord {
    /// What is left to pay.
    pub fn due(&self) -> Result<Money, shared::money::MoneyError> {
        self.amount.checked_sub(self.credit)
    }

    /// Whether it waits for its money.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        self.settled.is_none() && self.withdrawn_at.is_none()
    }
}

fn record(row: &order::Model) -> Result<OrderRecord, StoreError> {
    let settled = match (&row.settled_by, row.settled_at) {
        (Some(payment_id), Some(at)) => Some((parse(payment_id, ORDERS)?, Timestamp::from_unix(at))),
        _ => None,
    };
    Ok(OrderRecord {
        id: parse(&row.id, ORDERS)?,
        tenant_id: parse(&row.tenant_id, ORDERS)?,
        account_id: parse(&row.account_id, ORDERS)?,
        plan_version_id: parse(&row.plan_version_id, ORDERS)?,
        terms: from_json(&row.terms, ORDERS)?,
        upgrade: row.upgrade.as_deref().map(|text| from_json(text, ORDERS)).transpose()?,
        lines: from_json(&row.lines, ORDERS)?,
        withdrawn_at: row.withdrawn_at.map(Timestamp::from_unix),
        amount: money(row.amount_minor, &row.currency, ORDERS)?,
        credit: money(row.credit_minor, &row.currency, ORDERS)?,
        expires_at: row.expires_at.map(Timestamp::from_unix),
        created_at: Timestamp::from_unix(row.created_at),
        settled,
        cycle_number: row.cycle_number.map(|number| count(number, ORDERS)).transpose()?,
    })
}

impl Store {
    /// The order with this id.
    pub async fn order(&self, id: OrderId) -> Result<Option<OrderRecord>, StoreError> {
        let row = order::Entity::find_by_id(id.to_string()).one(&self.db).await?;
        row.as_ref().map(record).transpose()
    }

    /// At most `limit` orders before `before`, newest first: those of one account, or everybody's. Only those that ever waited
    /// for money: not what was made, withdrawn, for money that came without an order.
    pub async fn orders(
        &self,
        account_id: Option<AccountId>,
        before: Option<OrderId>,
        limit: u64,
    ) -> Result<Vec<OrderRecord>, StoreError> {
        let waited = Condition::any()
            .add(order::Column::WithdrawnAt.is_null())
            .add(order::Column::ExpiresAt.is_not_null())
            .add(Expr::col(order::Column::WithdrawnAt).gt(Expr::col(order::Column::CreatedAt)));
        let mut query = order::Entity::find().filter(waited).order_by_desc(order::Column::Id).limit(limit);
        if let Some(account_id) = account_id {
            query = query.filter(order::Column::AccountId.eq(account_id.to_string()));
        }
        if let Some(before) = before {
            query = query.filter(order::Column::Id.lt(before.to_string()));
        }
        query.all(&self.db).await?.iter().map(record).collect()
    }

    /// The order of this tenant that waits for its money.
    pub async fn open_order(&self, tenant_id: TenantId) -> Result<Option<OrderRecord>, StoreError> {
        open_order(&self.db, tenant_id).await
    }

    /// At most `limit` open orders that nobody has paid by the wall clock's `now`, with their tenants.
    pub async fn expired_orders(&self, now: Timestamp, limit: u64) -> Result<Vec<(TenantId, OrderId)>, StoreError> {
        let rows = order::Entity::find()
            .filter(order::Column::ExpiresAt.lte(now.unix()))
            .filter(order::Column::SettledAt.is_null())
            .filter(order::Column::WithdrawnAt.is_null())
            .order_by_asc(order::Column::ExpiresAt)
            .limit(limit)
            .all(&self.db)
            .await?;
        rows.iter().map(|row| Ok((parse(&row.tenant_id, ORDERS)?, parse(&row.id, ORDERS)?))).collect()
    }
}

async fn open_order(db: &impl ConnectionTrait, tenant_id: TenantId) -> Result<Option<OrderRecord>, StoreError> {
    let row = order::Entity::find()
        .filter(order::Column::TenantId.eq(tenant_id.to_string()))
        .filter(order::Column::SettledAt.is_null())
        .filter(order::Column::WithdrawnAt.is_null())
        .one(db)
        .await?;
    row.as_ref().map(record).transpose()
}

impl Tx {
    /// The order, locked until this transaction ends.
    pub async fn order(&self, id: OrderId) -> Result<Option<OrderRecord>, StoreError> {
        let row = for_update(order::Entity::find_by_id(id.to_string())).one(&self.db).await?;
        row.as_ref().map(record).transpose()
    }

    /// The order of this tenant that waits for its money.
    pub async fn open_order(&self, tenant_id: TenantId) -> Result<Option<OrderRecord>, StoreError> {
        open_order(&self.db, tenant_id).await
    }

    /// The settled orders that upgraded this cycle from `since` on, the last first, locked until this transaction ends.
    pub async fn upgrades_of(
        &self,
        tenant_id: TenantId,
        cycle_number: u32,
        since: Timestamp,
    ) -> Result<Vec<OrderRecord>, StoreError> {
        let of_cycle = order::Entity::find()
            .filter(order::Column::TenantId.eq(tenant_id.to_string()))
            .filter(order::Column::CycleNumber.eq(i64::from(cycle_number)))
            .filter(order::Column::SettledAt.gte(since.unix()))
            .filter(order::Column::Upgrade.is_not_null())
            .order_by_desc(order::Column::Id);
        for_update(of_cycle).all(&self.db).await?.iter().map(record).collect()
    }

    /// Keeps an order from now on. Fails if the tenant has one that waits for its money.
    pub async fn insert_order(&self, new: &OrderRecord) -> Result<(), StoreError> {
        let row = order::ActiveModel {
            id: Set(new.id.to_string()),
            tenant_id: Set(new.tenant_id.to_string()),
            account_id: Set(new.account_id.to_string()),
            plan_version_id: Set(new.plan_version_id.to_string()),
            terms: Set(json(&new.terms, ORDERS)?),
            upgrade: Set(new.upgrade.as_ref().map(|upgrade| json(upgrade, ORDERS)).transpose()?),
            lines: Set(json(&new.lines, ORDERS)?),
            withdrawn_at: Set(new.withdrawn_at.map(Timestamp::unix)),
            amount_minor: Set(new.amount.minor),
            currency: Set(new.amount.currency.code().to_owned()),
            created_at: Set(new.created_at.unix()),
            settled_at: Set(None),
            settled_by: Set(None),
            cycle_number: Set(None),
            credit_minor: Set(new.credit.minor),
            expires_at: Set(new.expires_at.map(Timestamp::unix)),
        };
        row.insert(&self.db).await?;
        Ok(())
    }

    /// Says how much of an open order credit pays by now, and how long it waits.
    pub async fn save_order(&self, order: &OrderRecord) -> Result<(), StoreError> {
        let written = order::Entity::update_many()
            .col_expr(order::Column::CreditMinor, Expr::value(order.credit.minor))
            .col_expr(order::Column::ExpiresAt, Expr::value(order.expires_at.map(Timestamp::unix)))
            .filter(order::Column::Id.eq(order.id.to_string()))
            .filter(order::Column::SettledAt.is_null())
            .filter(order::Column::WithdrawnAt.is_null())
            .exec(&self.db)
            .await?;
        if written.rows_affected == 1 { Ok(()) } else { Err(StoreError::Stale) }
    }

    /// Whether a person has still to decide about money for an order: a charge that is held, or what was recorded by hand.
    pub async fn waits_for_a_person(&self, id: OrderId) -> Result<bool, StoreError> {
        let of = payment::Entity::find().filter(payment::Column::OrderId.eq(id.to_string()));
        let payments = of.all(&self.db).await?;
        let recorded = manual_payment::Entity::find()
            .filter(manual_payment::Column::PaymentId.is_in(payments.iter().map(|row| row.id.as_str())))
            .filter(manual_payment::Column::State.eq("recorded"))
            .one(&self.db)
            .await?;
        Ok(recorded.is_some() || payments.iter().any(|row| row.state == "held"))
    }

    /// Withdraws an open order: another takes its place, or nothing is to be paid any more.
    pub async fn withdraw_order(&self, id: OrderId, at: Timestamp) -> Result<(), StoreError> {
        order::Entity::update_many()
            .col_expr(order::Column::WithdrawnAt, Expr::value(at.unix()))
            .filter(order::Column::Id.eq(id.to_string()))
            .filter(order::Column::SettledAt.is_null())
            .exec(&self.db)
            .await?;
        Ok(())
    }

    /// Settles an order by a payment. Fails if it is settled or withdrawn.
    pub async fn settle_order(
        &self,
        id: OrderId,
        by: PaymentId,
        at: Timestamp,
        cycle_number: u32,
    ) -> Result<(), StoreError> {
        let written = order::Entity::update_many()
            .col_expr(order::Column::SettledAt, Expr::value(at.unix()))
            .col_expr(order::Column::SettledBy, Expr::value(by.to_string()))
            .col_expr(order::Column::CycleNumber, Expr::value(i64::from(cycle_number)))
            .filter(order::Column::Id.eq(id.to_string()))
            .filter(order::Column::SettledAt.is_null())
            .filter(order::Column::WithdrawnAt.is_null())
            .exec(&self.db)
            .await?;
        if written.rows_affected == 1 { Ok(()) } else { Err(StoreError::Stale) }
    }
}
