//! Credit comes first: an order uses what the account has, before anything is charged.

use super::book::journal;
use crate::app::App;
use crate::flow::FlowError;
use crate::port::gateway::Gateway;
use crate::store::{Fact, OrderRecord, Tx};
use shared::billing::credit::split;
use shared::billing::ledger::credit_applied;
use shared::money::Money;
use shared::time::{DAY, Timestamp};

/// An order that nobody pays is withdrawn after so long, by the wall clock: the credit in it is free again.
const ORDER_SECONDS: i64 = DAY;

/// Lets an open order use all credit that it can, leaving nothing or no less than `gateway` charges; and says that somebody
/// is at it. Gives what is left to pay.
pub(super) async fn apply_credit(
    app: &App,
    tx: &Tx,
    order: &mut OrderRecord,
    gateway: &dyn Gateway,
    now: Timestamp,
) -> Result<Money, FlowError> {
    let currency = order.amount.currency;
    let least = gateway.charge_limits(currency).map_or(Money::zero(currency), |limits| limits.least);
    let available = tx.credit(order.account_id, currency).await?;
    let parts = split(order.due()?, available, least)?;
    order.credit = order.credit.checked_add(parts.credit)?;
    order.expires_at = Some(app.wall.now().plus(ORDER_SECONDS));
    tx.save_order(order).await?;
    let fact = Fact::CreditApplied(order.id, order.credit.minor);
    journal(app, tx, (order.tenant_id, order.account_id), fact, credit_applied(parts.credit)?, now).await?;
    Ok(parts.charge)
}

/// Lets credit pay what money that came by hand leaves to pay, if there is so much: whoever pays by transfer pays what they
/// were told.
pub(super) async fn cover_the_rest(
    app: &App,
    tx: &Tx,
    order: &mut OrderRecord,
    paid: Money,
    now: Timestamp,
) -> Result<(), FlowError> {
    let rest = order.due()?.checked_sub(paid)?;
    let available = tx.credit(order.account_id, rest.currency).await?;
    if !order.is_open() || rest.minor <= 0 || available.checked_sub(rest)?.minor < 0 {
        return Ok(());
    }
    order.credit = order.credit.checked_add(rest)?;
    tx.save_order(order).await?;
    let fact = Fact::CreditApplied(order.id, order.credit.minor);
    journal(app, tx, (order.tenant_id, order.account_id), fact, credit_applied(rest)?, now).await?;
    Ok(())
}
