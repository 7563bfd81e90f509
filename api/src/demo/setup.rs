//! The made-up host's set-up: a panel that is paid for comes up after a while, as it would on a real server.

use crate::app::App;
use crate::compose::StartError;
use sandbox::odoo::{Odoo, PanelState};
use shared::api::tenants::PanelStatus;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::interval;

/// How long setting up takes, in looks of a second.
const LOOKS: u32 = 15;
/// These were given up on once; they come up only when somebody retries.
const STUBBORN: [&str; 2] = ["sangu", "halda"];

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

/// Sets up panels that are being created, until the demonstration ends.
pub(super) async fn set_up_new_panels(app: Arc<App>, odoo: Odoo) {
    let mut looks: HashMap<String, u32> = HashMap::new();
    let mut stubborn = STUBBORN.map(str::to_owned).to_vec();
    let mut second = interval(Duration::from_secs(1));
    loop {
        second.tick().await;
        let Ok(panels) = app.store.gate_entries(None).await else { continue };
        for (subdomain, door) in panels {
            match door.status {
                PanelStatus::Creating if stubborn.contains(&subdomain) => {}
                PanelStatus::Creating => {
                    let seen = looks.entry(subdomain.clone()).or_default();
                    *seen += 1;
                    if *seen >= LOOKS {
                        odoo.set_panel(&subdomain, PanelState::Up);
                    }
                }
                PanelStatus::Failed => stubborn.retain(|name| *name != subdomain),
                PanelStatus::Pending
                | PanelStatus::Active
                | PanelStatus::Stopped
                | PanelStatus::Suspended
                | PanelStatus::Deleting
                | PanelStatus::Deleted => {}
            }
        }
    }
}
