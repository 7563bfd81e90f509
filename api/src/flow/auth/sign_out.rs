//! Signing out ends the sign-in on the server, not only in the browser.

use crate::app::App;
use crate::flow::FlowError;
use crate::keys::{fingerprint, same};

/// Ends the sign-in that a refresh token continues. One that is over, or unknown, is over all the same.
pub async fn sign_out(app: &App, refresh_token: &str, csrf_token: &str) -> Result<(), FlowError> {
    let tx = app.store.begin().await?;
    let Some(link) = tx.refresh_token(&fingerprint(refresh_token)).await? else { return Ok(()) };
    let Some(session) = tx.session(link.session_id).await? else { return Ok(()) };
    if !same(&session.csrf_hash, &fingerprint(csrf_token)) {
        return Err(FlowError::CsrfMismatch);
    }
    tx.end_session(session.id, app.wall.now(), "signed_out").await?;
    tx.commit().await?;
    Ok(())
}
