//! The night's copies begin.

use super::begin::{NewJob, begin};
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::publish::publish;
use shared::api::jobs::JobKind;
use shared::billing::state::Panel;
use shared::time::{DAY, HOUR, Timestamp};

/// When the night is darkest: two in the morning in Dhaka, in seconds of the UTC day.
const NIGHT_SECONDS: i64 = 20 * HOUR;

/// Begins copies of at most `limit` panels whose night has come. One at which something else is under way gets its copy tomorrow.
pub async fn nightly(app: &App, limit: u64) -> Result<usize, FlowError> {
    let now = app.wall.now();
    let tx = app.store.begin().await?;
    let due = tx.claim_copies(now, next_night(now), limit).await?;
    tx.commit().await?;
    for id in &due {
        let tx = app.store.begin().await?;
        let Some(record) = tx.tenant(*id).await? else { continue };
        let has_data = matches!(record.state.panel, Panel::Active | Panel::Stopped | Panel::Suspended(_));
        if !has_data || tx.open_job(*id).await?.is_some() {
            continue;
        }
        let job = NewJob { id: app.ids.uuid(), kind: JobKind::BackUp, backup_id: None, requested_by: None };
        begin(app, &tx, &record, job).await?;
        publish(app, tx).await?;
    }
    Ok(due.len())
}

/// The next night after `now`.
pub(in crate::flow) const fn next_night(now: Timestamp) -> Timestamp {
    let today = now.unix().div_euclid(DAY) * DAY + NIGHT_SECONDS;
    Timestamp::from_unix(if today > now.unix() { today } else { today + DAY })
}
