//! The cycles that a panel has had, and their proofs.

use super::ApiError;
use super::extract::{Id, Nth, Page, SignedInAs};
use super::table::{attached, hours, plain, written};
use crate::app::App;
use crate::flow::tenants::{all_cycles, cycles, export};
use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, get};
use shared::api::cycles::{CycleItem, CyclePage};
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

/// The same as a table, whole: a line for each cycle, newest first.
#[utoipa::path(tag = "tenants", params(("id" = TenantId, Path, description = "The panel")), responses(
    (status = 200, content_type = "text/csv", description = "cycle, plan, starts_at, ends_at, ended_at, ended_reason, \
        hours_allowed, hours_used, hours_beyond, allowance_seconds, used_seconds, overage_seconds, currency, paid_net, \
        paid_net_minor; hours are rounded to hundredths, seconds are exact, paid_net is in major units"),
    (status = 401, body = Problem, description = "unauthenticated", content_type = "application/problem+json"),
    (status = 404, body = Problem, description = "not_found", content_type = "application/problem+json")))]
#[get("/tenants/{id}/cycles.csv")]
pub async fn get_cycles_csv(app: Data<App>, who: SignedInAs, id: Id<TenantId>) -> Result<HttpResponse, ApiError> {
    let line = |it: CycleItem| {
        let plan = it.plan.map(|plan| plain(&plan.name));
        let times = (it.starts_at, it.ends_at, it.ended_at, it.ended_reason);
        let seconds = [it.allowance_seconds, it.used_seconds, it.overage_seconds];
        let paid = (it.paid_net.currency.code(), it.paid_net.to_decimal(), it.paid_net.minor);
        (it.number, plan, times, seconds.map(hours), seconds, paid)
    };
    let rows = all_cycles::all_cycles(&app, &who.0, id.0).await?;
    let head = ["cycle", "plan", "starts_at", "ends_at", "ended_at", "ended_reason"];
    let used = ["hours_allowed", "hours_used", "hours_beyond", "allowance_seconds", "used_seconds", "overage_seconds"];
    let head = [&head[..], &used, &["currency", "paid_net", "paid_net_minor"]].concat();
    Ok(attached(&format!("cycles-{}.csv", id.0), &written(&head, rows.into_iter().map(line))?))
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
