//! What of a thing its editor has read.

use crate::http::ApiError;
use actix_web::dev::Payload;
use actix_web::http::header::IF_MATCH;
use actix_web::{FromRequest, HttpRequest};
use shared::api::problem::ErrorCode;
use std::future::{Ready, ready};

/// The `If-Match` header: the strong tags in it without their quotes, or `*`. Without one, 428.
pub struct IfMatch(pub Vec<String>);

impl FromRequest for IfMatch {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let tags = request.headers().get(IF_MATCH).and_then(|value| value.to_str().ok());
        let missing = || ApiError::new(ErrorCode::IfMatchMissing, "Send the ETag of what you have read.");
        let bare = |tag: &str| match tag.trim() {
            "*" => Some("*".to_owned()),
            quoted => quoted.strip_prefix('"').and_then(|tag| tag.strip_suffix('"')).map(str::to_owned),
        };
        ready(tags.map(|tags| Self(tags.split(',').filter_map(bare).collect())).ok_or_else(missing))
    }
}
