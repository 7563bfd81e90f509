//! A server is chosen for a new panel: the one with the most room among those that answer and are in order.

use super::trouble::Hindered;
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::alert::{by_itself, new_alert};
use crate::store::{AlertRecord, ServerRecord, TenantRecord};
use shared::api::alerts::AlertKind;
use shared::api::jobs::JobTrouble;
use shared::ids::ServerId;

/// Says at which server the panel is to be. Room is counted under the servers' locks, so no two panels take the same place.
pub(super) async fn place(app: &App, record: &TenantRecord) -> Result<(), Hindered> {
    let id = record.state.id;
    let tx = app.store.begin().await?;
    let Some(record) = tx.tenant(id).await? else { return Err(FlowError::NotFound.into()) };
    let chosen = choose(&tx.servers_to_place_on().await?, record.avoid_server_id);
    match chosen {
        Some(server_id) => {
            tx.place_tenant(id, Some(server_id)).await?;
            tx.resolve_alert(AlertKind::NoRoom, &id.to_string(), &by_itself(app)).await?;
        }
        None => {
            let alert = AlertRecord {
                account_id: Some(record.account_id),
                tenant_id: Some(id),
                ..new_alert(app, AlertKind::NoRoom, &id.to_string())
            };
            // What a person has acknowledged of this very wait is not said again at every try.
            let last = tx.last_alert(AlertKind::NoRoom, &id.to_string()).await?.and_then(|last| last.resolved);
            if last.is_none_or(|how| how.by.is_none() || how.at < record.state.panel_since) {
                tx.insert_alert(&alert).await?;
            }
        }
    }
    tx.commit().await?;
    match chosen {
        Some(_) => Ok(()),
        None => Err(Hindered::unknown(JobTrouble::NoRoom, "no server has room")),
    }
}

/// The server with the most room that takes new panels, answers, and could make one: a server in trouble (no template, say) is left out
/// until it is asked again and in order. The one to be avoided only if there is no other.
fn choose(servers: &[(ServerRecord, u32)], avoid: Option<ServerId>) -> Option<ServerId> {
    let room = |(server, load): &(ServerRecord, u32)| {
        let left = server.capacity.saturating_sub(*load);
        (!server.draining && !server.is_silent() && server.trouble.is_none() && left > 0).then_some((
            avoid != Some(server.id),
            left,
            server.id,
        ))
    };
    servers.iter().filter_map(room).max().map(|(_, _, id)| id)
}
