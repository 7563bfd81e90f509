//! Plans and their versions.

use super::code::{count, from_json, json, parse, word};
use super::entity::{cycle, plan, plan_version, tenant};
use super::tenant_rows::plan_record;
use super::{Store, StoreError, Tx, for_update, is_duplicate};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, Query};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    Select,
};
use shared::api::plans::{PlanDetail, PlanVersionView, VersionStatus};
use shared::api::tenants::PanelStatus;
use shared::billing::terms::Terms;
use shared::ids::{PlanId, PlanVersionId, TenantId};
use shared::time::Timestamp;
use std::collections::HashMap;

const VERSIONS: &str = "plan_versions";
const TENANTS: &str = "tenants";
const DRAFT: &str = "draft";
const PUBLISHED: &str = "published";

/// A plan version as tenants are on it.
#[derive(Debug, Clone)]
pub struct PlanRecord {
    /// The plan.
    pub id: PlanId,
    /// The version.
    pub version_id: PlanVersionId,
    /// The plan's name.
    pub name: String,
    /// Which version it is: 1 for the plan's first.
    pub number: u32,
    /// What it sells.
    pub terms: Terms,
}

/// A version to be kept as a draft.
#[derive(Debug, Clone)]
pub struct NewDraft<'a> {
    /// Its id.
    pub id: PlanVersionId,
    /// Of which plan.
    pub plan_id: PlanId,
    /// Its number.
    pub number: u32,
    /// What it sells.
    pub terms: &'a Terms,
    /// When it was made.
    pub created_at: Timestamp,
}

impl Store {
    /// At most `limit` plans after `after`, oldest first: all with all versions, or with `sold_only` those that are not
    /// archived, each with its newest published version.
    pub async fn plans(
        &self,
        sold_only: bool,
        after: Option<PlanId>,
        limit: u64,
    ) -> Result<Vec<PlanDetail>, StoreError> {
        let mut query = plan::Entity::find().order_by_asc(plan::Column::Id).limit(limit);
        if sold_only {
            let published = Query::select()
                .column(plan_version::Column::PlanId)
                .from(plan_version::Entity)
                .and_where(plan_version::Column::Status.eq(PUBLISHED))
                .to_owned();
            query = query.filter(plan::Column::ArchivedAt.is_null()).filter(plan::Column::Id.in_subquery(published));
        }
        if let Some(after) = after {
            query = query.filter(plan::Column::Id.gt(after.to_string()));
        }
        let mut plans = details(&self.db, query.all(&self.db).await?).await?;
        if sold_only {
            plans.iter_mut().for_each(|plan| keep_sold(&mut plan.versions));
        }
        Ok(plans)
    }

    /// The plan with all its versions; `None` if there is none of that id.
    pub async fn plan(&self, id: PlanId) -> Result<Option<PlanDetail>, StoreError> {
        let row = plan::Entity::find_by_id(id.to_string()).one(&self.db).await?;
        Ok(details(&self.db, row.into_iter().collect()).await?.pop())
    }

    /// The version of this plan that is sold: the newest published one of a plan that is not archived.
    pub async fn sold_version(&self, id: PlanId) -> Result<Option<PlanRecord>, StoreError> {
        let row = plan::Entity::find_by_id(id.to_string()).one(&self.db).await?;
        sold(&self.db, row).await
    }

    /// The plan of which this is a version, with all its versions; or `None`.
    pub async fn plan_of_version(&self, id: PlanVersionId) -> Result<Option<PlanDetail>, StoreError> {
        let Some(version) = plan_version::Entity::find_by_id(id.to_string()).one(&self.db).await? else {
            return Ok(None);
        };
        self.plan(parse(&version.plan_id, VERSIONS)?).await
    }

    /// The name of the plan that a cycle is on; `None` if nobody noted it.
    pub async fn plan_of_cycle(&self, id: TenantId, number: u32) -> Result<Option<String>, StoreError> {
        plan_of_cycle(&self.db, id, number).await
    }
}

async fn plan_of_cycle(db: &impl ConnectionTrait, id: TenantId, number: u32) -> Result<Option<String>, StoreError> {
    let by_key = (id.to_string(), i64::from(number));
    let Some(cycle) = cycle::Entity::find_by_id(by_key).one(db).await? else { return Ok(None) };
    let Some(version_id) = cycle.plan_version_id else { return Ok(None) };
    let Some(version) = plan_version::Entity::find_by_id(version_id).one(db).await? else { return Ok(None) };
    Ok(plan::Entity::find_by_id(version.plan_id).one(db).await?.map(|plan| plan.name))
}

/// Leaves the newest published version.
fn keep_sold(versions: &mut Vec<PlanVersionView>) {
    let newest = versions.iter().rev().find(|version| version.status == VersionStatus::Published).cloned();
    *versions = newest.into_iter().collect();
}

/// Adds their versions to plans: one query, however many plans.
async fn details(db: &impl ConnectionTrait, rows: Vec<plan::Model>) -> Result<Vec<PlanDetail>, StoreError> {
    if rows.is_empty() {
        return Ok(vec![]);
    }
    let versions = plan_version::Entity::find()
        .filter(plan_version::Column::PlanId.is_in(rows.iter().map(|row| row.id.as_str())))
        .order_by_asc(plan_version::Column::Number)
        .all(db)
        .await?;
    let mut by_plan: HashMap<String, Vec<plan_version::Model>> = HashMap::new();
    for version in versions {
        by_plan.entry(version.plan_id.clone()).or_default().push(version);
    }
    rows.into_iter()
        .map(|row| {
            let versions = by_plan.remove(&row.id).unwrap_or_default();
            let archived = row.archived_at.is_some();
            Ok(PlanDetail {
                id: parse(&row.id, "plans")?,
                name: row.name,
                archived_at: row.archived_at.map(Timestamp::from_unix),
                versions: versions.iter().map(|version| version_view(version, archived)).collect::<Result<_, _>>()?,
            })
        })
        .collect()
}

fn version_view(row: &plan_version::Model, archived: bool) -> Result<PlanVersionView, StoreError> {
    let status = match (row.status.as_str(), archived) {
        (DRAFT, _) => VersionStatus::Draft,
        (PUBLISHED, false) => VersionStatus::Published,
        (PUBLISHED, true) => VersionStatus::Archived,
        (other, _) => return Err(StoreError::Corrupt { table: VERSIONS, what: format!("status `{other}`") }),
    };
    Ok(PlanVersionView {
        id: parse(&row.id, VERSIONS)?,
        number: count(row.number, VERSIONS)?,
        status,
        terms: from_json(&row.terms, VERSIONS)?,
        created_at: Timestamp::from_unix(row.created_at),
        published_at: row.published_at.map(Timestamp::from_unix),
    })
}

/// The newest published version of a plan, unless that is archived.
async fn sold(db: &impl ConnectionTrait, plan: Option<plan::Model>) -> Result<Option<PlanRecord>, StoreError> {
    let Some(plan) = plan.filter(|plan| plan.archived_at.is_none()) else { return Ok(None) };
    let newest = plan_version::Entity::find()
        .filter(plan_version::Column::PlanId.eq(&plan.id))
        .filter(plan_version::Column::Status.eq(PUBLISHED))
        .order_by_desc(plan_version::Column::Number)
        .one(db)
        .await?;
    newest.map(|version| plan_record(&version, plan.name)).transpose()
}

impl Tx {
    /// The plan with all its versions, locked until this transaction ends; or `None`.
    pub async fn plan(&self, id: PlanId) -> Result<Option<PlanDetail>, StoreError> {
        let row = for_update(plan::Entity::find_by_id(id.to_string())).one(&self.db).await?;
        Ok(details(&self.db, row.into_iter().collect()).await?.pop())
    }

    /// The version of this plan that is sold: the newest published one of a plan that is not archived.
    pub async fn sold_version(&self, id: PlanId) -> Result<Option<PlanRecord>, StoreError> {
        let row = plan::Entity::find_by_id(id.to_string()).one(&self.db).await?;
        sold(&self.db, row).await
    }

    /// The version that is sold of the plan of that name; `None` if there is no such plan, it is archived, or nothing
    /// of it is published.
    pub async fn plan_by_name(&self, name: &str) -> Result<Option<PlanRecord>, StoreError> {
        let row = plan::Entity::find().filter(plan::Column::Name.eq(name)).one(&self.db).await?;
        sold(&self.db, row).await
    }

    /// The name of the plan that a cycle is on; `None` if nobody noted it.
    pub async fn plan_of_cycle(&self, id: TenantId, number: u32) -> Result<Option<String>, StoreError> {
        plan_of_cycle(&self.db, id, number).await
    }

    /// Keeps a plan without versions. `false` if its name is taken; the transaction is then of no more use.
    pub async fn insert_bare_plan(&self, id: PlanId, name: &str) -> Result<bool, StoreError> {
        let row = plan::ActiveModel { id: Set(id.to_string()), name: Set(name.to_owned()), archived_at: Set(None) };
        match row.insert(&self.db).await {
            Ok(_) => Ok(true),
            Err(error) if is_duplicate(&error) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// Keeps a plan and its first version, published. `false` if its name is taken; the transaction is then of no more
    /// use.
    pub async fn insert_plan(&self, new: &PlanRecord, at: Timestamp) -> Result<bool, StoreError> {
        if !self.insert_bare_plan(new.id, &new.name).await? {
            return Ok(false);
        }
        let version = plan_version::ActiveModel {
            id: Set(new.version_id.to_string()),
            plan_id: Set(new.id.to_string()),
            number: Set(new.number.into()),
            terms: Set(json(&new.terms, VERSIONS)?),
            status: Set(PUBLISHED.to_owned()),
            created_at: Set(at.unix()),
            published_at: Set(Some(at.unix())),
        };
        version.insert(&self.db).await?;
        Ok(true)
    }

    /// Keeps a draft. `false` if the plan has one; the transaction is then of no more use.
    pub async fn insert_draft(&self, new: &NewDraft<'_>) -> Result<bool, StoreError> {
        let row = plan_version::ActiveModel {
            id: Set(new.id.to_string()),
            plan_id: Set(new.plan_id.to_string()),
            number: Set(new.number.into()),
            terms: Set(json(new.terms, VERSIONS)?),
            status: Set(DRAFT.to_owned()),
            created_at: Set(new.created_at.unix()),
            published_at: Set(None),
        };
        match row.insert(&self.db).await {
            Ok(_) => Ok(true),
            Err(error) if is_duplicate(&error) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// Gives a draft other terms. Fails if it is none.
    pub async fn save_draft(&self, id: PlanVersionId, terms: &Terms) -> Result<(), StoreError> {
        let written = plan_version::Entity::update_many()
            .col_expr(plan_version::Column::Terms, Expr::value(json(terms, VERSIONS)?))
            .filter(plan_version::Column::Id.eq(id.to_string()))
            .filter(plan_version::Column::Status.eq(DRAFT))
            .exec(&self.db)
            .await?;
        if written.rows_affected == 1 { Ok(()) } else { Err(StoreError::Stale) }
    }

    /// Publishes a draft, which freezes it. Fails if it is none.
    pub async fn publish_draft(&self, id: PlanVersionId, at: Timestamp) -> Result<(), StoreError> {
        let written = plan_version::Entity::update_many()
            .col_expr(plan_version::Column::Status, Expr::value(PUBLISHED))
            .col_expr(plan_version::Column::PublishedAt, Expr::value(at.unix()))
            .filter(plan_version::Column::Id.eq(id.to_string()))
            .filter(plan_version::Column::Status.eq(DRAFT))
            .exec(&self.db)
            .await?;
        if written.rows_affected == 1 { Ok(()) } else { Err(StoreError::Stale) }
    }

    /// Archives a plan, if it is not.
    pub async fn archive_plan(&self, id: PlanId, at: Timestamp) -> Result<(), StoreError> {
        plan::Entity::update_many()
            .col_expr(plan::Column::ArchivedAt, Expr::value(at.unix()))
            .filter(plan::Column::Id.eq(id.to_string()))
            .filter(plan::Column::ArchivedAt.is_null())
            .exec(&self.db)
            .await?;
        Ok(())
    }

    /// At most `limit` tenants that are on an older version of the plan than `number`, oldest first.
    pub async fn tenants_behind(&self, plan_id: PlanId, number: u32, limit: u64) -> Result<Vec<TenantId>, StoreError> {
        let ids: Vec<String> = behind(plan_id, number)?
            .select_only()
            .column(tenant::Column::Id)
            .order_by_asc(tenant::Column::Id)
            .limit(limit)
            .into_tuple()
            .all(&self.db)
            .await?;
        ids.iter().map(|id| parse(id, TENANTS)).collect()
    }

    /// How many tenants are on an older version of the plan than `number`.
    pub async fn count_behind(&self, plan_id: PlanId, number: u32) -> Result<u32, StoreError> {
        let many = behind(plan_id, number)?.count(&self.db).await?;
        Ok(u32::try_from(many).unwrap_or(u32::MAX))
    }
}

/// The tenants that are on an older version of the plan than `number` and are not being removed.
fn behind(plan_id: PlanId, number: u32) -> Result<Select<tenant::Entity>, StoreError> {
    let older = Query::select()
        .column(plan_version::Column::Id)
        .from(plan_version::Entity)
        .and_where(plan_version::Column::PlanId.eq(plan_id.to_string()))
        .and_where(plan_version::Column::Number.lt(i64::from(number)))
        .to_owned();
    let gone = [word(&PanelStatus::Deleting, TENANTS)?, word(&PanelStatus::Deleted, TENANTS)?];
    Ok(tenant::Entity::find()
        .filter(tenant::Column::PlanVersionId.in_subquery(older))
        .filter(tenant::Column::Panel.is_not_in(gone)))
}
