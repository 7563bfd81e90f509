//! The gate: what a reverse proxy asks before it lets a request through to a panel.
//!
//! Answered from memory. nginx's `auth_request` knows 2xx, 401 and 403 and nothing else, so a closed panel is 403 and
//! `X-Panel-State` says why.

use crate::app::App;
use actix_web::http::header::{CACHE_CONTROL, HOST};
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, get};
use shared::api::tenants::PanelStatus;

/// Whether a request may pass. The panel is named by `?panel=acme`, or else by `X-Forwarded-Host` or `Host`.
#[utoipa::path(tag = "gate", security(()), params(
    ("panel" = Option<String>, Query, description = "The panel's subdomain; else the host of the request names it")),
    responses(
    (status = 204, description = "Let it through", headers(("X-Panel-State" = String))),
    (status = 403, description = "Do not", headers(("X-Panel-State" = String, description = "Why"))),
    (status = 503, description = "Not known yet: do not")))]
#[get("/gate")]
pub async fn get_gate(app: Data<App>, request: HttpRequest) -> HttpResponse {
    if !app.live.is_loaded() {
        return HttpResponse::ServiceUnavailable().finish();
    }
    let panel = subdomain(&app, &request).and_then(|subdomain| app.live.panel(&subdomain));
    let (mut answer, state) = match panel {
        Some(PanelStatus::Active) => (HttpResponse::NoContent(), "active"),
        Some(PanelStatus::Pending) => (HttpResponse::Forbidden(), "pending"),
        Some(PanelStatus::Creating) => (HttpResponse::Forbidden(), "creating"),
        Some(PanelStatus::Stopped) => (HttpResponse::Forbidden(), "stopped"),
        Some(PanelStatus::Suspended) => (HttpResponse::Forbidden(), "suspended"),
        Some(PanelStatus::Failed) => (HttpResponse::Forbidden(), "failed"),
        Some(PanelStatus::Deleting | PanelStatus::Deleted) | None => (HttpResponse::Forbidden(), "unknown"),
    };
    answer.insert_header(("X-Panel-State", state)).insert_header((CACHE_CONTROL, "no-store")).finish()
}

fn subdomain(app: &App, request: &HttpRequest) -> Option<String> {
    let query = url::form_urlencoded::parse(request.query_string().as_bytes());
    if let Some((_, panel)) = query.into_iter().find(|(name, _)| name == "panel") {
        return Some(panel.into_owned());
    }
    let header = |name| request.headers().get(name).and_then(|value| value.to_str().ok());
    let host = header("x-forwarded-host").or_else(|| header(HOST.as_str()))?;
    let host = host.rsplit_once(':').map_or(host, |(host, _)| host).to_ascii_lowercase();
    let parent = app.settings.panel_base_url.host_str()?;
    let label = host.strip_suffix(parent)?.strip_suffix('.')?;
    (!label.contains('.')).then(|| label.to_owned())
}
