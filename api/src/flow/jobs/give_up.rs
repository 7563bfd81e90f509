//! A job that cannot be done is taken back: nothing of it is left at the host.
//!
//! The step at hand may have been done although nobody heard of it, so it is taken back, too. Each rename is done already if
//! only the new name is there, so what was not done stays as it is.

use super::copies;
use super::set_up::let_in;
use super::take::{Names, rename_if_there};
use super::trouble::Hindered;
use crate::app::App;
use crate::port::host::HostError;
use crate::store::{JobRecord, TenantRecord};
use shared::api::jobs::{JobKind, JobStep};

/// Whether a job can still be taken back. What is to be removed is removed; and once a restored panel has its name, people
/// may be at work in it.
pub(super) fn can_give_up(job: &JobRecord) -> bool {
    match job.kind {
        JobKind::SetUp | JobKind::BackUp => true,
        JobKind::Restore => !reached(job, JobStep::Open),
        JobKind::Remove => false,
    }
}

/// Takes back at the host what the job has made so far. A new panel was never anybody's, so it goes as a whole. A panel that was
/// there before is put back as it was.
pub(super) async fn take_back(
    app: &App,
    job: &JobRecord,
    record: &TenantRecord,
    names: &Names,
) -> Result<(), Hindered> {
    let Names { panel, aside, old } = names;
    match job.kind {
        JobKind::SetUp if record.adopted => Ok(()),
        JobKind::SetUp => {
            if reached(job, JobStep::Name) {
                unless_refused(app.host.rename(panel, &aside.subdomain).await)?;
            }
            Ok(app.host.remove(aside).await?)
        }
        JobKind::Restore => {
            if reached(job, JobStep::Name) {
                rename_if_there(app, panel, aside).await?;
            }
            if reached(job, JobStep::SetAside) {
                rename_if_there(app, old, panel).await?;
                match let_in(app, record, panel).await {
                    // It was not there to begin with.
                    Ok(_) | Err(Hindered::Refused(_)) => {}
                    Err(hindered) => return Err(hindered),
                }
            }
            app.host.remove(aside).await?;
            copies::take_back(app, job).await
        }
        JobKind::BackUp => copies::take_back(app, job).await,
        JobKind::Remove => Ok(()),
    }
}

/// Whether a step is done, or at hand.
fn reached(job: &JobRecord, step: JobStep) -> bool {
    let at = job.kind.steps().iter().position(|it| *it == step);
    at.and_then(|at| u32::try_from(at).ok()).is_some_and(|at| at <= job.step)
}

/// Both names are there: then the one with the panel's name is somebody else's, and stays.
fn unless_refused(done: Result<(), HostError>) -> Result<(), HostError> {
    match done {
        Ok(()) | Err(HostError::Refused(_)) => Ok(()),
        Err(HostError::Unknown(unknown)) => Err(unknown.into()),
    }
}
