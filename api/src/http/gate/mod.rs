//! The gate: what a reverse proxy asks before it lets a request through to a panel, and what visitors of a closed panel
//! read instead of it. Everything is answered from memory.
//!
//! Proxies differ in who gets the answer. nginx's `auth_request` keeps it to itself and knows 2xx, 401 and 403 and nothing
//! else, so it asks `/gate`, and fetches the page from `/gate/closed`. Caddy's `forward_auth` and Traefik's `ForwardAuth`
//! hand to the visitor whatever is not 2xx, so they ask `/gate/forward`, which answers with the page itself.

mod host;
mod resting;
mod words;

use crate::app::App;
use crate::store::Door;
use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, HOST, HeaderName, HeaderValue};
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get};
use host::panel_of;
use resting::Why;
use shared::api::problem::Problem;
use shared::api::tenants::{PanelStatus, SuspendReason};

const STATE: HeaderName = HeaderName::from_static("x-panel-state");
const FORWARDED_HOST: &str = "x-forwarded-host";

/// Whether a request may pass, for nginx's `auth_request`. Only the proxy may reach this: the panel is named by
/// `X-Forwarded-Host`, which it has to overwrite, or else by `?panel=`, or else by `Host`. A host is taken in any case, with
/// or without a port and the root's dot; one that is no panel's is refused, and so is one that is named twice.
#[utoipa::path(tag = "gate", security(()), params(
    ("panel" = Option<String>, Query, description = "The panel's subdomain, if X-Forwarded-Host does not name it"),
    ("X-Forwarded-Host" = Option<String>, Header, description = "The host that the visitor asked for")),
    responses(
    (status = 204, description = "Let it through", headers(("X-Panel-State" = String))),
    (status = 403, description = "Do not", headers(("X-Panel-State" = String, description = "Why"))),
    (status = 503, description = "Not known yet: do not")))]
#[get("/gate")]
pub async fn get_gate(app: Data<App>, request: HttpRequest) -> HttpResponse {
    let (status, state) = match look(&app, named(&app, &request, Query::Read).as_deref()) {
        Seen::Open => (StatusCode::NO_CONTENT, Some("active")),
        Seen::Closed(Why::NotYet, _) => (StatusCode::SERVICE_UNAVAILABLE, None),
        Seen::Closed(why, _) => (StatusCode::FORBIDDEN, Some(why.state())),
    };
    let mut answer = HttpResponse::new(status);
    let headers = answer.headers_mut();
    headers.insert(NEVER_KEPT.0, HeaderValue::from_static(NEVER_KEPT.1));
    if let Some(state) = state {
        headers.insert(STATE, HeaderValue::from_static(state));
    }
    answer
}

/// Whether a request may pass, for Caddy's `forward_auth` and Traefik's `ForwardAuth`: what is not 204 is the visitor's
/// answer. Only the proxy may reach this; the panel is named by `X-Forwarded-Host`, or else by `Host`, never by the query,
/// which is the visitor's own. `X-Panel-Host` is the panel's host as it is spelt, to be passed on in place of the visitor's.
#[utoipa::path(tag = "gate", security(()), params(
    ("X-Forwarded-Host" = Option<String>, Header, description = "The host that the visitor asked for")),
    responses(
    (status = 204, description = "Let it through", headers(("X-Panel-State" = String), ("X-Panel-Host" = String))),
    (status = 402, description = "Closed: a page that says why, or a problem document for who accepts only JSON",
        content((String = "text/html"), (Problem = "application/problem+json")),
        headers(("X-Panel-State" = String, description = "Why"))),
    (status = 404, description = "There is no panel of this name; page or problem document",
        content((String = "text/html"), (Problem = "application/problem+json"))),
    (status = 503, description = "Not known yet; page or problem document",
        content((String = "text/html"), (Problem = "application/problem+json")))))]
#[get("/gate/forward")]
pub async fn get_forward(app: Data<App>, request: HttpRequest) -> HttpResponse {
    let panel = named(&app, &request, Query::Ignored);
    match look(&app, panel.as_deref()) {
        Seen::Open => HttpResponse::NoContent()
            .insert_header((STATE, "active"))
            .insert_header(("X-Panel-Host", panel_host(&app, panel.as_deref()).unwrap_or_default()))
            .insert_header(NEVER_KEPT)
            .finish(),
        Seen::Closed(why, door) => closed(&app, &request, why, panel.as_deref(), door),
    }
}

/// What visitors of a closed panel read, for a proxy whose `/gate` was refused (nginx's `error_page`). The panel is named
/// as for `/gate/forward`. A panel that has opened meanwhile is a page that looks again at once.
#[utoipa::path(tag = "gate", security(()), params(
    ("X-Forwarded-Host" = Option<String>, Header, description = "The host that the visitor asked for")),
    responses(
    (status = 402, description = "A page that says why it is closed, or a problem document for who accepts only JSON",
        content((String = "text/html"), (Problem = "application/problem+json")),
        headers(("X-Panel-State" = String, description = "Why"))),
    (status = 404, description = "There is no panel of this name; page or problem document",
        content((String = "text/html"), (Problem = "application/problem+json"))),
    (status = 503, description = "Open again, or not known yet; page or problem document",
        content((String = "text/html"), (Problem = "application/problem+json")))))]
#[get("/gate/closed")]
pub async fn get_closed(app: Data<App>, request: HttpRequest) -> HttpResponse {
    let panel = named(&app, &request, Query::Ignored);
    let (why, door) = match look(&app, panel.as_deref()) {
        Seen::Open => (Why::Opened, None),
        Seen::Closed(why, door) => (why, door),
    };
    closed(&app, &request, why, panel.as_deref(), door)
}

/// A kept answer would outlive a suspension.
const NEVER_KEPT: (HeaderName, &str) = (CACHE_CONTROL, "no-store");

/// What the memory knows of a panel.
enum Seen {
    Open,
    Closed(Why, Option<Door>),
}

fn look(app: &App, panel: Option<&str>) -> Seen {
    if !app.live.is_loaded() {
        return Seen::Closed(Why::NotYet, None);
    }
    let Some(door) = panel.and_then(|panel| app.live.door(panel)) else { return Seen::Closed(Why::Unknown, None) };
    let why = match (door.status, door.reason) {
        (PanelStatus::Active, _) => return Seen::Open,
        (PanelStatus::Pending, _) => Why::Pending,
        (PanelStatus::Creating, _) => Why::Creating,
        (PanelStatus::Stopped, _) => Why::Stopped,
        (PanelStatus::Suspended, Some(SuspendReason::Opening)) => Why::Opening,
        (PanelStatus::Suspended, Some(SuspendReason::BillingExpired)) => Why::Expired,
        (PanelStatus::Suspended, Some(SuspendReason::ByOperator) | None) => Why::ByOperator,
        (PanelStatus::Failed, _) => Why::Failed,
        // Whether there ever was one is nobody's business.
        (PanelStatus::Deleting | PanelStatus::Deleted, _) => return Seen::Closed(Why::Unknown, None),
    };
    Seen::Closed(why, Some(door))
}

fn closed(app: &App, request: &HttpRequest, why: Why, panel: Option<&str>, door: Option<Door>) -> HttpResponse {
    let host = panel_host(app, panel);
    let mut answer = resting::answer(&app.settings, request.headers(), why, host.as_deref(), door);
    let headers = answer.headers_mut();
    headers.insert(NEVER_KEPT.0, HeaderValue::from_static(NEVER_KEPT.1));
    headers.insert(STATE, HeaderValue::from_static(why.state()));
    answer
}

/// The panel's host, as it is spelt.
fn panel_host(app: &App, panel: Option<&str>) -> Option<String> {
    Some(format!("{}.{}", panel?, app.settings.panel_base_url.host_str()?))
}

/// Whether the query may name the panel.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Query {
    Read,
    Ignored,
}

/// The panel that is asked about. `X-Forwarded-Host` decides wherever it is: a proxy that passes the visitor's own query
/// on cannot be talked into another panel.
fn named(app: &App, request: &HttpRequest, query: Query) -> Option<String> {
    let only = |name: &str| {
        let mut values = request.headers().get_all(name);
        let first = values.next()?;
        // Two values: which of them would the panels' server believe?
        if values.next().is_some() { Some("") } else { Some(first.to_str().unwrap_or_default()) }
    };
    let forwarded = only(FORWARDED_HOST);
    if forwarded.is_none() && query == Query::Read {
        let mut pairs = url::form_urlencoded::parse(request.query_string().as_bytes());
        if let Some((_, panel)) = pairs.find(|(name, _)| name == "panel") {
            return Some(panel.into_owned());
        }
    }
    panel_of(forwarded.or_else(|| only(HOST.as_str()))?, app.settings.panel_base_url.host_str()?)
}
