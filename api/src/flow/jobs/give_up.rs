//! A job that cannot be done is taken back: nothing of it is left at the host.

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

/// Takes back at the host what the job has made so far. A new panel was never anybody's, so it goes as a whole. A panel that was
/// there before is put back as it was.
pub(super) async fn take_back(
    app: &App,
    job: &JobRecord,
    record: &TenantRecord,
    names: Names<'_>,
) -> Result<(), HostError> {
    let steps_done = job.kind.steps().iter().take(usize::try_from(job.step).unwrap_or(0));
    let named = steps_done.clone().any(|it| *it == JobStep::Name);
    match job.kind {
        JobKind::SetUp if record.adopted => Ok(()),
        JobKind::SetUp => {
            app.host.remove(names.aside).await?;
            if named { app.host.remove(names.panel).await } else { Ok(()) }
        }
        JobKind::Restore => {
            let set_aside = steps_done.clone().any(|it| *it == JobStep::SetAside);
            if set_aside && named {
                app.host.rename(names.panel, &names.aside.subdomain).await?;
            }
            if set_aside {
                app.host.rename(names.old, &names.panel.subdomain).await?;
            }
            app.host.remove(names.aside).await
        }
        JobKind::BackUp | JobKind::Remove => Ok(()),
    }
}
