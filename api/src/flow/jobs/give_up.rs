//! A job that cannot be done is taken back: nothing of it is left at the host.

use crate::app::App;
use crate::port::host::{HostError, PanelAddress};
use crate::store::JobRecord;
use shared::api::jobs::{JobKind, JobStep};

/// Takes back at the host what the job has made so far. A new panel was never anybody's, so it goes as a whole; a panel that
/// was there before is never touched.
pub(super) async fn take_back(
    app: &App,
    job: &JobRecord,
    panel: &PanelAddress,
    aside: &PanelAddress,
) -> Result<(), HostError> {
    match job.kind {
        JobKind::SetUp => {
            app.host.remove(aside).await?;
            let named = job.kind.steps().iter().take(usize::try_from(job.step).unwrap_or(0)).any(|it| *it == JobStep::Name);
            if named { app.host.remove(panel).await } else { Ok(()) }
        }
        JobKind::BackUp | JobKind::Restore | JobKind::Remove => Ok(()),
    }
}
