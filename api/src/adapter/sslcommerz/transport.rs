//! Asking the gateway over HTTP, once: bounded in time and size, never redirected, and silent about addresses.
//!
//! Knows nothing of what is asked. Everything but an HTTP 200 with one JSON object of bearable size is no answer.

use std::time::Duration;

use reqwest::redirect::Policy;
use reqwest::{Client, RequestBuilder, Response, StatusCode};
use url::Url;

use super::answer::Answer;
use crate::port::Unknown;

/// Answers are a few kilobytes; a session's list of channels is the longest.
const LARGEST_ANSWER: usize = 512 * 1_024;
/// Connecting takes at most this share of a question's time.
const CONNECT_SHARE: u32 = 3;

/// A way to ask one gateway.
pub(super) struct Transport {
    client: Client,
    base_url: Url,
}

/// What is asked.
pub(super) struct Question<'q> {
    pub(super) by: By,
    pub(super) path: &'static str,
    pub(super) fields: Vec<(&'q str, &'q str)>,
}

/// How it is asked.
pub(super) enum By {
    /// By POST, as an urlencoded form. (Multipart is taken too, but was seen refused.)
    Form,
    /// By GET, with everything in the query string.
    Query,
}

/// Why a try brought no readable answer.
#[derive(Debug)]
pub(super) enum Failure {
    /// It may be otherwise in a moment: no connection, no time, a server error, a page for people.
    Passing(Unknown),
    /// It will be the same in a moment.
    Lasting(Unknown),
}

impl Transport {
    pub(super) fn new(base_url: Url, timeout: Duration) -> Result<Self, reqwest::Error> {
        let client = Client::builder()
            .connect_timeout(timeout / CONNECT_SHARE)
            .timeout(timeout)
            .redirect(Policy::none())
            // How often something is asked is decided in one place, and this is not it.
            .retry(reqwest::retry::never())
            // The address of a question holds the password. What this protocol's code logs of it, at any level, is tested.
            .http1_only()
            .referer(false)
            .build()?;
        Ok(Self { client, base_url })
    }

    /// The scheme of the gateway: `https`, or `http` for a local one.
    pub(super) fn scheme(&self) -> &str {
        self.base_url.scheme()
    }

    /// Asks, and waits no longer than `patience`.
    pub(super) async fn ask(&self, question: &Question<'_>, patience: Duration) -> Result<Answer, Failure> {
        let address = self.address(question.path);
        let request = match question.by {
            By::Form => self.client.post(address).form(&question.fields),
            By::Query => self.client.get(address).query(&question.fields),
        };
        fetch(request.timeout(patience)).await
    }

    fn address(&self, path: &str) -> Url {
        let mut address = self.base_url.clone();
        address.set_path(&format!("{}{path}", self.base_url.path().trim_end_matches('/')));
        address.set_query(None);
        address
    }
}

async fn fetch(request: RequestBuilder) -> Result<Answer, Failure> {
    let response = request.send().await.map_err(|error| broken(&error))?;
    let status = response.status();
    if status != StatusCode::OK {
        let unknown = Unknown::new(format!("the gateway answered with HTTP {}", status.as_u16()));
        return Err(if status.is_server_error() { Failure::Passing(unknown) } else { Failure::Lasting(unknown) });
    }
    // Maintenance pages come with HTTP 200, and pass like the maintenance.
    Answer::read(&body(response).await?).map_err(Failure::Passing)
}

async fn body(mut response: Response) -> Result<Vec<u8>, Failure> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| broken(&error))? {
        if body.len() + chunk.len() > LARGEST_ANSWER {
            return Err(Failure::Lasting(Unknown::new("the gateway's answer is too large")));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

/// Says what kind of failure it was, in our words: the client's own would name the address.
fn broken(error: &reqwest::Error) -> Failure {
    Failure::Passing(Unknown::new(if error.is_timeout() {
        "the gateway did not answer in time"
    } else if error.is_connect() {
        "the gateway could not be reached"
    } else if error.is_body() || error.is_decode() {
        "the gateway's answer broke off"
    } else {
        "the gateway did not answer"
    }))
}
