//! What the made-up host has besides the panels that Hourglass sets up.

use super::host::TEMPLATE;
use crate::app::App;
use crate::compose::StartError;
use crate::flow::jobs::identity;
use crate::flow::panel_address::panel_address;
use crate::store::Door;
use sandbox::odoo::{Odoo, PanelState};
use shared::api::tenants::PanelStatus;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::interval;

/// Somebody else's database has this panel's name when it is to be set up; it is taken away once that has failed.
pub(super) const STUBBORN: &str = "halda";

/// The made-up host forgets its databases with every end of the demonstration: what the memory knows is made again. People
/// are at work at whatever hour the demonstration begins.
pub(super) async fn restore_panels(app: &App, odoo: &Odoo) -> Result<(), StartError> {
    let there = odoo.databases().views().await.unwrap_or_default();
    for (subdomain, door) in app.store.gate_entries(None).await? {
        let has_data = match door.status {
            PanelStatus::Active | PanelStatus::Stopped | PanelStatus::Suspended => true,
            PanelStatus::Pending | PanelStatus::Creating | PanelStatus::Failed => false,
            PanelStatus::Deleting | PanelStatus::Deleted => false,
        };
        if has_data && !there.iter().any(|it| it.name == subdomain) {
            make_again(app, &door).await?;
        }
        if has_data {
            odoo.set_panel(&subdomain, PanelState::Up);
        }
    }
    Ok(())
}

async fn make_again(app: &App, door: &Door) -> Result<(), StartError> {
    let Some(record) = app.store.tenant(door.tenant_id).await? else { return Ok(()) };
    let Some(panel) = panel_address(app, &record).await? else { return Ok(()) };
    let made = app.host.build(&panel, TEMPLATE, &identity(app, &record).await?).await;
    made.map_err(|error| StartError::Io(std::io::Error::other(error.to_string())))
}

/// Clears the way for panels that could not be set up, until the demonstration ends: whoever retries succeeds.
pub(super) async fn clear_the_way(app: Arc<App>, odoo: Odoo) {
    let mut second = interval(Duration::from_secs(1));
    let mut stubborn = true;
    while stubborn {
        second.tick().await;
        let Ok(panels) = app.store.gate_entries(None).await else { continue };
        let failed = |(name, door): &(String, Door)| name == STUBBORN && door.status == PanelStatus::Failed;
        stubborn = !panels.iter().any(failed);
    }
    let _ = odoo.databases().drop(STUBBORN).await;
}
