//! A ticket is shown at the WebSocket, and used up.

use super::Caller;
use crate::app::App;
use crate::flow::FlowError;
use crate::keys::fingerprint;

/// The person behind a ticket. A second showing finds nothing.
pub async fn join_live(app: &App, ticket: &str) -> Result<Caller, FlowError> {
    let tx = app.store.begin().await?;
    let taken = tx.take_live_ticket(&fingerprint(ticket), app.wall.now()).await?;
    tx.commit().await?;
    let user = app.store.user(taken.ok_or(FlowError::SessionEnded)?).await?.ok_or(FlowError::SessionEnded)?;
    Ok(Caller { user_id: user.id, role: user.role, account_id: user.account_id, session_id: None })
}
