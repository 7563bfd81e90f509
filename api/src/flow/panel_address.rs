//! Where a panel is, with what opens its server.

use crate::app::App;
use crate::flow::FlowError;
use crate::flow::servers::access;
use crate::port::host::PanelAddress;
use crate::store::TenantRecord;
use shared::billing::state::Panel;
use std::sync::Arc;

/// Where the panel is; `None` as long as no server was chosen for it, and once it is removed: what has its name then is another's.
pub(crate) async fn panel_address(app: &App, record: &TenantRecord) -> Result<Option<PanelAddress>, FlowError> {
    if record.state.panel == Panel::Deleted {
        return Ok(None);
    }
    let Some(server_id) = record.server_id else { return Ok(None) };
    let Some(server) = app.store.server(server_id).await? else { return Ok(None) };
    Ok(Some(PanelAddress { server: Arc::new(access(app, &server)?), subdomain: record.subdomain.clone() }))
}
