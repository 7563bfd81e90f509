//! The whole map of addresses on one page.

use super::{
    about, accounts, alerts, auth, cycles, explain, gate, health, hosting, invoices, live, manual, members, notices,
    openapi, ordering, payments, people, plan_change, plans, previews, refunds, reports, returns, servers, tenants,
    usage,
};
use actix_web::middleware::Compress;
use actix_web::web;
use utoipa_actix_web::scope;
use utoipa_actix_web::service_config::ServiceConfig;

/// Every address that the document describes. The dashboard takes whatever is left.
pub fn routes(at: &mut ServiceConfig) {
    at.service(health::get_healthz); // GET  /healthz
    at.service(health::get_readyz); // GET  /readyz
    at.service(gate::get_gate); // GET  /gate
    at.service(gate::get_forward); // GET  /gate/forward
    at.service(gate::get_closed); // GET  /gate/closed
    at.service(returns::post_ipn); // POST /pay/{gateway}/ipn
    at.service(returns::post_return); // POST /pay/{gateway}/return
    at.service(tenants::get_status_as_before); // GET  /api/tenant/{id}/status
    at.service(openapi::get_yaml); // GET  /openapi.yaml
    at.service(hosting::get_entry); // GET  /entries/{id}
    at.service(
        scope::scope("/api/v1")
            .service(about::get_about) // GET  /about
            .service(auth::post_sign_up) // POST /auth/sign-up
            .service(auth::post_sign_in) // POST /auth/sign-in
            .service(auth::post_refresh) // POST /auth/refresh
            .service(auth::post_sign_out) // POST /auth/sign-out
            .service(auth::post_forgot) // POST /auth/forgot
            .service(auth::post_reset) // POST /auth/reset
            .service(auth::post_reset_look) // POST /auth/reset/look
            .service(auth::get_me) // GET  /me
            .service(tenants::get_tenants) // GET  /tenants
            .service(tenants::get_status) // GET  /tenants/{id}/status
            .service(tenants::get_history) // GET  /tenants/{id}/history
            .service(cycles::get_cycles) // GET  /tenants/{id}/cycles
            .service(cycles::get_cycles_csv) // GET  /tenants/{id}/cycles.csv
            .service(cycles::get_export) // GET  /tenants/{id}/cycles/{n}/export
            .service(explain::get_explain_cycle) // GET  /tenants/{id}/cycles/{n}/explain
            .service(explain::get_explain_tenant) // GET  /tenants/{id}/explain
            .service(explain::get_explain_line) // GET  /invoices/{id}/lines/{n}/explain
            .service(tenants::post_checkout) // POST /tenants/{id}/checkout
            .service(tenants::post_stop) // POST /tenants/{id}/stop
            .service(tenants::post_start) // POST /tenants/{id}/start
            .service(tenants::post_retry) // POST /tenants/{id}/retry
            .service(tenants::post_refund_unused) // POST /tenants/{id}/refund
            .service(tenants::post_suspend) // POST /tenants/{id}/suspend
            .service(tenants::post_resume) // POST /tenants/{id}/resume
            .service(tenants::post_cancel) // POST /tenants/{id}/cancel
            .service(tenants::post_keep) // POST /tenants/{id}/keep
            .service(tenants::post_trial) // POST /tenants/{id}/trial
            .service(accounts::get_account) // GET  /accounts/{id}
            .service(accounts::put_account) // PUT  /accounts/{id}
            .service(accounts::post_clock) // POST /accounts/{id}/clock
            .service(previews::get_next_order) // GET  /tenants/{id}/next-order
            .service(previews::get_shadow_bill) // GET  /tenants/{id}/shadow-bill
            .service(previews::get_shadow_csv) // GET  /tenants/{id}/shadow-bill.csv
            .service(invoices::get_invoices) // GET  /invoices
            .service(invoices::get_invoice) // GET  /invoices/{id}
            .service(invoices::get_pdf) // GET  /invoices/{id}/pdf
            .service(invoices::post_credit_note) // POST /invoices/{id}/credit-notes
            .service(live::post_ticket) // POST /live/ticket
            .service(live::get_live) // GET  /live
            .configure(sold)
            .configure(told)
            .configure(persons)
            .configure(panels)
            .configure(money)
            .configure(hosts)
            .default_service(web::route().to(super::server::other))
            // Figures shrink to a fifth, and phones pay by the byte. The files of the pages were compressed beforehand.
            .wrap(Compress::default()),
    );
}

/// What is sold, and moving from one plan to another.
fn sold(at: &mut ServiceConfig) {
    at.service(plan_change::get_plan_change); // GET  /tenants/{id}/plan-change
    at.service(plan_change::post_plan_change); // POST /tenants/{id}/plan-change
    at.service(plan_change::post_plan_version); // POST /tenants/{id}/plan-version
    at.service(plans::get_plans); // GET  /plans
    at.service(plans::get_plan); // GET  /plans/{id}
    at.service(plans::post_plan); // POST /plans
    at.service(plans::post_version); // POST /plans/{id}/versions
    at.service(plans::put_version); // PUT  /plans/{id}/versions/{number}
    at.service(plans::post_publish); // POST /plans/{id}/versions/{number}/publish
    at.service(plans::post_move_tenants); // POST /plans/{id}/versions/{number}/move-tenants
    at.service(plans::post_archive); // POST /plans/{id}/archive
}

/// What people are told, and how they want to be.
fn told(at: &mut ServiceConfig) {
    at.service(notices::get_notices); // GET  /notices
    at.service(notices::post_read); // POST /notices/read
    at.service(notices::post_read_one); // POST /notices/{id}/read
    at.service(notices::get_choices); // GET  /me/notice-choices
    at.service(notices::put_choices); // PUT  /me/notice-choices
}

/// Oneself, and the people of an account.
fn persons(at: &mut ServiceConfig) {
    at.service(people::get_profile); // GET  /me/profile
    at.service(people::put_profile); // PUT  /me/profile
    at.service(people::post_password); // POST /me/password
    at.service(people::post_second_factor); // POST /me/second-factor
    at.service(people::post_confirm); // POST /me/second-factor/confirm
    at.service(people::post_remove_factor); // POST /me/second-factor/remove
    at.service(people::post_recovery_codes); // POST /me/second-factor/recovery-codes
    at.service(people::get_sign_ins); // GET  /me/sign-ins
    at.service(people::post_end_others); // POST /me/sign-ins/end-others
    at.service(people::post_end); // POST /me/sign-ins/{id}/end
    at.service(members::get_members); // GET  /members
    at.service(members::put_member); // PUT  /members/{id}
    at.service(members::post_remove_member); // POST /members/{id}/remove
    at.service(members::post_invitation); // POST /invitations
    at.service(members::post_look); // POST /invitations/look
    at.service(members::post_join); // POST /invitations/join
    at.service(members::post_revoke); // POST /invitations/{id}/revoke
}

/// Ordering panels, and what they used.
fn panels(at: &mut ServiceConfig) {
    at.service(ordering::get_subdomain); // GET  /subdomains/{name}
    at.service(ordering::post_tenant); // POST /tenants
    at.service(tenants::post_discard); // POST /tenants/{id}/discard
    at.service(usage::get_usage); // GET  /tenants/{id}/usage
    at.service(usage::get_corrections); // GET  /tenants/{id}/corrections
    at.service(usage::post_corrections); // POST /tenants/{id}/corrections
    at.service(reports::get_usage_hours); // GET  /tenants/{id}/usage/hours
    at.service(reports::get_panel_csv); // GET  /tenants/{id}/usage.csv
    at.service(reports::get_account_usage); // GET  /usage
    at.service(reports::get_account_csv); // GET  /usage.csv
    at.service(reports::get_spending); // GET  /accounts/{id}/spending
    at.service(reports::get_spending_csv); // GET  /accounts/{id}/spending.csv
}

/// Payments, and what becomes of the money.
fn money(at: &mut ServiceConfig) {
    at.service(accounts::get_statement); // GET  /accounts/{id}/credit
    at.service(accounts::get_statement_csv); // GET  /accounts/{id}/credit.csv
    at.service(payments::get_orders); // GET  /orders
    at.service(payments::get_payments); // GET  /payments
    at.service(payments::get_payment); // GET  /payments/{id}
    at.service(payments::get_inbox); // GET  /payments/{id}/notices
    at.service(refunds::get_refunds); // GET  /refunds
    at.service(refunds::get_refund); // GET  /refunds/{id}
    at.service(refunds::post_paid_out); // POST /refunds/{id}/paid-out
    at.service(refunds::post_refund); // POST /receipts/{id}/refunds
    at.service(refunds::post_accept); // POST /receipts/{id}/accept
    at.service(manual::get_manual_payments); // GET  /manual-payments
    at.service(manual::post_manual_payment); // POST /tenants/{id}/manual-payments
    at.service(manual::post_approve); // POST /manual-payments/{id}/approve
    at.service(manual::post_reject); // POST /manual-payments/{id}/reject
    at.service(alerts::get_alerts); // GET  /alerts
    at.service(alerts::post_resolve); // POST /alerts/{id}/resolve
    at.service(alerts::get_reconciliations); // GET  /reconciliations
    at.service(alerts::post_reconciliation); // POST /reconciliations
    at.service(alerts::get_differences); // GET  /reconciliations/{id}/differences.csv
}

/// Servers, and what is done with panels there.
fn hosts(at: &mut ServiceConfig) {
    at.service(hosting::post_open); // POST /tenants/{id}/open
    at.service(hosting::post_delete); // POST /tenants/{id}/delete
    at.service(hosting::get_jobs); // GET  /tenants/{id}/jobs
    at.service(hosting::get_backups); // GET  /tenants/{id}/backups
    at.service(hosting::get_kept); // GET  /backups
    at.service(hosting::post_backup); // POST /tenants/{id}/backups
    at.service(hosting::post_restore); // POST /tenants/{id}/restore
    at.service(servers::get_servers); // GET  /servers
    at.service(servers::post_server); // POST /servers
    at.service(servers::put_server); // PUT  /servers/{id}
    at.service(servers::post_survey); // POST /servers/{id}/survey
    at.service(servers::get_databases); // GET  /servers/{id}/databases
    at.service(servers::post_adopt); // POST /servers/{id}/adopt
    at.service(servers::post_import); // POST /servers/{id}/import
}
