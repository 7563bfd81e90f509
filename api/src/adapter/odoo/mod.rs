//! Odoo servers, the host of the panels, as a plug for `port::host`.
//!
//! It asks what a visitor would ask: the sign-in page under the panel's own name. It holds no master password and
//! changes nothing on the server: at this level a panel is closed by the gate in front of it.

use std::path::Path;
use std::time::Duration;

use async_trait::async_trait;
use reqwest::header::{HOST, LOCATION};
use reqwest::redirect::Policy;
use reqwest::{Client, Response, StatusCode};
use shared::billing::usage::Seen;
use url::Url;

use crate::port::host::{HostError, Identity, Measured, PanelAddress, PanelHost, ServerAccess, Survey};

const LOGIN: &str = "/web/login";
const SELECTOR: &str = "/web/database/selector";

/// How servers are asked.
#[derive(Debug, Clone)]
pub struct OdooConfig {
    /// The domain under which panels live: `example.com` for `acme.example.com`.
    pub panel_domain: String,
    /// For one probe.
    pub timeout: Duration,
}

/// Odoo servers with their panels.
pub struct OdooHost {
    client: Client,
    panel_domain: String,
}

/// No HTTP client could be built; TLS is not available.
#[derive(Debug, thiserror::Error)]
#[error("no HTTP client for the Odoo servers")]
pub struct SetupError(#[source] reqwest::Error);

impl OdooHost {
    /// Prepares; connects to nothing.
    pub fn new(config: OdooConfig) -> Result<Self, SetupError> {
        let client = Client::builder()
            .connect_timeout(config.timeout)
            .timeout(config.timeout)
            .redirect(Policy::none())
            // The servers are neighbours; what the environment says about the way to the internet does not apply.
            .no_proxy()
            .build()
            .map_err(SetupError)?;
        Ok(Self { client, panel_domain: config.panel_domain })
    }
}

#[async_trait]
impl PanelHost for OdooHost {
    async fn probe(&self, panel: &PanelAddress) -> Seen {
        let host = format!("{}.{}", panel.subdomain, self.panel_domain);
        let mut login = panel.server.url.clone();
        login.set_path(&format!("{}{LOGIN}", login.path().trim_end_matches('/')));
        match self.client.get(login).header(HOST, host).send().await {
            Ok(response) => read(&response),
            // Refused, cut off, or too late: the server said nothing about the panel.
            Err(_) => Seen::Unknown,
        }
    }

    async fn measure(&self, _: &PanelAddress) -> Measured {
        Measured::default()
    }

    async fn close(&self, _: &PanelAddress) -> Result<(), HostError> {
        Ok(())
    }

    async fn open(&self, _: &PanelAddress) -> Result<(), HostError> {
        Ok(())
    }

    async fn survey(&self, _: &ServerAccess) -> Result<Survey, HostError> {
        Ok(Survey { version: String::new(), driver: "rpc", locks: false, databases: vec![] })
    }

    async fn build(&self, _: &PanelAddress, _: &str, _: &Identity) -> Result<(), HostError> {
        Ok(())
    }

    async fn adopt(&self, _: &PanelAddress, _: &Identity) -> Result<(), HostError> {
        Ok(())
    }

    async fn rename(&self, _: &PanelAddress, _: &str) -> Result<(), HostError> {
        Ok(())
    }

    async fn remove(&self, _: &PanelAddress) -> Result<(), HostError> {
        Ok(())
    }

    async fn dump(&self, _: &PanelAddress, _: &Path) -> Result<(), HostError> {
        Err(HostError::Refused("not built yet".to_owned()))
    }

    async fn load(&self, _: &PanelAddress, _: &Path) -> Result<(), HostError> {
        Err(HostError::Refused("not built yet".to_owned()))
    }

    async fn entry(&self, _: &PanelAddress, url: &Url, _: &str) -> Result<Url, HostError> {
        Ok(url.clone())
    }
}

/// What an answer to the sign-in page says about the panel.
fn read(response: &Response) -> Seen {
    match response.status() {
        StatusCode::OK => Seen::Up,
        // Missing, closed or filtered databases lead to the selector; other redirects say nothing about the panel.
        StatusCode::SEE_OTHER | StatusCode::FOUND if leads_to_selector(response) => Seen::Down,
        // The database is there and broken, or tenants' addresses are not served at all.
        StatusCode::INTERNAL_SERVER_ERROR | StatusCode::NOT_FOUND => Seen::Down,
        // A proxy's 502 to 504 is the proxy's word, not the server's.
        _ => Seen::Unknown,
    }
}

fn leads_to_selector(response: &Response) -> bool {
    let location = response.headers().get(LOCATION).and_then(|value| value.to_str().ok());
    let target = location.and_then(|text| response.url().join(text).ok());
    target.is_some_and(|url| url.path() == SELECTOR)
}
