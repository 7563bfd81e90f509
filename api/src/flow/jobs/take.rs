//! One step of a job, at the host.

use super::trouble::Hindered;
use super::{copies, place, set_up};
use crate::app::App;
use crate::flow::panel_address::panel_address;
use crate::port::host::{HostError, PanelAddress};
use crate::store::{JobRecord, TenantRecord};
use shared::api::jobs::{JobKind, JobStep, JobTrouble};

/// The databases that a job knows.
pub(super) struct Names {
    /// The one that has the panel's name.
    pub(super) panel: PanelAddress,
    /// What the job builds, under a name that belongs to this job alone.
    pub(super) aside: PanelAddress,
    /// What made way for it, until that is seen up.
    pub(super) old: PanelAddress,
}

impl Names {
    pub(super) fn of(job: &JobRecord, panel: PanelAddress) -> Self {
        let id = job.id.to_string();
        let tail = id.get(id.len().saturating_sub(12)..).unwrap_or_default();
        let aside = panel.beside(&format!("{}--{tail}", panel.subdomain));
        let old = panel.beside(&format!("{}-old", aside.subdomain));
        Self { panel, aside, old }
    }
}

/// Takes one step at the host. Taken again, it comes out the same.
pub(super) async fn take(app: &App, job: &JobRecord, record: &TenantRecord, at_hand: JobStep) -> Result<(), Hindered> {
    // What was there before it was a panel is only opened.
    let builds = matches!(at_hand, JobStep::Place | JobStep::Build | JobStep::Name) && job.kind == JobKind::SetUp;
    if builds && record.adopted {
        return Ok(());
    }
    if at_hand == JobStep::Place {
        return place::place(app, record).await;
    }
    let Some(panel) = panel_address(app, record).await? else {
        // What never was at a server is removed already.
        let nothing = job.kind == JobKind::Remove;
        let nowhere = || Hindered::refused(JobTrouble::Internal, "the panel is at no server");
        return if nothing { Ok(()) } else { Err(nowhere()) };
    };
    let Names { panel, aside, old } = &Names::of(job, panel);
    match at_hand {
        JobStep::Place => Ok(()),
        JobStep::Build => set_up::build(app, record, panel, aside).await,
        JobStep::Load => copies::load(app, job, record, aside).await,
        JobStep::Try => copies::try_out(app, aside).await,
        JobStep::SetAside => {
            rename_if_there(app, panel, old).await?;
            // Its scheduled work would go on under the other name.
            Ok(app.host.close(old).await?)
        }
        JobStep::Name => Ok(app.host.rename(aside, &panel.subdomain).await?),
        JobStep::Open => set_up::open(app, record, panel).await,
        JobStep::DropOld => copies::drop_old(app, job, record, old).await,
        JobStep::Copy => copies::copy(app, job, panel).await,
        // What was there before Hourglass stays there after it.
        JobStep::Drop if record.adopted => Ok(app.host.close(panel).await?),
        JobStep::Drop => Ok(app.host.remove(panel).await?),
    }
}

/// Renames a database; done, too, if the server shows none of either name. One that it does not show, since somebody has closed it, keeps
/// its name: whatever is to take that next is refused.
pub(super) async fn rename_if_there(app: &App, from: &PanelAddress, to: &PanelAddress) -> Result<(), Hindered> {
    match app.host.rename(from, &to.subdomain).await {
        Err(HostError::Refused(why)) => {
            let seen = app.host.survey(&from.server).await?;
            let is_there = |at: &PanelAddress| seen.databases.iter().any(|it| it.name == at.subdomain);
            if is_there(from) || is_there(to) { Err(HostError::Refused(why).into()) } else { Ok(()) }
        }
        told => Ok(told?),
    }
}
