//! The payer's side: the pay page, its buttons, and the form that carries the outcome back to the shop.

use actix_web::http::header::ContentType;
use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};

use super::delivery;
use super::form::Form;
use super::page;
use super::records::{Deed, Session, Status, When};
use super::state::State;

/// What a payer can do on the pay page, and what can happen to a payer after it.
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
    /// The money is taken although the session is over: a late VALID, after EXPIRED or CANCELLED.
    PayLate,
    /// Pays once more on a page that was paid: a second VALID, under another `val_id`.
    PayAgain,
    /// The issuer declines on a page that was paid: a FAILED after the VALID.
    DeclineLate,
}

/// Where the payer's browser goes next, by POST, and with what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
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

    fn deed<'d>(self, channel: Option<&'d str>, reason: Option<&'d str>) -> Deed<'d> {
        let (status, when, error) = match self {
            Self::Pay => (Status::Valid, When::Open, ""),
            Self::Decline => (Status::Failed, When::Open, DECLINED),
            Self::Cancel => (Status::Cancelled, When::Open, "Cancelled by User"),
            Self::Leave => (Status::Unattempted, When::Open, "Customer did not choose to pay any channel"),
            Self::Expire => (Status::Expired, When::Open, "Payment session timed out"),
            Self::PayLate => (Status::Valid, When::Over, ""),
            Self::PayAgain => (Status::Valid, When::Paid, ""),
            Self::DeclineLate => (Status::Failed, When::Paid, DECLINED),
        };
        let chooses = matches!(status, Status::Valid | Status::Failed);
        let channel = chooses.then(|| channel.unwrap_or_default());
        let error = reason.filter(|_| status == Status::Failed).unwrap_or(error);
        Deed { status, when, channel, error }
    }
}

/// Why issuers decline most.
const DECLINED: &str = "Insufficient balance";

/// Which of the page's channels is opened.
#[derive(Deserialize)]
pub(super) struct Opened {
    cardname: Option<String>,
}

/// Shows the pay page.
pub(super) async fn show(path: web::Path<String>, opened: web::Query<Opened>, state: web::Data<State>) -> HttpResponse {
    let session = key_of(&path).and_then(|key| state.expired_records().session(&key).cloned());
    let store = &state.config.store_name;
    match session {
        Some(session) if !session.closed => {
            html(page::pay(store, &session, state.seconds_left(&session), opened.cardname.as_deref()))
        }
        Some(_) => html(page::over(store)),
        None => not_found(),
    }
}

/// Where the address of one channel leads.
#[derive(Deserialize)]
pub(super) struct Jump {
    #[serde(rename = "SESSIONKEY")]
    key: Option<String>,
    cardname: Option<String>,
}

/// Sends the payer to the page with one channel opened.
pub(super) async fn jump(wanted: web::Query<Jump>, state: web::Data<State>) -> HttpResponse {
    let wanted = wanted.into_inner();
    let key = wanted.key.filter(|key| state.records().session(key).is_some());
    let Some(key) = key else { return not_found() };
    let chosen: String = url::form_urlencoded::byte_serialize(wanted.cardname.unwrap_or_default().as_bytes()).collect();
    let to = format!("{}?cardname={chosen}", state.page_url(&key));
    HttpResponse::SeeOther().insert_header(("Location", to)).finish()
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

/// Records the attempt, reports it, and says where the payer goes; `None` if the session is unknown or does not take it.
pub(super) async fn act(
    state: &State,
    key: &str,
    action: Action,
    channel: Option<&str>,
    reason: Option<&str>,
) -> Option<Return> {
    let deed = action.deed(channel, reason);
    let faults = state.faults();
    let session = state.expired_records().attempt(key, &deed, state.now(), &faults)?;
    let attempt = session.attempts.last()?;
    let fields = state.posted(&session, attempt);
    delivery::report(state, session.request.ipn_url.as_deref(), &fields).await;
    Some(Return { url: return_url(&session, deed.status), fields })
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
        .insert_header(("X-Content-Type-Options", "nosniff"))
        .insert_header(("Content-Security-Policy", page::POLICY))
        .body(text)
}

fn not_found() -> HttpResponse {
    HttpResponse::NotFound()
        .content_type(ContentType::html())
        .insert_header(("Content-Security-Policy", page::POLICY))
        .body(page::unknown())
}
