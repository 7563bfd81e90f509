//! Payments, and the notices that were posted about them.

use super::code::{money, parse, variant, word};
use super::due::Due;
use super::entity::{payment, payment_notice};
use super::{OrderRecord, Store, StoreError, Tx, for_update, is_duplicate};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
};
use shared::api::payments::{InboxRow, PaymentState};
use shared::ids::{AccountId, OrderId, PaymentId, TenantId};
use shared::money::Money;
use shared::time::Timestamp;
use std::collections::HashMap;

const PAYMENTS: &str = "payments";

/// One attempt to pay an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentRecord {
    /// Its id.
    pub id: PaymentId,
    /// What it pays.
    pub order_id: OrderId,
    /// For which tenant.
    pub tenant_id: TenantId,
    /// Who pays.
    pub account_id: AccountId,
    /// At which gateway.
    pub gateway: String,
    /// Our name for it there.
    pub tran_id: String,
    /// How much: what was left of the order to pay when it was started, or what was recorded by hand.
    pub amount: Money,
    /// What became of it.
    pub state: PaymentState,
    /// The gateway's name for the session, once opened.
    pub session_key: Option<String>,
    /// The gateway's page, once opened.
    pub page_url: Option<String>,
    /// The gateway's name for the charge, once confirmed. Counts for one payment only.
    pub val_id: Option<String>,
    /// The bank's reference, needed for refunds.
    pub bank_tran_id: Option<String>,
    /// How it was paid, in the gateway's words.
    pub method: Option<String>,
    /// What the gateway keeps of it, once confirmed; `None` if it did not say.
    pub fee: Option<Money>,
    /// When it was started, by the wall clock.
    pub opened_at: Timestamp,
    /// When it was started, by the billing clock.
    pub created_at: Timestamp,
    /// When the confirmation was booked, by the billing clock.
    pub settled_at: Option<Timestamp>,
    /// When the sweeper asks the gateway about it, by the wall clock; `None` once nothing can change.
    pub look_at: Option<Timestamp>,
    /// How often the sweeper has asked.
    pub looks: u32,
}

impl PaymentRecord {
    /// An attempt to pay all of an order that was just begun, at no gateway yet. `now` is by the account's clock.
    #[must_use]
    pub fn opened(id: PaymentId, order: &OrderRecord, tran_id: String, now: Timestamp, wall_now: Timestamp) -> Self {
        Self {
            id,
            order_id: order.id,
            tenant_id: order.tenant_id,
            account_id: order.account_id,
            gateway: String::new(),
            tran_id,
            amount: order.amount,
            state: PaymentState::Open,
            session_key: None,
            page_url: None,
            val_id: None,
            bank_tran_id: None,
            method: None,
            fee: None,
            opened_at: wall_now,
            created_at: now,
            settled_at: None,
            look_at: None,
            looks: 0,
        }
    }
}

/// A notice as it was posted.
#[derive(Debug, Clone)]
pub struct NewNotice {
    /// Which gateway it claims to come from.
    pub gateway: String,
    /// The payment that it claims to be about; empty if it names none.
    pub tran_id: String,
    /// The charge that it claims; empty if none.
    pub val_id: String,
    /// The status that it claims.
    pub status: String,
    /// What the signature check said: `signed`, or why not.
    pub verdict: String,
    /// How it came: `ipn` or `return`.
    pub via: &'static str,
    /// When, by the wall clock.
    pub received_at: Timestamp,
    /// Its fields as posted, form-encoded, at most 16 kB.
    pub body: String,
}

fn record(row: payment::Model) -> Result<PaymentRecord, StoreError> {
    Ok(PaymentRecord {
        id: parse(&row.id, PAYMENTS)?,
        order_id: parse(&row.order_id, PAYMENTS)?,
        tenant_id: parse(&row.tenant_id, PAYMENTS)?,
        account_id: parse(&row.account_id, PAYMENTS)?,
        amount: money(row.amount_minor, &row.currency, PAYMENTS)?,
        fee: row.fee_minor.map(|minor| money(minor, &row.currency, PAYMENTS)).transpose()?,
        state: variant(&row.state, PAYMENTS)?,
        gateway: row.gateway,
        tran_id: row.tran_id,
        session_key: row.session_key,
        page_url: row.page_url,
        val_id: row.val_id,
        bank_tran_id: row.bank_tran_id,
        method: row.method,
        opened_at: Timestamp::from_unix(row.opened_at),
        created_at: Timestamp::from_unix(row.created_at),
        settled_at: row.settled_at.map(Timestamp::from_unix),
        look_at: row.look_at.map(Timestamp::from_unix),
        looks: super::code::count(row.looks, PAYMENTS)?,
    })
}

fn model(payment: &PaymentRecord) -> Result<payment::Model, StoreError> {
    Ok(payment::Model {
        id: payment.id.to_string(),
        order_id: payment.order_id.to_string(),
        tenant_id: payment.tenant_id.to_string(),
        account_id: payment.account_id.to_string(),
        gateway: payment.gateway.clone(),
        tran_id: payment.tran_id.clone(),
        amount_minor: payment.amount.minor,
        currency: payment.amount.currency.code().to_owned(),
        state: word(&payment.state, PAYMENTS)?,
        session_key: payment.session_key.clone(),
        page_url: payment.page_url.clone(),
        val_id: payment.val_id.clone(),
        bank_tran_id: payment.bank_tran_id.clone(),
        method: payment.method.clone(),
        fee_minor: payment.fee.map(|fee| fee.minor),
        opened_at: payment.opened_at.unix(),
        created_at: payment.created_at.unix(),
        settled_at: payment.settled_at.map(Timestamp::unix),
        look_at: payment.look_at.map(Timestamp::unix),
        looks: payment.looks.into(),
    })
}

impl Store {
    /// The payment with this id.
    pub async fn payment(&self, id: PaymentId) -> Result<Option<PaymentRecord>, StoreError> {
        payment::Entity::find_by_id(id.to_string()).one(&self.db).await?.map(record).transpose()
    }

    /// The payment that we named `tran_id` at this gateway.
    pub async fn payment_by_tran_id(&self, gateway: &str, tran_id: &str) -> Result<Option<PaymentRecord>, StoreError> {
        let named = payment::Entity::find()
            .filter(payment::Column::Gateway.eq(gateway))
            .filter(payment::Column::TranId.eq(tran_id));
        named.one(&self.db).await?.map(record).transpose()
    }

    /// Our names at their gateways of these payments.
    pub async fn tran_ids(
        &self,
        ids: impl Iterator<Item = PaymentId>,
    ) -> Result<HashMap<PaymentId, String>, StoreError> {
        let named: Vec<(String, String)> = payment::Entity::find()
            .select_only()
            .columns([payment::Column::Id, payment::Column::TranId])
            .filter(payment::Column::Id.is_in(ids.map(|id| id.to_string())))
            .into_tuple()
            .all(&self.db)
            .await?;
        named.into_iter().map(|(id, name)| Ok((parse(&id, PAYMENTS)?, name))).collect()
    }

    /// At most `limit` payments before `before`, newest first: those of one account, or everybody's.
    pub async fn payments(
        &self,
        account_id: Option<AccountId>,
        state: Option<PaymentState>,
        before: Option<PaymentId>,
        limit: u64,
    ) -> Result<Vec<PaymentRecord>, StoreError> {
        let mut query = payment::Entity::find().order_by_desc(payment::Column::Id).limit(limit);
        if let Some(account_id) = account_id {
            query = query.filter(payment::Column::AccountId.eq(account_id.to_string()));
        }
        if let Some(state) = state {
            query = query.filter(payment::Column::State.eq(word(&state, PAYMENTS)?));
        }
        if let Some(before) = before {
            query = query.filter(payment::Column::Id.lt(before.to_string()));
        }
        query.all(&self.db).await?.into_iter().map(record).collect()
    }

    /// The attempts to pay these orders, oldest first.
    pub async fn payments_of(&self, orders: &[OrderId]) -> Result<Vec<PaymentRecord>, StoreError> {
        let query = payment::Entity::find()
            .filter(payment::Column::OrderId.is_in(orders.iter().map(OrderId::to_string)))
            .order_by_asc(payment::Column::Id);
        query.all(&self.db).await?.into_iter().map(record).collect()
    }

    /// A tenant's payments whose charges a person has to accept or send back, newest first.
    pub async fn held_payments(&self, id: TenantId) -> Result<Vec<PaymentRecord>, StoreError> {
        let held = [word(&PaymentState::Held, PAYMENTS)?, word(&PaymentState::Mismatch, PAYMENTS)?];
        let query = payment::Entity::find()
            .filter(payment::Column::TenantId.eq(id.to_string()))
            .filter(payment::Column::State.is_in(held))
            .order_by_desc(payment::Column::Id);
        query.all(&self.db).await?.into_iter().map(record).collect()
    }

    /// At most `limit` payments after `reached`, in the order of their ids, that were opened at or after `since` of the
    /// wall clock, or are open still.
    pub async fn payments_since(
        &self,
        since: Timestamp,
        reached: &str,
        limit: u64,
    ) -> Result<Vec<PaymentRecord>, StoreError> {
        let lately = payment::Column::OpenedAt.gte(since.unix());
        let open = payment::Column::State.eq(word(&PaymentState::Open, PAYMENTS)?);
        let query = payment::Entity::find()
            .filter(Condition::any().add(lately).add(open))
            .filter(payment::Column::Id.gt(reached))
            .order_by_asc(payment::Column::Id)
            .limit(limit);
        query.all(&self.db).await?.into_iter().map(record).collect()
    }

    /// The notices that were posted about a payment, oldest first, at most 100.
    pub async fn notices_about(&self, gateway: &str, tran_id: &str) -> Result<Vec<InboxRow>, StoreError> {
        let rows = payment_notice::Entity::find()
            .filter(payment_notice::Column::Gateway.eq(gateway))
            .filter(payment_notice::Column::TranId.eq(tran_id))
            .order_by_asc(payment_notice::Column::ReceivedAt)
            .limit(100)
            .all(&self.db)
            .await?;
        let shown = |row: payment_notice::Model| InboxRow {
            via: row.via,
            status: row.status,
            val_id: row.val_id,
            verdict: row.verdict,
            outcome: row.outcome,
            received_at: Timestamp::from_unix(row.received_at),
        };
        Ok(rows.into_iter().map(shown).collect())
    }
}

impl Tx {
    /// Takes at most `limit` payments that are to be asked about by the wall clock's `now`, and puts them off to
    /// `again_at`, so that no other worker asks meanwhile.
    pub async fn claim_payments(
        &self,
        now: Timestamp,
        again_at: Timestamp,
        limit: u64,
    ) -> Result<Vec<PaymentId>, StoreError> {
        use payment::Column::{Id, LookAt, Looks};
        let due = Due::<payment::Entity> { id: Id, at: LookAt, tries: Looks, first: &[LookAt] };
        let taken = due.claim(&self.db, now, again_at, limit).await?;
        taken.iter().map(|row| parse(&row.id, PAYMENTS)).collect()
    }

    /// The payment, locked until this transaction ends.
    pub async fn payment(&self, id: PaymentId) -> Result<Option<PaymentRecord>, StoreError> {
        for_update(payment::Entity::find_by_id(id.to_string())).one(&self.db).await?.map(record).transpose()
    }

    /// The newest open payment of an order that has a page at its gateway, opened after `since` of the wall clock.
    pub async fn open_page(&self, order_id: OrderId, since: Timestamp) -> Result<Option<PaymentRecord>, StoreError> {
        let open = payment::Entity::find()
            .filter(payment::Column::OrderId.eq(order_id.to_string()))
            .filter(payment::Column::State.eq(word(&PaymentState::Open, PAYMENTS)?))
            .filter(payment::Column::PageUrl.is_not_null())
            .filter(payment::Column::OpenedAt.gt(since.unix()))
            .order_by_desc(payment::Column::Id);
        open.one(&self.db).await?.map(record).transpose()
    }

    /// Keeps a payment from now on.
    pub async fn insert_payment(&self, new: &PaymentRecord) -> Result<(), StoreError> {
        model(new)?.into_active_model().insert(&self.db).await?;
        Ok(())
    }

    /// Replaces a payment that this transaction has locked. `false` if its charge is booked under another payment; the
    /// transaction is then of no more use.
    pub async fn save_payment(&self, payment: &PaymentRecord) -> Result<bool, StoreError> {
        match model(payment)?.into_active_model().reset_all().update(&self.db).await {
            Ok(_) => Ok(true),
            Err(error) if is_duplicate(&error) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// Says what became of a notice.
    pub async fn notice_outcome(&self, notice: &NewNotice, outcome: &str) -> Result<(), StoreError> {
        payment_notice::Entity::update_many()
            .col_expr(payment_notice::Column::Outcome, Expr::value(outcome))
            .filter(payment_notice::Column::Gateway.eq(notice.gateway.as_str()))
            .filter(payment_notice::Column::TranId.eq(notice.tran_id.as_str()))
            .filter(payment_notice::Column::ValId.eq(notice.val_id.as_str()))
            .filter(payment_notice::Column::Status.eq(notice.status.as_str()))
            .filter(payment_notice::Column::Verdict.eq(notice.verdict.as_str()))
            .exec(&self.db)
            .await?;
        Ok(())
    }

    /// Keeps a notice. `false` if the very same was kept before.
    pub async fn insert_notice(&self, new: &NewNotice) -> Result<bool, StoreError> {
        let row = payment_notice::ActiveModel {
            gateway: Set(new.gateway.clone()),
            tran_id: Set(new.tran_id.clone()),
            val_id: Set(new.val_id.clone()),
            status: Set(new.status.clone()),
            verdict: Set(new.verdict.clone()),
            via: Set(new.via.to_owned()),
            received_at: Set(new.received_at.unix()),
            body: Set(new.body.clone()),
            outcome: Set(None),
        };
        let again = OnConflict::new().do_nothing().to_owned();
        let written = payment_notice::Entity::insert(row).on_conflict(again).exec_without_returning(&self.db).await?;
        Ok(written == 1)
    }
}
