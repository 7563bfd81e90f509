//! Which servers are to be asked now what they are?

use crate::app::App;
use crate::flow::FlowError;
use shared::ids::ServerId;

/// How often each is asked. Whoever takes one puts it off by as much, so no two workers ask at once.
const EVERY_SECONDS: i64 = 300;

/// Takes at most `limit` servers that are due, the longest overdue first.
pub async fn due_surveys(app: &App, limit: u64) -> Result<Vec<ServerId>, FlowError> {
    let now = app.wall.now();
    let tx = app.store.begin().await?;
    let due = tx.claim_surveys(now, now.plus(EVERY_SECONDS), limit).await?;
    tx.commit().await?;
    Ok(due)
}
