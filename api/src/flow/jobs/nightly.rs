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
    let mut begun = 0;
    for _ in 0..limit {
        let now = app.wall.now();
        // In one transaction with the copy that begins: whoever dies in between has not taken the night away.
        let tx = app.store.begin().await?;
        let Some(id) = tx.claim_copy(now, next_night(now)).await? else { break };
        let Some(record) = tx.tenant(id).await? else { break };
        let has_data = matches!(record.state.panel, Panel::Active | Panel::Stopped | Panel::Suspended(_));
        if has_data && tx.open_job(id).await?.is_none() {
            let job = NewJob { id: app.ids.uuid(), kind: JobKind::BackUp, backup_id: None, requested_by: None };
            begin(app, &tx, &record, job).await?;
        }
        publish(app, tx).await?;
        begun += 1;
    }
    Ok(begun)
}

/// The next night after `now`.
pub(in crate::flow) const fn next_night(now: Timestamp) -> Timestamp {
    let today = now.unix().div_euclid(DAY) * DAY + NIGHT_SECONDS;
    Timestamp::from_unix(if today > now.unix() { today } else { today + DAY })
}
