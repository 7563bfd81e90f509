//! Plans and their versions.

use super::ApiError;
use super::answer::{changed, tagged};
use super::extract::{Body, Id, IfMatch, Number, Page, SignedInAs};
use crate::app::App;
use crate::flow::plans::{archive, create, draft, edit, list, move_tenants, plan, publish};
use actix_web::http::StatusCode;
use actix_web::web::{Data, Json};
use actix_web::{HttpRequest, HttpResponse, get, post, put};
use shared::api::plans::{DraftTerms, Moved, NewPlan, PlanDetail, PlanPage};
use shared::api::problem::Problem;
use shared::ids::PlanId;

/// Plans, oldest first. Operators get all of them with all versions; customers what is sold, in the version that is
/// sold.
#[utoipa::path(tag = "plans", params(
    ("limit" = Option<u32>, Query, minimum = 1, maximum = 100, description = "At most so many; default 50"),
    ("cursor" = Option<String>, Query, description = "The next_cursor of the page before")), responses(
    (status = 200, body = PlanPage),
    (status = 401, body = Problem, description = "unauthenticated", content_type = "application/problem+json"),
    (status = 422, body = Problem, description = "invalid", content_type = "application/problem+json")))]
#[get("/plans")]
pub async fn get_plans(app: Data<App>, who: SignedInAs, page: Page<PlanId>) -> Result<Json<PlanPage>, ApiError> {
    Ok(Json(list::list(&app, &who.0, page.cursor, page.limit).await?))
}

/// A plan. To customers an archived plan, or one of which nothing is published, is not found.
#[utoipa::path(tag = "plans", params(
    ("id" = PlanId, Path, description = "The plan"),
    ("If-None-Match" = Option<String>, Header, description = "The ETag of an earlier answer")), responses(
    (status = 200, body = PlanDetail, headers(("ETag" = String, description = "Names this very body, before it is compressed"))),
    (status = 304, description = "Nothing changed"),
    (status = 401, body = Problem, description = "unauthenticated", content_type = "application/problem+json"),
    (status = 404, body = Problem, description = "not_found", content_type = "application/problem+json")))]
#[get("/plans/{id}")]
pub async fn get_plan(
    app: Data<App>,
    request: HttpRequest,
    who: SignedInAs,
    id: Id<PlanId>,
) -> Result<HttpResponse, ApiError> {
    tagged(&request, &plan::plan(&app, &who.0, id.0).await?)
}

/// Operators: draft a plan. Its version 1 is a draft until it is published.
#[utoipa::path(tag = "plans", request_body = NewPlan, responses(
    (status = 201, body = PlanDetail, headers(("ETag" = String, description = "For If-Match"))),
    (status = 401, body = Problem, description = "unauthenticated", content_type = "application/problem+json"),
    (status = 404, body = Problem, description = "not_found", content_type = "application/problem+json"),
    (status = 422, body = Problem, description = "invalid: `errors` points into `/terms`",
        content_type = "application/problem+json")))]
#[post("/plans")]
pub async fn post_plan(app: Data<App>, who: SignedInAs, body: Body<NewPlan>) -> Result<HttpResponse, ApiError> {
    changed(StatusCode::CREATED, &create::create(&app, &who.0, &body.0).await?)
}

/// Operators: draft the next version of a plan.
#[utoipa::path(tag = "plans", request_body = DraftTerms, params(("id" = PlanId, Path, description = "The plan")),
    responses(
    (status = 201, body = PlanDetail, headers(("ETag" = String, description = "For If-Match"))),
    (status = 401, body = Problem, description = "unauthenticated", content_type = "application/problem+json"),
    (status = 404, body = Problem, description = "not_found", content_type = "application/problem+json"),
    (status = 409, body = Problem, description = "draft_exists or plan_archived",
        content_type = "application/problem+json"),
    (status = 422, body = Problem, description = "invalid: `errors` points into `/terms`",
        content_type = "application/problem+json")))]
#[post("/plans/{id}/versions")]
pub async fn post_version(
    app: Data<App>,
    who: SignedInAs,
    id: Id<PlanId>,
    body: Body<DraftTerms>,
) -> Result<HttpResponse, ApiError> {
    changed(StatusCode::CREATED, &draft::draft(&app, &who.0, id.0, &body.0.terms).await?)
}

/// Operators: give a draft other terms. A published version never changes.
#[utoipa::path(tag = "plans", request_body = DraftTerms, params(
    ("id" = PlanId, Path, description = "The plan"),
    ("number" = u32, Path, description = "The version's number"),
    ("If-Match" = String, Header, description = "The ETag of the plan as it was read")), responses(
    (status = 200, body = PlanDetail, headers(("ETag" = String, description = "For the next If-Match"))),
    (status = 401, body = Problem, description = "unauthenticated", content_type = "application/problem+json"),
    (status = 404, body = Problem, description = "not_found", content_type = "application/problem+json"),
    (status = 409, body = Problem, description = "version_frozen or plan_archived",
        content_type = "application/problem+json"),
    (status = 412, body = Problem, description = "edited_meanwhile", content_type = "application/problem+json"),
    (status = 422, body = Problem, description = "invalid: `errors` points into `/terms`",
        content_type = "application/problem+json"),
    (status = 428, body = Problem, description = "if_match_missing", content_type = "application/problem+json")))]
#[put("/plans/{id}/versions/{number}")]
pub async fn put_version(
    app: Data<App>,
    who: SignedInAs,
    id: Id<PlanId>,
    number: Number,
    known: IfMatch,
    body: Body<DraftTerms>,
) -> Result<HttpResponse, ApiError> {
    let edited = edit::Edited { id: id.0, number: number.0, known: &known.0 };
    changed(StatusCode::OK, &edit::edit(&app, &who.0, edited, &body.0.terms).await?)
}

/// Operators: publish a draft, which freezes it. New panels are ordered on it; others stay where they are.
#[utoipa::path(tag = "plans", params(
    ("id" = PlanId, Path, description = "The plan"),
    ("number" = u32, Path, description = "The version's number")), responses(
    (status = 200, body = PlanDetail, headers(("ETag" = String, description = "For If-Match"))),
    (status = 401, body = Problem, description = "unauthenticated", content_type = "application/problem+json"),
    (status = 404, body = Problem, description = "not_found", content_type = "application/problem+json"),
    (status = 409, body = Problem, description = "plan_archived", content_type = "application/problem+json"),
    (status = 422, body = Problem, description = "invalid: `errors` points into `/terms`",
        content_type = "application/problem+json")))]
#[post("/plans/{id}/versions/{number}/publish")]
pub async fn post_publish(
    app: Data<App>,
    who: SignedInAs,
    id: Id<PlanId>,
    number: Number,
) -> Result<HttpResponse, ApiError> {
    changed(StatusCode::OK, &publish::publish(&app, &who.0, id.0, number.0).await?)
}

/// Operators: move panels that are on an older version of the plan to this one, 100 at a time. Their next order is on
/// it; what is paid stays. Call again until `left` is 0.
#[utoipa::path(tag = "plans", params(
    ("id" = PlanId, Path, description = "The plan"),
    ("number" = u32, Path, description = "The version's number")), responses(
    (status = 200, body = Moved),
    (status = 401, body = Problem, description = "unauthenticated", content_type = "application/problem+json"),
    (status = 404, body = Problem, description = "not_found", content_type = "application/problem+json"),
    (status = 409, body = Problem, description = "version_not_published", content_type = "application/problem+json")))]
#[post("/plans/{id}/versions/{number}/move-tenants")]
pub async fn post_move_tenants(
    app: Data<App>,
    who: SignedInAs,
    id: Id<PlanId>,
    number: Number,
) -> Result<Json<Moved>, ApiError> {
    Ok(Json(move_tenants::move_tenants(&app, &who.0, id.0, number.0).await?))
}

/// Operators: archive a plan. It takes no new panels; those that are on it stay.
#[utoipa::path(tag = "plans", params(("id" = PlanId, Path, description = "The plan")), responses(
    (status = 200, body = PlanDetail, headers(("ETag" = String, description = "For If-Match"))),
    (status = 401, body = Problem, description = "unauthenticated", content_type = "application/problem+json"),
    (status = 404, body = Problem, description = "not_found", content_type = "application/problem+json")))]
#[post("/plans/{id}/archive")]
pub async fn post_archive(app: Data<App>, who: SignedInAs, id: Id<PlanId>) -> Result<HttpResponse, ApiError> {
    changed(StatusCode::OK, &archive::archive(&app, &who.0, id.0).await?)
}
