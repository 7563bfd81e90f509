//! `/jsonrpc`: the services `db`, `common` and `object`. It looks at no Host header: whoever reaches the port reaches every
//! database. Knows no page.

use actix_web::HttpResponse;
use actix_web::web::{Bytes, Data};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::serve::hang_up;

use super::db_service;
use super::failure::Raised;
use super::orm::Orm;
use super::schema::Row;
use super::server::Server;

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    id: Value,
    params: Params,
}

#[derive(Deserialize)]
struct Params {
    service: String,
    method: String,
    #[serde(default)]
    args: Vec<Value>,
}

/// Answers a call; HTTP 200 whatever it comes to.
pub(super) async fn answer(body: Bytes, server: Data<Server>) -> HttpResponse {
    let Ok(asked) = serde_json::from_slice::<Asked>(&body) else {
        return HttpResponse::BadRequest().body("Invalid JSON data");
    };
    let Params { service, method, args } = &asked.params;
    let call = format!("{service}.{method}");
    let of_model = match (args.get(3), args.get(4)) {
        (Some(Value::String(model)), Some(Value::String(method))) if service == "object" => format!("{model}.{method}"),
        _ => String::new(),
    };
    let calls = [call.as_str(), of_model.as_str()];
    if !server.databases.faults.hears(&calls).await {
        return hang_up();
    }
    let result = match service.as_str() {
        // Gone in 20.
        "db" if server.version() < 20 => db_service::call(&server, method, args).await,
        "common" => common(&server, method, args).await,
        "object" => object(&server, method, args).await,
        unknown => Err(Raised::no_model(unknown)),
    };
    if server.databases.faults.loses(&calls) {
        return hang_up();
    }
    said(&asked.id, result, server.version())
}

/// As JSON-RPC says it.
pub(super) fn said(id: &Value, result: Result<Value, Raised>, version: u8) -> HttpResponse {
    HttpResponse::Ok().json(match result {
        Ok(result) => json!({ "jsonrpc": "2.0", "id": id, "result": result }),
        Err(error) => json!({ "jsonrpc": "2.0", "id": id, "error": {
            "code": if version >= 19 { 0 } else { 200 },
            "message": "Odoo Server Error",
            "data": data(&error),
        }}),
    })
}

/// What is told of an exception.
pub(super) fn data(error: &Raised) -> Value {
    json!({
        "name": error.name,
        "debug": format!("Traceback (most recent call last):\n{}: {}\n", error.name, error.message),
        "message": error.message,
        "arguments": [error.message],
        "context": {},
    })
}

/// What a server says of its version.
pub(super) fn version_info(version: u8) -> Value {
    json!({
        "server_version": format!("{version}.0"),
        "server_version_info": [version, 0, 0, "final", 0, ""],
        "server_serie": format!("{version}.0"),
        "protocol_version": 1,
    })
}

/// A text of the arguments.
pub(super) fn text(args: &[Value], at: usize) -> Result<&str, Raised> {
    args.get(at)
        .and_then(Value::as_str)
        .ok_or_else(|| Raised::arguments(format!("missing or unreadable positional argument {at}")))
}

async fn common(server: &Server, method: &str, args: &[Value]) -> Result<Value, Raised> {
    match method {
        "version" => Ok(version_info(server.version())),
        "authenticate" | "login" => {
            let (database, login, secret) = (text(args, 0)?, text(args, 1)?, text(args, 2)?);
            let person = server.databases.sign_in(database, login, secret).await?;
            Ok(person.map_or(json!(false), |person| json!(person.id)))
        }
        other => Err(Raised::no_method(other)),
    }
}

async fn object(server: &Server, method: &str, args: &[Value]) -> Result<Value, Raised> {
    let database = text(args, 0)?;
    let user = args.get(1).and_then(Value::as_i64).ok_or_else(Raised::denied)?;
    let (secret, model, called) = (text(args, 2)?, text(args, 3)?, text(args, 4)?);
    let person = server.databases.caller(database, user, secret).await?;
    let orm = Orm::new(&server.databases, database, &person);
    match method {
        "execute_kw" => {
            let placed = args.get(5).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
            let none = Row::new();
            let named = args.get(6).and_then(Value::as_object).unwrap_or(&none);
            orm.call(model, called, placed, named).await
        }
        "execute" => orm.call(model, called, args.get(5..).unwrap_or_default(), &Row::new()).await,
        other => Err(Raised::no_method(other)),
    }
}
