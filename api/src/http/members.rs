//! The people of an account, and those who are asked to join it.

use super::ApiError;
use super::auth::answer;
use super::extract::{Body, Browser, Id, SignedInAs};
use super::middleware::rate_limit::SignInLimit;
use crate::app::App;
use crate::flow::people::{
    edit_member::edit_member, invite::invite, join::join, look::look, members::members, remove_member::remove_member,
    revoke::revoke,
};
use actix_web::http::StatusCode;
use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, get, post, put};
use shared::api::auth::Session;
use shared::api::people::{EditMember, InvitationView, Invite, InvitedTo, Join, LookAtLink, MemberView, Members};
use shared::api::problem::Problem;
use shared::ids::{InvitationId, UserId};

/// Who belongs to your account; owners also see who was asked.
#[utoipa::path(tag = "people", responses(
    (status = 200, body = Members),
    (status = 401, body = Problem, description = "unauthenticated", content_type = "application/problem+json"),
    (status = 404, body = Problem, description = "not_found", content_type = "application/problem+json")))]
#[get("/members")]
pub async fn get_members(app: Data<App>, who: SignedInAs) -> Result<Json<Members>, ApiError> {
    Ok(Json(members(&app, &who.0).await?))
}

/// Owners: say what a member may do. It counts from their next renewal, ten minutes later at most. To make them an owner takes your
/// password: a wrong one is `invalid` at `/password`, and counts as a failed sign-in.
#[utoipa::path(tag = "people", params(("id" = UserId, Path, description = "The member")), request_body = EditMember,
    responses(
    (status = 200, body = MemberView),
    (status = 401, body = Problem, description = "unauthenticated", content_type = "application/problem+json"),
    (status = 404, body = Problem, description = "not_found", content_type = "application/problem+json"),
    (status = 409, body = Problem, description = "last_owner", content_type = "application/problem+json"),
    (status = 422, body = Problem, description = "invalid", content_type = "application/problem+json"),
    (status = 429, body = Problem, description = "locked_out or rate_limited", content_type = "application/problem+json")))]
#[put("/members/{id}")]
pub async fn put_member(
    app: Data<App>,
    _limit: SignInLimit,
    who: SignedInAs,
    id: Id<UserId>,
    body: Body<EditMember>,
) -> Result<Json<MemberView>, ApiError> {
    Ok(Json(edit_member(&app, &who.0, id.0, &body.0).await?))
}

/// Owners: remove a member. Everybody: leave. Their sign-ins end.
#[utoipa::path(tag = "people", params(("id" = UserId, Path, description = "The member")), responses(
    (status = 204, description = "They belong to the account no more"),
    (status = 401, body = Problem, description = "unauthenticated", content_type = "application/problem+json"),
    (status = 404, body = Problem, description = "not_found", content_type = "application/problem+json"),
    (status = 409, body = Problem, description = "last_owner", content_type = "application/problem+json")))]
#[post("/members/{id}/remove")]
pub async fn post_remove_member(app: Data<App>, who: SignedInAs, id: Id<UserId>) -> Result<HttpResponse, ApiError> {
    remove_member(&app, &who.0, id.0).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Owners: ask somebody to join, by a letter with a link that is good for a week. Asking again before they have sends another, but
/// an address gets none within two minutes of the last, and an account asks at most fifty times a day. To invite an owner takes your
/// password, each time: a wrong one is `invalid` at `/password`, and counts as a failed sign-in.
#[utoipa::path(tag = "people", request_body = Invite, responses(
    (status = 201, body = InvitationView),
    (status = 401, body = Problem, description = "unauthenticated", content_type = "application/problem+json"),
    (status = 404, body = Problem, description = "not_found", content_type = "application/problem+json"),
    (status = 409, body = Problem, description = "email_taken: they sign in here already; or wrong_state: too many are open, or were asked today",
        content_type = "application/problem+json"),
    (status = 422, body = Problem, description = "invalid", content_type = "application/problem+json"),
    (status = 429, body = Problem, description = "locked_out or rate_limited", content_type = "application/problem+json"),
    (status = 503, body = Problem, description = "unavailable: no mail can be sent from here",
        content_type = "application/problem+json")))]
#[post("/invitations")]
pub async fn post_invitation(
    app: Data<App>,
    _limit: SignInLimit,
    who: SignedInAs,
    body: Body<Invite>,
) -> Result<HttpResponse, ApiError> {
    Ok(HttpResponse::Created().json(invite(&app, &who.0, &body.0).await?))
}

/// Owners: take an invitation back.
#[utoipa::path(tag = "people", params(("id" = InvitationId, Path, description = "The invitation")), responses(
    (status = 204, description = "Its link leads nowhere"),
    (status = 401, body = Problem, description = "unauthenticated", content_type = "application/problem+json"),
    (status = 404, body = Problem, description = "not_found", content_type = "application/problem+json")))]
#[post("/invitations/{id}/revoke")]
pub async fn post_revoke(app: Data<App>, who: SignedInAs, id: Id<InvitationId>) -> Result<HttpResponse, ApiError> {
    revoke(&app, &who.0, id.0).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// What the link of an invitation leads to. Looking does not use it up.
#[utoipa::path(tag = "people", security(()), request_body = LookAtLink, responses(
    (status = 200, body = InvitedTo),
    (status = 410, body = Problem, description = "link_spent", content_type = "application/problem+json"),
    (status = 422, body = Problem, description = "invalid", content_type = "application/problem+json"),
    (status = 429, body = Problem, description = "rate_limited", content_type = "application/problem+json")))]
#[post("/invitations/look")]
pub async fn post_look(
    app: Data<App>,
    _limit: SignInLimit,
    body: Body<LookAtLink>,
) -> Result<Json<InvitedTo>, ApiError> {
    Ok(Json(look(&app, &body.0.token).await?))
}

/// Join an account by the link of an invitation, and sign in.
#[utoipa::path(tag = "people", security(()), request_body = Join, responses(
    (status = 201, body = Session, description = "Signed in; the refresh token is in an HttpOnly cookie"),
    (status = 409, body = Problem, description = "email_taken", content_type = "application/problem+json"),
    (status = 410, body = Problem, description = "link_spent", content_type = "application/problem+json"),
    (status = 422, body = Problem, description = "invalid", content_type = "application/problem+json"),
    (status = 429, body = Problem, description = "rate_limited", content_type = "application/problem+json")))]
#[post("/invitations/join")]
pub async fn post_join(
    app: Data<App>,
    _limit: SignInLimit,
    browser: Browser,
    body: Body<Join>,
) -> Result<HttpResponse, ApiError> {
    let signed_in = join(&app, &body.0, &browser.0).await?;
    Ok(answer(&app, StatusCode::CREATED, signed_in))
}
