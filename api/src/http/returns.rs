//! Where the gateway reports: by its server (IPN), and through the payer's browser on its way back.
//!
//! Both are open to anybody and carry no session; what they claim is only ever a reason to ask the gateway.

use super::ApiError;
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::payments::receive_notice::{Via, receive_notice};
use actix_web::http::header::LOCATION;
use actix_web::web::{Bytes, Data, Path};
use actix_web::{HttpResponse, post};
use shared::api::problem::Problem;
use shared::ids::PaymentId;

/// A notice of the gateway's server. 200 once it is booked, or is about none of ours; 503 if it has to be sent again.
#[utoipa::path(tag = "gateway", security(()), params(("gateway" = String, Path, description = "The gateway's name")),
    request_body(content = String, content_type = "application/x-www-form-urlencoded",
    description = "The gateway's own fields, signed"), responses(
    (status = 200, description = "Taken"),
    (status = 400, body = Problem, description = "notice_rejected", content_type = "application/problem+json"),
    (status = 404, body = Problem, description = "not_found", content_type = "application/problem+json"),
    (status = 503, body = Problem, description = "gateway_unavailable", content_type = "application/problem+json")))]
#[post("/pay/{gateway}/ipn")]
pub async fn post_ipn(app: Data<App>, gateway: Path<String>, body: Bytes) -> Result<HttpResponse, ApiError> {
    receive_notice(&app, &gateway, &fields(&body), Via::Ipn).await?;
    Ok(HttpResponse::Ok().finish())
}

/// The payer is back, whatever the outcome. They are shown what the gateway confirms, at an address that works without
/// a session: this cross-site POST carries no cookies.
#[utoipa::path(tag = "gateway", security(()), params(("gateway" = String, Path, description = "The gateway's name")),
    request_body(content = String, content_type = "application/x-www-form-urlencoded",
    description = "The gateway's own fields, signed"), responses(
    (status = 303, description = "To the page that shows the payment")))]
#[post("/pay/{gateway}/return")]
pub async fn post_return(app: Data<App>, gateway: Path<String>, body: Bytes) -> HttpResponse {
    let fields = fields(&body);
    let (id, signed) = match receive_notice(&app, &gateway, &fields, Via::Return).await {
        Ok(Some(id)) => (Some(id), true),
        // No seal for what nobody signed: whoever it is has to sign in to see anything.
        Err(FlowError::NotFound) => (None, false),
        Ok(None) | Err(FlowError::NoticeRejected(_)) => (known(&app, &gateway, &fields).await, false),
        // Signed, but it could not be booked now: the page waits, and the sweeper asks.
        Err(error) => {
            tracing::warn!(%error, "a returning payer's notice could not be booked yet");
            (known(&app, &gateway, &fields).await, true)
        }
    };
    let to = match (id, signed) {
        (Some(id), true) => format!("/pay/{id}?token={}", app.signer.seal(id)),
        (Some(id), false) => format!("/pay/{id}"),
        (None, _) => "/".to_owned(),
    };
    HttpResponse::SeeOther().insert_header((LOCATION, to)).finish()
}

/// The payment that is named, if it is ours and the store can say so.
async fn known(app: &App, gateway: &str, fields: &[(String, String)]) -> Option<PaymentId> {
    let tran_id = fields.iter().find(|(name, _)| name == "tran_id").map_or("", |(_, value)| value);
    let payment = app.store.payment_by_tran_id(gateway, tran_id).await.ok()?;
    payment.map(|payment| payment.id)
}

/// The fields in posted order, decoded, untrimmed.
fn fields(body: &[u8]) -> Vec<(String, String)> {
    url::form_urlencoded::parse(body).map(|(name, value)| (name.into_owned(), value.into_owned())).collect()
}
