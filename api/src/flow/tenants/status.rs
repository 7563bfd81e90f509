//! How does this panel stand? Reads only: looking changes nothing.

use super::beside::beside;
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
    let beside = beside(app, caller, std::slice::from_ref(&record)).await?;
    Ok(view(app, caller, &record, &beside.of(&record), app.clock.now()))
}
