//! `/json/2/<model>/<method>`, from 19 on: named arguments, a bearer key, bare answers. Knows no service of RPC.

use actix_web::http::StatusCode;
use actix_web::web::{Bytes, Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use serde_json::{Value, json};

use crate::serve::hang_up;

use super::failure::Raised;
use super::orm::Orm;
use super::page;
use super::rpc::data;
use super::schema::Row;
use super::server::Server;
use super::web::{html, see_other};

/// Answers a call.
pub(super) async fn answer(
    request: HttpRequest,
    path: Path<(String, String)>,
    body: Bytes,
    server: Data<Server>,
) -> HttpResponse {
    match server.version() {
        ..=17 => return html(StatusCode::NOT_FOUND, page::not_found()),
        18 => return see_other("/web/login"),
        _ => {}
    }
    let (model, method) = path.into_inner();
    let call = format!("{model}.{method}");
    if !server.databases.faults.hears(&[&call]).await {
        return hang_up();
    }
    let answer = match server.database(&request).await {
        // Without a database there is no such address, and no JSON.
        Ok(None) => html(StatusCode::NOT_FOUND, page::not_found()),
        Ok(Some(database)) if server.databases.store.ping(&database).await.is_err() => {
            html(StatusCode::NOT_FOUND, page::not_found())
        }
        Ok(Some(database)) => match called(&server, &database, &request, &model, &method, &body).await {
            Ok(result) => HttpResponse::Ok().json(result),
            Err((status, error)) => HttpResponse::build(status).json(data(&error)),
        },
        Err(error) => HttpResponse::InternalServerError().json(data(&error)),
    };
    if server.databases.faults.loses(&[&call]) { hang_up() } else { answer }
}

async fn called(
    server: &Server,
    database: &str,
    request: &HttpRequest,
    model: &str,
    method: &str,
    body: &[u8],
) -> Result<Value, (StatusCode, Raised)> {
    let failed = |error: Raised| (status(&error), error);
    let said = request.headers().get("authorization").and_then(|value| value.to_str().ok()).unwrap_or_default();
    let key = said.split_once(' ').filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer")).map(|(_, key)| key);
    let person = server.databases.bearer(database, key.unwrap_or_default()).await.map_err(failed)?;
    let Some(person) = person else { return Err((StatusCode::UNAUTHORIZED, Raised::denied())) };
    let named: Row = if body.is_empty() {
        Row::new()
    } else {
        serde_json::from_slice(body)
            .map_err(|error| (StatusCode::UNPROCESSABLE_ENTITY, Raised::value(format!("not a JSON object: {error}"))))?
    };
    let result =
        Orm::new(&server.databases, database, &person).call(model, method, &[], &named).await.map_err(failed)?;
    // What is created is answered as records, of which there may be one.
    Ok(if method == "create" && result.is_i64() { json!([result]) } else { result })
}

fn status(error: &Raised) -> StatusCode {
    match error.name {
        "odoo.exceptions.AccessDenied" => StatusCode::UNAUTHORIZED,
        "odoo.exceptions.AccessError" => StatusCode::FORBIDDEN,
        "odoo.exceptions.MissingError" | "builtins.KeyError" | "builtins.AttributeError" => StatusCode::NOT_FOUND,
        "builtins.TypeError" | "odoo.exceptions.ValidationError" => StatusCode::UNPROCESSABLE_ENTITY,
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    }
}
