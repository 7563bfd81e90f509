//! Why figures are what they are.

use super::ApiError;
use super::extract::{Asked, Id, Nth, SignedInAs};
use crate::app::App;
use crate::flow::tenants::{explain_cycle, explain_line, explain_tenant};
use actix_web::get;
use actix_web::web::{Data, Json};
use shared::api::explain::Explanation;
use shared::api::problem::Problem;
use shared::ids::{InvoiceId, TenantId};

const DAY: &str = "must be the number of a day of the cycle";

/// Why a cycle used so much, why it ended, and what it cost beyond its price: counted again from what the host saw.
#[utoipa::path(tag = "explain", params(
    ("id" = TenantId, Path, description = "The panel"),
    ("n" = u32, Path, description = "The cycle's number"),
    ("day" = Option<u32>, Query, description = "Show the windows of this day of the cycle alone; 1 is its first")),
    responses(
    (status = 200, body = Explanation),
    (status = 401, body = Problem, description = "unauthenticated", content_type = "application/problem+json"),
    (status = 404, body = Problem, description = "not_found", content_type = "application/problem+json"),
    (status = 422, body = Problem, description = "invalid", content_type = "application/problem+json")))]
#[get("/tenants/{id}/cycles/{n}/explain")]
pub async fn get_explain_cycle(
    app: Data<App>,
    who: SignedInAs,
    id: Id<TenantId>,
    number: Nth,
    asked: Asked,
) -> Result<Json<Explanation>, ApiError> {
    let day = asked.value("day", DAY)?;
    Ok(Json(explain_cycle::explain_cycle(&app, &who.0, id.0, number.0, day).await?))
}

/// Why a panel stands as it does now, and what would change that.
#[utoipa::path(tag = "explain", params(
    ("id" = TenantId, Path, description = "The panel"),
    ("day" = Option<u32>, Query, description = "Show the windows of this day of the cycle alone; 1 is its first")),
    responses(
    (status = 200, body = Explanation),
    (status = 401, body = Problem, description = "unauthenticated", content_type = "application/problem+json"),
    (status = 404, body = Problem, description = "not_found", content_type = "application/problem+json"),
    (status = 422, body = Problem, description = "invalid", content_type = "application/problem+json")))]
#[get("/tenants/{id}/explain")]
pub async fn get_explain_tenant(
    app: Data<App>,
    who: SignedInAs,
    id: Id<TenantId>,
    asked: Asked,
) -> Result<Json<Explanation>, ApiError> {
    let day = asked.value("day", DAY)?;
    Ok(Json(explain_tenant::explain_tenant(&app, &who.0, id.0, day).await?))
}

/// Why a line of an invoice says this amount: from what was measured, or from the plan's price, to its VAT.
#[utoipa::path(tag = "explain", params(
    ("id" = InvoiceId, Path, description = "The invoice"),
    ("n" = u32, Path, description = "The line's position"),
    ("day" = Option<u32>, Query, description = "Show the windows of this day of the cycle alone; 1 is its first")),
    responses(
    (status = 200, body = Explanation),
    (status = 401, body = Problem, description = "unauthenticated", content_type = "application/problem+json"),
    (status = 404, body = Problem, description = "not_found", content_type = "application/problem+json"),
    (status = 422, body = Problem, description = "invalid", content_type = "application/problem+json")))]
#[get("/invoices/{id}/lines/{n}/explain")]
pub async fn get_explain_line(
    app: Data<App>,
    who: SignedInAs,
    id: Id<InvoiceId>,
    position: Nth,
    asked: Asked,
) -> Result<Json<Explanation>, ApiError> {
    let day = asked.value("day", DAY)?;
    Ok(Json(explain_line::explain_line(&app, &who.0, id.0, position.0, day).await?))
}
