//! From what is kept of a job to what is shown.

use crate::store::JobRecord;
use shared::api::auth::Role;
use shared::api::jobs::{JobState, JobView};

/// A job as somebody with that role sees it: the words of servers and programs are for operators.
pub(in crate::flow) fn view(job: &JobRecord, role: Role) -> JobView {
    let state = match (job.finished_at, job.failed) {
        (_, true) => JobState::Failed,
        (None, false) => JobState::Running,
        (Some(_), false) => JobState::Done,
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
        trouble: job.trouble,
        trouble_words: job.trouble_words.clone().filter(|_| role == Role::Operator),
        backup_id: job.backup_id,
        created_at: job.created_at,
        finished_at: job.finished_at,
    }
}
