//! Headers that keep browsers from being used against the people in front of them.

use crate::app::App;
use actix_web::Error;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::web::Data;

/// What the pages may load and run, as `Content-Security-Policy` values.
pub struct ContentPolicy {
    /// For the dashboard, its scripts, and whatever else is no data.
    pub pages: HeaderValue,
    /// For the API's own documentation, which styles itself inline; its scripts are files all the same.
    pub docs: HeaderValue,
}

/// For answers that are no page and no script, and for those that are empty: should a browser ever show one by itself, it loads
/// and runs nothing. Short, because a page fetches twenty of them before it shows a figure.
const DATA_POLICY: HeaderValue =
    HeaderValue::from_static("default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");

/// The types of such answers.
const DATA: [&str; 5] = ["application/json", "application/problem+json", "application/wasm", "font/woff2", "text/css"];

fn is_data(headers: &HeaderMap) -> bool {
    let of_type = headers.get(header::CONTENT_TYPE).map(HeaderValue::as_bytes);
    of_type.is_none_or(|of_type| DATA.iter().any(|data| of_type.starts_with(data.as_bytes())))
}

/// The middleware.
pub async fn add_security_headers(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let policy = request
        .app_data::<Data<ContentPolicy>>()
        .map(|policy| if request.path().starts_with("/docs") { policy.docs.clone() } else { policy.pages.clone() });
    let is_https = request.app_data::<Data<App>>().is_some_and(|app| app.settings.is_https());
    let mut response = next.call(request).await?;
    let headers = response.headers_mut();
    let is_data = is_data(headers);
    let policy = if is_data { Some(DATA_POLICY) } else { policy };
    // A page that says itself what it needs, needs less than the dashboard.
    let policy = policy.filter(|_| !headers.contains_key(header::CONTENT_SECURITY_POLICY));
    let mut set = |name: HeaderName, value: HeaderValue| headers.insert(name, value);
    if let Some(policy) = policy {
        set(header::CONTENT_SECURITY_POLICY, policy);
    }
    if is_https {
        set(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
    }
    set(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    set(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    set(header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    if !is_data {
        set(
            HeaderName::from_static("permissions-policy"),
            HeaderValue::from_static("camera=(), microphone=(), geolocation=(), payment=()"),
        );
    }
    Ok(response)
}
