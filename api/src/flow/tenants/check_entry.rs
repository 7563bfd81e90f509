//! A panel asks whether a one-time token is good. It is, once.

use crate::app::App;
use crate::flow::FlowError;
use crate::keys::fingerprint;
use shared::ids::{TenantId, UserId};

/// Who comes in by this token to this panel. `None` if it is not good; it is used up in any case.
pub async fn check_entry(app: &App, id: TenantId, token: &str) -> Result<Option<UserId>, FlowError> {
    let hash = fingerprint(token);
    // Anybody may ask: nobody who only guesses holds up those who write.
    if !app.store.has_entry(&hash).await? {
        return Ok(None);
    }
    let tx = app.store.begin().await?;
    let person = tx.take_entry(&hash, id, app.wall.now()).await?;
    tx.commit().await?;
    Ok(person)
}
