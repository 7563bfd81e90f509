//! An id or a number in an address. One that cannot be read names nothing, so it is not found.

use crate::http::ApiError;
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use std::future::{Ready, ready};
use std::str::FromStr;

/// The `{id}` of the address.
pub struct Id<T>(pub T);

impl<T: FromStr> FromRequest for Id<T> {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let id = request.match_info().get("id").and_then(|id| id.parse().ok());
        ready(id.map(Self).ok_or_else(ApiError::not_found))
    }
}

/// The `{number}` of the address.
pub struct Number(pub u32);

impl FromRequest for Number {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let number = request.match_info().get("number").and_then(|number| number.parse().ok());
        ready(number.map(Self).ok_or_else(ApiError::not_found))
    }
}
