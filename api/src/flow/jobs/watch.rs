//! Work that is not done for much longer than it takes is said to the operator, once.

use super::alerts::{alert, subject};
use crate::app::App;
use crate::flow::FlowError;
use shared::api::alerts::AlertKind;
use shared::api::jobs::JobKind;
use shared::time::HOUR;

/// People wait for these.
const AWAITED: (&[JobKind], i64) = (&[JobKind::SetUp, JobKind::Restore], HOUR / 4);
/// Nobody sits and waits for these.
const OTHERS: (&[JobKind], i64) = (&[JobKind::BackUp, JobKind::Remove], HOUR);

/// Raises an alert for each job whose present step was begun long ago and that is not over. One that only waits for its turn, as most of the
/// night's copies do, is not stuck. Says how many it raised.
pub async fn watch(app: &App) -> Result<usize, FlowError> {
    let (now, mut raised) = (app.wall.now(), 0);
    for (kinds, seconds) in [AWAITED, OTHERS] {
        for known in app.store.jobs_begun_before(kinds, now.plus(-seconds)).await? {
            let tx = app.store.begin().await?;
            let Some(job) = tx.job(known.id).await?.filter(|job| job.finished_at.is_none()) else { continue };
            let said = tx.last_alert(AlertKind::JobStuck, &subject(&job)).await?;
            // What a person has acknowledged is not said again of the same job.
            if said.is_some_and(|said| said.resolved.is_none() || said.at >= job.asked_at) {
                continue;
            }
            tx.insert_alert(&alert(app, &job, AlertKind::JobStuck)).await?;
            tx.commit().await?;
            tracing::error!(job = %job.id, kind = job.kind.name(), step = job.step, "a job is stuck");
            raised += 1;
        }
    }
    Ok(raised)
}
