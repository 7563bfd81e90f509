//! Goes on with one job, step by step, until it is done, has to wait, or cannot be done.

use super::due_jobs::Claim;
use super::give_up::{can_give_up, take_back};
use super::take::{Names, take};
use super::trouble::{Hindered, Trouble, too_late};
use super::written::{End, again, done, over};
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::panel_address::panel_address;
use crate::store::{JobRecord, TenantRecord};
use shared::api::jobs::{JobKind, JobTrouble};
use shared::billing::state::Panel;
use shared::time::HOUR;

/// How long a copy is tried.
const COPY_PATIENCE_SECONDS: i64 = 6 * HOUR;

/// Goes on with a job that this worker has claimed, as long as nobody else has. Whatever goes wrong is on record with it, unless our
/// own memory is what fails.
pub async fn pursue(app: &App, claim: Claim) -> Result<(), FlowError> {
    loop {
        let ours = |job: &JobRecord| job.finished_at.is_none() && job.claim == Some(claim.token);
        let Some(job) = app.store.job(claim.id).await?.filter(ours) else { return Ok(()) };
        match advance(app, &job).await {
            Ok(true) => {}
            Ok(false) => return Ok(()),
            Err(FlowError::Store(error)) => return Err(error.into()),
            Err(error) => {
                tracing::error!(job = %job.id, %error, "what came of a step could not be written down");
                return again(app, &job, &Trouble::new(JobTrouble::Internal, error.to_string())).await;
            }
        }
    }
}

/// Takes the step at hand, and writes down how it went. Says whether there is more to do now.
async fn advance(app: &App, job: &JobRecord) -> Result<bool, FlowError> {
    let Some(record) = app.store.tenant(job.tenant_id).await? else { return Ok(false) };
    if job.failed {
        return clean(app, job, &record).await;
    }
    let Some(at_hand) = job.step_at_hand() else { return Ok(false) };
    let took = if is_wanted(job, &record) {
        take(app, job, &record, at_hand).await
    } else {
        Err(Hindered::refused(JobTrouble::Internal, "it is not wanted any more"))
    };
    match took {
        Ok(()) => done(app, job).await,
        Err(Hindered::Store(error)) => Err(error.into()),
        Err(Hindered::Refused(why)) if can_give_up(job) => cannot(app, job, &record, &why).await,
        Err(Hindered::Unknown(why)) if is_out_of_patience(app, job) => {
            tracing::error!(job = %job.id, why = why.words, "nobody waits for this job any longer");
            cannot(app, job, &record, &too_late(job.kind, &why)).await
        }
        Err(Hindered::Unknown(why) | Hindered::Refused(why)) => again(app, job, &why).await.map(|()| false),
    }
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
        JobKind::BackUp | JobKind::Remove => COPY_PATIENCE_SECONDS,
    };
    let waited = |begun_at| app.wall.now().seconds_since(begun_at);
    can_give_up(job) && job.begun_at.is_some_and(|begun_at| waited(begun_at) >= patience_seconds)
}

/// The step cannot be done: what was done is taken back, and the job is over. If it cannot be taken back now, those who wait are
/// told all the same once their patience is over, and the job goes on until nothing of it is left.
async fn cannot(app: &App, job: &JobRecord, record: &TenantRecord, why: &Trouble) -> Result<bool, FlowError> {
    match taken_back(app, job, record).await {
        Ok(()) => over(app, job, why, End::Clean).await?,
        Err(Hindered::Store(error)) => return Err(error.into()),
        Err(Hindered::Unknown(left) | Hindered::Refused(left)) => {
            tracing::error!(job = %job.id, why = why.words, left = left.words, "a job could not be taken back yet");
            if is_out_of_patience(app, job) {
                over(app, job, why, End::Left).await?;
            } else {
                again(app, job, &Trouble::new(why.code, format!("{}; {}", why.words, left.words))).await?;
            }
        }
    }
    Ok(false)
}

/// Takes back what is left of a job that was given up.
async fn clean(app: &App, job: &JobRecord, record: &TenantRecord) -> Result<bool, FlowError> {
    match taken_back(app, job, record).await {
        Ok(()) => {
            let why = Trouble::new(
                job.trouble.unwrap_or(JobTrouble::Internal),
                job.trouble_words.clone().unwrap_or_default(),
            );
            over(app, job, &why, End::Clean).await?;
        }
        Err(Hindered::Store(error)) => return Err(error.into()),
        Err(Hindered::Unknown(left) | Hindered::Refused(left)) => again(app, job, &left).await?,
    }
    Ok(false)
}

async fn taken_back(app: &App, job: &JobRecord, record: &TenantRecord) -> Result<(), Hindered> {
    // At no server there is nothing of it.
    let Some(panel) = panel_address(app, record).await? else { return Ok(()) };
    take_back(app, job, record, &Names::of(job, panel)).await
}
