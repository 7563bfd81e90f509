//! The control plane for programs: JSON in, JSON out.

use actix_web::{HttpResponse, web};
use serde::Deserialize;
use serde_json::{Value, json};

use super::super::books::Books;
use super::super::faults::Faults;
use super::super::pay::{self, Action};
use super::super::records::{Attempt, Session};
use super::super::refunds::RefundEnd;
use super::super::state::State;

/// Everything there is to see, but the password.
pub(super) async fn state(state: web::Data<State>) -> HttpResponse {
    let sessions: Vec<Value> = state.expired_records().sessions.iter().map(|it| session(&state, it)).collect();
    HttpResponse::Ok().json(json!({
        "store_id": state.config.store_id,
        "public_url": state.public_url,
        "mode": state.config.mode,
        "reuse": state.config.reuse,
        "now": state.now(),
        "faults": state.faults(),
        "sessions": sessions,
        "refunds": state.records().refunds.all(),
        "deliveries": *state.deliveries.borrow(),
    }))
}

fn session(state: &State, session: &Session) -> Value {
    json!({
        "session_key": session.key,
        "tran_id": session.request.tran_id,
        "page_url": state.page_url(&session.key),
        "product": session.request.product,
        "requested": session.request.requested,
        "opened_at": session.opened_at,
        "seconds_left": if session.closed { 0 } else { state.seconds_left(session) },
        "open": !session.closed,
        "paid": session.paid(),
        "attempts": session.attempts.iter().map(attempt).collect::<Vec<_>>(),
    })
}

fn attempt(attempt: &Attempt) -> Value {
    json!({
        "status": attempt.status.text(),
        "val_id": attempt.val_id,
        "bank_tran_id": attempt.bank_tran_id,
        "channel": attempt.channel.map(|channel| channel.key),
        "amount": attempt.amount,
        "store_amount": attempt.store_amount,
        "error": attempt.error,
        "validated_at": attempt.validated_at,
    })
}

/// The gateway's books.
pub(super) async fn books(state: web::Data<State>) -> HttpResponse {
    HttpResponse::Ok().json(Books::of(&state.expired_records()))
}

/// What goes wrong now.
pub(super) async fn faults(state: web::Data<State>) -> HttpResponse {
    HttpResponse::Ok().json(state.faults())
}

/// Replaces all faults: what is left out is switched off.
pub(super) async fn set_faults(faults: web::Json<Faults>, state: web::Data<State>) -> HttpResponse {
    state.set_faults(faults.into_inner());
    HttpResponse::Ok().json(state.faults())
}

/// Whose notice is meant: the latest under a `tran_id`, unless an attempt is counted out, from 0.
#[derive(Deserialize)]
pub(super) struct Replay {
    tran_id: String,
    attempt: Option<usize>,
}

/// Sends a notice once more.
pub(super) async fn replay(wanted: web::Json<Replay>, state: web::Data<State>) -> HttpResponse {
    let key = state.latest_key(&wanted.tran_id);
    let sent = match key {
        Some(key) => state.replay(&key, wanted.attempt).await,
        None => false,
    };
    if sent {
        HttpResponse::Ok().json(state.deliveries.borrow().last())
    } else {
        missing("nothing to report under this tran_id")
    }
}

/// How a refund ends.
#[derive(Deserialize)]
pub(super) struct Settle {
    #[serde(rename = "as")]
    end: RefundEnd,
}

/// Ends a refund that is under way.
pub(super) async fn settle(
    path: web::Path<String>,
    wanted: web::Json<Settle>,
    state: web::Data<State>,
) -> HttpResponse {
    let mut records = state.records();
    if !records.refunds.settle(&path, wanted.end, state.now()) {
        return missing("no such refund is under way");
    }
    HttpResponse::Ok().json(records.refunds.all().iter().find(|refund| refund.refund_ref_id == *path))
}

/// What a payer does.
#[derive(Deserialize)]
pub(super) struct Act {
    action: Action,
    channel: Option<String>,
    reason: Option<String>,
}

/// Does it, and says what the payer's browser would post where.
pub(super) async fn act(path: web::Path<String>, wanted: web::Json<Act>, state: web::Data<State>) -> HttpResponse {
    let key = path.to_ascii_uppercase();
    let Act { action, channel, reason } = wanted.into_inner();
    match pay::act(&state, &key, action, channel.as_deref(), reason.as_deref()).await {
        Some(back) => HttpResponse::Ok().json(back),
        None => missing("no such session, or it does not take this"),
    }
}

fn missing(what: &str) -> HttpResponse {
    HttpResponse::NotFound().json(json!({ "error": what }))
}
