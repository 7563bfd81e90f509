//! The operator puts a plan on sale at once: its first version is published, and frozen.

use crate::flow::FlowError;
use crate::port::clock::Clock;
use crate::port::ids::Ids;
use crate::store::{PlanRecord, Store};
use shared::billing::terms::Terms;
use shared::ids::{PlanId, PlanVersionId};

/// A plan, as it is put on sale.
#[derive(Clone)]
pub struct NewPlan<'a> {
    /// What it is called.
    pub name: &'a str,
    /// What it sells.
    pub terms: Terms,
}

/// Keeps a plan. Terms that contradict themselves are refused with the field named. Needs no gateway and no host.
pub async fn create_plan(
    store: &Store,
    ids: &dyn Ids,
    clock: &dyn Clock,
    new: NewPlan<'_>,
) -> Result<PlanId, FlowError> {
    new.terms.check()?;
    let tx = store.begin().await?;
    let record = PlanRecord {
        id: PlanId::new(ids.uuid()),
        version_id: PlanVersionId::new(ids.uuid()),
        number: 1,
        name: new.name.to_owned(),
        terms: new.terms,
    };
    if !tx.insert_plan(&record, clock.now()).await? {
        return Err(FlowError::field("/name", "taken", "there is a plan of this name"));
    }
    tx.commit().await?;
    Ok(record.id)
}
