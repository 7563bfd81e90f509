//! The cycles that a panel has had, and their proofs.

use super::ApiError;
use super::extract::{Id, Nth, Page, SignedInAs};
use crate::app::App;
use crate::flow::tenants::{cycles, export};
use actix_web::get;
use actix_web::web::{Data, Json};
use shared::api::cycles::CyclePage;
use shared::api::problem::Problem;
use shared::billing::proof::Export;
use shared::ids::TenantId;

/// The cycles that a panel has or has had, newest first. Those that wait to begin are not among them.
#[utoipa::path(tag = "tenants", params(
    ("id" = TenantId, Path, description = "The panel"),
    ("limit" = Option<u32>, Query, minimum = 1, maximum = 100, description = "At most so many; default 50"),
    ("cursor" = Option<String>, Query, description = "The next_cursor of the page before")), responses(
    (status = 200, body = CyclePage),
    (status = 401, body = Problem, description = "unauthenticated", content_type = "application/problem+json"),
    (status = 404, body = Problem, description = "not_found", content_type = "application/problem+json"),
    (status = 422, body = Problem, description = "invalid", content_type = "application/problem+json")))]
#[get("/tenants/{id}/cycles")]
pub async fn get_cycles(
    app: Data<App>,
    who: SignedInAs,
    id: Id<TenantId>,
    page: Page<u32>,
) -> Result<Json<CyclePage>, ApiError> {
    Ok(Json(cycles::cycles(&app, &who.0, id.0, page.cursor, page.limit).await?))
}

/// Everything that the bill of a cycle rests on, line by line, under its seal. `hourglass verify FILE` counts it again.
#[utoipa::path(tag = "tenants", params(
    ("id" = TenantId, Path, description = "The panel"),
    ("n" = u32, Path, description = "The cycle's number")), responses(
    (status = 200, body = Export),
    (status = 401, body = Problem, description = "unauthenticated", content_type = "application/problem+json"),
    (status = 404, body = Problem, description = "not_found", content_type = "application/problem+json"),
    (status = 409, body = Problem, description = "cycle_running or unsealed", content_type = "application/problem+json")))]
#[get("/tenants/{id}/cycles/{n}/export")]
pub async fn get_export(
    app: Data<App>,
    who: SignedInAs,
    id: Id<TenantId>,
    number: Nth,
) -> Result<Json<Export>, ApiError> {
    Ok(Json(export::export(&app, &who.0, id.0, number.0).await?))
}
