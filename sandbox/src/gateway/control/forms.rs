//! The buttons of the control page: a form is done, and the page is shown again.

use actix_web::{HttpResponse, web};
use serde::de::DeserializeOwned;

use super::super::form::Form;
use super::super::pay::{self, Action};
use super::super::refunds::RefundEnd;
use super::super::state::State;
use super::switches;

/// One of a list of words.
pub(super) fn word<T: DeserializeOwned>(form: &Form, name: &str) -> Option<T> {
    serde_json::from_value(form.get(name)?.into()).ok()
}

/// Replaces all faults.
pub(super) async fn faults(body: web::Bytes, state: web::Data<State>) -> HttpResponse {
    state.set_faults(switches::read(&Form::parse(&body)));
    back("faults")
}

/// Sends a notice once more.
pub(super) async fn replay(body: web::Bytes, state: web::Data<State>) -> HttpResponse {
    let form = Form::parse(&body);
    let attempt = form.get("attempt").and_then(|text| text.parse().ok());
    state.replay(form.get("session").unwrap_or_default(), attempt).await;
    back("deliveries")
}

/// Ends a refund.
pub(super) async fn settle(body: web::Bytes, state: web::Data<State>) -> HttpResponse {
    let form = Form::parse(&body);
    if let (Some(name), Some(end)) = (form.get("refund"), word::<RefundEnd>(&form, "as")) {
        state.records().refunds.settle(name, end, state.now());
    }
    back("refunds")
}

/// Does what a payer would do.
pub(super) async fn act(body: web::Bytes, state: web::Data<State>) -> HttpResponse {
    let form = Form::parse(&body);
    if let (Some(key), Some(action)) = (form.get("session"), word::<Action>(&form, "action")) {
        pay::act(&state, key, action, None, None).await;
    }
    back("sessions")
}

fn back(part: &str) -> HttpResponse {
    HttpResponse::SeeOther().insert_header(("Location", format!("/sandbox/#{part}"))).finish()
}
