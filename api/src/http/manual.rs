//! Payments that came past every gateway.

use super::ApiError;
use super::answer::once;
use super::extract::{Body, Id, IdempotencyKey, Page, SignedInAs};
use crate::app::App;
use crate::flow::payments::decide_manual::decide_manual;
use crate::flow::payments::manual_payments::manual_payments;
use crate::flow::payments::record_manual::record_manual;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, get, post};
use shared::api::manual::{ManualPaymentPage, ManualPaymentView, NewManualPayment};
use shared::api::problem::Problem;
use shared::ids::{ManualPaymentId, TenantId};

/// Operators: what was recorded, newest first.
#[utoipa::path(tag = "payments", params(
    ("limit" = Option<u32>, Query, minimum = 1, maximum = 100, description = "At most so many; default 50"),
    ("cursor" = Option<String>, Query, description = "The next_cursor of the page before")), responses(
    (status = 200, body = ManualPaymentPage),
    (status = 401, body = Problem, description = "unauthenticated", content_type = "application/problem+json"),
    (status = 404, body = Problem, description = "not_found", content_type = "application/problem+json")))]
#[get("/manual-payments")]
pub async fn get_manual_payments(
    app: Data<App>,
    who: SignedInAs,
    page: Page<ManualPaymentId>,
) -> Result<Json<ManualPaymentPage>, ApiError> {
    Ok(Json(manual_payments(&app, &who.0, page.cursor, page.limit).await?))
}

/// Operators: record what arrived by bank transfer or over the counter for a panel's next cycle. Another person approves.
#[utoipa::path(tag = "payments", request_body = NewManualPayment, params(
    ("id" = TenantId, Path, description = "The panel"),
    ("Idempotency-Key" = String, Header, description = "1 to 100 visible ASCII characters, new for each intent")),
    responses(
    (status = 201, body = ManualPaymentView, description = "On record, and no money yet",
        headers(("Idempotency-Replayed" = Option<String>, description = "`true` if this answer was given before"))),
    (status = 400, body = Problem, description = "idempotency_key_missing", content_type = "application/problem+json"),
    (status = 401, body = Problem, description = "unauthenticated", content_type = "application/problem+json"),
    (status = 404, body = Problem, description = "not_found", content_type = "application/problem+json"),
    (status = 409, body = Problem, description = "renewal_not_due, queue_full, reference_taken or idempotency_in_flight",
        content_type = "application/problem+json"),
    (status = 422, body = Problem, description = "invalid or idempotency_mismatch",
        content_type = "application/problem+json")))]
#[post("/tenants/{id}/manual-payments")]
pub async fn post_manual_payment(
    app: Data<App>,
    who: SignedInAs,
    id: Id<TenantId>,
    key: IdempotencyKey,
    body: Body<NewManualPayment>,
) -> Result<HttpResponse, ApiError> {
    once(StatusCode::CREATED, record_manual(&app, &who.0, id.0, &body.0, &key.0).await)
}

/// Operators: approve what another person recorded. It is money from now on.
///
/// Takes no `Idempotency-Key`: what is approved stays so. Saying so again changes nothing and gives the same answer.
#[utoipa::path(tag = "payments", params(("id" = ManualPaymentId, Path, description = "What was recorded")), responses(
    (status = 200, body = ManualPaymentView),
    (status = 401, body = Problem, description = "unauthenticated", content_type = "application/problem+json"),
    (status = 404, body = Problem, description = "not_found", content_type = "application/problem+json"),
    (status = 409, body = Problem, description = "second_person_needed or already_decided",
        content_type = "application/problem+json"),
    (status = 503, body = Problem, description = "gateway_unavailable: decided, and the payment follows",
        content_type = "application/problem+json")))]
#[post("/manual-payments/{id}/approve")]
pub async fn post_approve(
    app: Data<App>,
    who: SignedInAs,
    id: Id<ManualPaymentId>,
) -> Result<Json<ManualPaymentView>, ApiError> {
    Ok(Json(decide_manual(&app, &who.0, id.0, true).await?))
}

/// Operators: reject what another person recorded. It never was money.
///
/// Takes no `Idempotency-Key`: what is rejected stays so. Saying so again changes nothing and gives the same answer.
#[utoipa::path(tag = "payments", params(("id" = ManualPaymentId, Path, description = "What was recorded")), responses(
    (status = 200, body = ManualPaymentView),
    (status = 401, body = Problem, description = "unauthenticated", content_type = "application/problem+json"),
    (status = 404, body = Problem, description = "not_found", content_type = "application/problem+json"),
    (status = 409, body = Problem, description = "second_person_needed or already_decided",
        content_type = "application/problem+json"),
    (status = 503, body = Problem, description = "gateway_unavailable: decided, and the payment follows",
        content_type = "application/problem+json")))]
#[post("/manual-payments/{id}/reject")]
pub async fn post_reject(
    app: Data<App>,
    who: SignedInAs,
    id: Id<ManualPaymentId>,
) -> Result<Json<ManualPaymentView>, ApiError> {
    Ok(Json(decide_manual(&app, &who.0, id.0, false).await?))
}
