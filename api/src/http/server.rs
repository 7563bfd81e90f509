//! The HTTP server: the map of addresses, what happens to every request, and nothing else.

use super::middleware::rate_limit::SignInQuota;
use super::middleware::{add_security_headers, name_request};
use super::openapi::{Document, frame};
use super::{ApiError, dashboard, gate, get_problems, metrics, routes};
use crate::app::App;
use actix_web::dev::Server;
use actix_web::http::Method;
use actix_web::middleware::from_fn;
use actix_web::web::{self, Data, PayloadConfig, QueryConfig, ServiceConfig};
use actix_web::{App as Actix, HttpResponse, HttpServer};
use shared::api::problem::ErrorCode;
use std::net::TcpListener;
use std::sync::Arc;
use utoipa::openapi::OpenApi;
use utoipa_actix_web::AppExt as _;
use utoipa_actix_web::service_config::ServiceConfig as Described;
use utoipa_swagger_ui::SwaggerUi;

/// No request of ours is larger: a list of databases is some 40 kilobytes, a gateway's notice a few.
const BODY_MAX_BYTES: usize = 64 * 1024;
/// How long requests in hand may take once the server is told to stop.
const GRACE_SECONDS: u64 = 20;

/// The API's description, without serving anything.
#[must_use]
pub fn document() -> OpenApi {
    let (_, mut document) = Actix::new().into_utoipa_app().configure(routes::routes).split_for_parts();
    let frame = frame();
    document.merge(frame.clone());
    document.info = frame.info;
    document.security = frame.security;
    document
}

/// Serves `app` on `listener` until stopped. `more` adds addresses of its own before the dashboard's.
/// Signals are left to the caller. Must be called within a tokio runtime.
pub fn serve<F>(app: Arc<App>, listener: TcpListener, more: F) -> std::io::Result<Server>
where
    F: Fn(&mut ServiceConfig) + Clone + Send + 'static,
{
    let document = document();
    let yaml = document.to_yaml().map_err(std::io::Error::other)?;
    let text = Data::new(Document(yaml));
    let policy = Data::new(dashboard::content_policy());
    let quota = Data::new(SignInQuota::new(app.settings.sign_ins_per_minute));
    let app: Data<App> = Data::from(app);
    let server = HttpServer::new(move || {
        let all = web::scope("")
            .configure(more.clone())
            .configure(|at| routes::routes(&mut Described::new(at)))
            .route("/metrics", web::get().to(metrics::get_metrics))
            .route("/docs/problems", web::get().to(get_problems))
            .service(SwaggerUi::new("/docs/{_:.*}").url("/api/openapi.json", document.clone()))
            .route(
                "/docs",
                web::get().to(|| async { HttpResponse::SeeOther().insert_header(("Location", "/docs/")).finish() }),
            )
            .default_service(web::route().to(other))
            .wrap(from_fn(name_request))
            .wrap(from_fn(add_security_headers));
        Actix::new()
            .app_data(app.clone())
            .app_data(text.clone())
            .app_data(policy.clone())
            .app_data(quota.clone())
            .app_data(PayloadConfig::new(BODY_MAX_BYTES))
            .app_data(QueryConfig::default().error_handler(|error, _| {
                ApiError::new(ErrorCode::Invalid, format!("The query string: {error}")).into()
            }))
            // Asked before each request to any panel, by a proxy that keeps the answer to itself: it needs no number, no
            // line in a log, and no headers that protect browsers.
            .service(gate::get_gate)
            .service(all)
    })
    .listen(listener)?
    .shutdown_timeout(GRACE_SECONDS)
    .disable_signals();
    Ok(server.run())
}

/// Whatever no address above takes.
pub(super) async fn other(request: actix_web::HttpRequest) -> Result<HttpResponse, ApiError> {
    if matches!(*request.method(), Method::GET | Method::HEAD) {
        return dashboard::get_file(request).await;
    }
    Err(ApiError::not_found())
}
