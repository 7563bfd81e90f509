//! Whoever changes how they sign in shows first that it is they: whoever finds a page open is not.

use super::present::present;
use super::second_factor::{in_force, use_code};
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use crate::flow::auth::failures::{may_try, one_more};
use crate::store::{Tx, UserRecord};
use shared::time::Timestamp;

/// What somebody shows.
pub(super) struct Proof<'a> {
    /// Their password.
    pub(super) password: &'a str,
    /// The field that holds it: `/password`.
    pub(super) field: &'static str,
    /// A code of their second factor, or a recovery code, where that is asked for, too.
    pub(super) code: Option<&'a str>,
}

/// Refuses while the caller's address waits. Asked before anything that takes a while.
pub(super) async fn may_prove(app: &App, caller: &Caller, now: Timestamp) -> Result<(), FlowError> {
    let user = app.store.user(caller.user_id).await?.ok_or(FlowError::SessionEnded)?;
    may_try(app.store.failures(&user.email).await?, now)
}

/// The caller, locked, and the transaction that holds them, if what they show is right. If it is not, that is a failure as in signing
/// in, and the field at fault is named.
pub(super) async fn prove(
    app: &App,
    caller: &Caller,
    proof: &Proof<'_>,
    now: Timestamp,
) -> Result<(Tx, UserRecord), FlowError> {
    let before = app.store.user(caller.user_id).await?.ok_or(FlowError::SessionEnded)?;
    may_try(app.store.failures(&before.email).await?, now)?;
    let fits = app.passwords.fits(proof.password, Some(&before.password_hash)).await?;

    let tx = app.store.begin().await?;
    let failures = tx.failures(&before.email).await?;
    may_try(failures, now)?;
    let user = present(&tx, caller).await?;
    let wrong = if !fits || user.password_hash != before.password_hash {
        Some((proof.field, "is not your password"))
    } else if !code_fits(app, &tx, &user, proof.code, now).await? {
        Some(("/code", "is no code of your second factor, or was used before"))
    } else {
        None
    };
    let Some((field, rule)) = wrong else { return Ok((tx, user)) };
    one_more(&tx, &user.email, failures, now).await?;
    tx.commit().await?;
    Err(FlowError::field(field, "wrong", rule))
}

async fn code_fits(
    app: &App,
    tx: &Tx,
    user: &UserRecord,
    code: Option<&str>,
    now: Timestamp,
) -> Result<bool, FlowError> {
    let Some(code) = code else { return Ok(true) };
    let factor = in_force(tx, user.id).await?.ok_or(FlowError::NoSecondFactor)?;
    use_code(app, tx, user.id, &factor, code, now).await
}
