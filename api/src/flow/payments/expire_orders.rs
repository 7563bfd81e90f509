//! Orders that nobody has paid in time are withdrawn.

use super::withdraw::withdraw;
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::audit::new_audit;
use crate::flow::publish::publish;
use crate::store::{Actor, NewAudit, OrderRecord};
use shared::ids::{OrderId, TenantId};
use shared::time::DAY;

/// Withdraws at most `limit` of them; says how many were due, and how many of these failed. A payment that is still under
/// way is not lost: it becomes credit.
pub async fn expire_orders(app: &App, limit: u64) -> Result<(usize, usize), FlowError> {
    let mut failed = 0;
    let due = app.store.expired_orders(app.wall.now(), limit).await?;
    for (tenant_id, order_id) in &due {
        if let Err(error) = expire(app, *tenant_id, *order_id).await {
            tracing::error!(order = %order_id, %error, "an order could not be withdrawn");
            failed += 1;
        }
    }
    Ok((due.len(), failed))
}

async fn expire(app: &App, tenant_id: TenantId, order_id: OrderId) -> Result<(), FlowError> {
    let tx = app.store.begin().await?;
    let tenant = tx.tenant(tenant_id).await?.ok_or(FlowError::NotFound)?;
    let order = tx.order(order_id).await?.ok_or(FlowError::NotFound)?;
    // Somebody may have paid, or begun to, since the list was made.
    if !order.is_open() || order.expires_at.is_none_or(|at| at > app.wall.now()) {
        return Ok(());
    }
    if tx.waits_for_a_person(order_id).await? {
        let tomorrow = Some(app.wall.now().plus(DAY));
        tx.save_order(&OrderRecord { expires_at: tomorrow, ..order }).await?;
        return Ok(tx.commit().await?);
    }
    let now = tenant.time(app.clock.now());
    withdraw(app, &tx, &order, now).await?;
    let row = NewAudit {
        tenant_id: Some(tenant_id),
        account_id: Some(order.account_id),
        to: Some(order_id.to_string()),
        why: Some("not paid in time".to_owned()),
        ..new_audit(app, Actor::SYSTEM, "order_expired", now)
    };
    tx.insert_audit(&row).await?;
    tx.record_change(tenant_id, order.account_id).await?;
    publish(app, tx).await?;
    Ok(())
}
