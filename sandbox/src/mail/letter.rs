//! One letter that was taken.

use serde::Serialize;

use super::mime::{self, Part};

/// A letter as it came, and as its reader sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Letter {
    /// The first that was taken is 1.
    pub number: u64,
    /// From whom, as the envelope says.
    pub from: String,
    /// To whom, as the envelope says.
    pub to: Vec<String>,
    /// What it is about.
    pub subject: String,
    /// Its own name.
    pub message_id: String,
    /// When it was written, in its own words.
    pub date: String,
    /// As plain text; empty if it has none.
    pub text: String,
    /// As HTML; empty if it has none.
    pub html: String,
    /// Its headers in the order in which they came, decoded.
    pub headers: Vec<(String, String)>,
    /// All of it as it came.
    #[serde(skip)]
    pub raw: Vec<u8>,
}

impl Letter {
    pub(super) fn read(number: u64, from: String, to: Vec<String>, raw: Vec<u8>) -> Self {
        let part = Part::read(&raw);
        let headers = part.headers.clone();
        let header = |name: &str| mime::header(&headers, name).unwrap_or_default().to_owned();
        let (subject, message_id, date) = (header("Subject"), header("Message-ID"), header("Date"));
        let (text, html) = (part.text_of("text/plain"), part.text_of("text/html"));
        Self { number, from, to, subject, message_id, date, text, html, headers, raw }
    }

    /// What a header says; empty if it is not there.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        mime::header(&self.headers, name).unwrap_or_default()
    }
}
