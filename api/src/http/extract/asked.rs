//! What stands behind the question mark, value by value, with the one at fault named.

use crate::http::ApiError;
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use std::future::{Ready, ready};
use std::str::FromStr;

/// The query of the address.
pub struct Asked(String);

impl FromRequest for Asked {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Self(request.query_string().to_owned())))
    }
}

impl Asked {
    /// The value of that name; `None` if it is missing or empty. One that cannot be read breaks `rule`.
    pub fn value<T: FromStr>(&self, name: &str, rule: &str) -> Result<Option<T>, ApiError> {
        let mut pairs = url::form_urlencoded::parse(self.0.as_bytes());
        let found = pairs.find(|(key, value)| key == name && !value.is_empty());
        let read = |value: &str| value.parse().map_err(|_| ApiError::field(format!("/{name}"), "unreadable", rule));
        found.map(|(_, value)| read(&value)).transpose()
    }
}
