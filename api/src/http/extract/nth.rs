//! A number in an address. One that cannot be read names nothing, so it is not found.

use crate::http::ApiError;
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use std::future::{Ready, ready};

/// The `{n}` of the address.
pub struct Nth(pub u32);

impl FromRequest for Nth {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let number = request.match_info().get("n").and_then(|number| number.parse().ok());
        ready(number.map(Self).ok_or_else(ApiError::not_found))
    }
}
