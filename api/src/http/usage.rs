//! Usage by day, and what was taken back of it.

use super::ApiError;
use super::extract::{Asked, Body, Id, IdempotencyKey, SignedInAs};
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::tenants::days::Days;
use crate::flow::tenants::{correct, corrections, usage};
use actix_web::http::StatusCode;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, get, post};
use shared::api::problem::Problem;
use shared::api::usage::{CorrectionList, CorrectionView, NewCorrection, UsageReport};
use shared::civil::{CivilDay, Zone};
use shared::ids::TenantId;

/// How long a panel was up, day by day. For charts; billing counts by cycle days of 24 h.
#[utoipa::path(tag = "tenants", params(
    ("id" = TenantId, Path, description = "The panel"),
    ("from" = Option<CivilDay>, Query, description = "The first day; default: 30 days with the last"),
    ("to" = Option<CivilDay>, Query, description = "The last day, at most 366 days with the first; default: today"),
    ("zone" = Option<Zone>, Query, description = "By which clocks; default: the account's")), responses(
    (status = 200, body = UsageReport),
    (status = 401, body = Problem, description = "unauthenticated", content_type = "application/problem+json"),
    (status = 404, body = Problem, description = "not_found", content_type = "application/problem+json"),
    (status = 422, body = Problem, description = "invalid", content_type = "application/problem+json")))]
#[get("/tenants/{id}/usage")]
pub async fn get_usage(
    app: Data<App>,
    who: SignedInAs,
    id: Id<TenantId>,
    asked: Asked,
) -> Result<Json<UsageReport>, ApiError> {
    let day = "must be a day like 2026-11-22";
    let days = Days {
        from: asked.value("from", day)?,
        to: asked.value("to", day)?,
        zone: asked.value("zone", "must be the IANA name of a time zone, like Asia/Dhaka")?,
    };
    Ok(Json(usage::usage(&app, &who.0, id.0, days).await?))
}

/// What was taken back of a cycle's usage, oldest first.
#[utoipa::path(tag = "tenants", params(
    ("id" = TenantId, Path, description = "The panel"),
    ("cycle" = Option<u32>, Query, description = "The cycle's number; default: the running or last one")), responses(
    (status = 200, body = CorrectionList),
    (status = 401, body = Problem, description = "unauthenticated", content_type = "application/problem+json"),
    (status = 404, body = Problem, description = "not_found", content_type = "application/problem+json"),
    (status = 422, body = Problem, description = "invalid", content_type = "application/problem+json")))]
#[get("/tenants/{id}/corrections")]
pub async fn get_corrections(
    app: Data<App>,
    who: SignedInAs,
    id: Id<TenantId>,
    asked: Asked,
) -> Result<Json<CorrectionList>, ApiError> {
    let cycle = asked.value("cycle", "must be the number of a cycle")?;
    Ok(Json(corrections::corrections(&app, &who.0, id.0, cycle).await?))
}

/// Operators: take usage of the running cycle back that was seen wrongly. The recorded windows stay as they are.
#[utoipa::path(tag = "tenants", request_body = NewCorrection, params(
    ("id" = TenantId, Path, description = "The panel"),
    ("Idempotency-Key" = String, Header, description = "1 to 100 visible ASCII characters, new for each intent")),
    responses(
    (status = 201, body = CorrectionView, description = "The usage was taken back",
        headers(("Idempotency-Replayed" = Option<String>, description = "`true` if this answer was given before"))),
    (status = 400, body = Problem, description = "idempotency_key_missing", content_type = "application/problem+json"),
    (status = 401, body = Problem, description = "unauthenticated", content_type = "application/problem+json"),
    (status = 404, body = Problem, description = "not_found", content_type = "application/problem+json"),
    (status = 409, body = Problem, description = "not_a_correction or idempotency_in_flight",
        content_type = "application/problem+json"),
    (status = 422, body = Problem, description = "invalid or idempotency_mismatch",
        content_type = "application/problem+json")))]
#[post("/tenants/{id}/corrections")]
pub async fn post_corrections(
    app: Data<App>,
    who: SignedInAs,
    id: Id<TenantId>,
    key: IdempotencyKey,
    body: Body<NewCorrection>,
) -> Result<HttpResponse, ApiError> {
    match correct::correct(&app, &who.0, id.0, &body.0, &key.0).await {
        Ok(correction) => Ok(HttpResponse::Created().json(correction)),
        Err(FlowError::Replayed(answer)) => {
            let mut again = HttpResponse::build(StatusCode::from_u16(answer.status).unwrap_or_default());
            again.insert_header(("Idempotency-Replayed", "true")).insert_header((CONTENT_TYPE, "application/json"));
            Ok(again.body(answer.body))
        }
        Err(error) => Err(error.into()),
    }
}
