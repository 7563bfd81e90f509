//! A server with its secrets, as the host's plug wants it.

use crate::app::App;
use crate::flow::FlowError;
use crate::port::host::{ServerAccess, ServerSecrets};
use crate::store::ServerRecord;

/// Opens what is kept of a server.
pub(in crate::flow) fn access(app: &App, server: &ServerRecord) -> Result<ServerAccess, FlowError> {
    let unreadable =
        |what: &str| FlowError::ServerUnreadable(format!("the {what} of server {} is not readable", server.id));
    Ok(ServerAccess {
        id: server.id,
        revision: server.revision,
        url: server.url.parse().map_err(|_| unreadable("address"))?,
        secrets: secrets(app, server)?,
        files_folder: server.files_folder.as_ref().map(Into::into),
    })
}

/// What opens a server. An error if another deployment's secret locked it: to people it is then as if nothing were kept, since nothing
/// but giving it anew helps.
pub(super) fn secrets(app: &App, server: &ServerRecord) -> Result<ServerSecrets, FlowError> {
    let text = app.safe.open(&server.id.to_string(), &server.secrets)?;
    let unreadable = |_| FlowError::ServerUnreadable(format!("the secrets of server {} are not readable", server.id));
    serde_json::from_str(&text).map_err(unreadable)
}
