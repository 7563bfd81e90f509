//! Signing up, in and out, and a new password for whoever cannot sign in.

use super::ApiError;
use super::extract::{Body, Browser, RefreshCookie, SignedInAs, cookies_of, no_cookies};
use super::middleware::rate_limit::SignInLimit;
use crate::app::App;
use crate::flow::auth::{SignedIn, refresh, sign_in, sign_out, sign_up, who_am_i};
use crate::flow::people::{forgot::forgot, look_at_reset::look_at_reset, reset::reset};
use actix_web::http::StatusCode;
use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, get, post};
use shared::api::auth::{Me, Session, SignIn, SignUp};
use shared::api::people::{ForgotPassword, LookAtLink, ResetPassword};
use shared::api::problem::Problem;

pub(super) fn answer(app: &App, status: StatusCode, signed_in: SignedIn) -> HttpResponse {
    let [refresh, csrf] = cookies_of(&app.settings, &signed_in);
    HttpResponse::build(status).cookie(refresh).cookie(csrf).json(signed_in.session)
}

/// Open an account, and sign its owner in.
#[utoipa::path(tag = "auth", security(()), request_body = SignUp, responses(
    (status = 201, body = Session, description = "Signed in; the refresh token is in an HttpOnly cookie"),
    (status = 409, body = Problem, description = "email_taken", content_type = "application/problem+json"),
    (status = 422, body = Problem, description = "invalid", content_type = "application/problem+json"),
    (status = 429, body = Problem, description = "rate_limited", content_type = "application/problem+json")))]
#[post("/auth/sign-up")]
pub async fn post_sign_up(
    app: Data<App>,
    _limit: SignInLimit,
    browser: Browser,
    body: Body<SignUp>,
) -> Result<HttpResponse, ApiError> {
    let signed_in = sign_up::sign_up(&app, &body.0, &browser.0).await?;
    Ok(answer(&app, StatusCode::CREATED, signed_in))
}

/// Sign in. With a second factor, first without its code: the answer asks for it.
#[utoipa::path(tag = "auth", security(()), request_body = SignIn, responses(
    (status = 200, body = Session, description = "Signed in; the refresh token is in an HttpOnly cookie"),
    (status = 401, body = Problem, description = "wrong_credentials or second_factor_needed", content_type = "application/problem+json"),
    (status = 422, body = Problem, description = "invalid", content_type = "application/problem+json"),
    (status = 429, body = Problem, description = "locked_out or rate_limited", content_type = "application/problem+json")))]
#[post("/auth/sign-in")]
pub async fn post_sign_in(
    app: Data<App>,
    _limit: SignInLimit,
    browser: Browser,
    body: Body<SignIn>,
) -> Result<HttpResponse, ApiError> {
    let signed_in = sign_in::sign_in(&app, &body.0, &browser.0).await?;
    Ok(answer(&app, StatusCode::OK, signed_in))
}

/// Exchange the refresh token of the cookie for a new one, and get a new access token.
#[utoipa::path(tag = "auth", security(("refresh_cookie" = [])),
    params(("X-CSRF-Token" = String, Header, description = "The csrf_token of the sign-in")), responses(
    (status = 200, body = Session, description = "Still signed in"),
    (status = 401, body = Problem, description = "session_ended", content_type = "application/problem+json"),
    (status = 403, body = Problem, description = "csrf_mismatch", content_type = "application/problem+json")))]
#[post("/auth/refresh")]
pub async fn post_refresh(app: Data<App>, cookie: RefreshCookie) -> Result<HttpResponse, ApiError> {
    let signed_in = refresh::refresh(&app, &cookie.refresh_token, &cookie.csrf_token).await?;
    Ok(answer(&app, StatusCode::OK, signed_in))
}

/// End the sign-in of the cookie.
#[utoipa::path(tag = "auth", security(("refresh_cookie" = [])),
    params(("X-CSRF-Token" = String, Header, description = "The csrf_token of the sign-in")), responses(
    (status = 204, description = "Signed out"),
    (status = 403, body = Problem, description = "csrf_mismatch", content_type = "application/problem+json")))]
#[post("/auth/sign-out")]
pub async fn post_sign_out(app: Data<App>, cookie: RefreshCookie) -> Result<HttpResponse, ApiError> {
    sign_out::sign_out(&app, &cookie.refresh_token, &cookie.csrf_token).await?;
    let [refresh, csrf] = no_cookies(&app.settings);
    Ok(HttpResponse::NoContent().cookie(refresh).cookie(csrf).finish())
}

/// Ask for a letter with a link to choose a new password. The answer is the same whether anybody signs in with the address; an
/// address gets at most one letter in two minutes, and none while it has a link that is good and younger than fifteen.
#[utoipa::path(tag = "auth", security(()), request_body = ForgotPassword, responses(
    (status = 202, description = "If somebody signs in with the address, a letter is on its way"),
    (status = 422, body = Problem, description = "invalid", content_type = "application/problem+json"),
    (status = 429, body = Problem, description = "rate_limited", content_type = "application/problem+json"),
    (status = 503, body = Problem, description = "unavailable: no mail can be sent from here",
        content_type = "application/problem+json")))]
#[post("/auth/forgot")]
pub async fn post_forgot(
    app: Data<App>,
    _limit: SignInLimit,
    body: Body<ForgotPassword>,
) -> Result<HttpResponse, ApiError> {
    forgot(&app, &body.0.email).await?;
    Ok(HttpResponse::Accepted().finish())
}

/// Whether the link of a letter for a new password is still good. Looking does not use it up.
#[utoipa::path(tag = "auth", security(()), request_body = LookAtLink, responses(
    (status = 204, description = "It is good"),
    (status = 410, body = Problem, description = "link_spent", content_type = "application/problem+json"),
    (status = 422, body = Problem, description = "invalid", content_type = "application/problem+json"),
    (status = 429, body = Problem, description = "rate_limited", content_type = "application/problem+json")))]
#[post("/auth/reset/look")]
pub async fn post_reset_look(
    app: Data<App>,
    _limit: SignInLimit,
    body: Body<LookAtLink>,
) -> Result<HttpResponse, ApiError> {
    look_at_reset(&app, &body.0.token).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Choose a new password by the link of a letter. Every sign-in of the person ends.
#[utoipa::path(tag = "auth", security(()), request_body = ResetPassword, responses(
    (status = 204, description = "The new password is the password: sign in"),
    (status = 410, body = Problem, description = "link_spent", content_type = "application/problem+json"),
    (status = 422, body = Problem, description = "invalid", content_type = "application/problem+json"),
    (status = 429, body = Problem, description = "rate_limited", content_type = "application/problem+json")))]
#[post("/auth/reset")]
pub async fn post_reset(
    app: Data<App>,
    _limit: SignInLimit,
    body: Body<ResetPassword>,
) -> Result<HttpResponse, ApiError> {
    reset(&app, &body.0).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Who is signed in.
#[utoipa::path(tag = "auth", responses(
    (status = 200, body = Me),
    (status = 401, body = Problem, description = "unauthenticated", content_type = "application/problem+json")))]
#[get("/me")]
pub async fn get_me(app: Data<App>, who: SignedInAs) -> Result<Json<Me>, ApiError> {
    Ok(Json(who_am_i::who_am_i(&app, &who.0).await?))
}
