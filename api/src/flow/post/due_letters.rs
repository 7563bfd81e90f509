//! Which letters must leave now?

use crate::app::App;
use crate::flow::FlowError;
use crate::store::LetterRecord;

/// Another worker tries after so long if this one dies. Handing a batch over takes less, whatever the outside does.
const LEASE_SECONDS: i64 = 600;

/// Takes at most `limit` due letters, those before all others that somebody waits for, each oldest first; none where none can be sent.
pub async fn due_letters(app: &App, limit: u64) -> Result<Vec<LetterRecord>, FlowError> {
    if app.post.is_none() {
        return Ok(Vec::new());
    }
    let now = app.wall.now();
    let tx = app.store.begin().await?;
    let due = tx.claim_letters(now, now.plus(LEASE_SECONDS), limit).await?;
    tx.commit().await?;
    Ok(due)
}
