//! A panel on another plan: at the customer's wish, or moved by the operator.

use super::ApiError;
use super::answer::again;
use super::extract::{Body, Id, IdempotencyKey, SignedInAs};
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::tenants::change_plan::{Changed, change_plan};
use crate::flow::tenants::move_plan::move_plan;
use crate::flow::tenants::plan_change::plan_change;
use actix_web::web::{Data, Json, Query};
use actix_web::{HttpResponse, get, post};
use serde::Deserialize;
use shared::api::payments::Checkout;
use shared::api::plans::{ChangePlan, MoveToVersion, PlanChangeView};
use shared::api::problem::Problem;
use shared::api::tenants::TenantStatus;
use shared::ids::{PlanId, TenantId};

/// The other plan.
#[derive(Deserialize)]
pub struct Other {
    plan_id: Option<String>,
}

/// What a change of plan would come to now. Reading changes nothing.
#[utoipa::path(tag = "plans", params(
    ("id" = TenantId, Path, description = "The panel"),
    ("plan_id" = PlanId, Query, description = "The other plan")), responses(
    (status = 200, body = PlanChangeView),
    (status = 401, body = Problem, description = "unauthenticated", content_type = "application/problem+json"),
    (status = 404, body = Problem, description = "not_found", content_type = "application/problem+json"),
    (status = 409, body = Problem, description = "wrong_state", content_type = "application/problem+json"),
    (status = 422, body = Problem, description = "invalid: no such plan is sold",
        content_type = "application/problem+json")))]
#[get("/tenants/{id}/plan-change")]
pub async fn get_plan_change(
    app: Data<App>,
    who: SignedInAs,
    id: Id<TenantId>,
    other: Query<Other>,
) -> Result<Json<PlanChangeView>, ApiError> {
    let plan_id: Option<PlanId> = other.plan_id.as_deref().and_then(|id| id.parse().ok());
    let unreadable = || ApiError::field("/plan_id", "unreadable", "must be the id of a plan");
    Ok(Json(plan_change(&app, &who.0, id.0, plan_id.ok_or_else(unreadable)?).await?))
}

/// Change the plan. `now` is an upgrade, and starts a payment: send the browser to `redirect_url`. `next_cycle` puts
/// the next order on the other plan, and withdraws one that waits; what is paid stays.
#[utoipa::path(tag = "plans", request_body = ChangePlan, params(
    ("id" = TenantId, Path, description = "The panel"),
    ("Idempotency-Key" = String, Header, description = "1 to 100 visible ASCII characters, new for each intent")),
    responses(
    (status = 200, body = TenantStatus, description = "The next cycle is on the other plan",
        headers(("Idempotency-Replayed" = Option<String>, description = "`true` if this answer was given before"))),
    (status = 201, body = Checkout, description = "A session is open at the gateway",
        headers(("Idempotency-Replayed" = Option<String>, description = "`true` if this answer was given before"))),
    (status = 400, body = Problem, description = "idempotency_key_missing", content_type = "application/problem+json"),
    (status = 401, body = Problem, description = "unauthenticated", content_type = "application/problem+json"),
    (status = 404, body = Problem, description = "not_found", content_type = "application/problem+json"),
    (status = 409, body = Problem, description = "no_upgrade, wrong_state or idempotency_in_flight",
        content_type = "application/problem+json"),
    (status = 422, body = Problem, description = "invalid or idempotency_mismatch",
        content_type = "application/problem+json"),
    (status = 502, body = Problem, description = "gateway_refused", content_type = "application/problem+json"),
    (status = 503, body = Problem, description = "gateway_unavailable", content_type = "application/problem+json")))]
#[post("/tenants/{id}/plan-change")]
pub async fn post_plan_change(
    app: Data<App>,
    who: SignedInAs,
    id: Id<TenantId>,
    key: IdempotencyKey,
    body: Body<ChangePlan>,
) -> Result<HttpResponse, ApiError> {
    match change_plan(&app, &who.0, id.0, body.0, &key.0).await {
        Ok(Changed::ToPay(checkout)) => Ok(HttpResponse::Created().json(checkout)),
        Ok(Changed::WithNextCycle(status)) => Ok(HttpResponse::Ok().json(status)),
        Err(FlowError::Replayed(answer)) => Ok(again(answer)),
        Err(error) => Err(error.into()),
    }
}

/// Operators: say on which published plan version a panel's next order is. An order that waits is withdrawn; what is
/// paid stays.
#[utoipa::path(tag = "plans", request_body = MoveToVersion, params(
    ("id" = TenantId, Path, description = "The panel")), responses(
    (status = 200, body = TenantStatus, description = "How the panel now stands"),
    (status = 401, body = Problem, description = "unauthenticated", content_type = "application/problem+json"),
    (status = 404, body = Problem, description = "not_found", content_type = "application/problem+json"),
    (status = 409, body = Problem, description = "wrong_state", content_type = "application/problem+json"),
    (status = 422, body = Problem, description = "invalid: no such version, a draft, or of an archived plan",
        content_type = "application/problem+json")))]
#[post("/tenants/{id}/plan-version")]
pub async fn post_plan_version(
    app: Data<App>,
    who: SignedInAs,
    id: Id<TenantId>,
    body: Body<MoveToVersion>,
) -> Result<Json<TenantStatus>, ApiError> {
    Ok(Json(move_plan(&app, &who.0, id.0, body.0.plan_version_id).await?))
}
