//! Payments that came past every gateway: recorded by one person, decided by another.

use super::code::{money, parse, variant, word};
use super::entity::manual_payment;
use super::{Store, StoreError, Tx, for_update, is_duplicate};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect};
use shared::api::manual::{ManualMethod, ManualState};
use shared::ids::{AccountId, ManualPaymentId, PaymentId, TenantId, UserId};
use shared::money::Money;
use shared::time::Timestamp;

const MANUAL: &str = "manual_payments";

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ManualPaymentRecord {
    /// Its id.
    pub id: ManualPaymentId,
    /// The payment that it makes.
    pub payment_id: PaymentId,
    /// For which tenant.
    pub tenant_id: TenantId,
    /// Whose.
    pub account_id: AccountId,
    /// How it came.
    pub method: ManualMethod,
    /// How much arrived.
    pub amount: Money,
    /// The bank's reference, or the number of the receipt.
    pub reference: String,
    /// How far it is.
    pub state: ManualState,
    /// Who recorded it.
    pub recorded_by: UserId,
    /// When, by the wall clock.
    pub recorded_at: Timestamp,
    /// Who decided, and when by the wall clock.
    pub decided: Option<(UserId, Timestamp)>,
}

fn record(row: manual_payment::Model) -> Result<ManualPaymentRecord, StoreError> {
    let decided_by = row.decided_by.as_deref().map(|id| parse(id, MANUAL)).transpose()?;
    Ok(ManualPaymentRecord {
        id: parse(&row.id, MANUAL)?,
        payment_id: parse(&row.payment_id, MANUAL)?,
        tenant_id: parse(&row.tenant_id, MANUAL)?,
        account_id: parse(&row.account_id, MANUAL)?,
        method: variant(&row.method, MANUAL)?,
        amount: money(row.amount_minor, &row.currency, MANUAL)?,
        state: variant(&row.state, MANUAL)?,
        recorded_by: parse(&row.recorded_by, MANUAL)?,
        recorded_at: Timestamp::from_unix(row.recorded_at),
        decided: decided_by.zip(row.decided_at.map(Timestamp::from_unix)),
        reference: row.reference,
    })
}

fn model(new: &ManualPaymentRecord) -> Result<manual_payment::Model, StoreError> {
    Ok(manual_payment::Model {
        id: new.id.to_string(),
        payment_id: new.payment_id.to_string(),
        tenant_id: new.tenant_id.to_string(),
        account_id: new.account_id.to_string(),
        method: word(&new.method, MANUAL)?,
        amount_minor: new.amount.minor,
        currency: new.amount.currency.code().to_owned(),
        reference: new.reference.clone(),
        reference_key: new.reference.split_whitespace().collect::<String>().to_lowercase(),
        state: word(&new.state, MANUAL)?,
        recorded_by: new.recorded_by.to_string(),
        recorded_at: new.recorded_at.unix(),
        decided_by: new.decided.map(|(by, _)| by.to_string()),
        decided_at: new.decided.map(|(_, at)| at.unix()),
    })
}

impl Store {
    /// The one with this id.
    pub async fn manual_payment(&self, id: ManualPaymentId) -> Result<Option<ManualPaymentRecord>, StoreError> {
        manual_payment::Entity::find_by_id(id.to_string()).one(&self.db).await?.map(record).transpose()
    }

    /// The one that makes a payment.
    pub async fn manual_payment_of(&self, payment_id: PaymentId) -> Result<Option<ManualPaymentRecord>, StoreError> {
        let made = manual_payment::Entity::find().filter(manual_payment::Column::PaymentId.eq(payment_id.to_string()));
        made.one(&self.db).await?.map(record).transpose()
    }

    /// At most `limit` of them before `before`, newest first.
    pub async fn manual_payments(
        &self,
        before: Option<ManualPaymentId>,
        limit: u64,
    ) -> Result<Vec<ManualPaymentRecord>, StoreError> {
        let mut query = manual_payment::Entity::find().order_by_desc(manual_payment::Column::Id).limit(limit);
        if let Some(before) = before {
            query = query.filter(manual_payment::Column::Id.lt(before.to_string()));
        }
        query.all(&self.db).await?.into_iter().map(record).collect()
    }
}

impl Tx {
    /// The one with this id, locked until this transaction ends.
    pub async fn manual_payment(&self, id: ManualPaymentId) -> Result<Option<ManualPaymentRecord>, StoreError> {
        for_update(manual_payment::Entity::find_by_id(id.to_string())).one(&self.db).await?.map(record).transpose()
    }

    /// Keeps one from now on. `false` if its reference was used before; the transaction is then of no more use.
    pub async fn insert_manual_payment(&self, new: &ManualPaymentRecord) -> Result<bool, StoreError> {
        match model(new)?.into_active_model().insert(&self.db).await {
            Ok(_) => Ok(true),
            Err(error) if is_duplicate(&error) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// Replaces one that this transaction has locked.
    pub async fn save_manual_payment(&self, changed: &ManualPaymentRecord) -> Result<(), StoreError> {
        model(changed)?.into_active_model().reset_all().update(&self.db).await?;
        Ok(())
    }
}
