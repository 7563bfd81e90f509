//! A panel that was never paid for is gone at once, and its address is free, whoever gives it up.

use crate::app::App;
use crate::flow::FlowError;
use crate::flow::payments::withdraw;
use crate::flow::record_step::record_step;
use crate::store::{Actor, TenantRecord, Tx};
use shared::billing::event::Event;
use shared::billing::step::step;
use shared::time::Timestamp;

/// Gives a locked panel up by `event`, if nothing of it stands anywhere. Its open order is withdrawn, and the credit that it used is free
/// again. Money that still arrives for it is the account's credit; while a person has to decide about some, the panel waits for them.
/// `now` is by the account's clock.
pub(super) async fn gone(
    app: &App,
    tx: &Tx,
    record: TenantRecord,
    event: &Event,
    actor: &Actor,
    now: Timestamp,
) -> Result<TenantRecord, FlowError> {
    let id = record.state.id;
    let gone = step(&record.state, event, now)?;
    if record.adopted || record.server_id.is_some() {
        return Err(FlowError::PanelStands);
    }
    if tx.open_job(id).await?.is_some() {
        return Err(FlowError::JobUnderWay);
    }
    if let Some(open) = tx.open_order(id).await? {
        if tx.waits_for_a_person(open.id).await? {
            return Err(FlowError::PersonDecides);
        }
        withdraw(app, tx, &open, now).await?;
    }
    let record = record_step(app, tx, record, gone, actor, now).await?;
    // Not a name that anybody can ask for: the old one is free again.
    tx.free_subdomain(id, &format!("{}.removed", id.uuid().as_simple())).await?;
    Ok(record)
}
