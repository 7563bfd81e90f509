//! Which tenants must be looked at now?

use crate::app::App;
use crate::flow::FlowError;
use shared::ids::TenantId;

/// Others keep off a tenant for so long; a worker that dies loses it to them then.
const LEASE_SECONDS: i64 = 60;

/// Takes at most `limit` due tenants, oldest first.
pub async fn due_tenants(app: &App, limit: u64) -> Result<Vec<TenantId>, FlowError> {
    let tx = app.store.begin().await?;
    let due = tx.claim_due(app.clock.now(), app.wall.now(), LEASE_SECONDS, limit).await?;
    tx.commit().await?;
    Ok(due)
}
