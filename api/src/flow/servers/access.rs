//! A server with its secrets, as the host's plug wants it.

use crate::app::App;
use crate::flow::FlowError;
use crate::port::host::{ServerAccess, ServerSecrets};
use crate::store::ServerRecord;

/// Opens what is kept of a server.
pub(in crate::flow) fn access(app: &App, server: &ServerRecord) -> Result<ServerAccess, FlowError> {
    let secrets = app.safe.open(&server.id.to_string(), &server.secrets)?;
    let unreadable =
        |what: &str| FlowError::ServerUnreadable(format!("the {what} of server {} is not readable", server.id));
    let secrets: ServerSecrets = serde_json::from_str(&secrets).map_err(|_| unreadable("secrets"))?;
    Ok(ServerAccess {
        id: server.id,
        revision: server.revision,
        url: server.url.parse().map_err(|_| unreadable("address"))?,
        secrets,
        files_folder: server.files_folder.as_ref().map(Into::into),
    })
}
