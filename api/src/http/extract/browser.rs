//! What the browser calls itself. Shown to the person who signed in with it, and believed by nobody.

use actix_web::dev::Payload;
use actix_web::http::header::USER_AGENT;
use actix_web::{FromRequest, HttpRequest};
use std::convert::Infallible;
use std::future::{Ready, ready};

/// The `User-Agent` of the request; empty if it has none that can be read.
pub struct Browser(pub String);

impl FromRequest for Browser {
    type Error = Infallible;
    type Future = Ready<Result<Self, Infallible>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let named = request.headers().get(USER_AGENT).and_then(|value| value.to_str().ok());
        ready(Ok(Self(named.unwrap_or_default().to_owned())))
    }
}
