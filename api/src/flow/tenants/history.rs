//! What happened to this panel, and why? Reads only.

use super::owned::owned;
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use crate::flow::page::{cut, one_more};
use shared::api::history::AuditPage;
use shared::ids::{AuditId, TenantId};

/// A page of at most `limit` changes before `before`, newest first.
pub async fn history(
    app: &App,
    caller: &Caller,
    id: TenantId,
    before: Option<AuditId>,
    limit: u32,
) -> Result<AuditPage, FlowError> {
    owned(app.store.tenant(id).await?, caller)?;
    let mut items = app.store.audit_of(id, before, one_more(limit)).await?;
    let next_cursor = cut(&mut items, limit, |row| row.id);
    Ok(AuditPage { next_cursor, items })
}
