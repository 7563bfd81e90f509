//! The world of the Odoo adapter: the sandbox Odoo.

use std::net::TcpListener;
use std::time::Duration;

use hourglass::adapter::odoo::{OdooConfig, OdooHost};
use sandbox::odoo::{Odoo, PanelState};

use crate::panel_host::{Condition, World};

/// A sandbox Odoo and an adapter for it.
pub(crate) struct Sandbox {
    odoo: Odoo,
    host: OdooHost,
}

fn adapter() -> OdooHost {
    OdooHost::new(OdooConfig { panel_domain: "panels.example".into(), timeout: Duration::from_secs(5) }).unwrap()
}

impl World for Sandbox {
    type Host = OdooHost;

    fn new() -> Self {
        let odoo = Odoo::start(TcpListener::bind("127.0.0.1:0").unwrap()).unwrap();
        let host = adapter();
        Self { odoo, host }
    }

    fn host(&self) -> &OdooHost {
        &self.host
    }

    fn url(&self) -> String {
        self.odoo.url().to_owned()
    }

    fn panel_is(&self, subdomain: &str, condition: Condition) {
        let state = match condition {
            Condition::Serving => PanelState::Up,
            Condition::Missing => PanelState::Missing,
            Condition::Broken => PanelState::Broken,
        };
        self.odoo.set_panel(subdomain, state);
    }

    fn hangs_up(&self) {
        self.odoo.set_down(true);
    }
}
