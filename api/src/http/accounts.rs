//! Accounts: what stands on their invoices, and clocks of their own.

use super::ApiError;
use super::answer::once;
use super::extract::{Body, Id, IdempotencyKey, Page, SignedInAs};
use super::table::{attached, plain, written};
use crate::app::App;
use crate::flow::accounts::{
    account::account, edit_account::edit_account, move_clock::move_clock, statement::statement,
    whole_statement::whole_statement,
};
use actix_web::http::StatusCode;
use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, get, post, put};
use shared::api::accounts::{AccountClockMove, AccountDetails, AccountView};
use shared::api::credit::{Statement, StatementRow};
use shared::api::problem::Problem;
use shared::ids::{AccountId, JournalId};

/// An account: your own, or any for an operator.
#[utoipa::path(tag = "accounts", params(("id" = AccountId, Path, description = "The account")), responses(
    (status = 200, body = AccountView),
    (status = 401, body = Problem, description = "unauthenticated", content_type = "application/problem+json"),
    (status = 404, body = Problem, description = "not_found", content_type = "application/problem+json")))]
#[get("/accounts/{id}")]
pub async fn get_account(app: Data<App>, who: SignedInAs, id: Id<AccountId>) -> Result<Json<AccountView>, ApiError> {
    Ok(Json(account(&app, &who.0, id.0).await?))
}

/// Say what stands on the account's invoices from now on, and where its days begin.
#[utoipa::path(tag = "accounts", params(("id" = AccountId, Path, description = "The account")),
    request_body = AccountDetails, responses(
    (status = 200, body = AccountView),
    (status = 401, body = Problem, description = "unauthenticated", content_type = "application/problem+json"),
    (status = 404, body = Problem, description = "not_found", content_type = "application/problem+json"),
    (status = 422, body = Problem, description = "invalid", content_type = "application/problem+json")))]
#[put("/accounts/{id}")]
pub async fn put_account(
    app: Data<App>,
    who: SignedInAs,
    id: Id<AccountId>,
    body: Body<AccountDetails>,
) -> Result<Json<AccountView>, ApiError> {
    Ok(Json(edit_account(&app, &who.0, id.0, body.0).await?))
}

/// What an account has paid for nothing yet, which its next order uses first, and how that came about, newest first.
#[utoipa::path(tag = "accounts", params(
    ("id" = AccountId, Path, description = "The account"),
    ("limit" = Option<u32>, Query, minimum = 1, maximum = 100, description = "At most so many; default 50"),
    ("cursor" = Option<String>, Query, description = "The next_cursor of the page before")), responses(
    (status = 200, body = Statement),
    (status = 401, body = Problem, description = "unauthenticated", content_type = "application/problem+json"),
    (status = 404, body = Problem, description = "not_found", content_type = "application/problem+json")))]
#[get("/accounts/{id}/credit")]
pub async fn get_statement(
    app: Data<App>,
    who: SignedInAs,
    id: Id<AccountId>,
    page: Page<JournalId>,
) -> Result<Json<Statement>, ApiError> {
    Ok(Json(statement(&app, &who.0, id.0, page.cursor, page.limit).await?))
}

/// The same as a table, whole: a line for each movement, newest first.
#[utoipa::path(tag = "accounts", params(("id" = AccountId, Path, description = "The account")), responses(
    (status = 200, content_type = "text/csv", description = "at, kind, panel, panel_id, currency, amount, balance, amount_minor, \
        balance_minor, payment_id, order_id, invoice_id, refund_id; amount and balance are in major units"),
    (status = 401, body = Problem, description = "unauthenticated", content_type = "application/problem+json"),
    (status = 404, body = Problem, description = "not_found", content_type = "application/problem+json")))]
#[get("/accounts/{id}/credit.csv")]
pub async fn get_statement_csv(app: Data<App>, who: SignedInAs, id: Id<AccountId>) -> Result<HttpResponse, ApiError> {
    let line = |row: StatementRow| {
        let StatementRow { at, kind, amount, balance, tenant_id, tenant_name, .. } = row;
        let figures = (amount.currency.code(), amount.to_decimal(), balance.to_decimal(), amount.minor, balance.minor);
        let about = (row.payment_id, row.order_id, row.invoice_id, row.refund_id);
        (at, kind, plain(&tenant_name), tenant_id, figures, about)
    };
    let rows = whole_statement(&app, &who.0, id.0).await?;
    let head = ["at", "kind", "panel", "panel_id", "currency", "amount", "balance", "amount_minor", "balance_minor"];
    let head = [&head[..], &["payment_id", "order_id", "invoice_id", "refund_id"]].concat();
    Ok(attached("credit.csv", &written(&head, rows.into_iter().map(line))?))
}

/// Operators: put an account on a clock of its own, and move it forward. It cannot be moved back.
#[utoipa::path(tag = "accounts", request_body = AccountClockMove, params(
    ("id" = AccountId, Path, description = "The account"),
    ("Idempotency-Key" = String, Header, description = "1 to 100 visible ASCII characters, new for each intent")),
    responses(
    (status = 200, body = AccountView, description = "The clock as it now is",
        headers(("Idempotency-Replayed" = Option<String>, description = "`true` if this answer was given before"))),
    (status = 400, body = Problem, description = "idempotency_key_missing", content_type = "application/problem+json"),
    (status = 401, body = Problem, description = "unauthenticated", content_type = "application/problem+json"),
    (status = 404, body = Problem, description = "not_found", content_type = "application/problem+json"),
    (status = 409, body = Problem, description = "idempotency_in_flight", content_type = "application/problem+json"),
    (status = 422, body = Problem, description = "invalid or idempotency_mismatch",
        content_type = "application/problem+json")))]
#[post("/accounts/{id}/clock")]
pub async fn post_clock(
    app: Data<App>,
    who: SignedInAs,
    id: Id<AccountId>,
    key: IdempotencyKey,
    body: Body<AccountClockMove>,
) -> Result<HttpResponse, ApiError> {
    once(StatusCode::OK, move_clock(&app, &who.0, id.0, body.0.advance_seconds, &key.0).await)
}
