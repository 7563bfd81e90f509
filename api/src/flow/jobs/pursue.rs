//! Goes on with one job, step by step, until it is done, has to wait, or cannot be done.

use super::give_up::{Names, take_back};
use super::nightly::next_night;
use super::{copies, place, set_up};
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::panel_address::panel_address;
use crate::flow::publish::publish;
use crate::flow::record_step::record_step;
use crate::port::Unknown;
use crate::port::host::{HostError, PanelAddress};
use crate::store::{Actor, JobRecord, TenantRecord, Tx};
use shared::api::jobs::{JobKind, JobStep};
use shared::billing::event::Event;
use shared::billing::state::Panel;
use shared::billing::step::step;
use shared::ids::JobId;
use shared::time::HOUR;

/// The longest wait between two tries.
const LONGEST_WAIT_SECONDS: i64 = 60;
/// How long a copy is tried.
const COPY_PATIENCE_SECONDS: i64 = 6 * HOUR;

/// Goes on with a job that this worker has claimed.
pub async fn pursue(app: &App, id: JobId) -> Result<(), FlowError> {
    while let Some(job) = app.store.job(id).await?.filter(|job| job.finished_at.is_none()) {
        let Some(at_hand) = job.step_at_hand() else { return Ok(()) };
        let Some(record) = app.store.tenant(job.tenant_id).await? else { return Ok(()) };
        let did = if is_wanted(&job, &record) {
            take(app, &job, &record, at_hand).await?
        } else {
            Err(HostError::Refused("It is not wanted any more.".to_owned()))
        };
        let goes_on = match did {
            Ok(()) => done(app, &job).await?,
            Err(HostError::Unknown(why)) if !is_out_of_patience(app, &job) => again(app, &job, &why).await?,
            Err(HostError::Refused(why)) if job.kind == JobKind::Remove => again(app, &job, &Unknown::new(why)).await?,
            Err(HostError::Refused(why)) => cannot(app, &job, &record, &why).await?,
            Err(HostError::Unknown(why)) => {
                tracing::error!(job = %job.id, %why, "nobody waits for this job any longer");
                cannot(app, &job, &record, &too_late(app, &job)).await?
            }
        };
        if !goes_on {
            return Ok(());
        }
    }
    Ok(())
}

/// A set-up is wanted as long as the panel is being created: who removes it meanwhile wants none.
fn is_wanted(job: &JobRecord, record: &TenantRecord) -> bool {
    match job.kind {
        JobKind::SetUp => record.state.panel == Panel::Creating,
        JobKind::BackUp | JobKind::Restore | JobKind::Remove => true,
    }
}

/// People wait for a new panel, and for one that is restored. A copy may take until the next one is due. What is to be removed
/// is removed, however long it takes.
fn is_out_of_patience(app: &App, job: &JobRecord) -> bool {
    let patience_seconds = match job.kind {
        JobKind::SetUp | JobKind::Restore => app.settings.creation_seconds,
        JobKind::BackUp => COPY_PATIENCE_SECONDS,
        JobKind::Remove => return false,
    };
    app.wall.now().seconds_since(job.begun_at) >= patience_seconds
}

/// Why a job is given up for which nobody waits any longer, in words for the panel's people.
fn too_late(app: &App, job: &JobRecord) -> String {
    let minutes = app.settings.creation_seconds / 60;
    match job.kind {
        JobKind::SetUp => format!("The host did not bring the panel up within {minutes} minutes."),
        JobKind::Restore => format!("The copy could not be brought back within {minutes} minutes; the panel is as it was."),
        JobKind::BackUp | JobKind::Remove => "The panel's server did not answer for hours.".to_owned(),
    }
}

/// Where the database that makes way for a restored one waits until that is seen up.
fn old(job: &JobRecord, panel: &PanelAddress) -> PanelAddress {
    panel.beside(&format!("{}-old", aside(job, panel).subdomain))
}

/// Where the job builds: beside the panel, under a name that belongs to this job alone.
fn aside(job: &JobRecord, panel: &PanelAddress) -> PanelAddress {
    let id = job.id.to_string();
    let tail = id.get(id.len().saturating_sub(12)..).unwrap_or_default();
    panel.beside(&format!("{}--{tail}", panel.subdomain))
}

/// Takes one step at the host. `Err` of a host is an outcome, not a fault.
async fn take(
    app: &App,
    job: &JobRecord,
    record: &TenantRecord,
    at_hand: JobStep,
) -> Result<Result<(), HostError>, FlowError> {
    // What was there before it was a panel is only opened.
    let builds = matches!(at_hand, JobStep::Place | JobStep::Build | JobStep::Name) && job.kind == JobKind::SetUp;
    if builds && record.adopted {
        return Ok(Ok(()));
    }
    if at_hand == JobStep::Place {
        return place::place(app, record).await;
    }
    let Some(panel) = panel_address(app, record).await? else {
        // What never was at a server is removed already.
        let nothing = job.kind == JobKind::Remove;
        return Ok(if nothing { Ok(()) } else { Err(HostError::Refused("The panel is at no server.".to_owned())) });
    };
    let (aside, old) = (aside(job, &panel), old(job, &panel));
    Ok(match at_hand {
        JobStep::Place => Ok(()),
        JobStep::Build => set_up::build(app, record, &panel, &aside).await?,
        JobStep::Load => copies::load(app, job, &aside).await?,
        JobStep::SetAside => app.host.rename(&panel, &old.subdomain).await,
        JobStep::Name => app.host.rename(&aside, &panel.subdomain).await,
        JobStep::Open => set_up::open(app, record, &panel).await,
        JobStep::DropOld => app.host.remove(&old).await,
        JobStep::Copy => copies::copy(app, job, &panel).await?,
        JobStep::Drop => app.host.remove(&panel).await,
    })
}

/// The step is done. Says whether there is more to do.
async fn done(app: &App, known: &JobRecord) -> Result<bool, FlowError> {
    let Some((tx, record, mut job)) = lock(app, known).await? else { return Ok(false) };
    job.step += 1;
    (job.tries, job.trouble) = (0, None);
    let goes_on = job.step_at_hand().is_some();
    if goes_on {
        tx.record_change(job.tenant_id, job.account_id).await?;
        tx.save_job(&job).await?;
    } else {
        let event = match job.kind {
            JobKind::SetUp => Some(Event::PanelReady),
            JobKind::Remove => Some(Event::Removed),
            JobKind::BackUp | JobKind::Restore => None,
        };
        let kind = job.kind;
        finish(app, &tx, record, job, event).await?;
        match kind {
            JobKind::SetUp => tx.plan_copy(known.tenant_id, Some(next_night(app.wall.now()))).await?,
            JobKind::Remove => {
                tx.plan_copy(known.tenant_id, None).await?;
                // Not a name that anybody can ask for: the old one is free again.
                tx.free_subdomain(known.tenant_id, &format!("{}.{}", known.tenant_id.uuid().as_simple(), "removed")).await?;
            }
            JobKind::BackUp | JobKind::Restore => {}
        }
    }
    publish(app, tx).await?;
    Ok(goes_on)
}

/// Nothing is known of the step: it is tried again after a growing wait.
async fn again(app: &App, known: &JobRecord, why: &Unknown) -> Result<bool, FlowError> {
    let Some((tx, _, mut job)) = lock(app, known).await? else { return Ok(false) };
    let wait = (1_i64 << job.tries.min(6)).min(LONGEST_WAIT_SECONDS);
    tracing::warn!(job = %job.id, kind = job.kind.name(), step = job.step, %why, wait, "a step could not be confirmed yet");
    job.tries += 1;
    job.trouble = Some(why.to_string());
    job.due_at = Some(app.wall.now().plus(wait));
    tx.record_change(job.tenant_id, job.account_id).await?;
    tx.save_job(&job).await?;
    publish(app, tx).await?;
    Ok(false)
}

/// The step cannot be done: what was done is taken back, and the job is over.
async fn cannot(app: &App, known: &JobRecord, record: &TenantRecord, why: &str) -> Result<bool, FlowError> {
    if let Some(panel) = panel_address(app, record).await? {
        let (aside, old) = (aside(known, &panel), old(known, &panel));
        match take_back(app, known, record, Names { panel: &panel, aside: &aside, old: &old }).await {
            Ok(()) => {}
            // Nobody waits any longer than the patience that is over; what may be left is found among the server's databases.
            Err(error) if is_out_of_patience(app, known) => {
                tracing::error!(job = %known.id, %error, "what a job had begun may be left at the host");
            }
            Err(error) => return again(app, known, &Unknown::new(error.to_string())).await,
        }
    }
    let Some((tx, record, mut job)) = lock(app, known).await? else { return Ok(false) };
    tracing::error!(job = %job.id, kind = job.kind.name(), step = job.step, why, "a job was given up");
    job.failed = true;
    job.trouble = Some(why.to_owned());
    let wanted = is_wanted(&job, &record);
    let event = match job.kind {
        JobKind::SetUp if wanted => Some(Event::CreationFailed { reason: why.to_owned() }),
        JobKind::SetUp | JobKind::BackUp | JobKind::Restore | JobKind::Remove => None,
    };
    finish(app, &tx, record, job, event).await?;
    publish(app, tx).await?;
    Ok(false)
}

/// Opens the transaction that writes down how a step went, unless somebody else did meanwhile.
async fn lock(app: &App, known: &JobRecord) -> Result<Option<(Tx, TenantRecord, JobRecord)>, FlowError> {
    let tx = app.store.begin().await?;
    let Some(record) = tx.tenant(known.tenant_id).await? else { return Ok(None) };
    let Some(job) = tx.job(known.id).await? else { return Ok(None) };
    let same = job.finished_at.is_none() && job.step == known.step;
    Ok(same.then_some((tx, record, job)))
}

async fn finish(
    app: &App,
    tx: &Tx,
    record: TenantRecord,
    mut job: JobRecord,
    event: Option<Event>,
) -> Result<(), FlowError> {
    let now = record.time(app.clock.now());
    job.due_at = None;
    job.finished_at = Some(now);
    tx.save_job(&job).await?;
    let Some(event) = event else { return Ok(tx.record_change(job.tenant_id, job.account_id).await?) };
    let next = step(&record.state, &event, now)?;
    record_step(app, tx, record, next, &Actor::SYSTEM, now).await?;
    Ok(())
}
