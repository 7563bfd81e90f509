//! Notices.

use super::ApiError;
use super::extract::{Body, Id, Page, SignedInAs};
use crate::app::App;
use crate::flow::notices::{choices, choose, list, read, read_one};
use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, get, post, put};
use shared::api::history::NoticePage;
use shared::api::notices::NoticeChoices;
use shared::api::problem::Problem;
use shared::ids::NoticeId;

/// What the account should know, newest first.
#[utoipa::path(tag = "notices", params(
    ("limit" = Option<u32>, Query, minimum = 1, maximum = 100, description = "At most so many; default 50"),
    ("cursor" = Option<String>, Query, description = "The next_cursor of the page before")), responses(
    (status = 200, body = NoticePage),
    (status = 401, body = Problem, description = "unauthenticated", content_type = "application/problem+json")))]
#[get("/notices")]
pub async fn get_notices(app: Data<App>, who: SignedInAs, page: Page<NoticeId>) -> Result<Json<NoticePage>, ApiError> {
    Ok(Json(list::list(&app, &who.0, page.cursor, page.limit).await?))
}

/// Mark all of them read by you, and by nobody else.
#[utoipa::path(tag = "notices", responses(
    (status = 204, description = "Nothing is unread"),
    (status = 401, body = Problem, description = "unauthenticated", content_type = "application/problem+json")))]
#[post("/notices/read")]
pub async fn post_read(app: Data<App>, who: SignedInAs) -> Result<HttpResponse, ApiError> {
    read::read(&app, &who.0).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Mark one of them read by you; it may be already.
#[utoipa::path(tag = "notices", params(("id" = NoticeId, Path, description = "The notice")), responses(
    (status = 204, description = "It is read"),
    (status = 401, body = Problem, description = "unauthenticated", content_type = "application/problem+json"),
    (status = 404, body = Problem, description = "not_found", content_type = "application/problem+json")))]
#[post("/notices/{id}/read")]
pub async fn post_read_one(app: Data<App>, who: SignedInAs, id: Id<NoticeId>) -> Result<HttpResponse, ApiError> {
    read_one::read_one(&app, &who.0, id.0).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// How you want to be told.
#[utoipa::path(tag = "notices", responses(
    (status = 200, body = NoticeChoices),
    (status = 401, body = Problem, description = "unauthenticated", content_type = "application/problem+json")))]
#[get("/me/notice-choices")]
pub async fn get_choices(app: Data<App>, who: SignedInAs) -> Result<Json<NoticeChoices>, ApiError> {
    Ok(Json(choices::choices(&app, &who.0).await?))
}

/// Choose how you want to be told, from now on.
#[utoipa::path(tag = "notices", request_body = NoticeChoices, responses(
    (status = 200, body = NoticeChoices),
    (status = 401, body = Problem, description = "unauthenticated", content_type = "application/problem+json"),
    (status = 422, body = Problem, description = "invalid", content_type = "application/problem+json")))]
#[put("/me/notice-choices")]
pub async fn put_choices(
    app: Data<App>,
    who: SignedInAs,
    body: Body<NoticeChoices>,
) -> Result<Json<NoticeChoices>, ApiError> {
    Ok(Json(choose::choose(&app, &who.0, body.0).await?))
}
