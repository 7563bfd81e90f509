//! Answers that need more than a body: tagged ones, and those that were given before.

use super::ApiError;
use crate::flow::FlowError;
use crate::keys::fingerprint;
use crate::store::StoredAnswer;
use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};
use serde::Serialize;
use shared::api::problem::ErrorCode;

/// The body under its ETag, or 304 if the client has it.
pub(super) fn tagged<T: Serialize>(request: &HttpRequest, body: &T) -> Result<HttpResponse, ApiError> {
    let (json, tag) = written(body)?;
    let known = request.headers().get(IF_NONE_MATCH).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if known.trim() == "*" || known.split(',').any(|known| known.trim().trim_start_matches("W/") == tag) {
        return Ok(headed(StatusCode::NOT_MODIFIED, tag).finish());
    }
    Ok(headed(StatusCode::OK, tag).insert_header((CONTENT_TYPE, "application/json")).body(json))
}

/// The body of a change under its ETag: send that as `If-Match` with the next one.
pub(super) fn changed<T: Serialize>(status: StatusCode, body: &T) -> Result<HttpResponse, ApiError> {
    let (json, tag) = written(body)?;
    Ok(headed(status, tag).insert_header((CONTENT_TYPE, "application/json")).body(json))
}

fn written<T: Serialize>(body: &T) -> Result<(String, String), ApiError> {
    let unwritable = |_| ApiError::new(ErrorCode::Internal, "The answer could not be written.");
    let json = serde_json::to_string(body).map_err(unwritable)?;
    let tag = format!("\"{}\"", fingerprint(&json));
    Ok((json, tag))
}

fn headed(status: StatusCode, tag: String) -> HttpResponseBuilder {
    let mut answer = HttpResponse::build(status);
    answer.insert_header((ETAG, tag)).insert_header((CACHE_CONTROL, "private, no-cache"));
    answer
}

/// The answer to a request with a key, the first time and again.
pub(super) fn once<T: Serialize>(status: StatusCode, told: Result<T, FlowError>) -> Result<HttpResponse, ApiError> {
    match told {
        Ok(body) => Ok(HttpResponse::build(status).json(body)),
        Err(FlowError::Replayed(answer)) => Ok(again(answer)),
        Err(error) => Err(error.into()),
    }
}

/// The very answer that the first of several equal requests got.
pub(super) fn again(answer: StoredAnswer) -> HttpResponse {
    let status = StatusCode::from_u16(answer.status).unwrap_or_default();
    let mut again = HttpResponse::build(status);
    again.insert_header(("Idempotency-Replayed", "true")).insert_header((CONTENT_TYPE, "application/json"));
    again.body(answer.body)
}
