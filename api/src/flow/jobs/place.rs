//! A server is chosen for a new panel: the one with the most room.

use super::trouble::Hindered;
use crate::app::App;
use crate::flow::FlowError;
use crate::store::TenantRecord;
use shared::api::jobs::JobTrouble;

/// Says at which server the panel is to be. Room is counted under the servers' locks, so no two panels take the same place.
pub(super) async fn place(app: &App, record: &TenantRecord) -> Result<(), Hindered> {
    let tx = app.store.begin().await?;
    if tx.tenant(record.state.id).await?.is_none() {
        return Err(FlowError::NotFound.into());
    }
    let room = |(server, load): &(crate::store::ServerRecord, u32)| {
        let left = server.capacity.saturating_sub(*load);
        (!server.draining && left > 0).then_some((left, server.id))
    };
    let Some((_, server_id)) = tx.servers_to_place_on().await?.iter().filter_map(room).max() else {
        return Err(Hindered::unknown(JobTrouble::NoRoom, "no server has room"));
    };
    tx.place_tenant(record.state.id, Some(server_id)).await?;
    Ok(tx.commit().await?)
}
