//! The payer's side: the pay page, its buttons, and the form that carries the outcome back to the shop.

use actix_web::http::header::ContentType;
use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};

use super::State;
use super::channel::Channel;
use super::delivery;
use super::form::Form;
use super::notice;
use super::page;
use super::records::{Session, Status};

/// What a payer can do on the pay page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Pays.
    Pay,
    /// The issuer declines.
    Decline,
    /// Turns back.
    Cancel,
    /// Goes without choosing a way to pay.
    Leave,
    /// Waits until the session is over.
    Expire,
}

/// Where the payer's browser goes next, by POST, and with what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Return {
    /// The shop's address for this outcome.
    pub url: String,
    /// Decoded pairs in posted order.
    pub fields: Vec<(String, String)>,
}

impl Action {
    fn parse(text: &str) -> Option<Self> {
        serde_json::from_value(text.into()).ok()
    }

    fn outcome(self) -> (Status, &'static str) {
        match self {
            Self::Pay => (Status::Valid, ""),
            Self::Decline => (Status::Failed, "Insufficient balance"),
            Self::Cancel => (Status::Cancelled, "Cancelled by User"),
            Self::Leave => (Status::Unattempted, "Customer did not choose to pay any channel"),
            Self::Expire => (Status::Expired, "Payment session timed out"),
        }
    }
}

/// Shows the pay page.
pub(super) async fn show(path: web::Path<String>, state: web::Data<State>) -> HttpResponse {
    let session = key_of(&path).and_then(|key| state.expired_records().session(&key).cloned());
    match session {
        Some(session) if !session.closed => html(page::pay(&state.config.store_name, &session)),
        Some(_) => html(page::over(&state.config.store_name)),
        None => not_found(),
    }
}

/// Takes a button press and answers the form that goes back to the shop.
pub(super) async fn press(path: web::Path<String>, body: web::Bytes, state: web::Data<State>) -> HttpResponse {
    let form = Form::parse(&body);
    let Some(action) = form.get("action").and_then(Action::parse) else { return not_found() };
    let Some(key) = key_of(&path) else { return not_found() };
    match act(&state, &key, action, form.get("channel"), form.get("reason")).await {
        Some(back) => html(page::back(&back)),
        None => html(page::over(&state.config.store_name)),
    }
}

/// Records the attempt, reports it, and says where the payer goes; `None` if the session is unknown or over.
pub(super) async fn act(
    state: &State,
    key: &str,
    action: Action,
    channel: Option<&str>,
    reason: Option<&str>,
) -> Option<Return> {
    let (status, usual) = action.outcome();
    let reason = reason.filter(|_| status == Status::Failed).unwrap_or(usual);
    let chosen =
        Some(Channel::of(channel.unwrap_or_default())).filter(|_| matches!(action, Action::Pay | Action::Decline));
    let faults = state.faults();
    let session = state.expired_records().attempt(key, status, chosen, reason, state.now(), &faults)?;
    let attempt = session.attempts.last()?;
    let fields = notice::fields(&state.config.store_id, &state.config.store_passwd, &session, attempt);
    delivery::report(state, session.request.ipn_url.as_deref(), &fields).await;
    Some(Return { url: return_url(&session, status), fields })
}

/// Whoever neither paid nor cancelled goes to the address for failures.
fn return_url(session: &Session, status: Status) -> String {
    let request = &session.request;
    match status {
        Status::Valid => request.success_url.clone(),
        Status::Cancelled => request.cancel_url.clone(),
        Status::Failed | Status::Unattempted | Status::Expired => request.fail_url.clone(),
    }
}

/// The session's key from the page's address: `testcde` and the key in small letters.
fn key_of(path: &str) -> Option<String> {
    path.strip_prefix("testcde").map(str::to_ascii_uppercase)
}

fn html(text: String) -> HttpResponse {
    HttpResponse::Ok()
        .content_type(ContentType::html())
        .insert_header(("Cache-Control", "no-store"))
        .insert_header(("Referrer-Policy", "no-referrer-when-downgrade"))
        .body(text)
}

fn not_found() -> HttpResponse {
    HttpResponse::NotFound().content_type(ContentType::html()).body(page::unknown())
}
