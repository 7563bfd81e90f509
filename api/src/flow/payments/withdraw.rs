//! An open order is withdrawn: another takes its place, nobody paid in time, or nothing is to be paid any more. The credit
//! that it used is free again.

use super::book::journal;
use crate::app::App;
use crate::flow::FlowError;
use crate::store::{Fact, OrderRecord, Tx};
use shared::billing::ledger::credit_released;
use shared::time::Timestamp;

/// Withdraws an order of a locked tenant. Money that still arrives for it becomes credit. `now` is by the account's clock.
pub(in crate::flow) async fn withdraw(
    app: &App,
    tx: &Tx,
    order: &OrderRecord,
    now: Timestamp,
) -> Result<(), FlowError> {
    tx.withdraw_order(order.id, now).await?;
    let released = credit_released(order.credit)?;
    journal(app, tx, (order.tenant_id, order.account_id), Fact::CreditReleased(order.id), released, now).await?;
    Ok(())
}
