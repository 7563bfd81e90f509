//! From what is kept of a server to what operators see: which secrets are kept, and none of them.

use super::access::access;
use crate::app::App;
use crate::flow::FlowError;
use crate::store::ServerRecord;
use shared::api::servers::ServerView;

/// A server that holds so many panels.
pub(super) fn view(app: &App, server: ServerRecord, panels: u32) -> Result<ServerView, FlowError> {
    let secrets = access(app, &server)?.secrets;
    let kept = [
        ("admin_password", secrets.admin_password.is_some()),
        ("database_url", secrets.database_url.is_some()),
        ("service_login", secrets.service_login.is_some()),
        ("service_password", secrets.service_password.is_some()),
    ];
    let (seen_at, version, driver, locks) = match server.surveyed {
        Some(seen) => (Some(seen.at), Some(seen.version), Some(seen.driver), Some(seen.locks)),
        None => (None, None, None, None),
    };
    Ok(ServerView {
        id: server.id,
        name: server.name,
        url: server.url,
        template: server.template,
        capacity: server.capacity,
        panels,
        draining: server.draining,
        files_folder: server.files_folder,
        secrets: kept.into_iter().filter(|(_, kept)| *kept).map(|(name, _)| name.to_owned()).collect(),
        version,
        driver,
        locks,
        surveyed_at: seen_at,
        trouble: server.trouble,
        revision: server.revision,
    })
}
