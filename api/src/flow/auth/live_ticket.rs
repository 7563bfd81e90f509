//! A ticket for the WebSocket, which cannot carry an access token.

use super::Caller;
use crate::app::App;
use crate::flow::FlowError;
use crate::keys::{fingerprint, printable};
use shared::api::live::LiveTicket;

const GOOD_SECONDS: i64 = 60;

/// Gives the caller a ticket that opens one connection within a minute, if their sign-in goes on.
pub async fn live_ticket(app: &App, caller: &Caller) -> Result<LiveTicket, FlowError> {
    let ticket = printable(&app.ids.secret());
    let tx = app.store.begin().await?;
    // People are locked before their sign-ins, always.
    tx.locked_user(caller.user_id).await?.ok_or(FlowError::SessionEnded)?;
    if let Some(id) = caller.session_id {
        tx.session(id).await?.filter(|session| !session.ended).ok_or(FlowError::SessionEnded)?;
    }
    tx.insert_live_ticket(&fingerprint(&ticket), caller.user_id, app.wall.now().plus(GOOD_SECONDS)).await?;
    tx.commit().await?;
    Ok(LiveTicket { ticket })
}
