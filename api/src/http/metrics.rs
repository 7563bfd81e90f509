//! Numbers for the operator's own monitoring, behind a token of its own: whoever watches is nobody's customer.

use super::ApiError;
use crate::app::App;
use crate::metrics::CONTENT_TYPE;
use actix_web::http::header::AUTHORIZATION;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use subtle::ConstantTimeEq as _;

/// The numbers as text, for whoever shows the token. To everybody else there is nothing here.
pub(super) async fn get_metrics(app: Data<App>, request: HttpRequest) -> Result<HttpResponse, ApiError> {
    let shown = request.headers().get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    let shown = shown.and_then(|value| value.strip_prefix("Bearer ")).unwrap_or_default();
    match &app.settings.metrics_token {
        Some(token) if !token.is_empty() && bool::from(token.as_bytes().ct_eq(shown.as_bytes())) => {
            Ok(HttpResponse::Ok().content_type(CONTENT_TYPE).body(app.metrics.render()))
        }
        _ => Err(ApiError::not_found()),
    }
}
