//! The server that the command line names is registered, unless one of that address is. The first one is asked at once what it has, if
//! anything stands nowhere, and takes that in.

use super::ask::{Asker, ask};
use super::take_in::is_anything_nowhere;
use crate::app::App;
use crate::flow::FlowError;
use crate::port::host::ServerSecrets;
use crate::store::ServerRecord;
use shared::ids::ServerId;
use url::Url;

/// How many panels it may hold until an operator says otherwise.
const CAPACITY: u32 = 200;

/// A server as the command line names it.
#[derive(Clone, PartialEq, Eq)]
pub struct NamedServer {
    /// Where it listens for us alone.
    pub url: Url,
    /// Which of its databases new panels are copies of.
    pub template: String,
    /// Where the files of its panels are.
    pub files_folder: Option<String>,
    /// What opens it.
    pub secrets: ServerSecrets,
}

/// Registers the server under its address, unless a server of that address or that name is known: what operators have set stands.
pub async fn ensure(app: &App, named: &NamedServer) -> Result<(), FlowError> {
    let url = named.url.as_str().trim_end_matches('/').to_owned();
    if app.store.servers().await?.iter().any(|server| server.url == url || server.name == url) {
        return Ok(());
    }
    let id = ServerId::new(app.ids.uuid());
    let secrets =
        serde_json::to_string(&named.secrets).map_err(|_| FlowError::Locked(crate::keys::safe::LockedError))?;
    let server = ServerRecord {
        id,
        name: url.clone(),
        url,
        files_folder: named.files_folder.clone(),
        secrets: app.safe.lock(&id.to_string(), &secrets, &app.ids.secret())?,
        template: named.template.clone(),
        capacity: CAPACITY,
        draining: false,
        revision: 1,
        created_at: app.wall.now(),
        surveyed: None,
        trouble: None,
        survey_due_at: app.wall.now(),
        silences: 0,
    };
    let tx = app.store.begin().await?;
    // Processes that start together: another was quicker.
    if !tx.insert_server(&server).await? {
        return Ok(());
    }
    tx.commit().await?;
    // What is asked now and says nothing is asked again by the timetable.
    if is_anything_nowhere(app).await? { ask(app, id, Asker::Person).await } else { Ok(()) }
}
