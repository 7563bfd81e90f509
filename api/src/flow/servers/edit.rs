//! An operator changes a server's settings, as they have read them: what somebody else changed since is not written over.

use super::access::secrets;
use super::audit::server_audit;
use super::check::{check, lock, still_theirs};
use super::survey::survey;
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use crate::flow::operator::operator;
use crate::flow::plans::PlanRefusal;
use crate::store::ServerRecord;
use shared::api::servers::{ServerSettings, ServerView};
use shared::ids::ServerId;

/// Changes a server that is still at one of the `known` revisions. Panels stay where they are; so do secrets that are not sent, as long
/// as the address names the same machine.
pub async fn edit(
    app: &App,
    caller: &Caller,
    id: ServerId,
    known: &[String],
    new: &ServerSettings,
) -> Result<ServerView, FlowError> {
    let actor = operator(caller)?;
    let url = check(new)?;
    let tx = app.store.begin().await?;
    let before = tx.server(id).await?.ok_or(FlowError::NotFound)?;
    let today = before.revision.to_string();
    if !known.iter().any(|tag| tag == "*" || *tag == today) {
        return Err(PlanRefusal::EditedMeanwhile.into());
    }
    // What cannot be read is not kept: the new ones take its place.
    let kept = secrets(app, &before).unwrap_or_default();
    still_theirs(&before.url, &url, &kept, new)?;
    let secrets = lock(app, id, new, kept)?;
    let template = before.template.clone();
    let server = ServerRecord {
        name: new.name.trim().to_owned(),
        url,
        files_folder: new.files_folder.clone().or(before.files_folder.clone()),
        secrets,
        template: new.template.clone(),
        capacity: new.capacity,
        draining: new.draining,
        revision: before.revision + 1,
        ..before
    };
    if server.template != template && tx.has_subdomain(&server.template).await? {
        return Err(FlowError::field("/template", "taken", "a panel has this name"));
    }
    if !tx.save_server(&server).await? {
        return Err(FlowError::field("/name", "taken", "there is a server of this name"));
    }
    tx.insert_audit(&server_audit(app, actor, "server_edited", &server.name)).await?;
    tx.commit().await?;
    survey(app, caller, id).await
}
