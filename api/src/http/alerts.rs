//! What a person of the operator has to look at, and the comparisons with the gateways' books.

use super::ApiError;
use super::extract::{Body, Id, Page, SignedInAs};
use super::table::{attached, plain, written};
use crate::app::App;
use crate::flow::reconciliation::alerts::{Wanted, alerts};
use crate::flow::reconciliation::list::list;
use crate::flow::reconciliation::report::report;
use crate::flow::reconciliation::resolve::resolve;
use crate::flow::reconciliation::run_now::run_now;
use actix_web::web::{Data, Json, Query};
use actix_web::{HttpResponse, get, post};
use serde::Deserialize;
use shared::api::alerts::{AlertPage, AlertView, ReconciliationPage, ReconciliationView, Resolve};
use shared::api::problem::Problem;
use shared::ids::{AlertId, ReconciliationId};

/// Which alerts are wanted.
#[derive(Deserialize)]
pub struct Filter {
    #[serde(default)]
    open: bool,
    reconciliation_id: Option<String>,
}

/// Operators: what has to be looked at, newest first.
#[utoipa::path(tag = "reconciliation", params(
    ("open" = Option<bool>, Query, description = "`true`: only what waits"),
    ("reconciliation_id" = Option<ReconciliationId>, Query, description = "Only what this comparison found"),
    ("limit" = Option<u32>, Query, minimum = 1, maximum = 100, description = "At most so many; default 50"),
    ("cursor" = Option<String>, Query, description = "The next_cursor of the page before")), responses(
    (status = 200, body = AlertPage),
    (status = 401, body = Problem, description = "unauthenticated", content_type = "application/problem+json"),
    (status = 404, body = Problem, description = "not_found", content_type = "application/problem+json"),
    (status = 422, body = Problem, description = "invalid", content_type = "application/problem+json")))]
#[get("/alerts")]
pub async fn get_alerts(
    app: Data<App>,
    who: SignedInAs,
    filter: Query<Filter>,
    page: Page<AlertId>,
) -> Result<Json<AlertPage>, ApiError> {
    let unreadable = |_| ApiError::field("/reconciliation_id", "unreadable", "must be the id of a comparison");
    let of = filter.reconciliation_id.as_deref().map(str::parse).transpose().map_err(unreadable)?;
    let wanted = Wanted { open_only: filter.open, of };
    Ok(Json(alerts(&app, &who.0, wanted, page.cursor, page.limit).await?))
}

/// Operators: deal with an alert, by one of its `remedies`.
///
/// Takes no `Idempotency-Key`: an alert is dealt with once. Doing it again changes nothing and gives `already_decided`; after
/// any other answer it is safe to repeat, for no remedy moves money twice.
#[utoipa::path(tag = "reconciliation", request_body = Resolve, params(
    ("id" = AlertId, Path, description = "The alert")), responses(
    (status = 200, body = AlertView, description = "The alert, dealt with"),
    (status = 401, body = Problem, description = "unauthenticated", content_type = "application/problem+json"),
    (status = 404, body = Problem, description = "not_found", content_type = "application/problem+json"),
    (status = 409, body = Problem, description = "already_decided, still_differs or not_refundable",
        content_type = "application/problem+json"),
    (status = 422, body = Problem, description = "invalid", content_type = "application/problem+json"),
    (status = 503, body = Problem, description = "gateway_unavailable: try again shortly",
        content_type = "application/problem+json")))]
#[post("/alerts/{id}/resolve")]
pub async fn post_resolve(
    app: Data<App>,
    who: SignedInAs,
    id: Id<AlertId>,
    body: Body<Resolve>,
) -> Result<Json<AlertView>, ApiError> {
    Ok(Json(resolve(&app, &who.0, id.0, &body.0).await?))
}

/// Operators: the comparisons that there were, newest first.
#[utoipa::path(tag = "reconciliation", params(
    ("limit" = Option<u32>, Query, minimum = 1, maximum = 100, description = "At most so many; default 50"),
    ("cursor" = Option<String>, Query, description = "The next_cursor of the page before")), responses(
    (status = 200, body = ReconciliationPage),
    (status = 401, body = Problem, description = "unauthenticated", content_type = "application/problem+json"),
    (status = 404, body = Problem, description = "not_found", content_type = "application/problem+json")))]
#[get("/reconciliations")]
pub async fn get_reconciliations(
    app: Data<App>,
    who: SignedInAs,
    page: Page<ReconciliationId>,
) -> Result<Json<ReconciliationPage>, ApiError> {
    Ok(Json(list(&app, &who.0, page.cursor, page.limit).await?))
}

/// Operators: compare now. One runs by itself each day.
#[utoipa::path(tag = "reconciliation", responses(
    (status = 201, body = ReconciliationView, description = "Begun; the worker does it"),
    (status = 401, body = Problem, description = "unauthenticated", content_type = "application/problem+json"),
    (status = 404, body = Problem, description = "not_found", content_type = "application/problem+json"),
    (status = 409, body = Problem, description = "reconciliation_running", content_type = "application/problem+json")))]
#[post("/reconciliations")]
pub async fn post_reconciliation(app: Data<App>, who: SignedInAs) -> Result<HttpResponse, ApiError> {
    Ok(HttpResponse::Created().json(run_now(&app, &who.0).await?))
}

/// Operators: what a comparison found, as CSV.
#[utoipa::path(tag = "reconciliation", params(
    ("id" = ReconciliationId, Path, description = "The comparison")), responses(
    (status = 200, content_type = "text/csv", body = String, description = "at, kind, reference, panel, \
        payment_id, here, there, resolved_at, remedy, note; a line for each difference, newest first"),
    (status = 401, body = Problem, description = "unauthenticated", content_type = "application/problem+json"),
    (status = 404, body = Problem, description = "not_found", content_type = "application/problem+json")))]
#[get("/reconciliations/{id}/differences.csv")]
pub async fn get_differences(
    app: Data<App>,
    who: SignedInAs,
    id: Id<ReconciliationId>,
) -> Result<HttpResponse, ApiError> {
    let found = report(&app, &who.0, id.0).await?;
    let head = ["at", "kind", "reference", "panel", "payment_id", "here", "there", "resolved_at", "remedy", "note"];
    let line = |it: &AlertView| {
        let panel = plain(&it.tenant_name);
        let differs = (it.here.clone(), it.there.clone());
        let note = it.note.as_deref().map(plain);
        (it.at, it.kind, it.reference.clone(), panel, it.payment_id, differs, it.resolved_at, it.remedy, note)
    };
    let table = written(&head, found.iter().map(line))?;
    Ok(attached(&format!("differences-{}.csv", id.0), &table))
}
