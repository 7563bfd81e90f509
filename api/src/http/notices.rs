//! Notices.

use super::ApiError;
use super::extract::{Page, SignedInAs};
use crate::app::App;
use crate::flow::notices::{list, read};
use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, get, post};
use shared::api::history::NoticePage;
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

/// Mark all of them read.
#[utoipa::path(tag = "notices", responses(
    (status = 204, description = "Nothing is unread"),
    (status = 401, body = Problem, description = "unauthenticated", content_type = "application/problem+json")))]
#[post("/notices/read")]
pub async fn post_read(app: Data<App>, who: SignedInAs) -> Result<HttpResponse, ApiError> {
    read::read(&app, &who.0).await?;
    Ok(HttpResponse::NoContent().finish())
}
