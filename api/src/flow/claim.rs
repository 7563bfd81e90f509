//! An `Idempotency-Key` is claimed inside the transaction of its story: with the same key the same story is told once.

use super::FlowError;
use super::auth::Caller;
use crate::app::App;
use crate::keys::fingerprint;
use crate::store::{Claimed, StoreError, StoredAnswer, Tx};
use serde::Serialize;

/// A request that died with its process frees its key after so long.
const KEY_LEASE_SECONDS: i64 = 60;

/// Claims `key` for what `request` describes. [`FlowError::Replayed`] if that was answered before.
pub(super) async fn claim(app: &App, tx: &Tx, caller: &Caller, key: &str, request: &str) -> Result<(), FlowError> {
    let now = app.wall.now();
    let lease = now.plus(KEY_LEASE_SECONDS);
    match tx.claim_idempotent(caller.user_id, key, &fingerprint(request), now, lease).await? {
        Claimed::Fresh => Ok(()),
        Claimed::Answered(answer) => Err(FlowError::Replayed(answer)),
        Claimed::InFlight => Err(FlowError::InFlight),
        Claimed::Mismatch => Err(FlowError::KeyMismatch),
    }
}

/// Keeps what is answered under a key that `tx` has claimed: whoever comes with it again gets the same.
pub(super) async fn keep_answer(
    tx: &Tx,
    caller: &Caller,
    key: &str,
    status: u16,
    answer: &impl Serialize,
) -> Result<(), StoreError> {
    let body = serde_json::to_string(answer).unwrap_or_default();
    tx.answer_idempotent(caller.user_id, key, &StoredAnswer { status, body }).await
}
