//! Asking the gateway over HTTP: bounded in time and size, never redirected, and silent about addresses.
//!
//! Knows nothing of what is asked. Everything but an HTTP 200 with a body of bearable size is `Unknown`.

use std::time::Duration;

use reqwest::redirect::Policy;
use reqwest::{Client, RequestBuilder, Response, StatusCode};
use url::Url;

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

impl Transport {
    pub(super) fn new(base_url: Url, timeout: Duration) -> Result<Self, reqwest::Error> {
        let client = Client::builder()
            .connect_timeout(timeout / CONNECT_SHARE)
            .timeout(timeout)
            .redirect(Policy::none())
            // The address of a question holds the password.
            .referer(false)
            .build()?;
        Ok(Self { client, base_url })
    }

    /// The scheme of the gateway: `https`, or `http` for a local one.
    pub(super) fn scheme(&self) -> &str {
        self.base_url.scheme()
    }

    /// Posts an urlencoded form. (Multipart is taken too, but was seen refused.)
    pub(super) async fn post(&self, path: &str, form: &[(&str, &str)]) -> Result<Vec<u8>, Unknown> {
        fetch(self.client.post(self.address(path)).form(form)).await
    }

    /// Asks with everything in the query string.
    pub(super) async fn get(&self, path: &str, query: &[(&str, &str)]) -> Result<Vec<u8>, Unknown> {
        fetch(self.client.get(self.address(path)).query(query)).await
    }

    fn address(&self, path: &str) -> Url {
        let mut address = self.base_url.clone();
        address.set_path(&format!("{}{path}", self.base_url.path().trim_end_matches('/')));
        address.set_query(None);
        address
    }
}

async fn fetch(request: RequestBuilder) -> Result<Vec<u8>, Unknown> {
    let response = request.send().await.map_err(|error| unknown(&error))?;
    if response.status() != StatusCode::OK {
        return Err(Unknown::new(format!("the gateway answered with HTTP {}", response.status().as_u16())));
    }
    body(response).await
}

async fn body(mut response: Response) -> Result<Vec<u8>, Unknown> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| unknown(&error))? {
        if body.len() + chunk.len() > LARGEST_ANSWER {
            return Err(Unknown::new("the gateway's answer is too large"));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

/// Says what kind of failure it was, in our words: the client's own would name the address.
fn unknown(error: &reqwest::Error) -> Unknown {
    Unknown::new(if error.is_timeout() {
        "the gateway did not answer in time"
    } else if error.is_connect() {
        "the gateway could not be reached"
    } else if error.is_body() || error.is_decode() {
        "the gateway's answer broke off"
    } else {
        "the gateway did not answer"
    })
}
