//! Who asks: the bearer token of the `Authorization` header.

use crate::app::App;
use crate::flow::auth::{Caller, authenticate::authenticate};
use crate::http::ApiError;
use actix_web::dev::Payload;
use actix_web::http::header::AUTHORIZATION;
use actix_web::{FromRequest, HttpRequest, web};
use shared::api::problem::ErrorCode;
use std::future::{Ready, ready};

/// The person who is signed in; without one, 401.
pub struct SignedInAs(pub Caller);

impl FromRequest for SignedInAs {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let token = request.headers().get(AUTHORIZATION).and_then(|value| value.to_str().ok());
        let caller = request
            .app_data::<web::Data<App>>()
            .zip(token.and_then(|value| value.strip_prefix("Bearer ")))
            .and_then(|(app, token)| authenticate(app, token));
        let nobody = || ApiError::new(ErrorCode::Unauthenticated, "Refresh the access token, or sign in.");
        ready(caller.map(Self).ok_or_else(nobody))
    }
}
