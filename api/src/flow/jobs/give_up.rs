//! A job that cannot be done is taken back: nothing of it is left at the host.
//!
//! The step at hand may have been done although nobody heard of it, so it is taken back, too. Each rename is done already if
//! only the new name is there, so what was not done stays as it is.

use crate::app::App;
use crate::port::host::{HostError, PanelAddress};
use crate::store::{JobRecord, TenantRecord};
use shared::api::jobs::{JobKind, JobStep};

/// The databases that a job knows.
#[derive(Clone, Copy)]
pub(super) struct Names<'a> {
    /// The one that has the panel's name.
    pub(super) panel: &'a PanelAddress,
    /// What the job builds.
    pub(super) aside: &'a PanelAddress,
    /// What made way for it.
    pub(super) old: &'a PanelAddress,
}

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
    names: Names<'_>,
) -> Result<(), HostError> {
    let Names { panel, aside, old } = names;
    match job.kind {
        JobKind::SetUp if record.adopted => Ok(()),
        JobKind::SetUp => {
            if reached(job, JobStep::Name) {
                unless_refused(app.host.rename(panel, &aside.subdomain).await)?;
            }
            app.host.remove(aside).await
        }
        JobKind::Restore => {
            if reached(job, JobStep::Name) {
                app.host.rename(panel, &aside.subdomain).await?;
            }
            if reached(job, JobStep::SetAside) {
                app.host.rename(old, &panel.subdomain).await?;
            }
            app.host.remove(aside).await
        }
        JobKind::BackUp | JobKind::Remove => Ok(()),
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
