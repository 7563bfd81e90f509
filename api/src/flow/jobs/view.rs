//! From what is kept of a job to what is shown.

use crate::store::JobRecord;
use shared::api::jobs::{JobState, JobView};

/// A job as people see it.
pub(in crate::flow) fn view(job: &JobRecord) -> JobView {
    let state = match (job.finished_at, job.failed) {
        (None, _) => JobState::Running,
        (Some(_), false) => JobState::Done,
        (Some(_), true) => JobState::Failed,
    };
    let all = u32::try_from(job.kind.steps().len()).unwrap_or(u32::MAX).max(1);
    JobView {
        id: job.id,
        tenant_id: job.tenant_id,
        kind: job.kind,
        state,
        step: job.step_at_hand().filter(|_| state == JobState::Running),
        progress_percent: u8::try_from(job.step.min(all) * 100 / all).unwrap_or(100),
        tries: job.tries,
        trouble: job.trouble.clone(),
        backup_id: job.backup_id,
        created_at: job.created_at,
        finished_at: job.finished_at,
    }
}
