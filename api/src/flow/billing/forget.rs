//! Forgets what nobody needs any more, so that small tables stay small.

use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::begin_session::REFRESH_SECONDS;
use shared::time::DAY;

/// Changes are kept for processes that lag behind.
const CHANGES_KEPT: i64 = 10_000;

/// What was done at panels' servers is shown for so long.
const JOBS_KEPT_DAYS: i64 = 90;

/// What was written to whom, who was asked to join and who was signed in where is looked up for so long.
const LETTERS_KEPT_DAYS: i64 = 30;

/// Forgets old changes, jobs, letters, links, invitations and sign-ins that are over; and a day after they were over, idempotency keys,
/// refresh tokens, tickets, failed sign-ins, and who asked for a new password or asked others to join.
pub async fn forget(app: &App) -> Result<(), FlowError> {
    let latest = app.store.latest_change().await?;
    let tx = app.store.begin().await?;
    tx.forget_changes(latest - CHANGES_KEPT).await?;
    let yesterday = app.wall.now().plus(-DAY);
    tx.forget_idempotent(yesterday).await?;
    tx.forget_expired(yesterday).await?;
    tx.forget_failures(yesterday).await?;
    let long_ago = app.wall.now().plus(-LETTERS_KEPT_DAYS * DAY);
    tx.forget_letters(long_ago).await?;
    tx.forget_links(long_ago).await?;
    tx.forget_invitations(long_ago).await?;
    // One that nobody ended is over once its browser has stayed away for too long.
    tx.forget_sessions(long_ago, long_ago.plus(-REFRESH_SECONDS)).await?;
    tx.forget_invitation_tries(yesterday).await?;
    tx.forget_reset_requests(yesterday).await?;
    tx.forget_jobs(app.wall.now().plus(-JOBS_KEPT_DAYS * DAY)).await?;
    Ok(tx.commit().await?)
}
