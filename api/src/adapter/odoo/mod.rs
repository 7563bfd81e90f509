//! Odoo servers, the host of the panels, as a plug for `port::host`.
//!
//! It asks what a visitor would ask: the sign-in page under the panel's own name. It holds no master password and
//! changes nothing on the server: at this level a panel is closed by the gate in front of it.

use std::time::Duration;

use async_trait::async_trait;
use reqwest::header::{HOST, LOCATION};
use reqwest::redirect::Policy;
use reqwest::{Client, Response, StatusCode};
use shared::billing::gauge::Sample;
use shared::billing::usage::Seen;
use url::Url;

use crate::port::Unknown;
use crate::port::host::{PanelAddress, PanelHost};

const LOGIN: &str = "/web/login";
const SELECTOR: &str = "/web/database/selector";

/// Which Odoo server.
#[derive(Debug, Clone)]
pub struct OdooConfig {
    /// Where the server listens, best on a private port that the gate does not guard.
    pub base_url: Url,
    /// The domain under which panels live: `example.com` for `acme.example.com`.
    pub panel_domain: String,
    /// For one probe.
    pub timeout: Duration,
}

/// One Odoo server with its panels.
pub struct OdooHost {
    client: Client,
    login: Url,
    panel_domain: String,
}

/// No HTTP client could be built; TLS is not available.
#[derive(Debug, thiserror::Error)]
#[error("no HTTP client for the Odoo server")]
pub struct SetupError(#[source] reqwest::Error);

impl OdooHost {
    /// Prepares; connects to nothing.
    pub fn new(config: OdooConfig) -> Result<Self, SetupError> {
        let client = Client::builder()
            .connect_timeout(config.timeout)
            .timeout(config.timeout)
            .redirect(Policy::none())
            // The server is a neighbour; what the environment says about the way to the internet does not apply.
            .no_proxy()
            .build()
            .map_err(SetupError)?;
        let mut login = config.base_url;
        login.set_path(&format!("{}{LOGIN}", login.path().trim_end_matches('/')));
        login.set_query(None);
        Ok(Self { client, login, panel_domain: config.panel_domain })
    }
}

#[async_trait]
impl PanelHost for OdooHost {
    async fn probe(&self, panel: &PanelAddress) -> Seen {
        let host = format!("{}.{}", panel.subdomain, self.panel_domain);
        match self.client.get(self.login.clone()).header(HOST, host).send().await {
            Ok(response) => read(&response),
            // Refused, cut off, or too late: the server said nothing about the panel.
            Err(_) => Seen::Unknown,
        }
    }

    /// The sign-in page tells neither.
    async fn measure(&self, _panel: &PanelAddress) -> Sample {
        Sample::default()
    }

    /// Nothing to do: the gate's own answer closes the panel. (A deployment whose gate does not block RPC, or that must
    /// also stop scheduled jobs, needs a host that locks the database as well.)
    async fn close(&self, _panel: &PanelAddress) -> Result<(), Unknown> {
        Ok(())
    }

    /// Nothing to do: the gate's own answer opens the panel.
    async fn open(&self, _panel: &PanelAddress) -> Result<(), Unknown> {
        Ok(())
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
