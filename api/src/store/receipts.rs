//! Receipts: the charges that gateways confirmed.

use super::code::{money, parse, variant, word};
use super::entity::receipt;
use super::{Store, StoreError, Tx, for_update, is_duplicate};
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};
use shared::api::payments::{ReceiptState, ReceiptWhy};
use shared::ids::{AccountId, PaymentId, ReceiptId, TenantId};
use shared::money::Money;
use shared::time::Timestamp;

const RECEIPTS: &str = "receipts";

/// One charge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceiptRecord {
    /// Its id.
    pub id: ReceiptId,
    /// Under which payment.
    pub payment_id: PaymentId,
    /// For which tenant.
    pub tenant_id: TenantId,
    /// Whose.
    pub account_id: AccountId,
    /// By which gateway.
    pub gateway: String,
    /// The gateway's name for it. One charge, one receipt.
    pub val_id: String,
    /// The bank's name for it, needed for refunds.
    pub bank_tran_id: Option<String>,
    /// How it was paid, in the gateway's words.
    pub method: Option<String>,
    /// How much; `None` if the gateway did not say readably: then it is not in the ledger.
    pub charged: Option<Money>,
    /// What the gateway keeps of it, in the same currency; `None` if it did not say.
    pub fee: Option<Money>,
    /// What became of it.
    pub state: ReceiptState,
    /// Why it is as it is.
    pub why: ReceiptWhy,
    /// When it was booked, by the account's clock.
    pub at: Timestamp,
}

fn record(row: receipt::Model) -> Result<ReceiptRecord, StoreError> {
    let currency = row.currency.as_deref();
    let amount =
        |minor: Option<i64>| minor.zip(currency).map(|(minor, currency)| money(minor, currency, RECEIPTS)).transpose();
    Ok(ReceiptRecord {
        id: parse(&row.id, RECEIPTS)?,
        payment_id: parse(&row.payment_id, RECEIPTS)?,
        tenant_id: parse(&row.tenant_id, RECEIPTS)?,
        account_id: parse(&row.account_id, RECEIPTS)?,
        charged: amount(row.charged_minor)?,
        fee: amount(row.fee_minor)?,
        state: variant(&row.state, RECEIPTS)?,
        why: variant(&row.why, RECEIPTS)?,
        at: Timestamp::from_unix(row.at),
        gateway: row.gateway,
        val_id: row.val_id,
        bank_tran_id: row.bank_tran_id,
        method: row.method,
    })
}

fn model(receipt: &ReceiptRecord) -> Result<receipt::Model, StoreError> {
    Ok(receipt::Model {
        id: receipt.id.to_string(),
        payment_id: receipt.payment_id.to_string(),
        tenant_id: receipt.tenant_id.to_string(),
        account_id: receipt.account_id.to_string(),
        gateway: receipt.gateway.clone(),
        val_id: receipt.val_id.clone(),
        bank_tran_id: receipt.bank_tran_id.clone(),
        method: receipt.method.clone(),
        charged_minor: receipt.charged.map(|charged| charged.minor),
        currency: receipt.charged.map(|charged| charged.currency.code().to_owned()),
        fee_minor: receipt.fee.map(|fee| fee.minor),
        state: word(&receipt.state, RECEIPTS)?,
        why: word(&receipt.why, RECEIPTS)?,
        at: receipt.at.unix(),
    })
}

async fn of_payments(db: &impl ConnectionTrait, ids: &[PaymentId]) -> Result<Vec<ReceiptRecord>, StoreError> {
    let rows = receipt::Entity::find()
        .filter(receipt::Column::PaymentId.is_in(ids.iter().map(ToString::to_string)))
        .order_by_asc(receipt::Column::Id)
        .all(db)
        .await?;
    rows.into_iter().map(record).collect()
}

impl Store {
    /// The charge with this id.
    pub async fn receipt(&self, id: ReceiptId) -> Result<Option<ReceiptRecord>, StoreError> {
        receipt::Entity::find_by_id(id.to_string()).one(&self.db).await?.map(record).transpose()
    }

    /// The charges under these payments, oldest first.
    pub async fn receipts_of(&self, ids: &[PaymentId]) -> Result<Vec<ReceiptRecord>, StoreError> {
        of_payments(&self.db, ids).await
    }
}

impl Tx {
    /// The charge, locked until this transaction ends.
    pub async fn receipt(&self, id: ReceiptId) -> Result<Option<ReceiptRecord>, StoreError> {
        for_update(receipt::Entity::find_by_id(id.to_string())).one(&self.db).await?.map(record).transpose()
    }

    /// The charges under a payment, oldest first.
    pub async fn receipts_of(&self, id: PaymentId) -> Result<Vec<ReceiptRecord>, StoreError> {
        of_payments(&self.db, &[id]).await
    }

    /// The charge that a gateway names so, if it is booked.
    pub async fn receipt_named(&self, gateway: &str, val_id: &str) -> Result<Option<ReceiptRecord>, StoreError> {
        let named = receipt::Entity::find()
            .filter(receipt::Column::Gateway.eq(gateway))
            .filter(receipt::Column::ValId.eq(val_id));
        named.one(&self.db).await?.map(record).transpose()
    }

    /// Books a charge. [`StoreError::Stale`] if it is booked already: the transaction is then of no more use.
    pub async fn insert_receipt(&self, new: &ReceiptRecord) -> Result<(), StoreError> {
        match model(new)?.into_active_model().insert(&self.db).await {
            Ok(_) => Ok(()),
            Err(error) if is_duplicate(&error) => Err(StoreError::Stale),
            Err(error) => Err(error.into()),
        }
    }

    /// Replaces a charge that this transaction has locked.
    pub async fn save_receipt(&self, receipt: &ReceiptRecord) -> Result<(), StoreError> {
        model(receipt)?.into_active_model().reset_all().update(&self.db).await?;
        Ok(())
    }
}
