//! Whoever changes something of their own is signed in now, and not only by what their access token says.

use crate::flow::FlowError;
use crate::flow::auth::Caller;
use crate::store::{Tx, UserRecord};

/// The caller, locked until the transaction ends.
pub(super) async fn present(tx: &Tx, caller: &Caller) -> Result<UserRecord, FlowError> {
    let user = tx.locked_user(caller.user_id).await?.ok_or(FlowError::SessionEnded)?;
    signed_in(tx, caller).await?;
    Ok(user)
}

/// Refuses if the caller's sign-in has ended. People are locked before their sign-ins, always.
pub(super) async fn signed_in(tx: &Tx, caller: &Caller) -> Result<(), FlowError> {
    let Some(id) = caller.session_id else { return Ok(()) };
    let goes_on = tx.session(id).await?.is_some_and(|session| !session.ended);
    if goes_on { Ok(()) } else { Err(FlowError::SessionEnded) }
}
