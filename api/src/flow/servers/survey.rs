//! An operator wants to know now what a server is.

use super::ask::{Asker, ask};
use super::view::view;
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use crate::flow::operator::operator;
use shared::api::servers::ServerView;
use shared::ids::ServerId;

/// Asks, notes the answer or that there was none, and shows the server.
pub async fn survey(app: &App, caller: &Caller, id: ServerId) -> Result<ServerView, FlowError> {
    operator(caller)?;
    ask(app, id, Asker::Person).await?;
    let server = app.store.server(id).await?.ok_or(FlowError::NotFound)?;
    let load = app.store.server_loads().await?.get(&id).copied().unwrap_or_default();
    Ok(view(app, server, load))
}
