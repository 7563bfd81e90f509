//! Panels that nobody pays for in time are given up: an address that is held for nothing is kept from everybody else.

use super::gone::gone;
use super::view::kept_until;
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::notices::{News, tell};
use crate::flow::publish::publish;
use crate::store::{Actor, Nothing};
use shared::api::history::NoticeKind;
use shared::api::payments::PaymentState;
use shared::billing::event::Event;
use shared::ids::{EffectId, TenantId};
use shared::time::DAY;

/// A payment in one of these brought nothing. Any other brought money, or may still: its panel is left alone.
const NOTHING_CAME: &[PaymentState] = &[PaymentState::Failed, PaymentState::Cancelled, PaymentState::Expired];
/// Whoever tried to pay so recently may be about to try again, whatever became of it.
const TRIED_SECONDS: i64 = DAY;

/// Gives at most `limit` of them up, the longest ordered first; says how many were due, and how many of these failed. One that was ever
/// paid, or has a payment that is open or in a person's hands, is never due; nor is one that stands at a server.
pub async fn discard_unpaid(app: &App, limit: u64) -> Result<(usize, usize), FlowError> {
    let seconds = app.settings.unpaid_seconds();
    let nothing = Nothing { states: NOTHING_CAME, opened_by: app.wall.now().plus(-TRIED_SECONDS) };
    let due = app.store.unpaid_tenants(app.clock.now(), seconds, nothing, limit).await?;
    let mut failed = 0;
    for id in &due {
        if let Err(error) = give_up(app, *id, nothing).await {
            tracing::error!(tenant = %id, %error, "a panel that nobody pays for could not be given up");
            failed += 1;
        }
    }
    Ok((due.len(), failed))
}

async fn give_up(app: &App, id: TenantId, nothing: Nothing<'_>) -> Result<(), FlowError> {
    let tx = app.store.begin().await?;
    let Some(record) = tx.tenant(id).await? else { return Ok(()) };
    let now = record.time(app.clock.now());
    // Somebody may have paid, or begun to, since the list was made.
    let is_over = kept_until(app, &record).is_some_and(|until| until <= now);
    if !is_over || tx.has_payment_but(&record, nothing).await? {
        return Ok(());
    }
    let record = gone(app, &tx, record, &Event::NeverPaid, &Actor::SYSTEM, now).await?;
    let news = News { id: EffectId::new(app.ids.uuid()), kind: NoticeKind::GivenUp, value: None, at: now };
    tell(app, &tx, &record, news).await?;
    publish(app, tx).await?;
    Ok(())
}
