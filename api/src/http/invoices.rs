//! Invoices and credit notes: lists, documents, files to keep.

use super::ApiError;
use super::answer::once;
use super::extract::{Body, Id, IdempotencyKey, Page, SignedInAs};
use crate::app::App;
use crate::flow::invoices::credit_note::credit_note;
use crate::flow::invoices::invoice::invoice;
use crate::flow::invoices::list::list;
use crate::flow::invoices::print::print;
use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION};
use actix_web::web::{Data, Json, Query};
use actix_web::{HttpResponse, get, post};
use serde::Deserialize;
use shared::api::auth::Language;
use shared::api::invoices::{InvoicePage, InvoiceView, NewCreditNote};
use shared::api::problem::Problem;
use shared::ids::InvoiceId;

/// The account's invoices and credit notes, newest first; everybody's for an operator.
#[utoipa::path(tag = "invoices", params(
    ("limit" = Option<u32>, Query, minimum = 1, maximum = 100, description = "At most so many; default 50"),
    ("cursor" = Option<String>, Query, description = "The next_cursor of the page before")), responses(
    (status = 200, body = InvoicePage),
    (status = 401, body = Problem, description = "unauthenticated", content_type = "application/problem+json")))]
#[get("/invoices")]
pub async fn get_invoices(
    app: Data<App>,
    who: SignedInAs,
    page: Page<InvoiceId>,
) -> Result<Json<InvoicePage>, ApiError> {
    Ok(Json(list(&app, &who.0, page.cursor, page.limit).await?))
}

/// One invoice or credit note, as it was issued.
#[utoipa::path(tag = "invoices", params(("id" = InvoiceId, Path, description = "The document")), responses(
    (status = 200, body = InvoiceView),
    (status = 401, body = Problem, description = "unauthenticated", content_type = "application/problem+json"),
    (status = 404, body = Problem, description = "not_found", content_type = "application/problem+json")))]
#[get("/invoices/{id}")]
pub async fn get_invoice(app: Data<App>, who: SignedInAs, id: Id<InvoiceId>) -> Result<Json<InvoiceView>, ApiError> {
    Ok(Json(invoice(&app, &who.0, id.0).await?))
}

/// In which language a file is wanted.
#[derive(Deserialize)]
pub struct In {
    language: Option<Language>,
}

/// An invoice or a credit note as a PDF file.
#[utoipa::path(tag = "invoices", params(
    ("id" = InvoiceId, Path, description = "The document"),
    ("language" = Option<Language>, Query, description = "`en` (default) or `bn`")), responses(
    (status = 200, content_type = "application/pdf", description = "The file; the same bytes each time"),
    (status = 401, body = Problem, description = "unauthenticated", content_type = "application/problem+json"),
    (status = 404, body = Problem, description = "not_found", content_type = "application/problem+json")))]
#[get("/invoices/{id}/pdf")]
pub async fn get_pdf(
    app: Data<App>,
    who: SignedInAs,
    id: Id<InvoiceId>,
    wanted: Query<In>,
) -> Result<HttpResponse, ApiError> {
    let printed = print(&app, &who.0, id.0, wanted.language.unwrap_or(Language::En)).await?;
    Ok(HttpResponse::Ok()
        .content_type("application/pdf")
        .insert_header((CONTENT_DISPOSITION, format!("inline; filename=\"{}\"", printed.name)))
        .insert_header((CACHE_CONTROL, "private, no-cache"))
        .body(printed.bytes))
}

/// Operators: take part of an invoice back. It becomes the account's credit.
#[utoipa::path(tag = "invoices", request_body = NewCreditNote, params(
    ("id" = InvoiceId, Path, description = "The invoice"),
    ("Idempotency-Key" = String, Header, description = "1 to 100 visible ASCII characters, new for each intent")),
    responses(
    (status = 201, body = InvoiceView, description = "The credit note",
        headers(("Idempotency-Replayed" = Option<String>, description = "`true` if this answer was given before"))),
    (status = 400, body = Problem, description = "idempotency_key_missing", content_type = "application/problem+json"),
    (status = 401, body = Problem, description = "unauthenticated", content_type = "application/problem+json"),
    (status = 404, body = Problem, description = "not_found", content_type = "application/problem+json"),
    (status = 409, body = Problem, description = "idempotency_in_flight", content_type = "application/problem+json"),
    (status = 422, body = Problem, description = "invalid or idempotency_mismatch",
        content_type = "application/problem+json")))]
#[post("/invoices/{id}/credit-notes")]
pub async fn post_credit_note(
    app: Data<App>,
    who: SignedInAs,
    id: Id<InvoiceId>,
    key: IdempotencyKey,
    body: Body<NewCreditNote>,
) -> Result<HttpResponse, ApiError> {
    once(StatusCode::CREATED, credit_note(&app, &who.0, id.0, &body.0, &key.0).await)
}
