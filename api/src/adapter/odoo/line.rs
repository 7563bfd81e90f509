//! The line to a server: HTTP to its private address, in the name of a panel or in nobody's. Knows no method of Odoo's.

use std::time::Duration;

use reqwest::header::{CONTENT_TYPE, HOST, HeaderMap, LOCATION, SET_COOKIE};
use reqwest::redirect::Policy;
use reqwest::{Client, RequestBuilder, Response, StatusCode};
use serde::Serialize;
use url::Url;

use crate::port::Unknown;

const FORWARDED_HOST: &str = "x-forwarded-host";
const FORWARDED_PROTO: &str = "x-forwarded-proto";
const DATABASE: &str = "x-odoo-database";
/// More than any answer is that says something to us. Dumps do not pass here.
const ANSWER_BYTES_MAX: u64 = 4 << 20;

/// The largest panels take so long to be dumped, or to be made from a dump.
const CARRY_TIMEOUT: Duration = Duration::from_secs(6 * 3_600);

/// How long an answer may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Patience {
    /// A look: seconds.
    Look,
    /// What makes or moves a database: minutes.
    Work,
    /// What carries a whole one: hours.
    Carry,
}

/// No HTTP client could be built; TLS is not available.
#[derive(Debug, thiserror::Error)]
#[error("no HTTP client for the Odoo servers")]
pub struct SetupError(#[source] reqwest::Error);

/// One client for all servers, and how patient it is. Copies share it.
#[derive(Clone)]
pub(super) struct Line {
    client: Client,
    panel_domain: String,
    look: Duration,
    work: Duration,
}

/// An answer, read whole.
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) body: Vec<u8>,
}

impl Line {
    pub(super) fn new(panel_domain: String, look: Duration, work: Duration) -> Result<Self, SetupError> {
        let client = Client::builder()
            .connect_timeout(look)
            .redirect(Policy::none())
            // A server is a neighbour; what the environment says about the way to the internet does not apply.
            .no_proxy()
            // Odoo ends idle connections when it likes, and what makes a database must not be sent into such a one.
            .pool_max_idle_per_host(0)
            .build()
            .map_err(SetupError)?;
        Ok(Self { client, panel_domain, look, work })
    }

    pub(super) const fn timeout(&self, patience: Patience) -> Duration {
        match patience {
            Patience::Look => self.look,
            Patience::Work => self.work,
            Patience::Carry => CARRY_TIMEOUT,
        }
    }

    /// A request for a panel's own pages, as the proxy in front would make it: with `proxy_mode` the server goes by the
    /// forwarded names, without by the first. From version 19 on the database may be named outright, for a server that filters by no host
    /// name; older ones must filter, or they find none.
    pub(super) fn named(&self, request: RequestBuilder, name: &str) -> RequestBuilder {
        let host = format!("{name}.{}", self.panel_domain);
        let request = request.header(HOST, &host).header(FORWARDED_HOST, host);
        request.header(FORWARDED_PROTO, "https").header(DATABASE, name)
    }

    pub(super) fn get(&self, server: &Url, path: &str, patience: Patience) -> RequestBuilder {
        self.client.get(at(server, path)).timeout(self.timeout(patience))
    }

    pub(super) fn post(&self, server: &Url, path: &str, patience: Patience) -> RequestBuilder {
        self.client.post(at(server, path)).timeout(self.timeout(patience))
    }

    /// A question in JSON, in the name of a panel or in nobody's.
    pub(super) async fn ask<T: Serialize>(
        &self,
        server: &Url,
        path: &str,
        name: Option<&str>,
        body: &T,
        patience: Patience,
    ) -> Result<Answer, Unknown> {
        let request = self.post(server, path, patience).json(body);
        let request = match name {
            Some(name) => self.named(request, name),
            None => request,
        };
        whole(send(request).await?).await
    }
}

/// The address of a path at a server, which may itself live below one.
fn at(server: &Url, path: &str) -> Url {
    let mut url = server.clone();
    url.set_path(&format!("{}{path}", server.path().trim_end_matches('/')));
    url.set_query(None);
    url
}

/// Sends it. The address is nobody's business in an error: the text is shown and logged.
pub(super) async fn send(request: RequestBuilder) -> Result<Response, Unknown> {
    request.send().await.map_err(|error| silence(&error))
}

fn silence(error: &reqwest::Error) -> Unknown {
    Unknown::new(if error.is_timeout() {
        "the server did not answer in time"
    } else if error.is_connect() {
        "the server cannot be reached"
    } else {
        "the server broke off"
    })
}

/// Reads an answer to its end, if it has one within reason.
pub(super) async fn whole(response: Response) -> Result<Answer, Unknown> {
    up_to(response, ANSWER_BYTES_MAX).await?.ok_or_else(|| Unknown::new("the server's answer has no end"))
}

/// Reads an answer to its end; `None` if it is longer than that.
pub(super) async fn up_to(mut response: Response, bytes_max: u64) -> Result<Option<Answer>, Unknown> {
    let status = response.status();
    let room = usize::try_from(bytes_max).unwrap_or(usize::MAX);
    let mut body = Vec::new();
    while let Some(piece) = response.chunk().await.map_err(|error| silence(&error))? {
        if piece.len() > room - body.len() {
            return Ok(None);
        }
        body.extend_from_slice(&piece);
    }
    Ok(Some(Answer { status, body }))
}

/// The next piece of an answer that is too long to be held.
pub(super) async fn piece(response: &mut Response) -> Result<Option<Vec<u8>>, Unknown> {
    let piece = response.chunk().await.map_err(|error| silence(&error))?;
    Ok(piece.map(|bytes| bytes.to_vec()))
}

/// Whether an answer is a page for people.
pub(super) fn is_page(headers: &HeaderMap) -> bool {
    headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).is_none_or(|text| text.starts_with("text/html"))
}

/// Whether a redirect leads to the database selector: so Odoo says that there is no such database, or that it is closed.
pub(super) fn leads_to_selector(response: &Response) -> bool {
    let location = response.headers().get(LOCATION).and_then(|value| value.to_str().ok());
    let target = location.and_then(|text| response.url().join(text).ok());
    target.is_some_and(|url| url.path().ends_with("/web/database/selector"))
}

/// Whether a redirect leads to the same page again, in a session of its own: so Odoo changes to another database, its only one.
pub(super) fn leads_to_another(response: &Response, path: &str) -> bool {
    let headers = response.headers();
    let location = headers.get(LOCATION).and_then(|value| value.to_str().ok());
    let target = location.and_then(|text| response.url().join(text).ok());
    let session = headers.get_all(SET_COOKIE).iter().any(|value| value.as_bytes().starts_with(b"session_id="));
    session && target.is_some_and(|url| url.path().ends_with(path))
}
