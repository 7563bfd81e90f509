//! Keeps one promise: at least once to the outside, exactly once in the memory.

use crate::app::App;
use crate::flow::FlowError;
use crate::flow::alert::{by_itself, new_alert};
use crate::flow::jobs::{NewJob, begin};
use crate::flow::notices::{News, tell};
use crate::flow::panel_address::panel_address;
use crate::flow::publish::publish;
use crate::flow::record_step::record_step;
use crate::port::Unknown;
use crate::port::host::HostError;
use crate::store::{Actor, AlertRecord, OutboxRow, TenantRecord, Tx};
use shared::api::alerts::AlertKind;
use shared::api::jobs::JobKind;
use shared::billing::effect::Effect;
use shared::billing::event::Event;
use shared::billing::state::{Billing, Panel, Suspension};
use shared::billing::step::step;
use shared::billing::usage::Seen;
use shared::time::Timestamp;

/// The longest wait between two tries.
const LONGEST_WAIT_SECONDS: i64 = 300;
/// After so many tries the operator is told: a promise that is due all the time has then waited for a quarter of an hour.
const STUCK_AFTER: u32 = 10;

/// Delivers a promise, or puts it off with a growing wait.
pub async fn deliver_effect(app: &App, row: &OutboxRow) -> Result<(), FlowError> {
    let opened_since = match act(app, row).await? {
        Ok(opened_since) => opened_since,
        Err(error) => return put_off(app, row, &error).await,
    };
    match keep(app, row, opened_since).await {
        // It was begun since we looked.
        Err(FlowError::JobUnderWay) => put_off(app, row, &under_way()).await,
        kept => kept,
    }
}

/// Notes that it is promised still, when it is tried again, and after some tries that a person has to look at it.
async fn put_off(app: &App, row: &OutboxRow, error: &HostError) -> Result<(), FlowError> {
    let wait = (1_i64 << row.attempts.min(9)).min(LONGEST_WAIT_SECONDS);
    tracing::warn!(effect = row.effect.name(), id = %row.id, %error, wait, "a promise could not be kept yet");
    let tx = app.store.begin().await?;
    let stuck = row.attempts >= STUCK_AFTER;
    if stuck {
        // An alert is about the tenant, and that is locked before its promise.
        tx.tenant(row.tenant_id).await?;
    }
    let open = tx.effect_failed(row.id, &error.to_string(), app.wall.now().plus(wait)).await?;
    // What a person has acknowledged is not said again of the same promise.
    if open && stuck && tx.last_alert(AlertKind::PromiseStuck, &row.id.to_string()).await?.is_none() {
        tx.insert_alert(&alert(app, row, error)).await?;
        tracing::error!(effect = row.effect.name(), id = %row.id, %error, "a promise is stuck");
    }
    Ok(tx.commit().await?)
}

fn alert(app: &App, row: &OutboxRow, error: &HostError) -> AlertRecord {
    AlertRecord {
        account_id: Some(row.account_id),
        tenant_id: Some(row.tenant_id),
        here: Some(row.effect.name().to_owned()),
        there: Some(error.to_string()),
        ..new_alert(app, AlertKind::PromiseStuck, &row.id.to_string())
    }
}

/// What has been done outside is put on record, with what follows.
async fn keep(app: &App, row: &OutboxRow, opened_since: Option<Timestamp>) -> Result<(), FlowError> {
    let tx = app.store.begin().await?;
    // The tenant is locked before its promise, as in every story: two stories never wait for each other.
    let record = tx.tenant(row.tenant_id).await?;
    if !tx.effect_delivered(row.id, app.wall.now()).await? {
        return Ok(());
    }
    if !matches!(row.effect, Effect::Notify { .. }) {
        tx.resolve_alert(AlertKind::PromiseStuck, &row.id.to_string(), &by_itself(app)).await?;
    }
    match row.effect {
        Effect::ClosePanel => {}
        Effect::Notify { notice, value } => {
            if let Some(record) = &record {
                tell(app, &tx, record, News { id: row.id, kind: notice, value, at: row.at }).await?;
            }
            tx.record_change(row.tenant_id, row.account_id).await?;
        }
        Effect::OpenPanel => {
            // One that was closed and started again meanwhile has a promise of its own.
            if let Some(record) = record.filter(|record| Some(record.state.panel_since) == opened_since) {
                opened(app, &tx, record).await?;
            }
        }
        Effect::SetUpPanel => begin_job(app, &tx, row, record, JobKind::SetUp).await?,
        Effect::RemovePanel => begin_job(app, &tx, row, record, JobKind::Remove).await?,
    }
    publish(app, tx).await?;
    Ok(())
}

/// What the outside has to do. A promise that time has overtaken (the panel was opened again, or has run out again)
/// asks nothing of it any more. If the panel was opened: since when it had been waiting for that.
async fn act(app: &App, row: &OutboxRow) -> Result<Result<Option<Timestamp>, HostError>, FlowError> {
    let Some(record) = app.store.tenant(row.tenant_id).await? else { return Ok(Ok(None)) };
    let open = record.state.panel.is_open();
    match row.effect {
        Effect::Notify { .. } => return Ok(Ok(None)),
        // What is under way at the panel ends first, wherever it is.
        Effect::SetUpPanel | Effect::RemovePanel => {
            let free = app.store.open_jobs(&[row.tenant_id]).await?.is_empty();
            return Ok(if free { Ok(None) } else { Err(under_way()) });
        }
        Effect::ClosePanel if open => return Ok(Ok(None)),
        Effect::OpenPanel if !may_open(&record) => return Ok(Ok(None)),
        Effect::ClosePanel | Effect::OpenPanel => {}
    }
    let panel = match panel_address(app, &record).await {
        Ok(panel) => panel,
        Err(FlowError::Store(error)) => return Err(error.into()),
        Err(error) => return Ok(Err(Unknown::new(format!("its server cannot be asked: {error}")).into())),
    };
    let opens = row.effect == Effect::OpenPanel;
    Ok(match panel {
        Some(panel) if opens => match app.host.open(&panel).await {
            // It was closed again while the host opened it, and the host may have been told to close it before.
            Ok(()) if !still_opens(app, row).await? => app.host.close(&panel).await.map(|()| None),
            // The card says so once it is seen up, and not before.
            Ok(()) if open || app.host.probe(&panel).await == Seen::Up => Ok(Some(record.state.panel_since)),
            Ok(()) => Err(Unknown::new("the panel was opened and is not up yet").into()),
            Err(error) => Err(error),
        },
        Some(panel) => app.host.close(&panel).await.map(|()| None),
        // It waits until a server takes it in.
        None if opens && !open => Err(Unknown::new("the panel stands at no server").into()),
        None => Ok(None),
    })
}

fn under_way() -> HostError {
    Unknown::new("something else is being done at the panel").into()
}

fn may_open(record: &TenantRecord) -> bool {
    let paid = matches!(record.state.billing, Billing::Running { .. } | Billing::Grace { .. });
    let waits = matches!(
        record.state.panel,
        Panel::Active | Panel::Suspended(Suspension::Opening { .. } | Suspension::BillingExpired)
    );
    paid && waits
}

async fn still_opens(app: &App, row: &OutboxRow) -> Result<bool, FlowError> {
    Ok(app.store.tenant(row.tenant_id).await?.is_some_and(|record| may_open(&record)))
}

/// What is promised takes several steps: it is done once the job stands. The job has the promise's name.
async fn begin_job(
    app: &App,
    tx: &Tx,
    row: &OutboxRow,
    record: Option<TenantRecord>,
    kind: JobKind,
) -> Result<(), FlowError> {
    let Some(record) = record else { return Ok(()) };
    begin(app, tx, &record, NewJob { id: row.id.uuid(), kind, backup_id: None, requested_by: None }).await?;
    Ok(())
}

/// The host has opened the panel: the gate may, too. If the core refuses, the panel has run out or was closed again
/// meanwhile, and stays closed; the promise is kept all the same.
async fn opened(app: &App, tx: &Tx, record: TenantRecord) -> Result<(), FlowError> {
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
