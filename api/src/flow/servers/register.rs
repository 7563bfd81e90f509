//! An operator registers a server. It is asked what it is at once, so that a mistyped password is found now; if it is the first one, it
//! takes in what stands nowhere.

use super::audit::server_audit;
use super::check::{check, lock};
use super::survey::survey;
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use crate::flow::operator::operator;
use crate::port::host::ServerSecrets;
use crate::store::ServerRecord;
use shared::api::servers::{ServerSettings, ServerView};
use shared::ids::ServerId;

/// Keeps a server from now on.
pub async fn register(app: &App, caller: &Caller, new: &ServerSettings) -> Result<ServerView, FlowError> {
    let actor = operator(caller)?;
    let url = check(new)?;
    let id = ServerId::new(app.ids.uuid());
    let server = ServerRecord {
        id,
        name: new.name.trim().to_owned(),
        url,
        files_folder: new.files_folder.clone(),
        secrets: lock(app, id, new, ServerSecrets::default())?,
        template: new.template.clone(),
        capacity: new.capacity,
        draining: new.draining,
        revision: 1,
        created_at: app.wall.now(),
        surveyed: None,
        trouble: None,
        survey_due_at: app.wall.now(),
        silences: 0,
    };
    let tx = app.store.begin().await?;
    if !tx.insert_server(&server).await? {
        return Err(FlowError::field("/name", "taken", "there is a server of this name"));
    }
    if tx.has_subdomain(&server.template).await? {
        return Err(FlowError::field("/template", "taken", "a panel has this name"));
    }
    tx.insert_audit(&server_audit(app, actor, "server_registered", &server.name)).await?;
    tx.commit().await?;
    survey(app, caller, id).await
}
