//! Ordering panels.

use super::ApiError;
use super::answer::once;
use super::extract::{Body, IdempotencyKey, SignedInAs};
use crate::app::App;
use crate::flow::tenants::order_panel::order_panel;
use crate::flow::tenants::subdomain::subdomain;
use actix_web::http::StatusCode;
use actix_web::web::{Data, Json, Path};
use actix_web::{HttpResponse, get, post};
use shared::api::panels::{NewPanel, SubdomainView};
use shared::api::problem::Problem;
use shared::api::tenants::TenantStatus;

/// Order a panel on what is sold of a plan now. It awaits its first payment; nothing runs and nothing is billed before. At most 20 of an
/// account's panels may wait so.
#[utoipa::path(tag = "tenants", request_body = NewPanel, params(
    ("Idempotency-Key" = String, Header, description = "1 to 100 visible ASCII characters, new for each intent")),
    responses(
    (status = 201, body = TenantStatus, description = "It awaits its first payment",
        headers(("Idempotency-Replayed" = Option<String>, description = "`true` if this answer was given before"))),
    (status = 400, body = Problem, description = "idempotency_key_missing", content_type = "application/problem+json"),
    (status = 401, body = Problem, description = "unauthenticated", content_type = "application/problem+json"),
    (status = 404, body = Problem, description = "not_found", content_type = "application/problem+json"),
    (status = 409, body = Problem, description = "wrong_state or idempotency_in_flight",
        content_type = "application/problem+json"),
    (status = 422, body = Problem, description = "invalid or idempotency_mismatch",
        content_type = "application/problem+json")))]
#[post("/tenants")]
pub async fn post_tenant(
    app: Data<App>,
    who: SignedInAs,
    key: IdempotencyKey,
    body: Body<NewPanel>,
) -> Result<HttpResponse, ApiError> {
    once(StatusCode::CREATED, order_panel(&app, &who.0, &body.0, &key.0).await)
}

/// Whether a panel can have this address, and if not, which ones like it are free. Capitals are taken for small letters. It is held for
/// nobody before the panel is ordered.
#[utoipa::path(tag = "tenants", params(("name" = String, Path, description = "The first label of the address")), responses(
    (status = 200, body = SubdomainView),
    (status = 401, body = Problem, description = "unauthenticated", content_type = "application/problem+json")))]
#[get("/subdomains/{name}")]
pub async fn get_subdomain(
    app: Data<App>,
    _who: SignedInAs,
    name: Path<String>,
) -> Result<Json<SubdomainView>, ApiError> {
    Ok(Json(subdomain(&app, &name).await?))
}
