//! A panel's own pages for visitors: the sign-in, the home of who is signed in, the database selector; and what the server
//! says about itself. Knows no management of databases.

use actix_web::cookie::{Cookie, SameSite};
use actix_web::http::StatusCode;
use actix_web::http::header::ContentType;
use actix_web::web::{Bytes, Data, Query};
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;
use serde_json::{Value, json};

use super::PanelState;
use super::failure::Raised;
use super::page;
use super::rpc::{said, version_info};
use super::server::{Server, Session};

pub(super) fn see_other(to: &str) -> HttpResponse {
    HttpResponse::SeeOther().insert_header(("Location", to)).finish()
}

pub(super) fn html(status: StatusCode, text: String) -> HttpResponse {
    let mut response = HttpResponse::build(status);
    response.content_type(ContentType::html()).insert_header(("Cache-Control", "no-store")).body(text)
}

/// Where a panel's own pages begin.
pub(super) fn home_path(version: u8) -> &'static str {
    if version >= 18 { "/odoo" } else { "/web" }
}

/// What stands in the way of a page, as its answer; or the database that it is about, if there need be one.
async fn obstacle(request: &HttpRequest, server: &Server) -> Result<Option<String>, HttpResponse> {
    match server.said_of(&server.label(request)) {
        Some(PanelState::Broken) => return Err(html(StatusCode::INTERNAL_SERVER_ERROR, page::broken())),
        Some(PanelState::Up) => return Ok(None),
        Some(PanelState::Missing) => return Err(see_other("/web/database/selector")),
        None => {}
    }
    let database = match server.database(request).await {
        Ok(Some(database)) => database,
        Ok(None) => return Err(see_other("/web/database/selector")),
        Err(_) => return Err(html(StatusCode::INTERNAL_SERVER_ERROR, page::broken())),
    };
    // The page loads the panel, over a connection of its own.
    match server.databases.store.ping(&database).await {
        Ok(()) => Ok(Some(database)),
        Err(_) => Err(see_other("/web/database/selector")),
    }
}

/// The start page: on to the home or the sign-in.
pub(super) async fn root(request: HttpRequest, server: Data<Server>) -> HttpResponse {
    match obstacle(&request, &server).await {
        Err(answer) => answer,
        Ok(_) if server.session(&request).is_some() => see_other(home_path(server.version())),
        Ok(_) => see_other("/web/login"),
    }
}

/// The home: it says who is signed in.
pub(super) async fn home(request: HttpRequest, server: Data<Server>) -> HttpResponse {
    let database = match obstacle(&request, &server).await {
        Err(answer) => return answer,
        Ok(database) => database,
    };
    let (Some(database), Some(session)) = (database, server.session(&request)) else { return see_other("/web/login") };
    match server.databases.person(&database, session.user).await {
        Ok(Some(person)) => html(StatusCode::OK, page::home(&database, &person.login, person.share)),
        Ok(None) | Err(_) => see_other("/web/login"),
    }
}

/// `/odoo` is there from 18 on.
pub(super) async fn odoo(request: HttpRequest, server: Data<Server>) -> HttpResponse {
    if server.version() < 18 {
        return html(StatusCode::NOT_FOUND, page::not_found());
    }
    home(request, server).await
}

#[derive(Deserialize)]
struct Shown {
    login: Option<String>,
    oauth_error: Option<String>,
}

/// The sign-in page.
pub(super) async fn login(request: HttpRequest, server: Data<Server>) -> HttpResponse {
    if let Err(answer) = obstacle(&request, &server).await {
        return answer;
    }
    let shown = Query::<Shown>::from_query(request.query_string()).ok().map(Query::into_inner);
    let note = match shown.as_ref().and_then(|it| it.oauth_error.as_deref()) {
        None => "",
        Some("1") => "You are not allowed to signup on this database.",
        Some("2") => "Access Denied",
        Some(_) => "You do not have access to this database or your invitation has expired.",
    };
    let known = shown.and_then(|it| it.login).unwrap_or_default();
    html(StatusCode::OK, page::login(&server.label(&request), &known, note))
}

/// Signs in by the form.
pub(super) async fn press_login(request: HttpRequest, body: Bytes, server: Data<Server>) -> HttpResponse {
    let database = match obstacle(&request, &server).await {
        Err(answer) => return answer,
        Ok(database) => database.unwrap_or_default(),
    };
    let fields: Vec<(String, String)> = url::form_urlencoded::parse(&body).into_owned().collect();
    let field = |name: &str| fields.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value);
    match server.databases.sign_in(&database, field("login"), field("password")).await {
        Ok(Some(person)) => {
            let to = Some(field("redirect")).filter(|to| to.starts_with('/')).unwrap_or(home_path(server.version()));
            signed_in(&server, Session { database, user: person.id }, to)
        }
        Ok(None) | Err(_) => html(StatusCode::OK, page::login(&database, field("login"), "Wrong login/password")),
    }
}

/// On to a page, with a session.
pub(super) fn signed_in(server: &Server, session: Session, to: &str) -> HttpResponse {
    let cookie = cookie(server.open_session(session));
    HttpResponse::SeeOther().insert_header(("Location", to)).cookie(cookie).finish()
}

fn cookie(value: String) -> Cookie<'static> {
    Cookie::build("session_id", value).path("/").http_only(true).same_site(SameSite::Lax).finish()
}

/// `/web/session/authenticate`: signs in by JSON.
pub(super) async fn authenticate(request: HttpRequest, body: Bytes, server: Data<Server>) -> HttpResponse {
    #[derive(Deserialize)]
    struct Asked {
        #[serde(default)]
        id: Value,
        params: Params,
    }
    #[derive(Deserialize)]
    struct Params {
        db: String,
        login: String,
        password: String,
    }
    let Ok(Asked { id, params }) = serde_json::from_slice::<Asked>(&body) else {
        return HttpResponse::BadRequest().body("Invalid JSON data");
    };
    // The filter of addresses holds here, as for everything of the web.
    let found = if server.passes(&request, &params.db) {
        server.databases.sign_in(&params.db, &params.login, &params.password).await
    } else {
        Err(Raised::denied())
    };
    match found {
        Ok(Some(person)) => {
            let (database, user) = (params.db, person.id);
            let result = json!({ "uid": user, "db": database, "username": person.login, "is_system": !person.share });
            let session = server.open_session(Session { database, user });
            let mut answer = said(&id, Ok(result), server.version());
            // A value of hexadecimal digits is always a cookie.
            let _ = answer.add_cookie(&cookie(session));
            answer
        }
        Ok(None) => said(&id, Err(Raised::denied()), server.version()),
        Err(error) => said(&id, Err(error), server.version()),
    }
}

/// `/web/session/logout`.
pub(super) async fn logout(request: HttpRequest, server: Data<Server>) -> HttpResponse {
    server.end_session(&request);
    see_other("/web/login")
}

/// Lives the process? With `db_server_status=1`, on 18 and 19, also: does the database server?
pub(super) async fn health(request: HttpRequest, server: Data<Server>) -> HttpResponse {
    let asks = request.query_string().contains("db_server_status=1") && server.version() >= 18;
    if asks && server.databases.list().await.is_err() {
        let body = json!({ "status": "fail", "db_server_status": false });
        return HttpResponse::InternalServerError().json(body);
    }
    let mut body = json!({ "status": "pass" });
    if asks {
        body["db_server_status"] = json!(true);
    }
    HttpResponse::Ok().json(body)
}

/// `/web/version`, from 19 on.
pub(super) async fn version(server: Data<Server>) -> HttpResponse {
    if server.version() < 19 {
        return html(StatusCode::NOT_FOUND, page::not_found());
    }
    let version = server.version();
    HttpResponse::Ok()
        .json(json!({ "version": format!("{version}.0"), "version_info": [version, 0, 0, "final", 0, ""] }))
}

/// `/web/webclient/version_info`.
pub(super) async fn webclient(server: Data<Server>) -> HttpResponse {
    said(&Value::Null, Ok(version_info(server.version())), server.version())
}

/// Where visitors of a missing or closed panel are sent.
pub(super) async fn selector() -> HttpResponse {
    html(StatusCode::OK, page::selector())
}
