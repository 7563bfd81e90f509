//! What a person of the operator has to look at, and the comparisons with the gateways' books.

use super::code::{parse, variant, word};
use super::entity::{alert, reconciliation};
use super::{Store, StoreError, Tx, for_update, is_duplicate};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};
use shared::api::alerts::{AlertKind, ReconciliationView, Remedy};
use shared::ids::{AccountId, AlertId, PaymentId, ReceiptId, ReconciliationId, RefundId, ServerId, TenantId, UserId};
use shared::time::Timestamp;

const ALERTS: &str = "alerts";
const RECONCILIATIONS: &str = "reconciliations";

/// One alert.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlertRecord {
    /// Its id.
    pub id: AlertId,
    /// What is the matter.
    pub kind: AlertKind,
    /// What exactly it is about: of one kind and subject there is one open alert at a time.
    pub subject: String,
    /// Whose; `None` if it is about nobody's.
    pub account_id: Option<AccountId>,
    /// About which tenant.
    pub tenant_id: Option<TenantId>,
    /// About which payment.
    pub payment_id: Option<PaymentId>,
    /// About which server.
    pub server_id: Option<ServerId>,
    /// About which charge, if it is booked.
    pub receipt_id: Option<ReceiptId>,
    /// About which refund.
    pub refund_id: Option<RefundId>,
    /// What our books say; of a server its name.
    pub here: Option<String>,
    /// What the gateway says, or what went wrong at the host.
    pub there: Option<String>,
    /// When it was noticed, by the wall clock.
    pub at: Timestamp,
    /// The comparison that found it.
    pub reconciliation_id: Option<ReconciliationId>,
    /// How it was dealt with.
    pub resolved: Option<Resolution>,
}

/// How an alert was dealt with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resolution {
    /// When, by the wall clock.
    pub at: Timestamp,
    /// By whom; `None` if it came right by itself.
    pub by: Option<UserId>,
    /// How.
    pub remedy: Option<Remedy>,
    /// In whose words.
    pub note: Option<String>,
}

/// A comparison that is under way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReconciliationRecord {
    /// What it has come to so far.
    pub view: ReconciliationView,
    /// The last payment that was compared; empty at the beginning.
    pub reached: String,
}

fn record(row: alert::Model) -> Result<AlertRecord, StoreError> {
    let resolved = match row.resolved_at {
        None => None,
        Some(at) => Some(Resolution {
            at: Timestamp::from_unix(at),
            by: row.resolved_by.as_deref().map(|id| parse(id, ALERTS)).transpose()?,
            remedy: row.remedy.as_deref().map(|remedy| variant(remedy, ALERTS)).transpose()?,
            note: row.note,
        }),
    };
    Ok(AlertRecord {
        id: parse(&row.id, ALERTS)?,
        kind: variant(&row.kind, ALERTS)?,
        subject: row.subject,
        account_id: row.account_id.as_deref().map(|id| parse(id, ALERTS)).transpose()?,
        tenant_id: row.tenant_id.as_deref().map(|id| parse(id, ALERTS)).transpose()?,
        payment_id: row.payment_id.as_deref().map(|id| parse(id, ALERTS)).transpose()?,
        server_id: row.server_id.as_deref().map(|id| parse(id, ALERTS)).transpose()?,
        receipt_id: row.receipt_id.as_deref().map(|id| parse(id, ALERTS)).transpose()?,
        refund_id: row.refund_id.as_deref().map(|id| parse(id, ALERTS)).transpose()?,
        here: row.here,
        there: row.there,
        at: Timestamp::from_unix(row.at),
        reconciliation_id: row.reconciliation_id.as_deref().map(|id| parse(id, ALERTS)).transpose()?,
        resolved,
    })
}

fn reconciliation(row: reconciliation::Model) -> Result<ReconciliationRecord, StoreError> {
    let count = |value: i64| super::code::count(value, RECONCILIATIONS).map(u64::from);
    let view = ReconciliationView {
        reconciliation_id: parse(&row.id, RECONCILIATIONS)?,
        started_at: Timestamp::from_unix(row.started_at),
        finished_at: row.finished_at.map(Timestamp::from_unix),
        since: Timestamp::from_unix(row.since),
        asked: count(row.asked)?,
        agreed: count(row.agreed)?,
        differences: count(row.differences)?,
        unknown: count(row.unknown)?,
    };
    Ok(ReconciliationRecord { view, reached: row.reached })
}

fn resolved(how: &Resolution) -> Result<alert::ActiveModel, StoreError> {
    Ok(alert::ActiveModel {
        resolved_at: Set(Some(how.at.unix())),
        resolved_by: Set(how.by.map(|by| by.to_string())),
        remedy: Set(how.remedy.map(|remedy| word(&remedy, ALERTS)).transpose()?),
        note: Set(how.note.clone()),
        ..Default::default()
    })
}

impl Store {
    /// The alert with this id.
    pub async fn alert(&self, id: AlertId) -> Result<Option<AlertRecord>, StoreError> {
        alert::Entity::find_by_id(id.to_string()).one(&self.db).await?.map(record).transpose()
    }

    /// At most `limit` alerts before `before`, newest first; only open ones, or only those of one comparison.
    pub async fn alerts(
        &self,
        open_only: bool,
        of: Option<ReconciliationId>,
        before: Option<AlertId>,
        limit: u64,
    ) -> Result<Vec<AlertRecord>, StoreError> {
        let mut query = alert::Entity::find().order_by_desc(alert::Column::Id).limit(limit);
        if open_only {
            query = query.filter(alert::Column::ResolvedAt.is_null());
        }
        if let Some(of) = of {
            query = query.filter(alert::Column::ReconciliationId.eq(of.to_string()));
        }
        if let Some(before) = before {
            query = query.filter(alert::Column::Id.lt(before.to_string()));
        }
        query.all(&self.db).await?.into_iter().map(record).collect()
    }

    /// How many alerts wait.
    pub async fn open_alerts(&self) -> Result<u64, StoreError> {
        Ok(alert::Entity::find().filter(alert::Column::ResolvedAt.is_null()).count(&self.db).await?)
    }

    /// The comparison with this id.
    pub async fn reconciliation(&self, id: ReconciliationId) -> Result<Option<ReconciliationRecord>, StoreError> {
        reconciliation::Entity::find_by_id(id.to_string()).one(&self.db).await?.map(reconciliation).transpose()
    }

    /// At most `limit` comparisons before `before`, newest first.
    pub async fn reconciliations(
        &self,
        before: Option<ReconciliationId>,
        limit: u64,
    ) -> Result<Vec<ReconciliationRecord>, StoreError> {
        let mut query = reconciliation::Entity::find().order_by_desc(reconciliation::Column::Id).limit(limit);
        if let Some(before) = before {
            query = query.filter(reconciliation::Column::Id.lt(before.to_string()));
        }
        query.all(&self.db).await?.into_iter().map(reconciliation).collect()
    }
}

impl Tx {
    /// Keeps an alert. `false` if one like it is open.
    pub async fn insert_alert(&self, new: &AlertRecord) -> Result<bool, StoreError> {
        let row = alert::ActiveModel {
            id: Set(new.id.to_string()),
            kind: Set(word(&new.kind, ALERTS)?),
            subject: Set(new.subject.clone()),
            account_id: Set(new.account_id.map(|id| id.to_string())),
            tenant_id: Set(new.tenant_id.map(|id| id.to_string())),
            payment_id: Set(new.payment_id.map(|id| id.to_string())),
            server_id: Set(new.server_id.map(|id| id.to_string())),
            receipt_id: Set(new.receipt_id.map(|id| id.to_string())),
            refund_id: Set(new.refund_id.map(|id| id.to_string())),
            here: Set(new.here.clone()),
            there: Set(new.there.clone()),
            at: Set(new.at.unix()),
            reconciliation_id: Set(new.reconciliation_id.map(|id| id.to_string())),
            resolved_at: Set(None),
            resolved_by: Set(None),
            remedy: Set(None),
            note: Set(None),
        };
        let again = OnConflict::new().do_nothing().to_owned();
        let written = alert::Entity::insert(row).on_conflict(again).exec_without_returning(&self.db).await?;
        Ok(written == 1)
    }

    /// The open alerts about a payment.
    pub async fn open_alerts_of(&self, id: PaymentId) -> Result<Vec<AlertRecord>, StoreError> {
        let rows = alert::Entity::find()
            .filter(alert::Column::PaymentId.eq(id.to_string()))
            .filter(alert::Column::ResolvedAt.is_null())
            .all(&self.db)
            .await?;
        rows.into_iter().map(record).collect()
    }

    /// The latest alert of that kind and subject, open or dealt with.
    pub async fn last_alert(&self, kind: AlertKind, subject: &str) -> Result<Option<AlertRecord>, StoreError> {
        let of = alert::Entity::find()
            .filter(alert::Column::Kind.eq(word(&kind, ALERTS)?))
            .filter(alert::Column::Subject.eq(subject))
            .order_by_desc(alert::Column::Id);
        of.one(&self.db).await?.map(record).transpose()
    }

    /// Deals with the open alert of that kind and subject, if there is one.
    pub async fn resolve_alert(&self, kind: AlertKind, subject: &str, how: &Resolution) -> Result<(), StoreError> {
        alert::Entity::update_many()
            .set(resolved(how)?)
            .filter(alert::Column::Kind.eq(word(&kind, ALERTS)?))
            .filter(alert::Column::Subject.eq(subject))
            .filter(alert::Column::ResolvedAt.is_null())
            .exec(&self.db)
            .await?;
        Ok(())
    }

    /// Says how and by whom an alert was dealt with; also if the remedy itself has brought it right by then.
    pub async fn close_alert(&self, id: AlertId, how: &Resolution) -> Result<(), StoreError> {
        alert::Entity::update_many()
            .set(resolved(how)?)
            .filter(alert::Column::Id.eq(id.to_string()))
            .filter(alert::Column::ResolvedBy.is_null())
            .exec(&self.db)
            .await?;
        Ok(())
    }

    /// Begins a comparison. `false` if one is under way; the transaction is then of no more use.
    pub async fn insert_reconciliation(&self, new: &ReconciliationView) -> Result<bool, StoreError> {
        let row = reconciliation::ActiveModel {
            id: Set(new.reconciliation_id.to_string()),
            started_at: Set(new.started_at.unix()),
            finished_at: Set(None),
            since: Set(new.since.unix()),
            reached: Set(String::new()),
            claimed_until: Set(0),
            asked: Set(0),
            agreed: Set(0),
            differences: Set(0),
            unknown: Set(0),
        };
        match row.insert(&self.db).await {
            Ok(_) => Ok(true),
            Err(error) if is_duplicate(&error) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// Takes the comparison that is under way, if no other worker is at it by the wall clock's `now`.
    pub async fn claim_reconciliation(
        &self,
        now: Timestamp,
        lease_seconds: i64,
    ) -> Result<Option<ReconciliationRecord>, StoreError> {
        let running = reconciliation::Entity::find()
            .filter(reconciliation::Column::FinishedAt.is_null())
            .filter(reconciliation::Column::ClaimedUntil.lte(now.unix()));
        let Some(row) = for_update(running).one(&self.db).await? else { return Ok(None) };
        let mut claimed = row.clone().into_active_model();
        claimed.claimed_until = Set(now.plus(lease_seconds).unix());
        claimed.update(&self.db).await?;
        reconciliation(row).map(Some)
    }

    /// Keeps what a comparison has come to, and gives it back for the next turn. [`StoreError::Stale`] if another worker
    /// has gone on from `from` meanwhile.
    pub async fn save_reconciliation(&self, record: &ReconciliationRecord, from: &str) -> Result<(), StoreError> {
        let number = |value: u64| i64::try_from(value).unwrap_or(i64::MAX);
        let view = &record.view;
        let written = reconciliation::Entity::update_many()
            .col_expr(reconciliation::Column::FinishedAt, Expr::value(view.finished_at.map(Timestamp::unix)))
            .col_expr(reconciliation::Column::Reached, Expr::value(record.reached.as_str()))
            .col_expr(reconciliation::Column::ClaimedUntil, Expr::value(0_i64))
            .col_expr(reconciliation::Column::Asked, Expr::value(number(view.asked)))
            .col_expr(reconciliation::Column::Agreed, Expr::value(number(view.agreed)))
            .col_expr(reconciliation::Column::Differences, Expr::value(number(view.differences)))
            .col_expr(reconciliation::Column::Unknown, Expr::value(number(view.unknown)))
            .filter(reconciliation::Column::Id.eq(view.reconciliation_id.to_string()))
            .filter(reconciliation::Column::Reached.eq(from))
            .filter(reconciliation::Column::FinishedAt.is_null())
            .exec(&self.db)
            .await?;
        if written.rows_affected == 1 { Ok(()) } else { Err(StoreError::Stale) }
    }
}
