//! A server is asked what it is, and what it said is noted. One that is silent for long is said to a person; the first one takes in what
//! stands nowhere.

use super::access::access;
use super::take_in::take_in;
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::alert::{by_itself, new_alert};
use crate::port::host::Survey;
use crate::store::{AlertRecord, SILENT_AFTER, ServerRecord, Surveyed, Tx};
use shared::api::alerts::AlertKind;
use shared::ids::ServerId;

/// Who wants to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asker {
    /// A person, perhaps twice within a second: silence then counts for nothing.
    Person,
    /// The timetable.
    Timetable,
}

/// Asks outside any transaction; notes the answer, or that there was none.
pub(super) async fn ask(app: &App, id: ServerId, asker: Asker) -> Result<(), FlowError> {
    let server = app.store.server(id).await?.ok_or(FlowError::NotFound)?;
    let said = match access(app, &server) {
        Ok(access) => app.host.survey(&access).await.map_err(|error| error.to_string()),
        Err(FlowError::Store(error)) => return Err(error.into()),
        Err(error) => Err(error.to_string()),
    };
    let tx = app.store.begin().await?;
    // What was asked of other settings is no answer to these.
    let Some(server) = tx.server(id).await?.filter(|it| it.revision == server.revision) else { return Ok(()) };
    match &said {
        Ok(said) => {
            tx.note_survey(id, &surveyed(app, said), trouble(said, &server.template)).await?;
            tx.resolve_alert(AlertKind::ServerSilent, &id.to_string(), &by_itself(app)).await?;
        }
        Err(why) => {
            let counts = u32::from(asker == Asker::Timetable);
            let silences = server.silences.saturating_add(counts);
            tx.note_silence(id, why, silences).await?;
            // Once, when it begins to count: what a person has acknowledged is not said again every five minutes.
            if counts > 0 && silences == SILENT_AFTER {
                is_silent(app, &tx, &server, why.clone()).await?;
            }
        }
    }
    tx.commit().await?;
    match &said {
        Ok(said) => take_in(app, &server, said).await,
        Err(_) => Ok(()),
    }
}

fn surveyed(app: &App, said: &Survey) -> Surveyed {
    Surveyed {
        at: app.wall.now(),
        version: said.version.clone(),
        driver: said.driver.to_owned(),
        locks: said.locks,
        databases: u32::try_from(said.databases.len()).ok(),
        database_bytes: said.database_bytes,
    }
}

/// What would keep a new panel from being made there. Where closed databases are not listed, a template that is not is as it
/// should be.
fn trouble(said: &Survey, template: &str) -> Option<&'static str> {
    match said.databases.iter().find(|database| database.name == template) {
        None if said.lists_closed => Some("The server has no database of the template's name."),
        Some(found) if found.closed == Some(false) && found.template != Some(true) => {
            Some("The template is open to everybody: close it, or mark it as a template.")
        }
        None | Some(_) => None,
    }
}

async fn is_silent(app: &App, tx: &Tx, server: &ServerRecord, why: String) -> Result<(), FlowError> {
    tracing::error!(server = %server.id, why, "a server is silent: it gets no new panels");
    let alert = AlertRecord {
        server_id: Some(server.id),
        here: Some(server.name.clone()),
        there: Some(why),
        ..new_alert(app, AlertKind::ServerSilent, &server.id.to_string())
    };
    tx.insert_alert(&alert).await?;
    Ok(())
}
