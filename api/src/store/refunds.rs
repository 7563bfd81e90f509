//! Refunds: money on its way back.

use super::code::{count, money, parse, variant, word};
use super::due::Due;
use super::entity::refund;
use super::{Store, StoreError, Tx, for_update};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
};
use shared::api::refunds::RefundState;
use shared::billing::ledger::LedgerAccount;
use shared::ids::{AccountId, InvoiceId, PaymentId, ReceiptId, RefundId, TenantId, UserId};
use shared::money::Money;
use shared::time::Timestamp;

const REFUNDS: &str = "refunds";

/// One refund.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefundRecord {
    /// Its id.
    pub id: RefundId,
    /// The charge that goes back.
    pub receipt_id: ReceiptId,
    /// The payment that it was made under.
    pub payment_id: PaymentId,
    /// For which tenant.
    pub tenant_id: TenantId,
    /// Whose.
    pub account_id: AccountId,
    /// By which gateway.
    pub gateway: String,
    /// Our name for it there.
    pub name: String,
    /// The gateway's name for it, once it has one.
    pub gateway_name: Option<String>,
    /// How much.
    pub amount: Money,
    /// Where the money stood, and stands again if nothing comes of it.
    pub taken_from: LedgerAccount,
    /// How far it is.
    pub state: RefundState,
    /// Why it was asked for.
    pub reason: String,
    /// Why the gateway refused.
    pub refusal: Option<String>,
    /// The credit note that was issued with it.
    pub credit_note_id: Option<InvoiceId>,
    /// When it was asked for, by the account's clock.
    pub requested_at: Timestamp,
    /// By whom; `None` if by rule.
    pub requested_by: Option<UserId>,
    /// Who paid it out, where no gateway does, and the reference of that.
    pub paid_out: Option<(UserId, String)>,
    /// When the gateway was done with it, by the account's clock.
    pub finished_at: Option<Timestamp>,
    /// When the gateway is asked again, by the wall clock; `None` once nothing can change.
    pub look_at: Option<Timestamp>,
    /// How often it was asked.
    pub looks: u32,
}

fn record(row: refund::Model) -> Result<RefundRecord, StoreError> {
    let paid_out_by = row.paid_out_by.as_deref().map(|id| parse(id, REFUNDS)).transpose()?;
    Ok(RefundRecord {
        id: parse(&row.id, REFUNDS)?,
        receipt_id: parse(&row.receipt_id, REFUNDS)?,
        payment_id: parse(&row.payment_id, REFUNDS)?,
        tenant_id: parse(&row.tenant_id, REFUNDS)?,
        account_id: parse(&row.account_id, REFUNDS)?,
        amount: money(row.amount_minor, &row.currency, REFUNDS)?,
        taken_from: variant(&row.taken_from, REFUNDS)?,
        state: variant(&row.state, REFUNDS)?,
        credit_note_id: row.credit_note_id.as_deref().map(|id| parse(id, REFUNDS)).transpose()?,
        requested_at: Timestamp::from_unix(row.requested_at),
        requested_by: row.requested_by.as_deref().map(|id| parse(id, REFUNDS)).transpose()?,
        paid_out: paid_out_by.zip(row.paid_out_as),
        finished_at: row.finished_at.map(Timestamp::from_unix),
        look_at: row.look_at.map(Timestamp::from_unix),
        looks: count(row.looks, REFUNDS)?,
        gateway: row.gateway,
        name: row.name,
        gateway_name: row.gateway_name,
        reason: row.reason,
        refusal: row.refusal,
    })
}

fn model(refund: &RefundRecord) -> Result<refund::Model, StoreError> {
    let (paid_out_by, paid_out_as) = refund.paid_out.clone().unzip();
    Ok(refund::Model {
        id: refund.id.to_string(),
        receipt_id: refund.receipt_id.to_string(),
        payment_id: refund.payment_id.to_string(),
        tenant_id: refund.tenant_id.to_string(),
        account_id: refund.account_id.to_string(),
        gateway: refund.gateway.clone(),
        name: refund.name.clone(),
        gateway_name: refund.gateway_name.clone(),
        amount_minor: refund.amount.minor,
        currency: refund.amount.currency.code().to_owned(),
        taken_from: word(&refund.taken_from, REFUNDS)?,
        state: word(&refund.state, REFUNDS)?,
        reason: refund.reason.clone(),
        refusal: refund.refusal.clone(),
        credit_note_id: refund.credit_note_id.map(|id| id.to_string()),
        requested_at: refund.requested_at.unix(),
        requested_by: refund.requested_by.map(|id| id.to_string()),
        paid_out_by: paid_out_by.map(|id| id.to_string()),
        paid_out_as,
        finished_at: refund.finished_at.map(Timestamp::unix),
        look_at: refund.look_at.map(Timestamp::unix),
        looks: refund.looks.into(),
    })
}

async fn of_receipts(db: &impl ConnectionTrait, ids: &[ReceiptId]) -> Result<Vec<RefundRecord>, StoreError> {
    let rows = refund::Entity::find()
        .filter(refund::Column::ReceiptId.is_in(ids.iter().map(ToString::to_string)))
        .order_by_asc(refund::Column::Id)
        .all(db)
        .await?;
    rows.into_iter().map(record).collect()
}

impl Store {
    /// The refund with this id.
    pub async fn refund(&self, id: RefundId) -> Result<Option<RefundRecord>, StoreError> {
        refund::Entity::find_by_id(id.to_string()).one(&self.db).await?.map(record).transpose()
    }

    /// The refund that we named so at this gateway.
    pub async fn refund_named(&self, gateway: &str, name: &str) -> Result<Option<RefundRecord>, StoreError> {
        let named =
            refund::Entity::find().filter(refund::Column::Gateway.eq(gateway)).filter(refund::Column::Name.eq(name));
        named.one(&self.db).await?.map(record).transpose()
    }

    /// The refunds of these charges, oldest first.
    pub async fn refunds_of(&self, ids: &[ReceiptId]) -> Result<Vec<RefundRecord>, StoreError> {
        of_receipts(&self.db, ids).await
    }

    /// At most `limit` refunds before `before`, newest first: those of one account, or everybody's.
    pub async fn refunds(
        &self,
        account_id: Option<AccountId>,
        before: Option<RefundId>,
        limit: u64,
    ) -> Result<Vec<RefundRecord>, StoreError> {
        let mut query = refund::Entity::find().order_by_desc(refund::Column::Id).limit(limit);
        if let Some(account_id) = account_id {
            query = query.filter(refund::Column::AccountId.eq(account_id.to_string()));
        }
        if let Some(before) = before {
            query = query.filter(refund::Column::Id.lt(before.to_string()));
        }
        query.all(&self.db).await?.into_iter().map(record).collect()
    }
}

impl Tx {
    /// The refund, locked until this transaction ends.
    pub async fn refund(&self, id: RefundId) -> Result<Option<RefundRecord>, StoreError> {
        for_update(refund::Entity::find_by_id(id.to_string())).one(&self.db).await?.map(record).transpose()
    }

    /// The refunds of a charge, oldest first.
    pub async fn refunds_of(&self, id: ReceiptId) -> Result<Vec<RefundRecord>, StoreError> {
        of_receipts(&self.db, &[id]).await
    }

    /// Keeps a refund from now on.
    pub async fn insert_refund(&self, new: &RefundRecord) -> Result<(), StoreError> {
        model(new)?.into_active_model().insert(&self.db).await?;
        Ok(())
    }

    /// Replaces a refund that this transaction has locked.
    pub async fn save_refund(&self, refund: &RefundRecord) -> Result<(), StoreError> {
        model(refund)?.into_active_model().reset_all().update(&self.db).await?;
        Ok(())
    }

    /// Takes at most `limit` refunds that are to be asked about by the wall clock's `now`, and puts them off to
    /// `again_at`, so that no other worker asks meanwhile.
    pub async fn claim_refunds(
        &self,
        now: Timestamp,
        again_at: Timestamp,
        limit: u64,
    ) -> Result<Vec<RefundId>, StoreError> {
        use refund::Column::{Id, LookAt, Looks};
        let due = Due::<refund::Entity> { id: Id, at: LookAt, tries: Looks, first: &[LookAt] };
        let taken = due.claim(&self.db, now, again_at, limit).await?;
        taken.iter().map(|row| parse(&row.id, REFUNDS)).collect()
    }
}
