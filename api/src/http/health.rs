//! Is it alive, and can it serve?

use crate::app::App;
use actix_web::web::Data;
use actix_web::{HttpResponse, get};

/// The process answers.
#[utoipa::path(tag = "health", security(()), responses((status = 200, description = "Alive")))]
#[get("/healthz")]
pub async fn get_healthz() -> HttpResponse {
    HttpResponse::Ok().body("alive")
}

/// The database answers, its schema is up to date, and the gate knows its panels.
#[utoipa::path(tag = "health", security(()), responses(
    (status = 200, description = "Ready"), (status = 503, description = "Not ready; the body says why")))]
#[get("/readyz")]
pub async fn get_readyz(app: Data<App>) -> HttpResponse {
    let why = if app.store.ping().await.is_err() {
        "the database does not answer"
    } else if !matches!(app.store.pending_migrations().await, Ok(0)) {
        "the schema is not up to date: run `hourglass migrate`"
    } else if !app.live.is_loaded() {
        "the gate has not read its panels"
    } else {
        return HttpResponse::Ok().body("ready");
    };
    HttpResponse::ServiceUnavailable().body(why)
}
