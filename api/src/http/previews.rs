//! What will be, and what would have been: previews by the functions that charge.

use super::ApiError;
use super::extract::{Id, SignedInAs};
use crate::app::App;
use crate::flow::payments::next_order::next_order;
use crate::flow::payments::shadow_bill::shadow_bill;
use actix_web::get;
use actix_web::web::{Data, Json, Query};
use serde::Deserialize;
use shared::api::payments::{NextOrder, ShadowBill};
use shared::api::problem::Problem;
use shared::ids::{PlanId, TenantId};

/// What the next order will be.
#[utoipa::path(tag = "payments", params(("id" = TenantId, Path, description = "The panel")), responses(
    (status = 200, body = NextOrder),
    (status = 401, body = Problem, description = "unauthenticated", content_type = "application/problem+json"),
    (status = 404, body = Problem, description = "not_found", content_type = "application/problem+json")))]
#[get("/tenants/{id}/next-order")]
pub async fn get_next_order(app: Data<App>, who: SignedInAs, id: Id<TenantId>) -> Result<Json<NextOrder>, ApiError> {
    Ok(Json(next_order(&app, &who.0, id.0).await?))
}

/// Which plan, and how far back.
#[derive(Deserialize)]
pub struct Wanted {
    plan_id: String,
    days: Option<u32>,
}

/// How far back, unless somebody says.
const DAYS: u32 = 30;

/// What another plan would have cost over past use.
#[utoipa::path(tag = "payments", params(
    ("id" = TenantId, Path, description = "The panel"),
    ("plan_id" = PlanId, Query, description = "A plan on sale"),
    ("days" = Option<u32>, Query, minimum = 1, maximum = 90, description = "How far back; default 30")), responses(
    (status = 200, body = ShadowBill),
    (status = 401, body = Problem, description = "unauthenticated", content_type = "application/problem+json"),
    (status = 404, body = Problem, description = "not_found", content_type = "application/problem+json"),
    (status = 422, body = Problem, description = "invalid", content_type = "application/problem+json")))]
#[get("/tenants/{id}/shadow-bill")]
pub async fn get_shadow_bill(
    app: Data<App>,
    who: SignedInAs,
    id: Id<TenantId>,
    wanted: Query<Wanted>,
) -> Result<Json<ShadowBill>, ApiError> {
    let plan_id: PlanId = wanted.plan_id.parse().map_err(|_| ApiError::not_found())?;
    Ok(Json(shadow_bill(&app, &who.0, id.0, plan_id, wanted.days.unwrap_or(DAYS)).await?))
}
