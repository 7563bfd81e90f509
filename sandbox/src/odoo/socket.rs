//! `/websocket`: says back what it is told, after a query on a connection that it holds. Ends with that connection.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use actix_ws::{CloseCode, Message};

use super::page;
use super::server::Server;
use super::web::{html, see_other};

/// Opens one for the panel of the address.
pub(super) async fn open(request: HttpRequest, payload: Payload, server: Data<Server>) -> HttpResponse {
    let Ok(Some(database)) = server.database(&request).await else { return see_other("/web/database/selector") };
    let Ok(mut line) = server.databases.store.line(&database).await else {
        return see_other("/web/database/selector");
    };
    let Ok((response, mut session, mut messages)) = actix_ws::handle(&request, payload) else {
        return html(StatusCode::BAD_REQUEST, page::bad_request());
    };
    actix_web::rt::spawn(async move {
        while let Some(Ok(message)) = messages.recv().await {
            let done = match message {
                Message::Text(text) => match line.ask().await {
                    Ok(()) => session.text(text).await,
                    Err(_) => break,
                },
                Message::Ping(bytes) => session.pong(&bytes).await,
                Message::Close(_) => break,
                Message::Binary(_) | Message::Continuation(_) | Message::Pong(_) | Message::Nop => Ok(()),
            };
            if done.is_err() {
                return;
            }
        }
        let _ = session.close(Some(CloseCode::Error.into())).await;
    });
    response
}
