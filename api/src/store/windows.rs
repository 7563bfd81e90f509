//! Usage windows: what the host saw, and when. And what was found wrong with them afterwards.

use super::code::{count, parse, variant, word};
use super::entity::{correction, usage_window};
use super::{Store, StoreError, Tx};
use sea_orm::ActiveValue::Set;
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use shared::billing::gauge::Sample;
use shared::billing::usage::{Seen, Window};
use shared::ids::{CorrectionId, TenantId, UserId};
use shared::time::{Span, Timestamp};

const WINDOWS: &str = "usage_windows";
const CORRECTIONS: &str = "corrections";

/// Usage that was taken back: these seconds were not as they were recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CorrectionRecord {
    /// Its id.
    pub id: CorrectionId,
    /// Whose usage.
    pub tenant_id: TenantId,
    /// Of which cycle.
    pub cycle_number: u32,
    /// Which seconds.
    pub span: Span,
    /// How they truly were.
    pub seen: Seen,
    /// How many charged seconds were taken back.
    pub seconds_taken_back: i64,
    /// Why, in the person's words.
    pub reason: String,
    /// Who.
    pub user_id: UserId,
    /// When, by the account's clock.
    pub at: Timestamp,
}

impl Tx {
    /// Records windows. A second window that begins at the same instant is refused: no second counts twice.
    pub async fn insert_windows(&self, tenant_id: TenantId, windows: &[Window]) -> Result<(), StoreError> {
        for window in windows {
            let row = usage_window::ActiveModel {
                tenant_id: Set(tenant_id.to_string()),
                from_at: Set(window.span.from().unix()),
                to_at: Set(window.span.to().unix()),
                seen: Set(word(&window.seen, WINDOWS)?),
                users: Set(window.sample.users),
                storage_bytes: Set(window.sample.storage_bytes),
            };
            row.insert(&self.db).await?;
        }
        Ok(())
    }

    /// The windows that reach into `[from, to)`, in order, as they were recorded.
    pub async fn windows(&self, tenant_id: TenantId, span: Span) -> Result<Vec<Window>, StoreError> {
        windows(&self.db, tenant_id, span).await
    }

    /// The corrections of a cycle, in the order in which they were made.
    pub async fn corrections(&self, id: TenantId, cycle_number: u32) -> Result<Vec<CorrectionRecord>, StoreError> {
        corrections(&self.db, id, cycle_number).await
    }

    /// Keeps a correction.
    pub async fn insert_correction(&self, new: &CorrectionRecord) -> Result<(), StoreError> {
        let row = correction::ActiveModel {
            id: Set(new.id.to_string()),
            tenant_id: Set(new.tenant_id.to_string()),
            cycle_number: Set(new.cycle_number.into()),
            from_at: Set(new.span.from().unix()),
            to_at: Set(new.span.to().unix()),
            seen: Set(word(&new.seen, CORRECTIONS)?),
            seconds_taken_back: Set(new.seconds_taken_back),
            reason: Set(new.reason.clone()),
            user_id: Set(new.user_id.to_string()),
            at: Set(new.at.unix()),
        };
        row.insert(&self.db).await?;
        Ok(())
    }
}

impl Store {
    /// The corrections that reach into `[from, to)`, in the order in which they were made.
    pub async fn corrections_in(&self, id: TenantId, span: Span) -> Result<Vec<CorrectionRecord>, StoreError> {
        let rows = correction::Entity::find()
            .filter(correction::Column::TenantId.eq(id.to_string()))
            .filter(correction::Column::FromAt.lt(span.to().unix()))
            .filter(correction::Column::ToAt.gt(span.from().unix()))
            .order_by_asc(correction::Column::Id)
            .all(&self.db)
            .await?;
        rows.into_iter().map(correction_record).collect()
    }

    /// The windows that reach into `[from, to)`, in order, as they were recorded.
    pub async fn windows(&self, tenant_id: TenantId, span: Span) -> Result<Vec<Window>, StoreError> {
        windows(&self.db, tenant_id, span).await
    }

    /// The corrections of a cycle, in the order in which they were made.
    pub async fn corrections(&self, id: TenantId, cycle_number: u32) -> Result<Vec<CorrectionRecord>, StoreError> {
        corrections(&self.db, id, cycle_number).await
    }
}

async fn windows(db: &impl ConnectionTrait, id: TenantId, span: Span) -> Result<Vec<Window>, StoreError> {
    let of_tenant = || usage_window::Entity::find().filter(usage_window::Column::TenantId.eq(id.to_string()));
    // The last window that begins before the span may reach into it; what lies before that one is not read.
    let reaching: Option<i64> = of_tenant()
        .select_only()
        .column(usage_window::Column::FromAt)
        .filter(usage_window::Column::FromAt.lte(span.from().unix()))
        .order_by_desc(usage_window::Column::FromAt)
        .into_tuple()
        .one(db)
        .await?;
    let rows = of_tenant()
        .filter(usage_window::Column::FromAt.gte(reaching.unwrap_or(span.from().unix())))
        .filter(usage_window::Column::FromAt.lt(span.to().unix()))
        .filter(usage_window::Column::ToAt.gt(span.from().unix()))
        .order_by_asc(usage_window::Column::FromAt)
        .all(db)
        .await?;
    let at = Timestamp::from_unix;
    rows.iter()
        .map(|row| {
            Ok(Window {
                span: Span::new(at(row.from_at), at(row.to_at)),
                seen: variant(&row.seen, WINDOWS)?,
                sample: Sample { users: row.users, storage_bytes: row.storage_bytes },
            })
        })
        .collect()
}

async fn corrections(
    db: &impl ConnectionTrait,
    id: TenantId,
    cycle_number: u32,
) -> Result<Vec<CorrectionRecord>, StoreError> {
    let rows = correction::Entity::find()
        .filter(correction::Column::TenantId.eq(id.to_string()))
        .filter(correction::Column::CycleNumber.eq(i64::from(cycle_number)))
        .order_by_asc(correction::Column::Id)
        .all(db)
        .await?;
    rows.into_iter().map(correction_record).collect()
}

fn correction_record(row: correction::Model) -> Result<CorrectionRecord, StoreError> {
    let at = Timestamp::from_unix;
    Ok(CorrectionRecord {
        id: parse(&row.id, CORRECTIONS)?,
        tenant_id: parse(&row.tenant_id, CORRECTIONS)?,
        cycle_number: count(row.cycle_number, CORRECTIONS)?,
        span: Span::new(at(row.from_at), at(row.to_at)),
        seen: variant(&row.seen, CORRECTIONS)?,
        seconds_taken_back: row.seconds_taken_back,
        reason: row.reason,
        user_id: parse(&row.user_id, CORRECTIONS)?,
        at: at(row.at),
    })
}
