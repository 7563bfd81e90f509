//! What the made-up host has besides the panels that Hourglass sets up.

use crate::app::App;
use crate::compose::StartError;
use crate::store::Door;
use sandbox::odoo::{Odoo, PanelState};
use shared::api::tenants::PanelStatus;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::interval;

/// Somebody else's database has this panel's name when it is to be set up; it is taken away once that has failed.
pub(super) const STUBBORN: &str = "halda";

/// Brings up at the made-up host what the memory knows to be running.
pub(super) async fn restore_panels(app: &App, odoo: &Odoo) -> Result<(), StartError> {
    for (subdomain, door) in app.store.gate_entries(None).await? {
        let up = match door.status {
            PanelStatus::Active | PanelStatus::Stopped | PanelStatus::Suspended => true,
            PanelStatus::Pending | PanelStatus::Creating | PanelStatus::Failed => false,
            PanelStatus::Deleting | PanelStatus::Deleted => false,
        };
        odoo.set_panel(&subdomain, if up { PanelState::Up } else { PanelState::Missing });
    }
    Ok(())
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
