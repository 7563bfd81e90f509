//! Oneself: profile, password, second factor and sign-ins, for customers and operators alike.

use super::ApiError;
use super::extract::{Body, Id, SignedInAs};
use super::middleware::rate_limit::SignInLimit;
use crate::app::App;
use crate::flow::people::{
    begin_second_factor::begin_second_factor, change_password::change_password,
    confirm_second_factor::confirm_second_factor, edit_profile::edit_profile, end_others::end_others,
    end_sign_in::end_sign_in, new_recovery_codes::new_recovery_codes, profile::profile,
    remove_second_factor::remove_second_factor, sign_ins::sign_ins,
};
use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, get, post, put};
use shared::api::people::{
    ChangePassword, Confirm, EditProfile, NewSecondFactor, Profile, RecoveryCodes, RemoveSecondFactor,
    SecondFactorCode, SignInList,
};
use shared::api::problem::Problem;
use shared::ids::SessionId;

/// Oneself.
#[utoipa::path(tag = "people", responses(
    (status = 200, body = Profile),
    (status = 401, body = Problem, description = "unauthenticated", content_type = "application/problem+json")))]
#[get("/me/profile")]
pub async fn get_profile(app: Data<App>, who: SignedInAs) -> Result<Json<Profile>, ApiError> {
    Ok(Json(profile(&app, &who.0).await?))
}

/// Say what you are called, and in which language to speak to you.
#[utoipa::path(tag = "people", request_body = EditProfile, responses(
    (status = 200, body = Profile),
    (status = 401, body = Problem, description = "unauthenticated", content_type = "application/problem+json"),
    (status = 422, body = Problem, description = "invalid", content_type = "application/problem+json")))]
#[put("/me/profile")]
pub async fn put_profile(app: Data<App>, who: SignedInAs, body: Body<EditProfile>) -> Result<Json<Profile>, ApiError> {
    Ok(Json(edit_profile(&app, &who.0, &body.0).await?))
}

/// Change the password. Every other sign-in of yours ends. A wrong present one is `invalid` at `/current`, and counts as a failed
/// sign-in.
#[utoipa::path(tag = "people", request_body = ChangePassword, responses(
    (status = 204, description = "The new password is the password"),
    (status = 401, body = Problem, description = "unauthenticated", content_type = "application/problem+json"),
    (status = 422, body = Problem, description = "invalid", content_type = "application/problem+json"),
    (status = 429, body = Problem, description = "locked_out or rate_limited", content_type = "application/problem+json")))]
#[post("/me/password")]
pub async fn post_password(
    app: Data<App>,
    _limit: SignInLimit,
    who: SignedInAs,
    body: Body<ChangePassword>,
) -> Result<HttpResponse, ApiError> {
    change_password(&app, &who.0, &body.0).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Begin with a second factor. It is in force once a code of it was confirmed; until then this may be repeated.
#[utoipa::path(tag = "people", request_body = Confirm, responses(
    (status = 200, body = NewSecondFactor, description = "Shown this once"),
    (status = 401, body = Problem, description = "unauthenticated", content_type = "application/problem+json"),
    (status = 409, body = Problem, description = "wrong_state: there is one already",
        content_type = "application/problem+json"),
    (status = 422, body = Problem, description = "invalid", content_type = "application/problem+json"),
    (status = 429, body = Problem, description = "locked_out or rate_limited", content_type = "application/problem+json")))]
#[post("/me/second-factor")]
pub async fn post_second_factor(
    app: Data<App>,
    _limit: SignInLimit,
    who: SignedInAs,
    body: Body<Confirm>,
) -> Result<Json<NewSecondFactor>, ApiError> {
    Ok(Json(begin_second_factor(&app, &who.0, &body.0).await?))
}

/// Confirm the second factor by a first code of it. Signing in asks for one from then on.
#[utoipa::path(tag = "people", request_body = SecondFactorCode, responses(
    (status = 200, body = RecoveryCodes, description = "Shown this once"),
    (status = 401, body = Problem, description = "unauthenticated", content_type = "application/problem+json"),
    (status = 409, body = Problem, description = "wrong_state: none was begun, or it is in force",
        content_type = "application/problem+json"),
    (status = 422, body = Problem, description = "invalid", content_type = "application/problem+json")))]
#[post("/me/second-factor/confirm")]
pub async fn post_confirm(
    app: Data<App>,
    who: SignedInAs,
    body: Body<SecondFactorCode>,
) -> Result<Json<RecoveryCodes>, ApiError> {
    Ok(Json(confirm_second_factor(&app, &who.0, &body.0).await?))
}

/// Remove the second factor. What is wrong is `invalid` at `/password` or `/code`, and counts as a failed sign-in.
#[utoipa::path(tag = "people", request_body = RemoveSecondFactor, responses(
    (status = 204, description = "Signing in asks for no code any more"),
    (status = 401, body = Problem, description = "unauthenticated", content_type = "application/problem+json"),
    (status = 409, body = Problem, description = "wrong_state: there is none",
        content_type = "application/problem+json"),
    (status = 422, body = Problem, description = "invalid", content_type = "application/problem+json"),
    (status = 429, body = Problem, description = "locked_out or rate_limited", content_type = "application/problem+json")))]
#[post("/me/second-factor/remove")]
pub async fn post_remove_factor(
    app: Data<App>,
    _limit: SignInLimit,
    who: SignedInAs,
    body: Body<RemoveSecondFactor>,
) -> Result<HttpResponse, ApiError> {
    remove_second_factor(&app, &who.0, &body.0).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Replace all recovery codes.
#[utoipa::path(tag = "people", request_body = RemoveSecondFactor, responses(
    (status = 200, body = RecoveryCodes, description = "Shown this once"),
    (status = 401, body = Problem, description = "unauthenticated", content_type = "application/problem+json"),
    (status = 409, body = Problem, description = "wrong_state: there is no second factor",
        content_type = "application/problem+json"),
    (status = 422, body = Problem, description = "invalid", content_type = "application/problem+json"),
    (status = 429, body = Problem, description = "locked_out or rate_limited", content_type = "application/problem+json")))]
#[post("/me/second-factor/recovery-codes")]
pub async fn post_recovery_codes(
    app: Data<App>,
    _limit: SignInLimit,
    who: SignedInAs,
    body: Body<RemoveSecondFactor>,
) -> Result<Json<RecoveryCodes>, ApiError> {
    Ok(Json(new_recovery_codes(&app, &who.0, &body.0).await?))
}

/// Where you are signed in.
#[utoipa::path(tag = "people", responses(
    (status = 200, body = SignInList),
    (status = 401, body = Problem, description = "unauthenticated", content_type = "application/problem+json")))]
#[get("/me/sign-ins")]
pub async fn get_sign_ins(app: Data<App>, who: SignedInAs) -> Result<Json<SignInList>, ApiError> {
    Ok(Json(sign_ins(&app, &who.0).await?))
}

/// End every other sign-in of yours.
#[utoipa::path(tag = "people", responses(
    (status = 204, description = "This is the only one"),
    (status = 401, body = Problem, description = "unauthenticated", content_type = "application/problem+json")))]
#[post("/me/sign-ins/end-others")]
pub async fn post_end_others(app: Data<App>, who: SignedInAs) -> Result<HttpResponse, ApiError> {
    end_others(&app, &who.0).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// End one of your sign-ins. What its browser holds is believed for ten minutes more at most.
#[utoipa::path(tag = "people", params(("id" = SessionId, Path, description = "The sign-in")), responses(
    (status = 204, description = "It has ended"),
    (status = 401, body = Problem, description = "unauthenticated", content_type = "application/problem+json"),
    (status = 404, body = Problem, description = "not_found", content_type = "application/problem+json")))]
#[post("/me/sign-ins/{id}/end")]
pub async fn post_end(app: Data<App>, who: SignedInAs, id: Id<SessionId>) -> Result<HttpResponse, ApiError> {
    end_sign_in(&app, &who.0, id.0).await?;
    Ok(HttpResponse::NoContent().finish())
}
