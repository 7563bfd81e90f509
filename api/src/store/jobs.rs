//! Work at hosts, step by step.

use super::code::{count, parse, variant};
use super::due::skip_locked;
use super::entity::job;
use super::{Store, StoreError, Tx, for_update};
use sea_orm::sea_query::{Expr, Func};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
};
use shared::api::jobs::{JobKind, JobStep, JobTrouble};
use shared::ids::{AccountId, BackupId, JobId, TenantId, UserId};
use shared::time::Timestamp;
use std::collections::HashMap;
use uuid::Uuid;

const JOBS: &str = "jobs";

/// One job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobRecord {
    /// Its id.
    pub id: JobId,
    /// At which panel.
    pub tenant_id: TenantId,
    /// Whose.
    pub account_id: AccountId,
    /// What is done.
    pub kind: JobKind,
    /// The copy that it reads.
    pub backup_id: Option<BackupId>,
    /// How many of its steps are done.
    pub step: u32,
    /// How often the step at hand was tried.
    pub tries: u32,
    /// What went wrong at the last try, or why it was given up.
    pub trouble: Option<JobTrouble>,
    /// The same in the words of whoever said so.
    pub trouble_words: Option<String>,
    /// Who asked; `None` if a rule did.
    pub requested_by: Option<UserId>,
    /// When it was asked for, by the account's clock.
    pub created_at: Timestamp,
    /// When it was asked for, by the wall clock.
    pub asked_at: Timestamp,
    /// From when on patience is counted, by the wall clock; `None` before the first try.
    pub begun_at: Option<Timestamp>,
    /// When it is tried next, by the wall clock; `None` once it is over.
    pub due_at: Option<Timestamp>,
    /// What the worker that is at it calls itself.
    pub claim: Option<Uuid>,
    /// When it was over, by the account's clock.
    pub finished_at: Option<Timestamp>,
    /// Whether it was given up. One that is not over yet is still being taken back.
    pub failed: bool,
}

impl JobRecord {
    /// The step at hand; `None` once all are done.
    #[must_use]
    pub fn step_at_hand(&self) -> Option<JobStep> {
        let done = usize::try_from(self.step).ok()?;
        self.kind.steps().get(done).copied()
    }
}

fn record(row: job::Model) -> Result<JobRecord, StoreError> {
    let corrupt = |what: &str| StoreError::Corrupt { table: JOBS, what: what.to_owned() };
    Ok(JobRecord {
        id: parse(&row.id, JOBS)?,
        tenant_id: parse(&row.tenant_id, JOBS)?,
        account_id: parse(&row.account_id, JOBS)?,
        kind: variant(&row.kind, JOBS)?,
        backup_id: row.backup_id.as_deref().map(|id| parse(id, JOBS)).transpose()?,
        step: count(row.step, JOBS)?,
        tries: count(row.tries, JOBS)?,
        trouble: row.trouble.as_deref().map(|trouble| variant(trouble, JOBS)).transpose()?,
        trouble_words: row.trouble_words,
        requested_by: row.requested_by.as_deref().map(|id| parse(id, JOBS)).transpose()?,
        created_at: Timestamp::from_unix(row.created_at),
        asked_at: Timestamp::from_unix(row.asked_at),
        begun_at: row.begun_at.map(Timestamp::from_unix),
        due_at: row.due_at.map(Timestamp::from_unix),
        claim: row.claim.as_deref().map(Uuid::try_parse).transpose().map_err(|_| corrupt("claim"))?,
        finished_at: row.finished_at.map(Timestamp::from_unix),
        failed: row.failed,
    })
}

fn model(job: &JobRecord) -> job::Model {
    job::Model {
        id: job.id.to_string(),
        tenant_id: job.tenant_id.to_string(),
        account_id: job.account_id.to_string(),
        kind: job.kind.name().to_owned(),
        backup_id: job.backup_id.map(|id| id.to_string()),
        step: job.step.into(),
        tries: job.tries.into(),
        trouble: job.trouble.map(|trouble| trouble.name().to_owned()),
        trouble_words: job.trouble_words.clone(),
        requested_by: job.requested_by.map(|id| id.to_string()),
        created_at: job.created_at.unix(),
        asked_at: job.asked_at.unix(),
        begun_at: job.begun_at.map(Timestamp::unix),
        due_at: job.due_at.map(Timestamp::unix),
        claim: job.claim.map(|claim| claim.to_string()),
        finished_at: job.finished_at.map(Timestamp::unix),
        failed: job.failed,
    }
}

async fn open_job(db: &impl ConnectionTrait, id: TenantId) -> Result<Option<JobRecord>, StoreError> {
    let open =
        job::Entity::find().filter(job::Column::TenantId.eq(id.to_string())).filter(job::Column::FinishedAt.is_null());
    open.one(db).await?.map(record).transpose()
}

impl Store {
    /// The job of that id; or `None`.
    pub async fn job(&self, id: JobId) -> Result<Option<JobRecord>, StoreError> {
        job::Entity::find_by_id(id.to_string()).one(&self.db).await?.map(record).transpose()
    }

    /// At most `limit` jobs of a tenant before `before`, newest first.
    pub async fn jobs_of(&self, id: TenantId, before: Option<JobId>, limit: u64) -> Result<Vec<JobRecord>, StoreError> {
        let mut query = job::Entity::find()
            .filter(job::Column::TenantId.eq(id.to_string()))
            .order_by_desc(job::Column::Id)
            .limit(limit);
        if let Some(before) = before {
            query = query.filter(job::Column::Id.lt(before.to_string()));
        }
        query.all(&self.db).await?.into_iter().map(record).collect()
    }

    /// The jobs that are under way at these tenants.
    pub async fn open_jobs(&self, ids: &[TenantId]) -> Result<HashMap<TenantId, JobRecord>, StoreError> {
        let rows = job::Entity::find()
            .filter(job::Column::TenantId.is_in(ids.iter().map(ToString::to_string)))
            .filter(job::Column::FinishedAt.is_null())
            .all(&self.db)
            .await?;
        rows.into_iter().map(|row| record(row).map(|job| (job.tenant_id, job))).collect()
    }

    /// The jobs of these kinds that were begun before `before`, by the wall clock, and are not over.
    pub async fn jobs_begun_before(&self, kinds: &[JobKind], before: Timestamp) -> Result<Vec<JobRecord>, StoreError> {
        let rows = job::Entity::find()
            .filter(job::Column::Kind.is_in(kinds.iter().map(|kind| kind.name())))
            .filter(job::Column::BegunAt.lte(before.unix()))
            .filter(job::Column::FinishedAt.is_null())
            .all(&self.db)
            .await?;
        rows.into_iter().map(record).collect()
    }
}

impl Tx {
    /// The job that is under way at a tenant that this transaction has locked; or `None`.
    pub async fn open_job(&self, id: TenantId) -> Result<Option<JobRecord>, StoreError> {
        open_job(&self.db, id).await
    }

    /// The job, locked until this transaction ends; or `None`.
    pub async fn job(&self, id: JobId) -> Result<Option<JobRecord>, StoreError> {
        for_update(job::Entity::find_by_id(id.to_string())).one(&self.db).await?.map(record).transpose()
    }

    /// Keeps a job from now on, at a tenant that this transaction has locked and at which none is under way.
    pub async fn insert_job(&self, new: &JobRecord) -> Result<(), StoreError> {
        model(new).into_active_model().insert(&self.db).await?;
        Ok(())
    }

    /// Replaces a job that this transaction has locked.
    pub async fn save_job(&self, job: &JobRecord) -> Result<(), StoreError> {
        model(job).into_active_model().reset_all().update(&self.db).await?;
        Ok(())
    }

    /// Takes at most `limit` jobs of these kinds that are due by the wall clock's `now`, oldest first, in the name of `claim`, and
    /// puts them off to `again_at`: that is when another worker goes on if this one dies.
    pub async fn claim_jobs(
        &self,
        kinds: &[JobKind],
        claim: Uuid,
        (now, again_at): (Timestamp, Timestamp),
        limit: u64,
    ) -> Result<Vec<JobId>, StoreError> {
        let due = job::Entity::find()
            .select_only()
            .column(job::Column::Id)
            .filter(job::Column::Kind.is_in(kinds.iter().map(|kind| kind.name())))
            .filter(job::Column::DueAt.lte(now.unix()))
            .order_by_asc(job::Column::DueAt)
            .limit(limit);
        let query = skip_locked(&self.db, due);
        let ids: Vec<String> = query.into_tuple().all(&self.db).await?;
        let begun = Func::coalesce([Expr::col(job::Column::BegunAt), Expr::value(now.unix())]);
        job::Entity::update_many()
            .col_expr(job::Column::DueAt, Expr::value(again_at.unix()))
            .col_expr(job::Column::Claim, Expr::value(claim.to_string()))
            .col_expr(job::Column::BegunAt, begun.into())
            .filter(job::Column::Id.is_in(ids.iter().map(String::as_str)))
            .exec(&self.db)
            .await?;
        ids.iter().map(|id| parse(id, JOBS)).collect()
    }

    /// Keeps other workers off a job that is not over until `again_at`. `false` if it is not `claim` that is at it.
    pub async fn hold_job(&self, id: JobId, claim: Uuid, again_at: Timestamp) -> Result<bool, StoreError> {
        let held = job::Entity::update_many()
            .col_expr(job::Column::DueAt, Expr::value(again_at.unix()))
            .filter(job::Column::Id.eq(id.to_string()))
            .filter(job::Column::Claim.eq(claim.to_string()))
            .filter(job::Column::FinishedAt.is_null())
            .exec(&self.db)
            .await?;
        Ok(held.rows_affected == 1)
    }

    /// Forgets jobs that are over, and were asked for before `before`, by the wall clock.
    pub async fn forget_jobs(&self, before: Timestamp) -> Result<(), StoreError> {
        job::Entity::delete_many()
            .filter(job::Column::AskedAt.lt(before.unix()))
            .filter(job::Column::FinishedAt.is_not_null())
            .exec(&self.db)
            .await?;
        Ok(())
    }
}
