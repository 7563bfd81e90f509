//! How does this panel stand? Reads only: looking changes nothing.

use super::owned::owned;
use super::view::view;
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use shared::api::tenants::TenantStatus;
use shared::ids::TenantId;

/// The panel's status, as the caller sees it.
pub async fn status(app: &App, caller: &Caller, id: TenantId) -> Result<TenantStatus, FlowError> {
    let record = owned(app.store.tenant(id).await?, caller)?;
    let unread = app.store.unread_notices(&[id]).await?;
    Ok(view(app, caller, &record, unread.get(&id).copied().unwrap_or(0), app.clock.now()))
}
