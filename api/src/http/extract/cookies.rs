//! The cookies of a sign-in: a refresh token that scripts cannot read, and a CSRF token that only our own can.

use crate::app::Settings;
use crate::flow::auth::SignedIn;
use crate::http::ApiError;
use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use shared::api::problem::ErrorCode;
use std::future::{Ready, ready};

const REFRESH: &str = "hg_refresh";
const CSRF: &str = "hg_csrf";
/// The refresh token travels nowhere else.
const REFRESH_PATH: &str = "/api/v1/auth";

/// The refresh token of the cookie, with the CSRF token of the header that must go with it.
pub struct RefreshCookie {
    /// From the cookie.
    pub refresh_token: String,
    /// From the header.
    pub csrf_token: String,
}

impl FromRequest for RefreshCookie {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let Some(cookie) = request.cookie(REFRESH) else {
            return ready(Err(ApiError::new(ErrorCode::SessionEnded, "Sign in.")));
        };
        let csrf_token = request.headers().get("x-csrf-token").and_then(|value| value.to_str().ok());
        let Some(csrf_token) = csrf_token else {
            return ready(Err(ApiError::new(ErrorCode::CsrfMismatch, "Send the X-CSRF-Token header.")));
        };
        ready(Ok(Self { refresh_token: cookie.value().to_owned(), csrf_token: csrf_token.to_owned() }))
    }
}

/// The cookies that a sign-in sets.
#[must_use]
pub fn cookies_of(settings: &Settings, signed_in: &SignedIn) -> [Cookie<'static>; 2] {
    let age = Duration::seconds(signed_in.cookie_seconds);
    pair(settings, signed_in.refresh_token.clone(), signed_in.session.csrf_token.clone(), age)
}

/// The cookies that signing out leaves: none.
#[must_use]
pub fn no_cookies(settings: &Settings) -> [Cookie<'static>; 2] {
    pair(settings, String::new(), String::new(), Duration::ZERO)
}

fn pair(settings: &Settings, refresh: String, csrf: String, age: Duration) -> [Cookie<'static>; 2] {
    let cookie = |name, value, path| {
        let strict = Cookie::build(name, value).path(path).same_site(SameSite::Strict);
        strict.secure(settings.is_https()).max_age(age)
    };
    [cookie(REFRESH, refresh, REFRESH_PATH).http_only(true).finish(), cookie(CSRF, csrf, "/").finish()]
}
