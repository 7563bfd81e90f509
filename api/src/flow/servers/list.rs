//! Which servers are there, and how full are they? Reads only.

use super::view::view;
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use crate::flow::operator::operator;
use shared::api::servers::ServerList;

/// All servers, by name, each with how many panels it holds.
pub async fn list(app: &App, caller: &Caller) -> Result<ServerList, FlowError> {
    operator(caller)?;
    let loads = app.store.server_loads().await?;
    let servers = app.store.servers().await?.into_iter();
    let items = servers.map(|server| (loads.get(&server.id).copied().unwrap_or_default(), server));
    Ok(ServerList { items: items.map(|(load, server)| view(app, server, load)).collect() })
}
