//! Cycles that run or have run, one by one.

use super::code::parse;
use super::entity::{cycle, plan, plan_version};
use super::tenant_rows::{ended, plan_record, running};
use super::{PlanRecord, Store, StoreError};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use shared::billing::cycle::{Cycle, End};
use shared::billing::proof::Seal;
use shared::ids::{PlanVersionId, TenantId};
use shared::time::Timestamp;
use std::collections::BTreeMap;

/// A cycle with what is known of it besides.
#[derive(Debug, Clone)]
pub struct CycleRecord {
    /// The cycle, as it is or was at its end.
    pub cycle: Cycle,
    /// Where and why it ended; `None` while it runs.
    pub end: Option<End>,
    /// The plan version that it was bought on, if that is on record.
    pub plan_version_id: Option<PlanVersionId>,
    /// What its lines are sealed with; `None` if it began before there were seals.
    pub seal: Option<Seal>,
}

fn record(row: &cycle::Model) -> Result<CycleRecord, StoreError> {
    let plan_version_id = row.plan_version_id.as_deref().map(|id| parse(id, "cycles")).transpose()?;
    let seal = row.seal.clone().map(Seal::from_hex);
    if row.phase == "ended" {
        let over = ended(row)?;
        let end = Some(End { at: over.at, reason: over.reason });
        return Ok(CycleRecord { cycle: over.cycle, end, plan_version_id, seal });
    }
    Ok(CycleRecord { cycle: running(row)?, end: None, plan_version_id, seal })
}

impl Store {
    /// The cycle of that number, if it runs or has run.
    pub async fn cycle(&self, id: TenantId, number: u32) -> Result<Option<CycleRecord>, StoreError> {
        let query = cycle::Entity::find_by_id((id.to_string(), i64::from(number)));
        let row = query.filter(cycle::Column::Phase.ne("queued")).one(&self.db).await?;
        row.as_ref().map(record).transpose()
    }

    /// The cycles that a tenant has or has had, newest first, at most `limit` below `before`.
    pub async fn cycles(&self, id: TenantId, before: Option<u32>, limit: u64) -> Result<Vec<CycleRecord>, StoreError> {
        let mut query = cycle::Entity::find()
            .filter(cycle::Column::TenantId.eq(id.to_string()))
            .filter(cycle::Column::Phase.ne("queued"))
            .order_by_desc(cycle::Column::Number)
            .limit(limit);
        if let Some(before) = before {
            query = query.filter(cycle::Column::Number.lt(i64::from(before)));
        }
        query.all(&self.db).await?.iter().map(record).collect()
    }

    /// When its first cycle began; `None` if none did.
    pub async fn first_cycle_at(&self, id: TenantId) -> Result<Option<Timestamp>, StoreError> {
        let query = cycle::Entity::find()
            .select_only()
            .column(cycle::Column::StartsAt)
            .filter(cycle::Column::TenantId.eq(id.to_string()))
            .filter(cycle::Column::Phase.ne("queued"))
            .order_by_asc(cycle::Column::Number);
        let at: Option<Option<i64>> = query.into_tuple().one(&self.db).await?;
        Ok(at.flatten().map(Timestamp::from_unix))
    }

    /// These plan versions under their plans' names, those that exist.
    pub async fn plan_versions(
        &self,
        ids: &[PlanVersionId],
    ) -> Result<BTreeMap<PlanVersionId, PlanRecord>, StoreError> {
        let wanted = plan_version::Column::Id.is_in(ids.iter().map(ToString::to_string));
        let found = plan_version::Entity::find().filter(wanted).all(&self.db).await?;
        let named = plan::Column::Id.is_in(found.iter().map(|version| version.plan_id.as_str()));
        let plans = plan::Entity::find().filter(named).all(&self.db).await?;
        let names: BTreeMap<String, String> = plans.into_iter().map(|plan| (plan.id, plan.name)).collect();
        let mut versions = BTreeMap::new();
        for version in &found {
            let Some(name) = names.get(&version.plan_id) else { continue };
            let record = plan_record(version, name.clone())?;
            versions.insert(record.version_id, record);
        }
        Ok(versions)
    }
}
