//! Money on its way back.

use super::ApiError;
use super::answer::once;
use super::extract::{Body, Id, IdempotencyKey, Page, SignedInAs};
use crate::app::App;
use crate::flow::payments::accept::accept;
use crate::flow::payments::pay_out::pay_out;
use crate::flow::payments::refund::refund;
use crate::flow::payments::refunds::refunds;
use crate::flow::payments::request_refund::request_refund;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, get, post};
use shared::api::payments::PaymentView;
use shared::api::problem::Problem;
use shared::api::refunds::{NewRefund, PaidOut, RefundPage, RefundView};
use shared::ids::{ReceiptId, RefundId};

/// The account's refunds, newest first; everybody's for an operator.
#[utoipa::path(tag = "payments", params(
    ("limit" = Option<u32>, Query, minimum = 1, maximum = 100, description = "At most so many; default 50"),
    ("cursor" = Option<String>, Query, description = "The next_cursor of the page before")), responses(
    (status = 200, body = RefundPage),
    (status = 401, body = Problem, description = "unauthenticated", content_type = "application/problem+json")))]
#[get("/refunds")]
pub async fn get_refunds(app: Data<App>, who: SignedInAs, page: Page<RefundId>) -> Result<Json<RefundPage>, ApiError> {
    Ok(Json(refunds(&app, &who.0, page.cursor, page.limit).await?))
}

/// How far a refund is.
#[utoipa::path(tag = "payments", params(("id" = RefundId, Path, description = "The refund")), responses(
    (status = 200, body = RefundView),
    (status = 401, body = Problem, description = "unauthenticated", content_type = "application/problem+json"),
    (status = 404, body = Problem, description = "not_found", content_type = "application/problem+json")))]
#[get("/refunds/{id}")]
pub async fn get_refund(app: Data<App>, who: SignedInAs, id: Id<RefundId>) -> Result<Json<RefundView>, ApiError> {
    Ok(Json(refund(&app, &who.0, id.0).await?))
}

/// Operators: send a charge back, whole or in part. A charge that had paid an invoice gives a credit note, too; a cycle that
/// waits and is refunded whole is withdrawn.
#[utoipa::path(tag = "payments", request_body = NewRefund, params(
    ("id" = ReceiptId, Path, description = "The charge"),
    ("Idempotency-Key" = String, Header, description = "1 to 100 visible ASCII characters, new for each intent")),
    responses(
    (status = 201, body = RefundView, description = "The refund, on record; the gateway is asked next",
        headers(("Idempotency-Replayed" = Option<String>, description = "`true` if this answer was given before"))),
    (status = 400, body = Problem, description = "idempotency_key_missing", content_type = "application/problem+json"),
    (status = 401, body = Problem, description = "unauthenticated", content_type = "application/problem+json"),
    (status = 404, body = Problem, description = "not_found", content_type = "application/problem+json"),
    (status = 409, body = Problem, description = "not_refundable or idempotency_in_flight",
        content_type = "application/problem+json"),
    (status = 422, body = Problem, description = "invalid or idempotency_mismatch",
        content_type = "application/problem+json")))]
#[post("/receipts/{id}/refunds")]
pub async fn post_refund(
    app: Data<App>,
    who: SignedInAs,
    id: Id<ReceiptId>,
    key: IdempotencyKey,
    body: Body<NewRefund>,
) -> Result<HttpResponse, ApiError> {
    once(StatusCode::CREATED, request_refund(&app, &who.0, id.0, &body.0, &key.0).await)
}

/// Operators: accept a charge that is held. It settles its order if it still can, and is credit otherwise.
///
/// Takes no `Idempotency-Key`: a charge is accepted once. Accepting it again changes nothing and gives `already_decided`.
#[utoipa::path(tag = "payments", params(("id" = ReceiptId, Path, description = "The charge")), responses(
    (status = 200, body = PaymentView, description = "Its payment, as it then stands"),
    (status = 401, body = Problem, description = "unauthenticated", content_type = "application/problem+json"),
    (status = 404, body = Problem, description = "not_found", content_type = "application/problem+json"),
    (status = 409, body = Problem, description = "already_decided", content_type = "application/problem+json"),
    (status = 503, body = Problem, description = "gateway_unavailable: what was charged is not known, and nothing changed",
        content_type = "application/problem+json")))]
#[post("/receipts/{id}/accept")]
pub async fn post_accept(app: Data<App>, who: SignedInAs, id: Id<ReceiptId>) -> Result<Json<PaymentView>, ApiError> {
    Ok(Json(accept(&app, &who.0, id.0).await?))
}

/// Operators: a refund that no gateway pays out was paid by hand. Never by whoever asked for it.
///
/// Takes no `Idempotency-Key`: a refund is paid out once. Saying so again changes nothing and gives the same refund, under
/// the reference that came first.
#[utoipa::path(tag = "payments", request_body = PaidOut, params(
    ("id" = RefundId, Path, description = "The refund")), responses(
    (status = 200, body = RefundView, description = "The refund, as it then stands"),
    (status = 401, body = Problem, description = "unauthenticated", content_type = "application/problem+json"),
    (status = 404, body = Problem, description = "not_found", content_type = "application/problem+json"),
    (status = 409, body = Problem, description = "wrong_state or second_person_needed",
        content_type = "application/problem+json"),
    (status = 422, body = Problem, description = "invalid", content_type = "application/problem+json"),
    (status = 503, body = Problem, description = "gateway_unavailable: on record, and booked later",
        content_type = "application/problem+json")))]
#[post("/refunds/{id}/paid-out")]
pub async fn post_paid_out(
    app: Data<App>,
    who: SignedInAs,
    id: Id<RefundId>,
    body: Body<PaidOut>,
) -> Result<Json<RefundView>, ApiError> {
    Ok(Json(pay_out(&app, &who.0, id.0, &body.0.reference).await?))
}
