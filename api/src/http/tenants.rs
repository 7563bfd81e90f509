//! Panels.

use super::ApiError;
use super::answer::{again, once, tagged};
use super::extract::{Body, Id, IdempotencyKey, Page, SignedInAs};
use crate::app::App;
use crate::flow::payments::checkout::{Buy, checkout};
use crate::flow::tenants::{
    cancel, discard, history, keep, list, refund_unused, resume, retry, start, start_trial, status, stop, suspend,
};
use crate::flow::{FlowError, auth::Caller};
use actix_web::http::StatusCode;
use actix_web::web::{Data, Json};
use actix_web::{HttpRequest, HttpResponse, get, post};
use shared::api::history::AuditPage;
use shared::api::payments::Checkout;
use shared::api::problem::Problem;
use shared::api::tenants::{Suspend, TenantPage, TenantStatus};
use shared::ids::{AuditId, TenantId};

/// Panels are light, and an account may have a thousand of them.
const PANELS_MAX: u32 = 200;

/// The caller's panels, oldest first; an operator's are everybody's.
#[utoipa::path(tag = "tenants", params(
    ("limit" = Option<u32>, Query, minimum = 1, maximum = 200, description = "At most so many; default 50"),
    ("cursor" = Option<String>, Query, description = "The next_cursor of the page before")), responses(
    (status = 200, body = TenantPage),
    (status = 401, body = Problem, description = "unauthenticated", content_type = "application/problem+json"),
    (status = 422, body = Problem, description = "invalid", content_type = "application/problem+json")))]
#[get("/tenants")]
pub async fn get_tenants(
    app: Data<App>,
    who: SignedInAs,
    page: Page<TenantId, PANELS_MAX>,
) -> Result<Json<TenantPage>, ApiError> {
    Ok(Json(list::list(&app, &who.0, page.cursor, page.limit).await?))
}

/// How a panel stands. Reading changes nothing. Send the ETag back as If-None-Match, and an unchanged panel is a 304.
#[utoipa::path(tag = "tenants", params(
    ("id" = TenantId, Path, description = "The panel"),
    ("If-None-Match" = Option<String>, Header, description = "The ETag of an earlier answer")), responses(
    (status = 200, body = TenantStatus, headers(("ETag" = String, description = "Names this very body, before it is compressed"))),
    (status = 304, description = "Nothing changed"),
    (status = 401, body = Problem, description = "unauthenticated", content_type = "application/problem+json"),
    (status = 404, body = Problem, description = "not_found", content_type = "application/problem+json")))]
#[get("/tenants/{id}/status")]
pub async fn get_status(
    app: Data<App>,
    request: HttpRequest,
    who: SignedInAs,
    id: Id<TenantId>,
) -> Result<HttpResponse, ApiError> {
    tagged(&request, &status::status(&app, &who.0, id.0).await?)
}

/// The same body as `/api/v1/tenants/{id}/status`, at the address that earlier clients poll.
#[utoipa::path(tag = "tenants", params(
    ("id" = TenantId, Path, description = "The panel"),
    ("If-None-Match" = Option<String>, Header, description = "The ETag of an earlier answer")), responses(
    (status = 200, body = TenantStatus, headers(("ETag" = String, description = "Names this very body, before it is compressed"))),
    (status = 304, description = "Nothing changed"),
    (status = 401, body = Problem, description = "unauthenticated", content_type = "application/problem+json"),
    (status = 404, body = Problem, description = "not_found", content_type = "application/problem+json")))]
#[get("/api/tenant/{id}/status")]
pub async fn get_status_as_before(
    app: Data<App>,
    request: HttpRequest,
    who: SignedInAs,
    id: Id<TenantId>,
) -> Result<HttpResponse, ApiError> {
    tagged(&request, &status::status(&app, &who.0, id.0).await?)
}

/// What happened to a panel and why, newest first.
#[utoipa::path(tag = "tenants", params(
    ("id" = TenantId, Path, description = "The panel"),
    ("limit" = Option<u32>, Query, minimum = 1, maximum = 100, description = "At most so many; default 50"),
    ("cursor" = Option<String>, Query, description = "The next_cursor of the page before")), responses(
    (status = 200, body = AuditPage),
    (status = 401, body = Problem, description = "unauthenticated", content_type = "application/problem+json"),
    (status = 404, body = Problem, description = "not_found", content_type = "application/problem+json"),
    (status = 422, body = Problem, description = "invalid", content_type = "application/problem+json")))]
#[get("/tenants/{id}/history")]
pub async fn get_history(
    app: Data<App>,
    who: SignedInAs,
    id: Id<TenantId>,
    page: Page<AuditId>,
) -> Result<Json<AuditPage>, ApiError> {
    Ok(Json(history::history(&app, &who.0, id.0, page.cursor, page.limit).await?))
}

/// Start to pay for the next cycle, at the server's own price. Send the browser to `redirect_url`.
#[utoipa::path(tag = "payments", params(
    ("id" = TenantId, Path, description = "The panel"),
    ("Idempotency-Key" = String, Header, description = "1 to 100 visible ASCII characters, new for each intent")),
    responses(
    (status = 201, body = Checkout, description = "A session is open at the gateway",
        headers(("Idempotency-Replayed" = Option<String>, description = "`true` if this answer was given before"))),
    (status = 400, body = Problem, description = "idempotency_key_missing", content_type = "application/problem+json"),
    (status = 401, body = Problem, description = "unauthenticated", content_type = "application/problem+json"),
    (status = 404, body = Problem, description = "not_found", content_type = "application/problem+json"),
    (status = 409, body = Problem, description = "renewal_not_due, queue_full, over_limit, wrong_state or idempotency_in_flight",
        content_type = "application/problem+json"),
    (status = 422, body = Problem, description = "idempotency_mismatch", content_type = "application/problem+json"),
    (status = 502, body = Problem, description = "gateway_refused", content_type = "application/problem+json"),
    (status = 503, body = Problem, description = "gateway_unavailable", content_type = "application/problem+json")))]
#[post("/tenants/{id}/checkout")]
pub async fn post_checkout(
    app: Data<App>,
    who: SignedInAs,
    id: Id<TenantId>,
    key: IdempotencyKey,
) -> Result<HttpResponse, ApiError> {
    match checkout(&app, &who.0, id.0, &Buy::NextCycle, &key.0).await {
        Ok(checkout) => Ok(HttpResponse::Created().json(checkout)),
        Err(FlowError::Replayed(answer)) => Ok(again(answer)),
        Err(error) => Err(error.into()),
    }
}

macro_rules! hand {
    ($(#[$doc:meta])* $name:ident, $path:literal, $story:path) => {
        $(#[$doc])*
        #[utoipa::path(tag = "tenants", params(("id" = TenantId, Path, description = "The panel")), responses(
            (status = 200, body = TenantStatus, description = "How the panel now stands"),
            (status = 401, body = Problem, description = "unauthenticated", content_type = "application/problem+json"),
            (status = 404, body = Problem, description = "not_found", content_type = "application/problem+json"),
            (status = 409, body = Problem, description = "wrong_state", content_type = "application/problem+json")))]
        #[post($path)]
        pub async fn $name(app: Data<App>, who: SignedInAs, id: Id<TenantId>) -> Result<Json<TenantStatus>, ApiError> {
            let caller: Caller = who.0;
            Ok(Json($story(&app, &caller, id.0).await?))
        }
    };
}

hand!(
    /// Stop a panel: nobody can use it, and no hours are used.
    post_stop, "/tenants/{id}/stop", stop::stop
);
hand!(
    /// Start a panel that was stopped.
    post_start, "/tenants/{id}/start", start::start
);
hand!(
    /// Try again to set up a panel that failed.
    post_retry, "/tenants/{id}/retry", retry::retry
);
hand!(
    /// Give up a panel that awaits its first payment: it is gone at once, and its address is free. Money that still arrives for it is
    /// the account's credit.
    post_discard, "/tenants/{id}/discard", discard::discard
);
/// Have the money back of a panel that could not be set up: what was paid and not used is sent back the way it came, and what
/// credit had paid is credit again. The panel then awaits its first payment; it may be removed, or paid for again. Open until the
/// days of the running cycle are over.
#[utoipa::path(tag = "tenants", params(
    ("id" = TenantId, Path, description = "The panel"),
    ("Idempotency-Key" = String, Header, description = "1 to 100 visible ASCII characters, new for each intent")),
    responses(
    (status = 200, body = TenantStatus, description = "How the panel now stands; the refunds are under `/refunds`",
        headers(("Idempotency-Replayed" = Option<String>, description = "`true` if this answer was given before"))),
    (status = 400, body = Problem, description = "idempotency_key_missing", content_type = "application/problem+json"),
    (status = 401, body = Problem, description = "unauthenticated", content_type = "application/problem+json"),
    (status = 404, body = Problem, description = "not_found", content_type = "application/problem+json"),
    (status = 409, body = Problem, description = "not_refundable or idempotency_in_flight",
        content_type = "application/problem+json"),
    (status = 422, body = Problem, description = "idempotency_mismatch", content_type = "application/problem+json")))]
#[post("/tenants/{id}/refund")]
pub async fn post_refund_unused(
    app: Data<App>,
    who: SignedInAs,
    id: Id<TenantId>,
    key: IdempotencyKey,
) -> Result<HttpResponse, ApiError> {
    once(StatusCode::OK, refund_unused::refund_unused(&app, &who.0, id.0, &key.0).await)
}

hand!(
    /// Cancel: what is paid runs to its end, and then service stops without grace. Again changes nothing.
    post_cancel, "/tenants/{id}/cancel", cancel::cancel
);
hand!(
    /// Take a cancellation back, while what is paid still runs. So does paying for another cycle.
    post_keep, "/tenants/{id}/keep", keep::keep
);
hand!(
    /// Operators: lift a suspension.
    post_resume, "/tenants/{id}/resume", resume::resume
);

/// Operators: close a panel, with a message for its customer.
#[utoipa::path(tag = "tenants", request_body = Suspend, params(("id" = TenantId, Path, description = "The panel")),
    responses(
    (status = 200, body = TenantStatus, description = "How the panel now stands"),
    (status = 401, body = Problem, description = "unauthenticated", content_type = "application/problem+json"),
    (status = 404, body = Problem, description = "not_found", content_type = "application/problem+json"),
    (status = 409, body = Problem, description = "wrong_state", content_type = "application/problem+json"),
    (status = 422, body = Problem, description = "invalid", content_type = "application/problem+json")))]
#[post("/tenants/{id}/suspend")]
pub async fn post_suspend(
    app: Data<App>,
    who: SignedInAs,
    id: Id<TenantId>,
    body: Body<Suspend>,
) -> Result<Json<TenantStatus>, ApiError> {
    Ok(Json(suspend::suspend(&app, &who.0, id.0, &body.0.message).await?))
}

/// Try a plan that has a trial: a first cycle at no charge, once per account and plan.
#[utoipa::path(tag = "tenants", params(("id" = TenantId, Path, description = "The panel")), responses(
    (status = 200, body = TenantStatus, description = "How the panel now stands"),
    (status = 401, body = Problem, description = "unauthenticated", content_type = "application/problem+json"),
    (status = 404, body = Problem, description = "not_found", content_type = "application/problem+json"),
    (status = 409, body = Problem, description = "trial_used or wrong_state",
        content_type = "application/problem+json")))]
#[post("/tenants/{id}/trial")]
pub async fn post_trial(app: Data<App>, who: SignedInAs, id: Id<TenantId>) -> Result<Json<TenantStatus>, ApiError> {
    Ok(Json(start_trial::start_trial(&app, &who.0, id.0).await?))
}
