//! Orders and payments, as their payer sees them.

use super::ApiError;
use super::extract::{Id, Page, SignedInAs};
use crate::app::App;
use crate::flow::payments::inbox::inbox;
use crate::flow::payments::list::list;
use crate::flow::payments::orders::orders;
use crate::flow::payments::payment::{Viewer, payment};
use actix_web::get;
use actix_web::web::{Data, Json, Query};
use serde::Deserialize;
use shared::api::payments::{InboxRow, OrderPage, PaymentPage, PaymentState, PaymentView};
use shared::api::problem::Problem;
use shared::ids::{OrderId, PaymentId};

/// The seal of the address that the payer came back to.
#[derive(Deserialize)]
pub struct Seal {
    token: Option<String>,
}

/// What became of a payment: what the gateway confirmed, never what a browser claimed.
#[utoipa::path(tag = "payments", security((), ("bearer" = [])), params(
    ("id" = PaymentId, Path, description = "The payment"),
    ("token" = Option<String>, Query, description = "Instead of signing in: the token of the return address")),
    responses(
    (status = 200, body = PaymentView),
    (status = 401, body = Problem, description = "unauthenticated", content_type = "application/problem+json"),
    (status = 404, body = Problem, description = "not_found", content_type = "application/problem+json")))]
#[get("/payments/{id}")]
pub async fn get_payment(
    app: Data<App>,
    who: Result<SignedInAs, ApiError>,
    seal: Query<Seal>,
    id: Id<PaymentId>,
) -> Result<Json<PaymentView>, ApiError> {
    let view = match (&seal.token, who) {
        (Some(token), _) => payment(&app, Viewer::Seal(token), id.0).await?,
        (None, Ok(who)) => payment(&app, Viewer::Caller(&who.0), id.0).await?,
        (None, Err(nobody)) => return Err(nobody),
    };
    Ok(Json(view))
}

/// Which payments are wanted.
#[derive(Deserialize)]
pub struct Filter {
    state: Option<PaymentState>,
}

/// The account's payments, newest first; everybody's for an operator.
#[utoipa::path(tag = "payments", params(
    ("state" = Option<PaymentState>, Query, description = "Only those in this state"),
    ("limit" = Option<u32>, Query, minimum = 1, maximum = 100, description = "At most so many; default 50"),
    ("cursor" = Option<String>, Query, description = "The next_cursor of the page before")), responses(
    (status = 200, body = PaymentPage),
    (status = 401, body = Problem, description = "unauthenticated", content_type = "application/problem+json")))]
#[get("/payments")]
pub async fn get_payments(
    app: Data<App>,
    who: SignedInAs,
    filter: Query<Filter>,
    page: Page<PaymentId>,
) -> Result<Json<PaymentPage>, ApiError> {
    Ok(Json(list(&app, &who.0, filter.state, page.cursor, page.limit).await?))
}

/// The account's orders, newest first; everybody's for an operator. One is made with its first payment.
#[utoipa::path(tag = "payments", params(
    ("limit" = Option<u32>, Query, minimum = 1, maximum = 100, description = "At most so many; default 50"),
    ("cursor" = Option<String>, Query, description = "The next_cursor of the page before")), responses(
    (status = 200, body = OrderPage),
    (status = 401, body = Problem, description = "unauthenticated", content_type = "application/problem+json")))]
#[get("/orders")]
pub async fn get_orders(app: Data<App>, who: SignedInAs, page: Page<OrderId>) -> Result<Json<OrderPage>, ApiError> {
    Ok(Json(orders(&app, &who.0, page.cursor, page.limit).await?))
}

/// Operators: the notices that were posted about a payment, oldest first, and what became of each.
#[utoipa::path(tag = "payments", params(("id" = PaymentId, Path, description = "The payment")), responses(
    (status = 200, body = Vec<InboxRow>),
    (status = 401, body = Problem, description = "unauthenticated", content_type = "application/problem+json"),
    (status = 404, body = Problem, description = "not_found", content_type = "application/problem+json")))]
#[get("/payments/{id}/notices")]
pub async fn get_inbox(app: Data<App>, who: SignedInAs, id: Id<PaymentId>) -> Result<Json<Vec<InboxRow>>, ApiError> {
    Ok(Json(inbox(&app, &who.0, id.0).await?))
}
