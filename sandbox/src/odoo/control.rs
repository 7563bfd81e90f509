//! The sandbox's own switches over HTTP, under `/sandbox/`: for programs in JSON, for people as a page. A real Odoo has none
//! of these.
//!
//! It knows no password, and obeys no page of another site: whoever rehearses has a browser open on other pages, too.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::middleware::{Next, from_fn};
use actix_web::web::{self, Bytes, Data, Json, Path, ServiceConfig};
use actix_web::{Error, HttpResponse};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::gateway::may_drive;

use super::PanelState;
use super::control_page;
use super::databases::NewDatabase;
use super::failure::Raised;
use super::faults::Fault;
use super::server::Server;
use super::web::see_other;

/// Everything under `/sandbox`.
pub(super) fn routes(app: &mut ServiceConfig) {
    app.route("/sandbox", web::get().to(async || see_other("/sandbox/"))).service(
        web::scope("/sandbox")
            .wrap(from_fn(refuse_other_sites))
            .route("/", web::get().to(control_page::show))
            .route("/control.css", web::get().to(control_page::style))
            .route("/panels", web::post().to(set_panel))
            .route("/down", web::post().to(set_down))
            .route("/form/database", web::post().to(press_database))
            .route("/form/fault", web::post().to(press_fault))
            .route("/form/end", web::post().to(press_end))
            .route("/api/state", web::get().to(state))
            .route("/api/faults", web::get().to(faults))
            .route("/api/faults", web::post().to(add_fault))
            .route("/api/faults", web::delete().to(end_faults))
            .route("/api/databases", web::post().to(create))
            .route("/api/databases/{name}/{act}", web::post().to(act)),
    );
}

async fn refuse_other_sites(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let own = request.app_data::<Data<Server>>().map(|server| server.url.clone()).unwrap_or_default();
    if may_drive(request.headers(), request.method().is_safe(), &own) {
        return Ok(next.call(request).await?.map_into_left_body());
    }
    let refusal = json!({ "error": "the sandbox is not driven by pages of other sites" });
    Ok(request.into_response(HttpResponse::Forbidden().json(refusal)).map_into_right_body())
}

#[derive(Deserialize)]
struct SetPanel {
    name: String,
    state: PanelState,
}

async fn set_panel(wanted: Json<SetPanel>, server: Data<Server>) -> HttpResponse {
    server.set_panel(&wanted.name, wanted.state);
    HttpResponse::NoContent().finish()
}

#[derive(Deserialize)]
struct SetDown {
    down: bool,
}

async fn set_down(wanted: Json<SetDown>, server: Data<Server>) -> HttpResponse {
    server.set_down(wanted.down);
    HttpResponse::NoContent().finish()
}

/// Everything there is to see, but passwords.
async fn state(server: Data<Server>) -> HttpResponse {
    match server.databases.views().await {
        Ok(databases) => HttpResponse::Ok().json(json!({
            "url": server.url,
            "version": server.version(),
            "list_db": server.options.list_db,
            "down": server.is_down(),
            "faults": server.databases.faults.all(),
            "databases": databases,
        })),
        Err(error) => refused(&error),
    }
}

async fn faults(server: Data<Server>) -> HttpResponse {
    HttpResponse::Ok().json(server.databases.faults.all())
}

async fn add_fault(fault: Json<Fault>, server: Data<Server>) -> HttpResponse {
    server.databases.faults.add(fault.into_inner());
    faults(server).await
}

async fn end_faults(server: Data<Server>) -> HttpResponse {
    server.databases.faults.end(|_| true);
    faults(server).await
}

async fn create(wanted: Json<NewDatabase>, server: Data<Server>) -> HttpResponse {
    match server.databases.create(&wanted).await {
        Ok(()) => HttpResponse::NoContent().finish(),
        Err(error) => refused(&error),
    }
}

/// Does something to a database from outside: `None` if there is no such act.
async fn acted(server: &Server, name: &str, act: &str) -> Option<Result<Value, Raised>> {
    let databases = &server.databases;
    let done = match act {
        // New connections are refused; those that are there stay.
        "close" => databases.close(name, false).await,
        // The real lock: they end as well.
        "shut" => databases.close(name, true).await,
        "open" => databases.open(name).await,
        "template" => databases.set_template(name, true).await,
        "ordinary" => databases.set_template(name, false).await,
        "break" => {
            databases.faults.add(Fault::Broken { database: name.to_owned() });
            Ok(())
        }
        "mend" => {
            databases.faults.end(|fault| matches!(fault, Fault::Broken { database } if database == name));
            Ok(())
        }
        "cron" => return Some(databases.run_cron(name).await.map(|ran| json!({ "ran": ran }))),
        "drop" => return Some(databases.drop(name).await.map(|dropped| json!({ "dropped": dropped }))),
        _ => return None,
    };
    Some(done.map(|()| json!({})))
}

async fn act(path: Path<(String, String)>, server: Data<Server>) -> HttpResponse {
    match acted(&server, &path.0, &path.1).await {
        Some(Ok(told)) => HttpResponse::Ok().json(told),
        Some(Err(error)) => refused(&error),
        None => HttpResponse::NotFound().json(json!({ "error": "no such act" })),
    }
}

fn refused(error: &Raised) -> HttpResponse {
    HttpResponse::Conflict().json(json!({ "error": error.message, "name": error.name }))
}

fn fields(body: &Bytes) -> impl Fn(&str) -> Option<String> {
    let pairs: Vec<(String, String)> = url::form_urlencoded::parse(body).into_owned().collect();
    move |name| pairs.iter().find(|(key, value)| key == name && !value.is_empty()).map(|(_, value)| value.clone())
}

async fn press_database(body: Bytes, server: Data<Server>) -> HttpResponse {
    let field = fields(&body);
    let name = field("name").unwrap_or_default();
    match acted(&server, &name, &field("act").unwrap_or_default()).await {
        Some(Ok(_)) => see_other("/sandbox/#databases"),
        Some(Err(error)) => refused(&error),
        None => HttpResponse::NotFound().finish(),
    }
}

async fn press_fault(body: Bytes, server: Data<Server>) -> HttpResponse {
    let field = fields(&body);
    let number = |name: &str| field(name).and_then(|text| text.parse::<u64>().ok());
    let call = field("call").unwrap_or_else(|| "*".to_owned());
    let times = number("times").and_then(|times| u32::try_from(times).ok());
    let fault = match field("fault").as_deref() {
        Some("hang_up") => Fault::HangUp { call, times },
        Some("answer_lost") => Fault::AnswerLost { call, times },
        Some("slow") => Fault::Slow { call, millis: number("millis").unwrap_or(1_000), times },
        Some("init_fails") => Fault::InitFails,
        Some("disk_full") => Fault::DiskFull,
        _ => return HttpResponse::BadRequest().body("no such fault"),
    };
    server.databases.faults.add(fault);
    see_other("/sandbox/#faults")
}

async fn press_end(server: Data<Server>) -> HttpResponse {
    server.databases.faults.end(|_| true);
    see_other("/sandbox/#faults")
}
