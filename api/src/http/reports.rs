//! What panels used and what was spent on them, across an account and over time: as figures, and as tables to keep.

use super::ApiError;
use super::extract::{Asked, Id, SignedInAs};
use super::table::{attached, hours, plain, written};
use crate::app::App;
use crate::flow::accounts::spending::spending;
use crate::flow::accounts::usage::{AccountReport, PanelReport, usage};
use crate::flow::tenants::days::Days;
use crate::flow::tenants::usage::usage as usage_of_panel;
use crate::flow::tenants::usage_hours::usage_hours;
use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, get};
use shared::api::problem::Problem;
use shared::api::spending::{AccountUsage, HourlyUsage, MonthSpent, PanelUsage, Spending};
use shared::api::usage::UsageDay;
use shared::civil::CivilDay;
use shared::ids::{AccountId, TenantId};

/// How long each of the account's panels was up, day by day. For charts; billing counts by cycle days of 24 h.
#[utoipa::path(tag = "accounts", params(
    ("from" = Option<CivilDay>, Query, description = "The first day; default: 30 days with the last"),
    ("to" = Option<CivilDay>, Query, description = "The last day, at most 92 days with the first; default: today")), responses(
    (status = 200, body = AccountUsage),
    (status = 401, body = Problem, description = "unauthenticated", content_type = "application/problem+json"),
    (status = 404, body = Problem, description = "not_found", content_type = "application/problem+json"),
    (status = 422, body = Problem, description = "invalid", content_type = "application/problem+json")))]
#[get("/usage")]
pub async fn get_account_usage(app: Data<App>, who: SignedInAs, asked: Asked) -> Result<Json<AccountUsage>, ApiError> {
    let AccountReport { zone, from, to, panels, as_of } = usage(&app, &who.0, days(&asked)?).await?;
    let panels = panels.into_iter().map(|panel| PanelUsage {
        tenant_id: panel.tenant_id,
        name: panel.name,
        billable_seconds: panel.report.days.iter().map(|day| day.billable_seconds).collect(),
        totals: panel.report.totals,
    });
    Ok(Json(AccountUsage { zone, from, to, panels: panels.collect(), as_of }))
}

/// The same as a table: a line for each day of each panel.
#[utoipa::path(tag = "accounts", params(
    ("from" = Option<CivilDay>, Query, description = "The first day; default: 30 days with the last"),
    ("to" = Option<CivilDay>, Query, description = "The last day, at most 92 days with the first; default: today")), responses(
    (status = 200, content_type = "text/csv", description = "day, panel, panel_id, hours_up, hours_charged, up_seconds, \
        down_seconds, unknown_seconds, charged_seconds; hours are rounded to hundredths, seconds are exact; a day of which \
        nothing is on record has 0 in all of them"),
    (status = 401, body = Problem, description = "unauthenticated", content_type = "application/problem+json"),
    (status = 404, body = Problem, description = "not_found", content_type = "application/problem+json"),
    (status = 422, body = Problem, description = "invalid", content_type = "application/problem+json")))]
#[get("/usage.csv")]
pub async fn get_account_csv(app: Data<App>, who: SignedInAs, asked: Asked) -> Result<HttpResponse, ApiError> {
    let found = usage(&app, &who.0, days(&asked)?).await?;
    let of_panel = |panel: &PanelReport| {
        let (name, id) = (plain(&panel.name), panel.tenant_id.to_string());
        let line = |it: &UsageDay| {
            let [day, figures @ ..] = line(it);
            [vec![day, name.clone(), id.clone()], figures.to_vec()].concat()
        };
        panel.report.days.iter().map(line).collect::<Vec<_>>()
    };
    let head = [&["day", "panel", "panel_id"], &FIGURES[..]].concat();
    let table = written(&head, found.panels.iter().flat_map(of_panel))?;
    Ok(attached(&format!("usage-{}-{}.csv", found.from, found.to), &table))
}

/// How long a panel was up, hour by hour.
#[utoipa::path(tag = "tenants", params(
    ("id" = TenantId, Path, description = "The panel"),
    ("from" = Option<CivilDay>, Query, description = "The first day; default: 7 days with the last"),
    ("to" = Option<CivilDay>, Query, description = "The last day, at most 31 days with the first; default: today")), responses(
    (status = 200, body = HourlyUsage),
    (status = 401, body = Problem, description = "unauthenticated", content_type = "application/problem+json"),
    (status = 404, body = Problem, description = "not_found", content_type = "application/problem+json"),
    (status = 422, body = Problem, description = "invalid", content_type = "application/problem+json")))]
#[get("/tenants/{id}/usage/hours")]
pub async fn get_usage_hours(
    app: Data<App>,
    who: SignedInAs,
    id: Id<TenantId>,
    asked: Asked,
) -> Result<Json<HourlyUsage>, ApiError> {
    Ok(Json(usage_hours(&app, &who.0, id.0, days(&asked)?).await?))
}

/// How long a panel was up, day by day, as a table.
#[utoipa::path(tag = "tenants", params(
    ("id" = TenantId, Path, description = "The panel"),
    ("from" = Option<CivilDay>, Query, description = "The first day; default: 30 days with the last"),
    ("to" = Option<CivilDay>, Query, description = "The last day, at most 366 days with the first; default: today")), responses(
    (status = 200, content_type = "text/csv", description = "day, hours_up, hours_charged, up_seconds, down_seconds, \
        unknown_seconds, charged_seconds; hours are rounded to hundredths, seconds are exact; a day of which nothing is on \
        record has 0 in all of them"),
    (status = 401, body = Problem, description = "unauthenticated", content_type = "application/problem+json"),
    (status = 404, body = Problem, description = "not_found", content_type = "application/problem+json"),
    (status = 422, body = Problem, description = "invalid", content_type = "application/problem+json")))]
#[get("/tenants/{id}/usage.csv")]
pub async fn get_panel_csv(
    app: Data<App>,
    who: SignedInAs,
    id: Id<TenantId>,
    asked: Asked,
) -> Result<HttpResponse, ApiError> {
    let found = usage_of_panel(&app, &who.0, id.0, days(&asked)?).await?;
    let head = [&["day"], &FIGURES[..]].concat();
    let table = written(&head, found.days.iter().map(|day| line(day).to_vec()))?;
    Ok(attached(&format!("usage-{}-{}-{}.csv", id.0, found.from, found.to), &table))
}

/// What was invoiced to an account in each of the last twelve months, less credit notes, with VAT. An account that pays in several
/// currencies has each month once for each of them.
#[utoipa::path(tag = "accounts", params(("id" = AccountId, Path, description = "The account")), responses(
    (status = 200, body = Spending),
    (status = 401, body = Problem, description = "unauthenticated", content_type = "application/problem+json"),
    (status = 404, body = Problem, description = "not_found", content_type = "application/problem+json")))]
#[get("/accounts/{id}/spending")]
pub async fn get_spending(app: Data<App>, who: SignedInAs, id: Id<AccountId>) -> Result<Json<Spending>, ApiError> {
    Ok(Json(spending(&app, &who.0, id.0).await?))
}

/// The same as a table: a line for each month of each currency.
#[utoipa::path(tag = "accounts", params(("id" = AccountId, Path, description = "The account")), responses(
    (status = 200, content_type = "text/csv", description = "month (its first day), currency, spent, spent_minor; spent is in \
        major units"),
    (status = 401, body = Problem, description = "unauthenticated", content_type = "application/problem+json"),
    (status = 404, body = Problem, description = "not_found", content_type = "application/problem+json")))]
#[get("/accounts/{id}/spending.csv")]
pub async fn get_spending_csv(app: Data<App>, who: SignedInAs, id: Id<AccountId>) -> Result<HttpResponse, ApiError> {
    let found = spending(&app, &who.0, id.0).await?;
    let line = |MonthSpent { month, spent }| (month, spent.currency.code(), spent.to_decimal(), spent.minor);
    let table = written(&["month", "currency", "spent", "spent_minor"], found.months.into_iter().map(line))?;
    Ok(attached("spending.csv", &table))
}

fn days(asked: &Asked) -> Result<Days, ApiError> {
    let rule = "must be a day like 2026-11-22";
    Ok(Days { from: asked.value("from", rule)?, to: asked.value("to", rule)?, zone: None })
}

/// What stands in the tables for each day.
const FIGURES: [&str; 6] =
    ["hours_up", "hours_charged", "up_seconds", "down_seconds", "unknown_seconds", "charged_seconds"];

/// A day of a panel: the date, and [`FIGURES`].
fn line(day: &UsageDay) -> [String; 7] {
    let (up, charged) = (day.up_seconds, day.billable_seconds);
    let seconds = [up, day.down_seconds, day.unknown_seconds, charged].map(|seconds| seconds.to_string());
    let [up_seconds, down, unknown, charged_seconds] = seconds;
    [day.day.to_string(), hours(up), hours(charged), up_seconds, down, unknown, charged_seconds]
}
