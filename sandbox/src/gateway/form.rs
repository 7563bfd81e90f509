//! Reading query strings and form bodies of either encoding into pairs. Knows no field names.

use actix_multipart::Multipart;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::{HttpRequest, web};
use futures_util::TryStreamExt;

/// More than any form of this gateway needs.
const LIMIT: usize = 256 * 1_024;
const FIELD_LIMIT: usize = 16 * 1_024;

/// Decoded fields. Empty ones count as absent, as on the real gateway.
pub(super) struct Form {
    pairs: Vec<(String, String)>,
    /// Whether they came as `multipart/form-data`.
    pub(super) multipart: bool,
}

impl Form {
    /// The pairs of a query string or an urlencoded body.
    pub(super) fn parse(text: &[u8]) -> Self {
        Self { pairs: url::form_urlencoded::parse(text).into_owned().collect(), multipart: false }
    }

    /// Reads a request's body. What cannot be read gives no fields: the gateway then misses the credentials.
    pub(super) async fn read(request: &HttpRequest, payload: web::Payload) -> Self {
        let kind = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        if kind.to_ascii_lowercase().starts_with("multipart/form-data") {
            let pairs = parts(Multipart::new(request.headers(), payload)).await.unwrap_or_default();
            return Self { pairs, multipart: true };
        }
        match payload.to_bytes_limited(LIMIT).await {
            Ok(Ok(body)) => Self::parse(&body),
            _ => Self::parse(b""),
        }
    }

    /// Reads a question: its query string, and its body, which comes first where both have a field.
    pub(super) async fn asked(request: &HttpRequest, payload: web::Payload) -> Self {
        let mut form = Self::parse(request.query_string().as_bytes());
        let body = Self::read(request, payload).await;
        form.pairs.extend(body.pairs.into_iter().filter(|(_, value)| !value.is_empty()));
        form
    }

    /// The last value of a field, as PHP takes it.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let last = self.pairs.iter().rev().find(|(key, _)| key == name);
        last.map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
    }

    /// Every value of a field that may be given several times.
    pub(super) fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.pairs.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

async fn parts(mut body: Multipart) -> Option<Vec<(String, String)>> {
    let mut pairs = Vec::new();
    while let Some(mut field) = body.try_next().await.ok()? {
        let name = field.name().unwrap_or_default().to_owned();
        let bytes = field.bytes(FIELD_LIMIT).await.ok()?.ok()?;
        pairs.push((name, String::from_utf8(bytes.to_vec()).ok()?));
    }
    Some(pairs)
}
