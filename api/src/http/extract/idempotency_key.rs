//! The key that makes a request safe to repeat.

use crate::http::ApiError;
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use shared::api::problem::ErrorCode;
use std::future::{Ready, ready};

/// The `Idempotency-Key` header: 1 to 100 visible ASCII characters.
pub struct IdempotencyKey(pub String);

impl FromRequest for IdempotencyKey {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let key = request.headers().get("idempotency-key").and_then(|value| value.to_str().ok());
        let fits = |key: &&str| (1..=100).contains(&key.len()) && key.bytes().all(|b| b.is_ascii_graphic());
        let missing = || ApiError::new(ErrorCode::IdempotencyKeyMissing, "Send 1 to 100 visible ASCII characters.");
        ready(key.filter(fits).map(|key| Self(key.to_owned())).ok_or_else(missing))
    }
}
