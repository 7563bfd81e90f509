//! The worker's whole timetable on one page.

use super::driver::{Job, Report, Run};
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::billing::{deliver_effect, due_effects, due_tenants, forget, hold_effects, observe};
use crate::flow::jobs::{drop_outlived, nightly, watch};
use crate::flow::payments::{confirm, due_payments, due_refunds, expire_orders, pursue_refund};
use crate::flow::post::{due_letters, send_letter};
use crate::flow::reconciliation::{begin, go_on};
use crate::flow::servers::{due_surveys, keep_asking};
use crate::flow::tenants::discard_unpaid;
use crate::store::OutboxRow;
use futures_util::future::select;
use futures_util::{FutureExt as _, StreamExt as _, stream};
use shared::api::jobs::JobKind;
use shared::ids::{EffectId, TenantId};
use std::collections::{BTreeMap, BTreeSet};
use std::pin::pin;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// At most so many of a kind in one turn.
const BATCH: u64 = 64;
/// Three questions of 15 s at the most for each, and all of them done before their lease is over.
const PAYMENTS_BATCH: u64 = 32;
/// Well within a promise's lease.
const HOLD_PROMISES_EVERY: Duration = Duration::from_secs(10);
/// Half a minute at the most for each, and all of them done before their lease is over. Few, because what is urgent waits for the batch
/// that is in hand.
const LETTERS_BATCH: u64 = 8;
/// So many lines to the mail server at once.
const LETTERS_AT_ONCE: usize = 4;
/// At most so many questions are asked outside at once.
const AT_ONCE: usize = 8;

/// What a turn does, in this order.
pub(super) const JOBS: &[Job] = &[
    Job { name: "panels", every_turns: 1, run: Run::Turns(|app| panels(app).boxed()) },
    Job { name: "payments", every_turns: 1, run: Run::Turns(|app| payments(app).boxed()) },
    Job { name: "promises", every_turns: 1, run: Run::Turns(|app| promises(app).boxed()) },
    // Nobody who waits for a new panel waits for somebody else's copy.
    Job { name: "set_up", every_turns: 1, run: Run::Slots(&[JobKind::SetUp]) },
    Job { name: "restore", every_turns: 1, run: Run::Slots(&[JobKind::Restore]) },
    Job { name: "remove", every_turns: 1, run: Run::Slots(&[JobKind::Remove]) },
    Job { name: "copy", every_turns: 1, run: Run::Slots(&[JobKind::BackUp]) },
    Job { name: "letters", every_turns: 1, run: Run::Turns(|app| letters(app).boxed()) },
    Job { name: "refunds", every_turns: 1, run: Run::Turns(|app| refunds(app).boxed()) },
    Job { name: "orders", every_turns: 1, run: Run::Turns(|app| orders(app).boxed()) },
    Job { name: "comparison", every_turns: 1, run: Run::Turns(|app| comparison(app).boxed()) },
    Job { name: "servers", every_turns: 60, run: Run::Turns(|app| servers(app).boxed()) },
    Job { name: "copies", every_turns: 240, run: Run::Turns(|app| copies(app).boxed()) },
    Job { name: "unpaid", every_turns: 240, run: Run::Turns(|app| unpaid(app).boxed()) },
    Job { name: "watch", every_turns: 60, run: Run::Turns(|app| watching(app).boxed()) },
    Job { name: "forget", every_turns: 3_600, run: Run::Turns(|app| forgetting(app).boxed()) },
];

async fn panels(app: &App) -> Result<Report, FlowError> {
    let due = due_tenants::due_tenants(app, BATCH).await?;
    let looks = stream::iter(due).map(|id| async move {
        let result = observe::observe(app, id).await;
        result.inspect_err(|error| tracing::error!(tenant = %id, %error, "a panel could not be accounted for")).is_ok()
    });
    Ok(Report::of(&looks.buffer_unordered(AT_ONCE).collect::<Vec<bool>>().await))
}

async fn payments(app: &App) -> Result<Report, FlowError> {
    let due = due_payments::due_payments(app, PAYMENTS_BATCH).await?;
    let looks = stream::iter(due).map(|id| async move {
        let result = confirm::confirm(app, id, None).await;
        result.inspect_err(|error| tracing::warn!(payment = %id, %error, "still not known")).is_ok()
    });
    Ok(Report::of(&looks.buffer_unordered(AT_ONCE).collect::<Vec<bool>>().await))
}

async fn refunds(app: &App) -> Result<Report, FlowError> {
    let due = due_refunds::due_refunds(app, PAYMENTS_BATCH).await?;
    let looks = stream::iter(due).map(|id| async move {
        let result = pursue_refund::pursue_refund(app, id).await;
        result.inspect_err(|error| tracing::warn!(refund = %id, %error, "still not known")).is_ok()
    });
    Ok(Report::of(&looks.buffer_unordered(AT_ONCE).collect::<Vec<bool>>().await))
}

async fn orders(app: &App) -> Result<Report, FlowError> {
    let (due, failed) = expire_orders::expire_orders(app, BATCH).await?;
    Ok(Report { due, failed })
}

/// Begins once a day, and goes on by a batch at each turn.
async fn comparison(app: &App) -> Result<Report, FlowError> {
    let did = begin::begin(app).await? | go_on::go_on(app, PAYMENTS_BATCH).await?;
    Ok(Report { due: usize::from(did), failed: 0 })
}

/// Those about one tenant one after the other, oldest first, so that what was promised first is done first; those about different
/// tenants at once, so that a server that hangs keeps nobody else waiting.
async fn promises(app: &App) -> Result<Report, FlowError> {
    let mut by_tenant: BTreeMap<TenantId, Vec<OutboxRow>> = BTreeMap::new();
    for row in due_effects::due_effects(app, BATCH).await? {
        by_tenant.entry(row.tenant_id).or_default().push(row);
    }
    let waiting: BTreeSet<EffectId> = by_tenant.values().flatten().map(|row| row.id).collect();
    let waiting = &Mutex::new(waiting);
    let kept = stream::iter(by_tenant.into_values()).map(|rows| async move {
        let mut done = Vec::new();
        for row in rows {
            let result = deliver_effect::deliver_effect(app, &row).await;
            waiting.lock().unwrap_or_else(PoisonError::into_inner).remove(&row.id);
            done.push(result.inspect_err(|error| tracing::error!(id = %row.id, %error, "a promise failed")).is_ok());
        }
        done
    });
    let kept = pin!(kept.buffer_unordered(AT_ONCE).concat());
    let done = select(kept, pin!(hold_promises(app, waiting))).await.factor_first().0;
    Ok(Report::of(&done))
}

/// As long as promises are being kept, other workers keep off those that are left.
async fn hold_promises(app: &App, waiting: &Mutex<BTreeSet<EffectId>>) -> Vec<bool> {
    loop {
        tokio::time::sleep(HOLD_PROMISES_EVERY).await;
        let left: Vec<EffectId> = waiting.lock().unwrap_or_else(PoisonError::into_inner).iter().copied().collect();
        if let Err(error) = hold_effects::hold_effects(app, &left).await {
            tracing::warn!(%error, "another worker may take these promises over");
        }
    }
}

/// A few at a time: mail servers turn those away who come with many.
async fn letters(app: &App) -> Result<Report, FlowError> {
    let due = due_letters::due_letters(app, LETTERS_BATCH).await?;
    let sent = stream::iter(due).map(|letter| async move {
        let result = send_letter::send_letter(app, &letter).await;
        result.inspect_err(|error| tracing::error!(letter = %letter.id, %error, "a letter failed")).is_ok()
    });
    Ok(Report::of(&sent.buffer_unordered(LETTERS_AT_ONCE).collect::<Vec<bool>>().await))
}

/// Each server says every few minutes what it is.
async fn servers(app: &App) -> Result<Report, FlowError> {
    let due = due_surveys::due_surveys(app, BATCH).await?;
    let asked = stream::iter(due).map(|id| async move {
        let result = keep_asking::keep_asking(app, id).await;
        result.inspect_err(|error| tracing::error!(server = %id, %error, "a server could not be asked")).is_ok()
    });
    Ok(Report::of(&asked.buffer_unordered(AT_ONCE).collect::<Vec<bool>>().await))
}

/// The night's copies, and those that are kept no longer.
async fn copies(app: &App) -> Result<Report, FlowError> {
    let due = nightly::nightly(app, BATCH).await? + drop_outlived::drop_outlived(app, BATCH).await?;
    Ok(Report { due, failed: 0 })
}

/// Panels that nobody pays for in time.
async fn unpaid(app: &App) -> Result<Report, FlowError> {
    let (due, failed) = discard_unpaid::discard_unpaid(app, BATCH).await?;
    Ok(Report { due, failed })
}

/// What is not done although it should be.
async fn watching(app: &App) -> Result<Report, FlowError> {
    Ok(Report { due: watch::watch(app).await?, failed: 0 })
}

async fn forgetting(app: &App) -> Result<Report, FlowError> {
    forget::forget(app).await?;
    Ok(Report::default())
}
