//! The sandbox's own switches over HTTP, under `/sandbox/`: for programs in JSON, for people as a page. The real gateway
//! has none of these.
//!
//! It knows no password, and obeys no page of another site: whoever rehearses has a browser open on other pages, too.

mod api;
mod forms;
mod origin;
mod page;
mod switches;

pub(crate) use origin::allowed as may_drive;

use actix_web::middleware::from_fn;
use actix_web::web::{self, ServiceConfig};
use actix_web::{HttpResponse, Responder};
use serde_json::json;

/// Where redirected questions end: whoever follows reads that there is no such payment.
async fn elsewhere() -> HttpResponse {
    HttpResponse::Ok().json(json!({
        "APIConnect": "DONE", "status": "INVALID_TRANSACTION", "no_of_trans_found": "0", "element": [],
    }))
}

/// The address without its last sign.
async fn inside() -> impl Responder {
    web::Redirect::to("/sandbox/").see_other()
}

/// Everything under `/sandbox` that changes or tells something.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.route("/sandbox/elsewhere", web::get().to(elsewhere)).route("/sandbox", web::get().to(inside)).service(
        web::scope("/sandbox")
            .wrap(from_fn(origin::refuse_other_sites))
            .route("/", web::get().to(page::show))
            .route("/form/faults", web::post().to(forms::faults))
            .route("/form/replay", web::post().to(forms::replay))
            .route("/form/settle", web::post().to(forms::settle))
            .route("/form/act", web::post().to(forms::act))
            .route("/faults", web::post().to(api::set_faults))
            .route("/ipn/replay", web::post().to(api::replay))
            .route("/api/state", web::get().to(api::state))
            .route("/api/books", web::get().to(api::books))
            .route("/api/faults", web::get().to(api::faults))
            .route("/api/faults", web::put().to(api::set_faults))
            .route("/api/replay", web::post().to(api::replay))
            .route("/api/refunds/{refund_ref_id}/settle", web::post().to(api::settle))
            .route("/api/sessions/{key}/act", web::post().to(api::act)),
    );
}
