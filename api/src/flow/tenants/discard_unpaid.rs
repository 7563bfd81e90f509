//! Panels that nobody pays for in time are given up: an address that is held for nothing is kept from everybody else.

use super::gone::gone;
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::publish::publish;
use crate::store::Actor;
use shared::api::payments::PaymentState;
use shared::billing::event::Event;
use shared::billing::state::Panel;
use shared::ids::TenantId;
use shared::time::DAY;

/// A payment in one of these brought nothing. Any other brought money, or may still: its panel is left alone.
const NOTHING_CAME: &[PaymentState] = &[PaymentState::Failed, PaymentState::Cancelled, PaymentState::Expired];

/// Gives at most `limit` of them up, the longest ordered first; says how many were due, and how many of these failed. One that was ever
/// paid, or has a payment that is open or in a person's hands, is never due; nor is one that stands at a server.
pub async fn discard_unpaid(app: &App, limit: u64) -> Result<(usize, usize), FlowError> {
    let seconds = i64::from(app.settings.unpaid_days) * DAY;
    let due = app.store.unpaid_tenants(app.clock.now(), seconds, NOTHING_CAME, limit).await?;
    let mut failed = 0;
    for id in &due {
        if let Err(error) = give_up(app, *id, seconds).await {
            tracing::error!(tenant = %id, %error, "a panel that nobody pays for could not be given up");
            failed += 1;
        }
    }
    Ok((due.len(), failed))
}

async fn give_up(app: &App, id: TenantId, seconds: i64) -> Result<(), FlowError> {
    let tx = app.store.begin().await?;
    let Some(record) = tx.tenant(id).await? else { return Ok(()) };
    let now = record.time(app.clock.now());
    // Somebody may have paid, or begun to, since the list was made.
    let waits = record.state.panel == Panel::Pending && now.seconds_since(record.state.panel_since) >= seconds;
    if !waits || tx.has_payment_but(&record, NOTHING_CAME).await? {
        return Ok(());
    }
    gone(app, &tx, record, &Event::NeverPaid, &Actor::SYSTEM, now).await?;
    publish(app, tx).await?;
    Ok(())
}
