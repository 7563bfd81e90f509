//! The operator puts a plan on sale. Its first version is frozen from the start.

use crate::flow::FlowError;
use crate::port::ids::Ids;
use crate::store::{PlanRecord, Store};
use shared::billing::terms::Terms;
use shared::ids::{PlanId, PlanVersionId};

/// A plan, as it is put on sale.
#[derive(Clone, Copy)]
pub struct NewPlan<'a> {
    /// What it is called.
    pub name: &'a str,
    /// What it sells.
    pub terms: Terms,
    /// How many users; `None` is no limit.
    pub users_max: Option<i64>,
    /// How many bytes; `None` is no limit.
    pub storage_bytes_max: Option<i64>,
}

/// Keeps a plan. Terms that contradict themselves are refused with the field named. Needs no gateway and no host.
pub async fn create_plan(store: &Store, ids: &dyn Ids, new: NewPlan<'_>) -> Result<PlanId, FlowError> {
    new.terms.check().map_err(|error| FlowError::field(&format!("/{}", error.field), "range", error.rule))?;
    let tx = store.begin().await?;
    if tx.plan_by_name(new.name).await?.is_some() {
        return Err(FlowError::field("/name", "taken", "there is a plan of this name"));
    }
    let record = PlanRecord {
        id: PlanId::new(ids.uuid()),
        version_id: PlanVersionId::new(ids.uuid()),
        name: new.name.to_owned(),
        terms: new.terms,
        users_max: new.users_max,
        storage_bytes_max: new.storage_bytes_max,
    };
    tx.insert_plan(&record).await?;
    tx.commit().await?;
    Ok(record.id)
}
