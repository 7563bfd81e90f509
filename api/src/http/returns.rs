//! Where the gateway reports: by its server (IPN), and through the payer's browser on its way back.
//!
//! Both are open to anybody and carry no session; what they claim is only ever a reason to ask the gateway.

use super::ApiError;
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::payments::receive_notice::{Via, receive_notice};
use actix_web::http::header::LOCATION;
use actix_web::web::{Bytes, Data};
use actix_web::{HttpResponse, post};
use shared::api::problem::Problem;

/// A notice of the gateway's server. 200 once it is booked, or is about none of ours; 503 if it has to be sent again.
#[utoipa::path(tag = "gateway", security(()), request_body(content = String,
    content_type = "application/x-www-form-urlencoded", description = "The gateway's own fields, signed"), responses(
    (status = 200, description = "Taken"),
    (status = 400, body = Problem, description = "notice_rejected", content_type = "application/problem+json"),
    (status = 503, body = Problem, description = "gateway_unavailable", content_type = "application/problem+json")))]
#[post("/pay/sslcommerz/ipn")]
pub async fn post_ipn(app: Data<App>, body: Bytes) -> Result<HttpResponse, ApiError> {
    receive_notice(&app, &fields(&body), Via::Ipn).await?;
    Ok(HttpResponse::Ok().finish())
}

/// The payer is back, whatever the outcome. They are shown what the gateway confirms, at an address that works without
/// a session: this cross-site POST carries no cookies.
#[utoipa::path(tag = "gateway", security(()), request_body(content = String,
    content_type = "application/x-www-form-urlencoded", description = "The gateway's own fields, signed"), responses(
    (status = 303, description = "To the page that shows the payment")))]
#[post("/pay/sslcommerz/return")]
pub async fn post_return(app: Data<App>, body: Bytes) -> Result<HttpResponse, ApiError> {
    let fields = fields(&body);
    let to = match receive_notice(&app, &fields, Via::Return).await {
        Ok(Some(id)) => format!("/pay/{id}?token={}", app.signer.seal(id)),
        // The notice was signed, but the gateway does not answer now: the page waits for it.
        Err(FlowError::Outside(_)) => match known(&app, &fields).await? {
            Some(id) => format!("/pay/{id}?token={}", app.signer.seal(id)),
            None => "/".to_owned(),
        },
        // No seal for what nobody signed: whoever it is has to sign in to see anything.
        Ok(None) | Err(FlowError::NoticeRejected(_)) => match known(&app, &fields).await? {
            Some(id) => format!("/pay/{id}"),
            None => "/".to_owned(),
        },
        Err(error) => return Err(error.into()),
    };
    Ok(HttpResponse::SeeOther().insert_header((LOCATION, to)).finish())
}

async fn known(app: &App, fields: &[(String, String)]) -> Result<Option<shared::ids::PaymentId>, ApiError> {
    let tran_id = fields.iter().find(|(name, _)| name == "tran_id").map_or("", |(_, value)| value);
    let payment = app.store.payment_by_tran_id(app.gateway.name(), tran_id).await.map_err(FlowError::from)?;
    Ok(payment.map(|payment| payment.id))
}

/// The fields in posted order, decoded, untrimmed.
fn fields(body: &[u8]) -> Vec<(String, String)> {
    url::form_urlencoded::parse(body).map(|(name, value)| (name.into_owned(), value.into_owned())).collect()
}
