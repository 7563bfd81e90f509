//! Keeps one promise: at least once to the outside, exactly once in the memory.

use crate::app::App;
use crate::flow::FlowError;
use crate::flow::publish::publish;
use crate::flow::record_step::record_step;
use crate::port::Unknown;
use crate::port::host::PanelAddress;
use crate::store::{Actor, OutboxRow, Tx};
use shared::billing::effect::Effect;
use shared::billing::event::Event;
use shared::billing::state::{Billing, Panel, Suspension};
use shared::billing::step::step;

/// The longest wait between two tries.
const LONGEST_WAIT_SECONDS: i64 = 300;

/// Delivers a promise, or puts it off with a growing wait.
pub async fn deliver_effect(app: &App, row: &OutboxRow) -> Result<(), FlowError> {
    if let Err(unknown) = act(app, row).await? {
        let wait = (1_i64 << row.attempts.min(9)).min(LONGEST_WAIT_SECONDS);
        tracing::warn!(effect = row.effect.name(), id = %row.id, %unknown, wait, "a promise could not be kept yet");
        let tx = app.store.begin().await?;
        tx.effect_failed(row.id, &unknown.to_string(), app.wall.now().plus(wait)).await?;
        return Ok(tx.commit().await?);
    }
    let tx = app.store.begin().await?;
    // The tenant is locked before its promise, as in every story: two stories never wait for each other.
    let record = tx.tenant(row.tenant_id).await?;
    if !tx.effect_delivered(row.id, app.wall.now()).await? {
        return Ok(());
    }
    match row.effect {
        Effect::ClosePanel => {}
        Effect::Notify { notice, value } => {
            tx.insert_account_notice(row.id, row.account_id, row.tenant_id, (notice, value), row.at).await?;
            tx.record_change(row.tenant_id, row.account_id).await?;
        }
        Effect::OpenPanel => {
            if let Some(record) = record {
                opened(app, &tx, record).await?;
            }
        }
    }
    publish(app, tx).await?;
    Ok(())
}

/// What the outside has to do. A promise that time has overtaken (the panel was opened again, or has run out again)
/// asks nothing of it any more.
async fn act(app: &App, row: &OutboxRow) -> Result<Result<(), Unknown>, FlowError> {
    let Some(record) = app.store.tenant(row.tenant_id).await? else { return Ok(Ok(())) };
    let panel = PanelAddress { subdomain: record.subdomain };
    let open = record.state.panel.is_open();
    let paid = matches!(record.state.billing, Billing::Running { .. } | Billing::Grace { .. });
    let may_open = paid && matches!(record.state.panel, Panel::Active | Panel::Suspended(Suspension::BillingExpired));
    Ok(match row.effect {
        Effect::Notify { .. } => Ok(()),
        Effect::ClosePanel if open => Ok(()),
        Effect::ClosePanel => app.host.close(&panel).await,
        Effect::OpenPanel if !may_open => Ok(()),
        Effect::OpenPanel => app.host.open(&panel).await,
    })
}

/// The host has opened the panel: the gate may, too. If the core refuses, the panel has run out or was closed again
/// meanwhile, and stays closed; the promise is kept all the same.
async fn opened(app: &App, tx: &Tx, record: crate::store::TenantRecord) -> Result<(), FlowError> {
    let now = record.time(app.clock.now());
    match step(&record.state, &Event::PanelOpened, now) {
        Ok(next) => {
            record_step(app, tx, record, next, &Actor::SYSTEM, now).await?;
        }
        Err(refusal) => {
            tracing::info!(tenant = %record.state.id, %refusal, "a panel that was opened stays closed");
            // Nobody is left to open it: what has ended meanwhile is written down at once, not at the next look.
            let passed = step(&record.state, &Event::TimePassed, now)?;
            record_step(app, tx, record, passed, &Actor::SYSTEM, now).await?;
        }
    }
    Ok(())
}
