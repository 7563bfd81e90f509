//! The API's own description: made from the code that serves it, so that it cannot promise anything else.

use actix_web::web::Data;
use actix_web::{HttpResponse, get};
use utoipa::openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{ComponentsBuilder, InfoBuilder, OpenApi, OpenApiBuilder, SecurityRequirement};

/// The document, written once at start.
pub struct Document(pub String);

/// What is true of all addresses; the addresses themselves come from the routes.
#[must_use]
pub fn frame() -> OpenApi {
    let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("JWT").build();
    let cookie = ApiKey::Cookie(ApiKeyValue::new("hg_refresh"));
    OpenApiBuilder::new()
        .info(InfoBuilder::new().title("Hourglass").version(env!("CARGO_PKG_VERSION")).description(Some(
            "Bills Odoo panels by the hour. Money is `{minor, currency}` in whole minor units; instants are RFC 3339 \
                     in UTC; durations are whole seconds. `null` means no limit, or unknown, as stated; it never means \
                     zero. Errors are RFC 9457 problem documents whose `code` is stable.",
        )))
        .components(Some(
            ComponentsBuilder::new()
                .security_scheme("bearer", SecurityScheme::Http(bearer))
                .security_scheme("refresh_cookie", SecurityScheme::ApiKey(cookie))
                .build(),
        ))
        .security(Some([SecurityRequirement::new("bearer", Vec::<String>::new())]))
        .build()
}

/// The document as YAML.
#[utoipa::path(tag = "about", security(()), responses(
    (status = 200, description = "This document", content_type = "application/yaml", body = String)))]
#[get("/openapi.yaml")]
pub async fn get_yaml(document: Data<Document>) -> HttpResponse {
    HttpResponse::Ok().content_type("application/yaml").body(document.0.clone())
}
