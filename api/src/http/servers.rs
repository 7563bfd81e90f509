//! The servers on which panels run. For operators.

use super::ApiError;
use super::extract::{Body, Id, IfMatch, SignedInAs};
use crate::app::App;
use crate::flow::servers::{adopt, databases, edit, import, list, register, survey};
use actix_web::web::{Data, Json};
use actix_web::{HttpResponse, get, post, put};
use shared::api::problem::Problem;
use shared::api::servers::{
    Adopt, Adopted, DatabaseList, ImportList, Imported, ServerList, ServerSettings, ServerView,
};
use shared::ids::ServerId;

/// Operators: all servers, by name, each with how many panels it holds.
#[utoipa::path(tag = "servers", responses(
    (status = 200, body = ServerList),
    (status = 401, body = Problem, description = "unauthenticated", content_type = "application/problem+json"),
    (status = 404, body = Problem, description = "not_found", content_type = "application/problem+json")))]
#[get("/servers")]
pub async fn get_servers(app: Data<App>, who: SignedInAs) -> Result<Json<ServerList>, ApiError> {
    Ok(Json(list::list(&app, &who.0).await?))
}

/// Operators: register a server. It is asked at once what it is; `trouble` says what went wrong, and it is kept all the same.
#[utoipa::path(tag = "servers", request_body = ServerSettings, responses(
    (status = 201, body = ServerView, headers(("ETag" = String, description = "For If-Match"))),
    (status = 401, body = Problem, description = "unauthenticated", content_type = "application/problem+json"),
    (status = 404, body = Problem, description = "not_found", content_type = "application/problem+json"),
    (status = 422, body = Problem, description = "invalid", content_type = "application/problem+json")))]
#[post("/servers")]
pub async fn post_server(
    app: Data<App>,
    who: SignedInAs,
    body: Body<ServerSettings>,
) -> Result<HttpResponse, ApiError> {
    let server = register::register(&app, &who.0, &body.0).await?;
    Ok(HttpResponse::Created().insert_header(("ETag", format!("\"{}\"", server.revision))).json(server))
}

/// Operators: change a server's settings. A secret that is left out stays as it was, unless `url` names another scheme,
/// host or port: each that is kept then has to be sent anew. Panels stay where they are.
#[utoipa::path(tag = "servers", request_body = ServerSettings, params(
    ("id" = ServerId, Path, description = "The server"),
    ("If-Match" = String, Header, description = "The revision that was read, in quotes")), responses(
    (status = 200, body = ServerView, headers(("ETag" = String, description = "For the next If-Match"))),
    (status = 401, body = Problem, description = "unauthenticated", content_type = "application/problem+json"),
    (status = 404, body = Problem, description = "not_found", content_type = "application/problem+json"),
    (status = 412, body = Problem, description = "edited_meanwhile", content_type = "application/problem+json"),
    (status = 422, body = Problem, description = "invalid", content_type = "application/problem+json"),
    (status = 428, body = Problem, description = "if_match_missing", content_type = "application/problem+json")))]
#[put("/servers/{id}")]
pub async fn put_server(
    app: Data<App>,
    who: SignedInAs,
    id: Id<ServerId>,
    known: IfMatch,
    body: Body<ServerSettings>,
) -> Result<HttpResponse, ApiError> {
    let server = edit::edit(&app, &who.0, id.0, &known.0, &body.0).await?;
    Ok(HttpResponse::Ok().insert_header(("ETag", format!("\"{}\"", server.revision))).json(server))
}

/// Operators: ask a server what it is. `trouble` says what went wrong.
#[utoipa::path(tag = "servers", params(("id" = ServerId, Path, description = "The server")), responses(
    (status = 200, body = ServerView),
    (status = 401, body = Problem, description = "unauthenticated", content_type = "application/problem+json"),
    (status = 404, body = Problem, description = "not_found", content_type = "application/problem+json")))]
#[post("/servers/{id}/survey")]
pub async fn post_survey(app: Data<App>, who: SignedInAs, id: Id<ServerId>) -> Result<Json<ServerView>, ApiError> {
    Ok(Json(survey::survey(&app, &who.0, id.0).await?))
}

/// Operators: the databases of a server, and which of them are panels. Asks the server.
#[utoipa::path(tag = "servers", params(("id" = ServerId, Path, description = "The server")), responses(
    (status = 200, body = DatabaseList),
    (status = 401, body = Problem, description = "unauthenticated", content_type = "application/problem+json"),
    (status = 404, body = Problem, description = "not_found", content_type = "application/problem+json"),
    (status = 503, body = Problem, description = "host_unavailable", content_type = "application/problem+json")))]
#[get("/servers/{id}/databases")]
pub async fn get_databases(app: Data<App>, who: SignedInAs, id: Id<ServerId>) -> Result<Json<DatabaseList>, ApiError> {
    Ok(Json(databases::databases(&app, &who.0, id.0).await?))
}

/// Operators: make a panel of a database that is there already. It awaits its first payment like any other. If its server refuses (it is
/// another panel's, say), there is no panel, and `/database` says why.
#[utoipa::path(tag = "servers", request_body = Adopt, params(("id" = ServerId, Path, description = "The server")), responses(
    (status = 201, body = Adopted),
    (status = 401, body = Problem, description = "unauthenticated", content_type = "application/problem+json"),
    (status = 404, body = Problem, description = "not_found", content_type = "application/problem+json"),
    (status = 422, body = Problem, description = "invalid", content_type = "application/problem+json"),
    (status = 503, body = Problem, description = "host_unavailable", content_type = "application/problem+json")))]
#[post("/servers/{id}/adopt")]
pub async fn post_adopt(
    app: Data<App>,
    who: SignedInAs,
    id: Id<ServerId>,
    body: Body<Adopt>,
) -> Result<HttpResponse, ApiError> {
    Ok(HttpResponse::Created().json(adopt::adopt(&app, &who.0, id.0, &body.0).await?))
}

/// Operators: make panels of up to 200 databases that are there already. Each row is adopted for itself, or refused and says why; a
/// list that was imported before, or in part, can be sent again.
#[utoipa::path(tag = "servers", request_body = ImportList, params(("id" = ServerId, Path, description = "The server")),
    responses(
    (status = 200, body = Imported, description = "What became of each row"),
    (status = 401, body = Problem, description = "unauthenticated", content_type = "application/problem+json"),
    (status = 404, body = Problem, description = "not_found", content_type = "application/problem+json"),
    (status = 422, body = Problem, description = "invalid", content_type = "application/problem+json"),
    (status = 503, body = Problem, description = "host_unavailable", content_type = "application/problem+json")))]
#[post("/servers/{id}/import")]
pub async fn post_import(
    app: Data<App>,
    who: SignedInAs,
    id: Id<ServerId>,
    body: Body<ImportList>,
) -> Result<Json<Imported>, ApiError> {
    Ok(Json(import::import(&app, &who.0, id.0, &body.0).await?))
}
