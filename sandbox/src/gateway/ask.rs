//! What a shop may ask afterwards: order validation, and the one script that does everything else.
//!
//! Business errors are HTTP 200; the outcome is in `APIConnect` and `status`.

use actix_web::{HttpRequest, HttpResponse, web};
use serde_json::{Value, json};

use super::answer::{self, Format};
use super::faults::{Operation, StoreState};
use super::form::Form;
use super::ids::local_text;
use super::records::Status;
use super::refund;
use super::state::State;
use super::told;

/// Order validation by `val_id`: VALID the first time, VALIDATED ever after.
pub(super) async fn validate(request: HttpRequest, payload: web::Payload, state: web::Data<State>) -> HttpResponse {
    let form = Form::asked(&request, payload).await;
    let faults = state.faults();
    let body = refusal(&state, &form, "INVALID_TRANSACTION").unwrap_or_else(|| match form.get("val_id") {
        None => json!({ "APIConnect": "INVALID_REQUEST", "status": "INVALID_TRANSACTION" }),
        Some(val_id) => validation(&state, val_id),
    });
    answer::give(&faults, Operation::Validate, Format::of(&form), &body).await
}

/// The shared script: which fields are there says what is asked. The order of precedence is a guess.
pub(super) async fn script(request: HttpRequest, payload: web::Payload, state: web::Data<State>) -> HttpResponse {
    let form = Form::asked(&request, payload).await;
    let faults = state.faults();
    let has = |name| form.get(name).is_some();
    let operation = if has("refund_ref_id") {
        Operation::RefundQuery
    } else if has("bank_tran_id") {
        Operation::Refund
    } else {
        Operation::Query
    };
    let body = refusal(&state, &form, "INVALID").unwrap_or_else(|| match operation {
        Operation::RefundQuery => refund::query(&state, &form),
        Operation::Refund => refund::initiate(&state, &form),
        Operation::Query | Operation::Init | Operation::Validate => transaction(&state, &form),
    });
    answer::give(&faults, operation, Format::of(&form), &body).await
}

fn refusal(state: &State, form: &Form, status: &str) -> Option<Value> {
    let connect = match state.faults().store {
        StoreState::Inactive => "INACTIVE",
        StoreState::Active if state.knows_store(form) => return None,
        StoreState::Active | StoreState::WrongCredentials => "FAILED",
    };
    Some(json!({ "APIConnect": connect, "status": status }))
}

fn validation(state: &State, val_id: &str) -> Value {
    let now = state.now();
    let mut records = state.records();
    for session in &mut records.sessions {
        let Some(at) = session.attempts.iter().position(|a| a.status == Status::Valid && a.val_id == val_id) else {
            continue;
        };
        let snapshot = session.clone();
        let Some(attempt) = session.attempts.get_mut(at) else { continue };
        let mut told = told::of_attempt(state, &snapshot, attempt);
        // The answer about the first validation still says VALID.
        attempt.validated_at.get_or_insert(now);
        told.insert("APIConnect".into(), "DONE".into());
        told.insert("validated_on".into(), local_text(now).into());
        told.insert("card_category".into(), "".into());
        told.insert("card_ref_id".into(), "".into());
        told.insert("campaign_code".into(), "".into());
        told.insert("token_key".into(), "".into());
        told.insert("offer_avail".into(), 1.into());
        told.insert("isTokeizeSuccess".into(), 0.into());
        return told.into();
    }
    json!({ "APIConnect": "DONE", "status": "INVALID_TRANSACTION", "validated_on": local_text(now), "gw_version": "" })
}

fn transaction(state: &State, form: &Form) -> Value {
    match (form.get("sessionkey"), form.get("tran_id")) {
        (Some(key), _) => by_session(state, key),
        (None, Some(tran_id)) => by_transaction(state, tran_id),
        (None, None) => json!({ "APIConnect": "INVALID_REQUEST" }),
    }
}

fn by_session(state: &State, key: &str) -> Value {
    let mut records = state.expired_records();
    let Some(session) = records.session(key) else {
        return json!({ "APIConnect": "DONE", "status": "FAILED", "sessionkey": key, "error": "No session found" });
    };
    let mut told = match session.decisive() {
        Some(attempt) => told::of_attempt(state, session, attempt),
        None => told::of_open_page(session),
    };
    told.insert("APIConnect".into(), "DONE".into());
    told.insert("sessionkey".into(), key.into());
    told.into()
}

fn by_transaction(state: &State, tran_id: &str) -> Value {
    let records = state.expired_records();
    let mut elements = Vec::new();
    for session in records.sessions.iter().filter(|session| session.request.tran_id == tran_id) {
        elements.extend(session.attempts.iter().map(|attempt| {
            let mut told = told::of_attempt(state, session, attempt);
            told.insert("gw_version".into(), "3.00".into());
            told.insert("bank_gw".into(), attempt.channel.map_or("", |channel| channel.card_type).into());
            Value::from(told)
        }));
        if session.attempts.is_empty() {
            elements.push(told::of_open_page(session).into());
        }
    }
    json!({ "APIConnect": "DONE", "no_of_trans_found": elements.len().to_string(), "element": elements })
}
