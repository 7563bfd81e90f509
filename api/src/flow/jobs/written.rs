//! How a step of a job went, written down: by whoever holds the job, and by nobody else.

use super::alerts::{alert, solve, tell};
use super::nightly::next_night;
use super::trouble::{Trouble, reason};
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::publish::publish;
use crate::flow::record_step::record_step;
use crate::store::{Actor, JobRecord, TenantRecord, Tx};
use shared::api::alerts::AlertKind;
use shared::api::jobs::{JobKind, JobStep};
use shared::billing::event::Event;
use shared::billing::state::Panel;
use shared::billing::step::step;
use shared::time::{HOUR, Timestamp};

/// The longest wait between two tries of what people wait for.
const LONGEST_WAIT_SECONDS: i64 = 60;

/// How a job is given up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// Nothing of it is left.
    Clean,
    /// Something is, and is taken back later.
    Left,
}

/// The step is done. Says whether there is more to do.
pub(super) async fn done(app: &App, known: &JobRecord) -> Result<bool, FlowError> {
    let Some((tx, record, mut job)) = lock(app, known).await? else { return Ok(false) };
    // What takes hours by itself is not held against what follows.
    if matches!(job.step_at_hand(), Some(JobStep::Copy | JobStep::Load | JobStep::Try)) {
        job.begun_at = Some(app.wall.now());
    }
    job.step += 1;
    (job.tries, job.trouble, job.trouble_words) = (0, None, None);
    let goes_on = job.step_at_hand().is_some();
    if goes_on {
        tx.record_change(job.tenant_id, job.account_id).await?;
        tx.save_job(&job).await?;
    } else {
        let now = record.time(app.clock.now());
        finished(&mut job, now);
        tx.save_job(&job).await?;
        solve(app, &tx, &job).await?;
        tell(app, &tx, &record, &job, now).await?;
        ended_well(app, &tx, record, &job, now).await?;
    }
    publish(app, tx).await?;
    Ok(goes_on)
}

/// What follows from a job that is done.
async fn ended_well(
    app: &App,
    tx: &Tx,
    record: TenantRecord,
    job: &JobRecord,
    now: Timestamp,
) -> Result<(), FlowError> {
    let id = job.tenant_id;
    match job.kind {
        JobKind::SetUp => {
            let next = step(&record.state, &Event::PanelReady, now)?;
            record_step(app, tx, record, next, &Actor::SYSTEM, now).await?;
            tx.plan_copy(id, Some(next_night(app.wall.now()))).await?;
        }
        JobKind::Remove => {
            let next = step(&record.state, &Event::Removed, now)?;
            record_step(app, tx, record, next, &Actor::SYSTEM, now).await?;
            tx.plan_copy(id, None).await?;
            // Not a name that anybody can ask for: the old one is free again.
            tx.free_subdomain(id, &format!("{}.removed", id.uuid().as_simple())).await?;
        }
        JobKind::BackUp => tx.record_change(id, job.account_id).await?,
        JobKind::Restore => {
            // What was there before Hourglass has made way and stays aside; what has the panel's name now is ours.
            tx.mark_adopted(id, false).await?;
            tx.record_change(id, job.account_id).await?;
        }
    }
    Ok(())
}

/// Nothing is known of the step: it is tried again after a growing wait.
pub(super) async fn again(app: &App, known: &JobRecord, why: &Trouble) -> Result<(), FlowError> {
    let Some((tx, _, mut job)) = lock(app, known).await? else { return Ok(()) };
    // Why it was given up is not forgotten over what is in the way of taking it back.
    if !job.failed {
        job.trouble = Some(why.code);
    }
    job.trouble_words = Some(why.words.clone());
    let wait = put_off(app, &mut job);
    let kind = job.kind.name();
    tracing::warn!(job = %job.id, kind, step = job.step, why = why.words, wait, "a step could not be confirmed yet");
    tx.record_change(job.tenant_id, job.account_id).await?;
    tx.save_job(&job).await?;
    Ok(publish(app, tx).await?)
}

/// The job is given up; those who wait for it are told once.
pub(super) async fn over(app: &App, known: &JobRecord, why: &Trouble, end: End) -> Result<(), FlowError> {
    let Some((tx, record, mut job)) = lock(app, known).await? else { return Ok(()) };
    let now = record.time(app.clock.now());
    let is_news = !job.failed;
    if is_news {
        job.tries = 0;
    }
    job.failed = true;
    (job.trouble, job.trouble_words) = (Some(why.code), Some(why.words.clone()));
    match end {
        End::Clean => finished(&mut job, now),
        End::Left => {
            put_off(app, &mut job);
        }
    }
    tx.save_job(&job).await?;
    if is_news {
        tracing::error!(job = %job.id, kind = job.kind.name(), step = job.step, why = why.words, "a job was given up");
        if job.kind == JobKind::BackUp {
            tx.insert_alert(&alert(app, &job, AlertKind::CopyFailed)).await?;
        }
    }
    if end == End::Clean {
        tell(app, &tx, &record, &job, now).await?;
    }
    // Whatever has the panel's name there now is not this panel.
    let was_nothing = job.kind == JobKind::SetUp && !record.adopted && end == End::Clean;
    if is_news && job.kind == JobKind::SetUp && record.state.panel == Panel::Creating {
        let reason = reason(why.code, app.settings.creation_seconds / 60);
        let next = step(&record.state, &Event::CreationFailed { reason }, now)?;
        record_step(app, &tx, record, next, &Actor::SYSTEM, now).await?;
    } else {
        tx.record_change(job.tenant_id, job.account_id).await?;
    }
    if was_nothing {
        tx.place_tenant(job.tenant_id, None).await?;
    }
    Ok(publish(app, tx).await?)
}

/// Opens the transaction that writes down how a step went, unless somebody else is at the job by now.
async fn lock(app: &App, known: &JobRecord) -> Result<Option<(Tx, TenantRecord, JobRecord)>, FlowError> {
    let tx = app.store.begin().await?;
    let Some(record) = tx.tenant(known.tenant_id).await? else { return Ok(None) };
    let Some(job) = tx.job(known.id).await? else { return Ok(None) };
    let same = job.finished_at.is_none() && job.step == known.step && job.claim.is_some() && job.claim == known.claim;
    Ok(same.then_some((tx, record, job)))
}

fn finished(job: &mut JobRecord, now: Timestamp) {
    (job.due_at, job.claim, job.finished_at) = (None, None, Some(now));
}

/// Lets go of a job until its next try; says how many seconds that is. Whole panels are not copied every minute, and what was
/// given up waits for nobody.
fn put_off(app: &App, job: &mut JobRecord) -> i64 {
    let copies = matches!(job.kind, JobKind::BackUp | JobKind::Remove) && job.step_at_hand() == Some(JobStep::Copy);
    let longest = if copies || job.failed { HOUR } else { LONGEST_WAIT_SECONDS };
    let wait = (1_i64 << job.tries.min(12)).min(longest);
    job.tries += 1;
    (job.due_at, job.claim) = (Some(app.wall.now().plus(wait)), None);
    wait
}
