//! Hints over a WebSocket: what changed, so that the page fetches it again. No figures travel here.

use super::ApiError;
use super::extract::SignedInAs;
use crate::app::App;
use crate::flow::auth::{Caller, join_live::join_live, live_ticket::live_ticket};
use crate::store::Change;
use actix_web::http::header::{HOST, ORIGIN};
use actix_web::web::{Data, Json, Payload, Query};
use actix_web::{HttpRequest, HttpResponse, get, post, rt};
use actix_ws::{Message, MessageStream, Session};
use serde::Deserialize;
use shared::api::auth::Role;
use shared::api::live::{Hint, LiveTicket};
use shared::api::problem::{ErrorCode, Problem};
use std::time::Duration;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::watch;
use tokio::time::interval;

const HEARTBEAT_SECONDS: u64 = 30;
/// So long hints are sent, by the wall clock; then the page shows another ticket. With the minute for which a ticket is good, and the
/// heartbeat at which the end is seen, that is ten minutes: nobody looks on for longer once they may not.
const LONGEST_SECONDS: i64 = 510;

/// Get a ticket for the WebSocket: good once, for a minute.
#[utoipa::path(tag = "live", responses(
    (status = 201, body = LiveTicket),
    (status = 401, body = Problem, description = "unauthenticated or session_ended", content_type = "application/problem+json")))]
#[post("/live/ticket")]
pub async fn post_ticket(app: Data<App>, who: SignedInAs) -> Result<HttpResponse, ApiError> {
    let ticket: LiveTicket = live_ticket(&app, &who.0).await?;
    Ok(HttpResponse::Created().json(Json(ticket)))
}

/// The ticket, shown.
#[derive(Deserialize)]
pub struct Shown {
    ticket: String,
}

/// The WebSocket. Sends a `Hint` as JSON text for every change of the caller's panels, and a heartbeat every 30 s. Ends after nine minutes
/// at most: come back with another ticket.
#[utoipa::path(tag = "live", security(()), params(("ticket" = String, Query, description = "From POST /live/ticket")),
    responses(
    (status = 101, description = "Hints follow"),
    (status = 401, body = Problem, description = "session_ended", content_type = "application/problem+json")))]
#[get("/live")]
pub async fn get_live(
    app: Data<App>,
    request: HttpRequest,
    shown: Query<Shown>,
    body: Payload,
) -> Result<HttpResponse, ApiError> {
    if !is_same_origin(&app, &request) {
        return Err(ApiError::not_found());
    }
    let caller = join_live(&app, &shown.ticket).await?;
    let changes = app.live.watch();
    let upgrade = |_| ApiError::new(ErrorCode::Invalid, "This address speaks WebSocket.");
    let (response, session, messages) = actix_ws::handle(&request, body).map_err(upgrade)?;
    let closing = app.live.closing();
    rt::spawn(converse(app, session, messages, changes, closing, caller));
    Ok(response)
}

/// A page of another site must not open it, whatever ticket it got hold of. What is no browser sends no origin.
fn is_same_origin(app: &App, request: &HttpRequest) -> bool {
    let header = |name| request.headers().get(name).and_then(|value| value.to_str().ok());
    let Some(origin) = header(ORIGIN) else { return true };
    let own = header(HOST).is_some_and(|host| origin.split_once("://").is_some_and(|(_, name)| name == host));
    own || origin == app.settings.public_url.origin().ascii_serialization()
}

/// Sends hints until either side goes away, or the time is over.
async fn converse(
    app: Data<App>,
    mut session: Session,
    mut messages: MessageStream,
    mut changes: Receiver<Change>,
    mut closing: watch::Receiver<bool>,
    caller: Caller,
) {
    let until = app.wall.now().plus(LONGEST_SECONDS);
    let mut heartbeat = interval(Duration::from_secs(HEARTBEAT_SECONDS));
    loop {
        let hint = tokio::select! {
            change = changes.recv() => match change {
                Ok(change) if concerns(&caller, &change) => Hint::Tenant { tenant_id: change.tenant_id },
                Ok(_) => continue,
                Err(RecvError::Lagged(_)) => Hint::Everything,
                Err(RecvError::Closed) => break,
            },
            _ = heartbeat.tick() => Hint::Heartbeat,
            _ = closing.changed() => break,
            message = messages.recv() => match message {
                Some(Ok(Message::Ping(bytes))) => {
                    if session.pong(&bytes).await.is_err() { return }
                    continue;
                }
                Some(Ok(Message::Close(_)) | Err(_)) | None => break,
                Some(Ok(_)) => continue,
            },
        };
        if app.wall.now() >= until {
            break;
        }
        let Ok(text) = serde_json::to_string(&hint) else { continue };
        if session.text(text).await.is_err() {
            return;
        }
    }
    let _ = session.close(None).await;
}

fn concerns(caller: &Caller, change: &Change) -> bool {
    caller.role == Role::Operator || caller.account_id == Some(change.account_id)
}
