//! `/web/database/*`: the same management of databases by forms, for every version. Up to 19 success is 303 and failure a
//! page with 200; what went wrong stands in its text alone. Knows no RPC.

use actix_multipart::Multipart;
use actix_web::http::StatusCode;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::web::{Data, Path, Payload};
use actix_web::{HttpRequest, HttpResponse};
use futures_util::TryStreamExt as _;

use super::databases::NewDatabase;
use super::failure::Raised;
use super::page;
use super::rpc::said;
use super::server::Server;
use super::web::{home_path, html, see_other};

/// More than any backup that is made up here.
const LIMIT: usize = 256 * 1_024 * 1_024;

/// Decoded fields, and the one file that a form may bring.
#[derive(Default)]
struct Form {
    fields: Vec<(String, String)>,
    file: Vec<u8>,
}

impl Form {
    async fn read(request: &HttpRequest, payload: Payload) -> Option<Self> {
        let kind = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let mut form = Self::default();
        if !kind.starts_with("multipart/form-data") {
            let body = payload.to_bytes_limited(LIMIT).await.ok()?.ok()?;
            form.fields = url::form_urlencoded::parse(&body).into_owned().collect();
            return Some(form);
        }
        let mut parts = Multipart::new(request.headers(), payload);
        while let Some(mut part) = parts.try_next().await.ok()? {
            let name = part.name().unwrap_or_default().to_owned();
            let bytes = part.bytes(LIMIT).await.ok()?.ok()?.to_vec();
            if name == "backup_file" {
                form.file = bytes;
            } else {
                form.fields.push((name, String::from_utf8(bytes).ok()?));
            }
        }
        Some(form)
    }

    fn get(&self, name: &str) -> Option<&str> {
        let found = self.fields.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
    }

    fn need(&self, name: &str) -> Result<&str, Raised> {
        self.get(name).ok_or_else(|| Raised::arguments(format!("missing a required argument: '{name}'")))
    }

    fn is_set(&self, name: &str) -> bool {
        self.get(name).is_some_and(|value| !matches!(value, "false" | "False" | "0"))
    }
}

/// The page of the database manager: there also where managing is switched off.
pub(super) async fn manager(server: Data<Server>) -> HttpResponse {
    let names = if server.options.list_db { server.databases.list().await.unwrap_or_default() } else { Vec::new() };
    html(StatusCode::OK, page::manager(&names, ""))
}

/// `/web/database/list`: those that pass the filter of the address.
pub(super) async fn list(request: HttpRequest, server: Data<Server>) -> HttpResponse {
    let found = match server.check_list_db() {
        Ok(()) => server.databases.list().await,
        Err(error) => Err(error),
    };
    let passing = found.map(|names| names.into_iter().filter(|name| server.passes(&request, name)).collect());
    said(&serde_json::Value::Null, passing, server.version())
}

/// What a route did.
enum Done {
    To(&'static str),
    Backup(String, Vec<u8>),
}

/// Every other route.
pub(super) async fn press(
    request: HttpRequest,
    path: Path<String>,
    payload: Payload,
    server: Data<Server>,
) -> HttpResponse {
    let what = path.into_inner();
    let Some(form) = Form::read(&request, payload).await else {
        return html(StatusCode::BAD_REQUEST, page::bad_request());
    };
    let known = ["create", "duplicate", "drop", "backup", "restore", "change_password"].contains(&what.as_str());
    let renames = what == "rename" && server.version() >= 20;
    if !(known || renames) {
        return html(StatusCode::NOT_FOUND, page::not_found());
    }
    match done(&server, &what, &form).await {
        Ok(Done::To(address)) => see_other(address),
        Ok(Done::Backup(name, packed)) => HttpResponse::Ok()
            .content_type("application/octet-stream; charset=binary")
            .insert_header(("Content-Disposition", format!("attachment; filename*=UTF-8''{name}.zip")))
            .body(packed),
        Err(error) => refusal(&server, &what, &error).await,
    }
}

async fn refusal(server: &Server, what: &str, error: &Raised) -> HttpResponse {
    let names = if server.options.list_db { server.databases.list().await.unwrap_or_default() } else { Vec::new() };
    let step = match what {
        "create" => "creation",
        "duplicate" => "duplication",
        "drop" => "deletion",
        "restore" => "restore",
        "backup" => "backup",
        "rename" => "rename",
        _ => "master password",
    };
    let status = match (server.version(), error.name) {
        (..=19, _) => StatusCode::OK,
        (_, "odoo.exceptions.AccessDenied") => StatusCode::FORBIDDEN,
        (_, _) => StatusCode::UNPROCESSABLE_ENTITY,
    };
    html(status, page::manager(&names, &format!("Database {step} error: {}", error.message)))
}

/// A name as the forms take it; over RPC anything is one.
fn is_name(name: &str) -> bool {
    let mut signs = name.chars();
    signs.next().is_some_and(|first| first.is_ascii_alphanumeric())
        && name.len() > 1
        && signs.all(|sign| sign.is_ascii_alphanumeric() || matches!(sign, '_' | '.' | '-'))
}

fn named<'f>(form: &'f Form, field: &str) -> Result<&'f str, Raised> {
    let name = form.need(field)?;
    let wrong = "Invalid database name. Only alphanumerical characters, underscore, hyphen and dot are allowed.";
    if is_name(name) { Ok(name) } else { Err(Raised::other(wrong)) }
}

async fn done(server: &Server, what: &str, form: &Form) -> Result<Done, Raised> {
    let databases = &server.databases;
    let master = form.need("master_pwd")?;
    // While it is the one that everybody knows, whatever is sent becomes the master password.
    if server.options.list_db && server.check_master("admin").is_ok() {
        server.set_master(master);
    }
    server.check_master(master)?;
    server.check_list_db()?;
    match what {
        "create" => {
            let wanted = NewDatabase {
                name: named(form, "name")?.to_owned(),
                lang: form.need("lang")?.to_owned(),
                password: form.need("password")?.to_owned(),
                login: form.need("login")?.to_owned(),
                country_code: form.get("country_code").map(str::to_owned),
                phone: form.get("phone").map(str::to_owned),
            };
            databases.create(&wanted).await?;
            return Ok(Done::To(home_path(server.version())));
        }
        "duplicate" => {
            let new = named(form, "new_name")?;
            databases.duplicate(form.need("name")?, new, form.is_set("neutralize_database")).await?;
        }
        // Whether anything was dropped is not looked at.
        "drop" => drop(databases.drop(form.need("name")?).await?),
        "backup" => {
            let name = form.need("name")?;
            if !databases.list().await?.iter().any(|known| known == name) {
                return Err(Raised::other(format!("Database {name:?} is not known")));
            }
            return Ok(Done::Backup(name.to_owned(), databases.dump(name).await?));
        }
        "restore" => {
            let name = named(form, "name")?;
            databases.restore(name, &form.file, form.is_set("copy"), form.is_set("neutralize_database")).await?;
        }
        "rename" => databases.rename(form.need("name")?, named(form, "new_name")?).await?,
        _ => server.set_master(form.need("master_pwd_new")?),
    }
    Ok(Done::To("/web/database/manager"))
}
