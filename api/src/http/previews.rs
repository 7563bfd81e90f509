//! What will be, and what would have been: previews by the functions that charge.

use super::ApiError;
use super::extract::{Id, SignedInAs};
use super::table::{attached, hours, plain, written};
use crate::app::App;
use crate::flow::payments::next_order::next_order;
use crate::flow::payments::shadow_bill::shadow_bill;
use actix_web::web::{Data, Json, Query};
use actix_web::{HttpResponse, get};
use serde::Deserialize;
use shared::api::payments::{NextOrder, ShadowBill, ShadowCycleView};
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

impl Wanted {
    fn plan(&self) -> Result<PlanId, ApiError> {
        self.plan_id.parse().map_err(|_| ApiError::not_found())
    }
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
    Ok(Json(shadow_bill(&app, &who.0, id.0, wanted.plan()?, wanted.days.unwrap_or(DAYS)).await?))
}

/// The same as a table: a line for each cycle.
#[utoipa::path(tag = "payments", params(
    ("id" = TenantId, Path, description = "The panel"),
    ("plan_id" = PlanId, Query, description = "A plan on sale"),
    ("days" = Option<u32>, Query, minimum = 1, maximum = 90, description = "How far back; default 30")), responses(
    (status = 200, content_type = "text/csv", description = "plan, starts_at, ended_at, ended_reason, hours_used, \
        hours_beyond, used_seconds, overage_seconds, currency, gross, gross_minor; hours are rounded to hundredths, gross is \
        in major units"),
    (status = 401, body = Problem, description = "unauthenticated", content_type = "application/problem+json"),
    (status = 404, body = Problem, description = "not_found", content_type = "application/problem+json"),
    (status = 422, body = Problem, description = "invalid", content_type = "application/problem+json")))]
#[get("/tenants/{id}/shadow-bill.csv")]
pub async fn get_shadow_csv(
    app: Data<App>,
    who: SignedInAs,
    id: Id<TenantId>,
    wanted: Query<Wanted>,
) -> Result<HttpResponse, ApiError> {
    let bill = shadow_bill(&app, &who.0, id.0, wanted.plan()?, wanted.days.unwrap_or(DAYS)).await?;
    let plan = plain(&bill.plan);
    let line = |it: ShadowCycleView| {
        let seconds = [it.used_seconds, it.overage_seconds];
        let price = (it.gross.currency.code(), it.gross.to_decimal(), it.gross.minor);
        (plan.clone(), it.starts_at, it.ended_at, it.ended_reason, seconds.map(hours), seconds, price)
    };
    let used = ["hours_used", "hours_beyond", "used_seconds", "overage_seconds"];
    let head = [&["plan", "starts_at", "ended_at", "ended_reason"], &used[..], &["currency", "gross", "gross_minor"]];
    let table = written(&head.concat(), bill.cycles.into_iter().map(line))?;
    Ok(attached(&format!("shadow-bill-{}.csv", id.0), &table))
}
