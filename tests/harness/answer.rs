//! One answer of the API, read to its end. Knows what every refusal must look like, whatever it is about.

use reqwest::Response;
use reqwest::header::HeaderMap;
use serde_json::Value;

/// One answer.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body, as text.
    pub body: String,
}

impl Answer {
    /// Reads an answer to its end.
    pub async fn read(response: Response) -> Self {
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        // Every byte of it: what reads text leaves the mark out with which a table begins.
        let body = response.bytes().await.expect("an answer that arrives whole");
        Self { status, headers, body: String::from_utf8_lossy(&body).into_owned() }
    }

    /// The one header of that name.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// The value of a cookie that this answer sets.
    #[must_use]
    pub fn cookie(&self, name: &str) -> Option<String> {
        let set = self.headers.get_all("set-cookie").iter().filter_map(|value| value.to_str().ok());
        let (_, value) =
            set.filter_map(|text| text.split(';').next()?.split_once('=')).find(|(key, _)| *key == name)?;
        Some(value.to_owned())
    }

    /// The lines of a table, which must begin with the mark that spreadsheets know its letters by.
    #[must_use]
    pub fn lines(&self) -> Vec<&str> {
        self.body.strip_prefix('\u{feff}').expect("a mark").lines().collect()
    }

    /// The body, which must be JSON.
    #[must_use]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error} in: {self:?}"))
    }

    /// The JSON body of an answer that must have this status.
    #[must_use]
    #[track_caller]
    pub fn ok(&self, status: u16) -> Value {
        assert_eq!(self.status, status, "{self:?}");
        self.json()
    }

    /// The answer, which must have this status and may be empty.
    #[track_caller]
    pub fn is(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{self:?}");
        self
    }

    /// The problem document of a refusal, which must have this status and code, and everything that all of them have.
    #[track_caller]
    pub fn refused(&self, status: u16, code: &str) -> Value {
        assert_eq!(self.header("content-type"), Some("application/problem+json"), "{self:?}");
        let problem = self.json();
        assert_eq!((self.status, problem["code"].as_str()), (status, Some(code)), "{self:?}");
        assert_eq!(problem["status"], status, "{self:?}");
        assert_eq!(problem["type"], format!("/docs/problems#{code}"), "{self:?}");
        assert!(problem["title"].as_str().is_some_and(|title| !title.is_empty()), "{self:?}");
        let request_id = self.header("x-request-id").expect("every answer is named");
        assert!(!request_id.is_empty() && problem["request_id"] == request_id, "{self:?}");
        problem
    }
}
