//! A server is asked what it is.

use super::access::access;
use super::view::view;
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use crate::flow::operator::operator;
use crate::store::Surveyed;
use shared::api::servers::ServerView;
use shared::ids::ServerId;

/// Asks, notes the answer or that there was none, and shows the server.
pub async fn survey(app: &App, caller: &Caller, id: ServerId) -> Result<ServerView, FlowError> {
    operator(caller)?;
    let server = app.store.server(id).await?.ok_or(FlowError::NotFound)?;
    let said = app.host.survey(&access(app, &server)?).await;
    let tx = app.store.begin().await?;
    match said {
        Ok(said) => {
            let at = app.wall.now();
            let seen = Surveyed { at, version: said.version, driver: said.driver.to_owned(), locks: said.locks };
            let templates = said.databases.iter().filter(|database| database.name == server.template);
            if templates.count() == 0 {
                tx.note_survey(id, Err("The server has no database of the template's name.")).await?;
            } else {
                tx.note_survey(id, Ok(&seen)).await?;
            }
        }
        Err(error) => tx.note_survey(id, Err(&error.to_string())).await?,
    }
    tx.commit().await?;
    let server = app.store.server(id).await?.ok_or(FlowError::NotFound)?;
    let load = app.store.server_loads().await?.get(&id).copied().unwrap_or(0);
    view(app, server, load)
}
