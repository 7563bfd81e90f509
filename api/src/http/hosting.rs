//! What is done with panels at their servers: opening, copying, restoring, removing.

use super::ApiError;
use super::answer::once;
use super::extract::{Asked, Body, Id, IdempotencyKey, Page, SignedInAs};
use crate::app::App;
use crate::flow::jobs::{back_up, backups, kept, list, restore};
use crate::flow::tenants::{check_entry, delete, open};
use actix_web::http::StatusCode;
use actix_web::http::header::{AUTHORIZATION, CACHE_CONTROL, WWW_AUTHENTICATE};
use actix_web::web::{Data, Json};
use actix_web::{HttpRequest, HttpResponse, get, post};
use serde_json::json;
use shared::api::jobs::{BackupPage, JobPage, JobView};
use shared::api::problem::Problem;
use shared::api::tenants::{DeletePanel, OpenedPanel, RestorePanel, TenantStatus};
use shared::ids::{BackupId, JobId, TenantId};

/// Go into a panel. The account's owner gets an address that signs them in, once and within seconds; others get the front door.
#[utoipa::path(tag = "tenants", params(("id" = TenantId, Path, description = "The panel")), responses(
    (status = 200, body = OpenedPanel),
    (status = 401, body = Problem, description = "unauthenticated", content_type = "application/problem+json"),
    (status = 404, body = Problem, description = "not_found", content_type = "application/problem+json"),
    (status = 409, body = Problem, description = "wrong_state", content_type = "application/problem+json"),
    (status = 503, body = Problem, description = "host_unavailable", content_type = "application/problem+json")))]
#[post("/tenants/{id}/open")]
pub async fn post_open(app: Data<App>, who: SignedInAs, id: Id<TenantId>) -> Result<HttpResponse, ApiError> {
    let opened = open::open(&app, &who.0, id.0).await?;
    Ok(HttpResponse::Ok().insert_header((CACHE_CONTROL, "no-store")).json(opened))
}

/// For panels: whether the token is good for this panel, as the bearer or, from panels that have other providers, in the query. It
/// is used up by asking; this is how panels ask, so it is a GET.
#[utoipa::path(tag = "host", security(()), params(
    ("id" = TenantId, Path, description = "The panel that asks"),
    ("access_token" = Option<String>, Query, description = "The token, where there is no header")), responses(
    (status = 200, description = "`user_id` names who comes in"),
    (status = 401, description = "It is not good, or not any more")))]
#[get("/entries/{id}")]
pub async fn get_entry(
    app: Data<App>,
    request: HttpRequest,
    id: Id<TenantId>,
    asked: Asked,
) -> Result<HttpResponse, ApiError> {
    let header = request.headers().get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    let bearer = header.and_then(|value| value.strip_prefix("Bearer "));
    // A panel that has other providers, too, asks all of them without a header.
    let token = match bearer {
        Some(token) => token.to_owned(),
        None => asked.value("access_token", "must be a token")?.unwrap_or_default(),
    };
    Ok(match check_entry::check_entry(&app, id.0, &token).await? {
        Some(person) => HttpResponse::Ok()
            .insert_header((CACHE_CONTROL, "no-store"))
            .json(json!({ "user_id": person.to_string(), "sub": person.to_string() })),
        None => HttpResponse::Unauthorized()
            .insert_header((WWW_AUTHENTICATE, r#"Bearer error="invalid_token""#))
            .json(json!({ "error": "invalid_token" })),
    })
}

/// Remove a panel. A last copy is kept for a while; what is paid for it is not given back by this.
#[utoipa::path(tag = "tenants", request_body = DeletePanel, params(("id" = TenantId, Path, description = "The panel")),
    responses(
    (status = 200, body = TenantStatus, description = "How the panel now stands"),
    (status = 401, body = Problem, description = "unauthenticated", content_type = "application/problem+json"),
    (status = 404, body = Problem, description = "not_found", content_type = "application/problem+json"),
    (status = 409, body = Problem, description = "wrong_state", content_type = "application/problem+json"),
    (status = 422, body = Problem, description = "invalid", content_type = "application/problem+json")))]
#[post("/tenants/{id}/delete")]
pub async fn post_delete(
    app: Data<App>,
    who: SignedInAs,
    id: Id<TenantId>,
    body: Body<DeletePanel>,
) -> Result<Json<TenantStatus>, ApiError> {
    Ok(Json(delete::delete(&app, &who.0, id.0, &body.0.subdomain).await?))
}

/// What was done at a panel's server, newest first.
#[utoipa::path(tag = "tenants", params(
    ("id" = TenantId, Path, description = "The panel"),
    ("limit" = Option<u32>, Query, minimum = 1, maximum = 100, description = "At most so many; default 50"),
    ("cursor" = Option<String>, Query, description = "The next_cursor of the page before")), responses(
    (status = 200, body = JobPage),
    (status = 401, body = Problem, description = "unauthenticated", content_type = "application/problem+json"),
    (status = 404, body = Problem, description = "not_found", content_type = "application/problem+json"),
    (status = 422, body = Problem, description = "invalid", content_type = "application/problem+json")))]
#[get("/tenants/{id}/jobs")]
pub async fn get_jobs(
    app: Data<App>,
    who: SignedInAs,
    id: Id<TenantId>,
    page: Page<JobId>,
) -> Result<Json<JobPage>, ApiError> {
    Ok(Json(list::list(&app, &who.0, id.0, page.cursor, page.limit).await?))
}

/// The copies of a panel that are kept, newest first.
#[utoipa::path(tag = "tenants", params(
    ("id" = TenantId, Path, description = "The panel"),
    ("others" = Option<bool>, Query, description = "`true`: those of the account's other panels, which it can be put to as well"),
    ("limit" = Option<u32>, Query, minimum = 1, maximum = 100, description = "At most so many; default 50"),
    ("cursor" = Option<String>, Query, description = "The next_cursor of the page before")), responses(
    (status = 200, body = BackupPage),
    (status = 401, body = Problem, description = "unauthenticated", content_type = "application/problem+json"),
    (status = 404, body = Problem, description = "not_found", content_type = "application/problem+json"),
    (status = 422, body = Problem, description = "invalid", content_type = "application/problem+json")))]
#[get("/tenants/{id}/backups")]
pub async fn get_backups(
    app: Data<App>,
    who: SignedInAs,
    id: Id<TenantId>,
    page: Page<BackupId>,
    asked: Asked,
) -> Result<Json<BackupPage>, ApiError> {
    let others = asked.value("others", "must be true or false")?.unwrap_or(false);
    Ok(Json(backups::backups(&app, &who.0, id.0, others, page.cursor, page.limit).await?))
}

/// The copies of all panels of the account that are kept, those of removed ones, too, newest first; everybody's for an operator.
#[utoipa::path(tag = "tenants", params(
    ("limit" = Option<u32>, Query, minimum = 1, maximum = 100, description = "At most so many; default 50"),
    ("cursor" = Option<String>, Query, description = "The next_cursor of the page before")), responses(
    (status = 200, body = BackupPage),
    (status = 401, body = Problem, description = "unauthenticated", content_type = "application/problem+json"),
    (status = 422, body = Problem, description = "invalid", content_type = "application/problem+json")))]
#[get("/backups")]
pub async fn get_kept(app: Data<App>, who: SignedInAs, page: Page<BackupId>) -> Result<Json<BackupPage>, ApiError> {
    Ok(Json(kept::kept(&app, &who.0, page.cursor, page.limit).await?))
}

/// Copy a panel. One thing at a time is done at a panel, and its people may have three copies a day.
#[utoipa::path(tag = "tenants", params(
    ("id" = TenantId, Path, description = "The panel"),
    ("Idempotency-Key" = String, Header, description = "1 to 100 visible ASCII characters, new for each intent")),
    responses(
    (status = 202, body = JobView, description = "It has begun",
        headers(("Idempotency-Replayed" = Option<String>, description = "`true` if this answer was given before"))),
    (status = 400, body = Problem, description = "idempotency_key_missing", content_type = "application/problem+json"),
    (status = 401, body = Problem, description = "unauthenticated", content_type = "application/problem+json"),
    (status = 404, body = Problem, description = "not_found", content_type = "application/problem+json"),
    (status = 409, body = Problem, description = "wrong_state, job_under_way or idempotency_in_flight",
        content_type = "application/problem+json"),
    (status = 422, body = Problem, description = "idempotency_mismatch", content_type = "application/problem+json"),
    (status = 429, body = Problem, description = "too_many_copies", content_type = "application/problem+json")))]
#[post("/tenants/{id}/backups")]
pub async fn post_backup(
    app: Data<App>,
    who: SignedInAs,
    id: Id<TenantId>,
    key: IdempotencyKey,
) -> Result<HttpResponse, ApiError> {
    once(StatusCode::ACCEPTED, back_up::back_up(&app, &who.0, id.0, &key.0).await)
}

/// Put a panel back to one of its copies, or to one of another panel of the same account, removed or not: it keeps its own address. What
/// it holds now is copied first, and makes way only when the copy stands beside it. Its people may have three restores a day.
#[utoipa::path(tag = "tenants", request_body = RestorePanel, params(
    ("id" = TenantId, Path, description = "The panel"),
    ("Idempotency-Key" = String, Header, description = "1 to 100 visible ASCII characters, new for each intent")),
    responses(
    (status = 202, body = JobView, description = "It has begun",
        headers(("Idempotency-Replayed" = Option<String>, description = "`true` if this answer was given before"))),
    (status = 400, body = Problem, description = "idempotency_key_missing", content_type = "application/problem+json"),
    (status = 401, body = Problem, description = "unauthenticated", content_type = "application/problem+json"),
    (status = 404, body = Problem, description = "not_found", content_type = "application/problem+json"),
    (status = 409, body = Problem, description = "wrong_state, job_under_way or idempotency_in_flight",
        content_type = "application/problem+json"),
    (status = 422, body = Problem, description = "invalid or idempotency_mismatch",
        content_type = "application/problem+json")))]
#[post("/tenants/{id}/restore")]
pub async fn post_restore(
    app: Data<App>,
    who: SignedInAs,
    id: Id<TenantId>,
    key: IdempotencyKey,
    body: Body<RestorePanel>,
) -> Result<HttpResponse, ApiError> {
    once(StatusCode::ACCEPTED, restore::restore(&app, &who.0, id.0, &body.0, &key.0).await)
}
