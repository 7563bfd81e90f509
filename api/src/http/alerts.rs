//! What a person of the operator has to look at, and the comparisons with the gateways' books.

use super::ApiError;
use super::extract::{Body, Id, Page, SignedInAs};
use super::table::{attached, plain};
use crate::app::App;
use crate::flow::reconciliation::alerts::{Wanted, alerts};
use crate::flow::reconciliation::list::list;
use crate::flow::reconciliation::report::report;
use crate::flow::reconciliation::resolve::resolve;
use crate::flow::reconciliation::run_now::run_now;
use actix_web::web::{Data, Json, Query};
use actix_web::{HttpResponse, get, post};
use serde::{Deserialize, Serialize};
use shared::api::alerts::{AlertPage, AlertView, ReconciliationPage, ReconciliationView, Resolve};
use shared::api::problem::{ErrorCode, Problem};
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
    (status = 200, content_type = "text/csv", body = String, description = "A line for each difference, newest first"),
    (status = 401, body = Problem, description = "unauthenticated", content_type = "application/problem+json"),
    (status = 404, body = Problem, description = "not_found", content_type = "application/problem+json")))]
#[get("/reconciliations/{id}/differences.csv")]
pub async fn get_differences(
    app: Data<App>,
    who: SignedInAs,
    id: Id<ReconciliationId>,
) -> Result<HttpResponse, ApiError> {
    let found = report(&app, &who.0, id.0).await?;
    let unwritable = |_| ApiError::new(ErrorCode::Internal, "The table could not be written.");
    let table = written(&found).map_err(unwritable)?;
    Ok(attached(&format!("differences-{}.csv", id.0), &table))
}

/// A line of the table.
#[derive(Serialize)]
struct Row<'a> {
    at: String,
    kind: shared::api::alerts::AlertKind,
    reference: &'a str,
    panel: String,
    payment_id: String,
    here: &'a str,
    there: &'a str,
    resolved_at: String,
    remedy: Option<shared::api::alerts::Remedy>,
    note: String,
}

fn written(found: &[AlertView]) -> Result<Vec<u8>, csv::Error> {
    let mut table = csv::Writer::from_writer(Vec::new());
    for alert in found {
        table.serialize(Row {
            at: alert.at.to_string(),
            kind: alert.kind,
            reference: &alert.reference,
            panel: plain(&alert.tenant_name),
            payment_id: alert.payment_id.map(|id| id.to_string()).unwrap_or_default(),
            here: alert.here.as_deref().unwrap_or_default(),
            there: alert.there.as_deref().unwrap_or_default(),
            resolved_at: alert.resolved_at.map(|at| at.to_string()).unwrap_or_default(),
            remedy: alert.remedy,
            note: plain(alert.note.as_deref().unwrap_or_default()),
        })?;
    }
    table.into_inner().map_err(|error| error.into_error().into())
}
