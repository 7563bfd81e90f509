//! Is a panel up? What a visitor would see: the sign-in page under the panel's own name.

use reqwest::{Response, StatusCode};
use shared::billing::usage::Seen;

use super::line::{Line, Patience, leads_to_another, leads_to_selector, send};
use crate::port::host::PanelAddress;

const LOGIN: &str = "/web/login";

/// Asks for the sign-in page. Writes nothing in the panel: nobody signs in.
pub(super) async fn probe(line: &Line, panel: &PanelAddress) -> Seen {
    let request = line.named(line.get(&panel.server.url, LOGIN, Patience::Look), &panel.subdomain);
    match send(request).await {
        Ok(response) => read(&response),
        // Refused, cut off, or too late: the server said nothing about the panel.
        Err(_) => Seen::Unknown,
    }
}

/// What an answer to the sign-in page says about the panel.
fn read(response: &Response) -> Seen {
    match response.status() {
        StatusCode::OK => Seen::Up,
        // Missing, closed or filtered databases lead to the selector; other redirects say nothing about the panel.
        StatusCode::SEE_OTHER | StatusCode::FOUND if leads_to_selector(response) => Seen::Down,
        // The only other database that the server has: where no host name filters, it takes that one for a missing panel.
        StatusCode::FOUND if leads_to_another(response, LOGIN) => Seen::Down,
        // The database is there and broken, or tenants' addresses are not served at all.
        StatusCode::INTERNAL_SERVER_ERROR | StatusCode::NOT_FOUND => Seen::Down,
        // A proxy's 502 to 504 is the proxy's word, not the server's.
        _ => Seen::Unknown,
    }
}
