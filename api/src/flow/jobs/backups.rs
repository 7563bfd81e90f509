//! Which copies can a panel be put back to? Reads only.

use super::kept::page;
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use crate::flow::tenants::owned;
use crate::store::BackupsOf;
use shared::api::jobs::BackupPage;
use shared::ids::{BackupId, TenantId};

/// A page of at most `limit` copies before `before`, newest first: the panel's own, or those of the `others` of its account.
pub async fn backups(
    app: &App,
    caller: &Caller,
    id: TenantId,
    others: bool,
    before: Option<BackupId>,
    limit: u32,
) -> Result<BackupPage, FlowError> {
    let record = owned(app.store.tenant(id).await?, caller)?;
    let of = if others { BackupsOf::Others(record.account_id, id) } else { BackupsOf::Panel(id) };
    page(app, of, before, limit).await
}
