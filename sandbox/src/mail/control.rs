//! The mailbox over HTTP: for people as pages, for programs in JSON.
//!
//! It knows no password, and obeys no page of another site: whoever rehearses has a browser open on other pages, too.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::LOCATION;
use actix_web::middleware::{Next, from_fn};
use actix_web::web::{self, Data, Json, Path, Query, ServiceConfig};
use actix_web::{Error, HttpResponse};
use serde::Deserialize;
use serde_json::json;

use crate::gateway::may_drive;

use super::{Fault, State, page};

/// What every request finds.
pub(super) struct Shared {
    pub(super) state: State,
    pub(super) url: String,
}

pub(super) fn routes(app: &mut ServiceConfig) {
    app.service(
        web::scope("")
            .wrap(from_fn(refuse_other_sites))
            .route("/", web::get().to(list))
            .route("/mail.css", web::get().to(page::style))
            .route("/letters/{number}", web::get().to(letter))
            .route("/letters/{number}/html", web::get().to(html))
            .route("/letters/{number}/raw", web::get().to(raw))
            .route("/form/clear", web::post().to(press_clear))
            .route("/api/letters", web::get().to(letters))
            .route("/api/letters", web::delete().to(clear))
            .route("/api/fault", web::get().to(fault))
            .route("/api/fault", web::put().to(set_fault))
            .route("/api/fault", web::delete().to(end_fault)),
    );
}

async fn refuse_other_sites(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let own = request.app_data::<Data<Shared>>().map(|shared| shared.url.clone()).unwrap_or_default();
    if may_drive(request.headers(), request.method().is_safe(), &own) {
        return Ok(next.call(request).await?.map_into_left_body());
    }
    let refusal = json!({ "error": "the sandbox is not driven by pages of other sites" });
    Ok(request.into_response(HttpResponse::Forbidden().json(refusal)).map_into_right_body())
}

async fn list(shared: Data<Shared>) -> HttpResponse {
    page::list(&shared.state.letters())
}

async fn letter(number: Path<u64>, shared: Data<Shared>) -> HttpResponse {
    shared.state.letter(*number).map_or_else(page::nothing, |letter| page::letter(&letter))
}

async fn html(number: Path<u64>, shared: Data<Shared>) -> HttpResponse {
    shared.state.letter(*number).map_or_else(page::nothing, |letter| page::html(&letter))
}

async fn raw(number: Path<u64>, shared: Data<Shared>) -> HttpResponse {
    shared.state.letter(*number).map_or_else(page::nothing, page::raw)
}

async fn press_clear(shared: Data<Shared>) -> HttpResponse {
    shared.state.clear();
    HttpResponse::SeeOther().insert_header((LOCATION, "/")).finish()
}

#[derive(Deserialize)]
struct Whose {
    to: Option<String>,
}

/// Oldest first; only those to one address, if that is asked.
async fn letters(whose: Query<Whose>, shared: Data<Shared>) -> HttpResponse {
    let mut letters = shared.state.letters();
    if let Some(wanted) = &whose.to {
        letters.retain(|letter| letter.to.iter().any(|to| to.eq_ignore_ascii_case(wanted)));
    }
    HttpResponse::Ok().insert_header(("Cache-Control", "no-store")).json(letters)
}

async fn clear(shared: Data<Shared>) -> HttpResponse {
    shared.state.clear();
    HttpResponse::NoContent().finish()
}

async fn fault(shared: Data<Shared>) -> HttpResponse {
    HttpResponse::Ok().json(shared.state.fault())
}

async fn set_fault(wanted: Json<Fault>, shared: Data<Shared>) -> HttpResponse {
    shared.state.set_fault(Some(wanted.into_inner()));
    fault(shared).await
}

async fn end_fault(shared: Data<Shared>) -> HttpResponse {
    shared.state.set_fault(None);
    fault(shared).await
}
