//! What a shop may ask afterwards: order validation, and the transaction query by session or by `tran_id`.
//!
//! Business errors are HTTP 200; the outcome is in `APIConnect` and `status`. Values are texts, as on the real gateway.

use actix_web::{HttpRequest, HttpResponse, web};
use serde_json::{Map, Value, json};

use super::State;
use super::faults::StoreState;
use super::form::Form;
use super::ids::local_text;
use super::notice;
use super::records::{Attempt, Session, Status};

/// What every record tells, from the attempt.
const TOLD: [&str; 27] = [
    "tran_date",
    "tran_id",
    "val_id",
    "amount",
    "store_amount",
    "bank_tran_id",
    "card_type",
    "card_no",
    "card_issuer",
    "card_brand",
    "card_sub_brand",
    "card_issuer_country",
    "card_issuer_country_code",
    "currency",
    "currency_type",
    "currency_amount",
    "currency_rate",
    "base_fair",
    "value_a",
    "value_b",
    "value_c",
    "value_d",
    "risk_level",
    "risk_title",
    "error",
    "status",
    "store_id",
];

/// What every record tells that never varies here.
const CONSTANT: [(&str, &str); 9] = [
    ("emi_instalment", "0"),
    ("emi_amount", "0.00"),
    ("emi_description", ""),
    ("emi_issuer", ""),
    ("account_details", ""),
    ("discount_percentage", "0"),
    ("discount_amount", "0.00"),
    ("discount_remarks", ""),
    ("gw_version", ""),
];

/// Order validation by `val_id`: VALID the first time, VALIDATED ever after.
pub(super) async fn validate(request: HttpRequest, state: web::Data<State>) -> HttpResponse {
    let form = Form::parse(request.query_string().as_bytes());
    let body = refusal(&state, &form, "INVALID_TRANSACTION").unwrap_or_else(|| match form.get("val_id") {
        None => json!({ "APIConnect": "INVALID_REQUEST", "status": "INVALID_TRANSACTION" }),
        Some(val_id) => validation(&state, val_id),
    });
    state.faults().answer(&body).await
}

/// The shared script of queries. The order of precedence is a guess; refunds are not offered.
pub(super) async fn query(request: HttpRequest, state: web::Data<State>) -> HttpResponse {
    let form = Form::parse(request.query_string().as_bytes());
    let refund = form.get("refund_ref_id").is_some() || form.get("bank_tran_id").is_some();
    let body =
        refusal(&state, &form, "INVALID").unwrap_or_else(|| match (form.get("sessionkey"), form.get("tran_id")) {
            _ if refund => json!({ "APIConnect": "INVALID_REQUEST" }),
            (Some(key), _) => by_session(&state, key),
            (None, Some(tran_id)) => by_transaction(&state, tran_id),
            (None, None) => json!({ "APIConnect": "INVALID_REQUEST" }),
        });
    state.faults().answer(&body).await
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
        let mut told = record(state, &snapshot, attempt);
        // The answer about the first validation still says VALID.
        attempt.validated_at.get_or_insert(now);
        told.insert("APIConnect".into(), "DONE".into());
        told.insert("validated_on".into(), local_text(now).into());
        told.insert("offer_avail".into(), 1.into());
        told.insert("isTokeizeSuccess".into(), 0.into());
        return told.into();
    }
    json!({ "APIConnect": "DONE", "status": "INVALID_TRANSACTION", "validated_on": local_text(now), "gw_version": "" })
}

fn by_session(state: &State, key: &str) -> Value {
    let mut records = state.expired_records();
    let Some(session) = records.session(key) else {
        return json!({ "APIConnect": "DONE", "status": "FAILED", "sessionkey": key, "error": "No session found" });
    };
    let mut told = match session.attempts.last() {
        Some(attempt) => record(state, session, attempt),
        None => pending(session),
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
            let mut told = record(state, session, attempt);
            told.insert("gw_version".into(), "3.00".into());
            told.insert("bank_gw".into(), attempt.channel.map_or("", |channel| channel.card_type).into());
            Value::from(told)
        }));
        if session.attempts.is_empty() {
            elements.push(pending(session).into());
        }
    }
    json!({ "APIConnect": "DONE", "no_of_trans_found": elements.len().to_string(), "element": elements })
}

fn record(state: &State, session: &Session, attempt: &Attempt) -> Map<String, Value> {
    let value = |name: &str| Value::from(notice::value(name, &state.config.store_id, session, attempt));
    let mut told: Map<String, Value> = TOLD.iter().map(|name| ((*name).into(), value(name))).collect();
    told.extend(CONSTANT.iter().map(|(name, text)| ((*name).into(), Value::from(*text))));
    if let Some(at) = attempt.validated_at {
        told.insert("status".into(), "VALIDATED".into());
        told.insert("validated_on".into(), local_text(at).into());
    }
    told
}

/// A page on which nothing was tried yet.
fn pending(session: &Session) -> Map<String, Value> {
    let request = &session.request;
    let pairs = [
        ("status", "PENDING".to_owned()),
        ("tran_id", request.tran_id.clone()),
        ("tran_date", local_text(session.opened_at)),
        ("val_id", String::new()),
        ("amount", session.charged().to_decimal()),
        ("currency", "BDT".to_owned()),
        ("currency_type", request.requested.currency.code().to_owned()),
        ("currency_amount", request.requested.to_decimal()),
        ("error", String::new()),
    ];
    pairs.into_iter().map(|(name, text)| (name.to_owned(), Value::from(text))).collect()
}
