//! A panel asks whether a one-time token is good. It is, once.

use crate::app::App;
use crate::flow::FlowError;
use crate::keys::fingerprint;
use shared::ids::{TenantId, UserId};

/// Who comes in by this token to this panel. `None` if it is not good; it is used up in any case.
pub async fn check_entry(app: &App, id: TenantId, token: &str) -> Result<Option<UserId>, FlowError> {
    let tx = app.store.begin().await?;
    let person = tx.take_entry(&fingerprint(token), id, app.wall.now()).await?;
    tx.commit().await?;
    Ok(person)
}
