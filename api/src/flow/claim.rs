//! An `Idempotency-Key` is claimed inside the transaction of its story: with the same key the same story is told once.

use super::FlowError;
use super::auth::Caller;
use crate::app::App;
use crate::keys::fingerprint;
use crate::store::{Claimed, Tx};

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
