//! Payments, as their payer sees them.

use super::ApiError;
use super::extract::{Id, SignedInAs};
use crate::app::App;
use crate::flow::payments::payment::{Viewer, payment};
use actix_web::get;
use actix_web::web::{Data, Json, Query};
use serde::Deserialize;
use shared::api::payments::PaymentView;
use shared::api::problem::Problem;
use shared::ids::PaymentId;

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
