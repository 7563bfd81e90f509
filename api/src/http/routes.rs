//! The whole map of addresses on one page.

use super::{about, auth, cycles, explain, gate, health, live, notices, openapi, payments, returns, tenants, usage};
use utoipa_actix_web::scope;
use utoipa_actix_web::service_config::ServiceConfig;

/// Every address that the document describes. The dashboard takes whatever is left.
pub fn routes(at: &mut ServiceConfig) {
    at.service(health::get_healthz); // GET  /healthz
    at.service(health::get_readyz); // GET  /readyz
    at.service(gate::get_gate); // GET  /gate
    at.service(returns::post_ipn); // POST /pay/sslcommerz/ipn
    at.service(returns::post_return); // POST /pay/sslcommerz/return
    at.service(tenants::get_status_as_before); // GET  /api/tenant/{id}/status
    at.service(openapi::get_yaml); // GET  /openapi.yaml
    at.service(
        scope::scope("/api/v1")
            .service(about::get_about) // GET  /about
            .service(auth::post_sign_up) // POST /auth/sign-up
            .service(auth::post_sign_in) // POST /auth/sign-in
            .service(auth::post_refresh) // POST /auth/refresh
            .service(auth::post_sign_out) // POST /auth/sign-out
            .service(auth::get_me) // GET  /me
            .service(tenants::get_tenants) // GET  /tenants
            .service(tenants::get_status) // GET  /tenants/{id}/status
            .service(tenants::get_history) // GET  /tenants/{id}/history
            .service(usage::get_usage) // GET  /tenants/{id}/usage
            .service(usage::get_corrections) // GET  /tenants/{id}/corrections
            .service(usage::post_corrections) // POST /tenants/{id}/corrections
            .service(cycles::get_cycles) // GET  /tenants/{id}/cycles
            .service(cycles::get_export) // GET  /tenants/{id}/cycles/{n}/export
            .service(explain::get_explain_cycle) // GET  /tenants/{id}/cycles/{n}/explain
            .service(explain::get_explain_tenant) // GET  /tenants/{id}/explain
            .service(explain::get_explain_line) // GET  /invoices/{id}/lines/{n}/explain
            .service(tenants::post_checkout) // POST /tenants/{id}/checkout
            .service(tenants::post_stop) // POST /tenants/{id}/stop
            .service(tenants::post_start) // POST /tenants/{id}/start
            .service(tenants::post_retry) // POST /tenants/{id}/retry
            .service(tenants::post_suspend) // POST /tenants/{id}/suspend
            .service(tenants::post_resume) // POST /tenants/{id}/resume
            .service(payments::get_payment) // GET  /payments/{id}
            .service(notices::get_notices) // GET  /notices
            .service(notices::post_read) // POST /notices/read
            .service(live::post_ticket) // POST /live/ticket
            .service(live::get_live), // GET  /live
    );
}
