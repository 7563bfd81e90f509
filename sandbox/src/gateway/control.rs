//! The sandbox's own switches over HTTP, under `/sandbox/`; the real gateway has none of these.

use actix_web::http::header::ContentType;
use actix_web::{HttpResponse, web};
use serde::Deserialize;
use serde_json::json;

use super::State;
use super::faults::Faults;
use super::page::RETURN_SCRIPT;

/// Replaces all faults: what is left out is switched off.
pub(super) async fn set_faults(faults: web::Json<Faults>, state: web::Data<State>) -> HttpResponse {
    state.set_faults(faults.into_inner());
    HttpResponse::Ok().json(state.faults())
}

/// Whose notice is meant.
#[derive(Deserialize)]
pub(super) struct Replay {
    tran_id: String,
}

/// Sends the latest notice of a payment once more.
pub(super) async fn replay(wanted: web::Json<Replay>, state: web::Data<State>) -> HttpResponse {
    if state.replay(&wanted.tran_id).await {
        HttpResponse::Ok().json(state.deliveries.borrow().last())
    } else {
        HttpResponse::NotFound().json(json!({ "error": "nothing to report under this tran_id" }))
    }
}

/// Where redirected questions end: whoever follows reads that there is no such payment.
pub(super) async fn elsewhere() -> HttpResponse {
    HttpResponse::Ok().json(json!({
        "APIConnect": "DONE", "status": "INVALID_TRANSACTION", "no_of_trans_found": "0", "element": [],
    }))
}

/// The one script of the payer's pages.
pub(super) async fn script() -> HttpResponse {
    HttpResponse::Ok().content_type(ContentType(actix_web::mime::APPLICATION_JAVASCRIPT_UTF_8)).body(RETURN_SCRIPT)
}
