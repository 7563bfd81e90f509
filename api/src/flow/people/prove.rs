//! Whoever changes how they sign in, or who owns the account, shows first that it is they: whoever finds a page open is not.

use super::house::House;
use super::present::present;
use super::second_factor::{in_force, use_code};
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::auth::Caller;
use crate::flow::auth::failures::{may_try, one_more};
use crate::store::{Failures, Tx, UserRecord};
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
    let shown = Shown::of(app, caller, proof.password, now).await?;
    let (tx, failures) = shown.begin(app, now).await?;
    let user = present(&tx, caller).await?;
    let wrong = if !shown.fits(&user) {
        (proof.field, NOT_IT)
    } else if !code_fits(app, &tx, &user, proof.code, now).await? {
        ("/code", "is no code of your second factor, or was used before")
    } else {
        return Ok((tx, user));
    };
    Err(failed(tx, &user, failures, wrong, now).await?)
}

/// The people of the caller's account, all of them locked, and the transaction that holds them, if the caller owns it and shows their
/// password. If it is wrong, that is a failure as in signing in; one that is missing is none: nothing was guessed at.
pub(super) async fn prove_owner(
    app: &App,
    caller: &Caller,
    password: Option<&str>,
    now: Timestamp,
) -> Result<(Tx, House), FlowError> {
    let Some(password) = password.filter(|password| !password.is_empty()) else {
        // Whoever may not do it hears that, and not what they would need.
        House::of_owner(&app.store.begin().await?, caller).await?;
        return Err(FlowError::field("/password", "required", "is needed to make somebody an owner"));
    };
    let shown = Shown::of(app, caller, password, now).await?;
    let (tx, failures) = shown.begin(app, now).await?;
    let house = House::of_owner(&tx, caller).await?;
    if shown.fits(&house.me) {
        return Ok((tx, house));
    }
    Err(failed(tx, &house.me, failures, ("/password", NOT_IT), now).await?)
}

/// What is wrong with a wrong password.
const NOT_IT: &str = "is not your password";

/// A password that was looked at, before any transaction: that takes a while.
struct Shown {
    before: UserRecord,
    fitted: bool,
}

impl Shown {
    /// Looks at it, unless the caller's address waits.
    async fn of(app: &App, caller: &Caller, password: &str, now: Timestamp) -> Result<Self, FlowError> {
        let before = app.store.user(caller.user_id).await?.ok_or(FlowError::SessionEnded)?;
        may_try(app.store.failures(&before.email).await?, now)?;
        let fitted = app.passwords.fits(password, Some(&before.password_hash)).await?;
        Ok(Self { before, fitted })
    }

    /// Begins the transaction with the failures locked, before any people, as signing in does: guesses sent at once do not slip past
    /// together.
    async fn begin(&self, app: &App, now: Timestamp) -> Result<(Tx, Failures), FlowError> {
        let tx = app.store.begin().await?;
        let failures = tx.failures(&self.before.email).await?;
        may_try(failures, now)?;
        Ok((tx, failures))
    }

    /// Whether it was right, and still is: the password may have changed while it was looked at.
    fn fits(&self, user: &UserRecord) -> bool {
        self.fitted && user.password_hash == self.before.password_hash
    }
}

/// Notes the failure, and says what is wrong.
async fn failed(
    tx: Tx,
    user: &UserRecord,
    failures: Failures,
    (field, rule): (&str, &str),
    now: Timestamp,
) -> Result<FlowError, FlowError> {
    one_more(&tx, &user.email, failures, now).await?;
    tx.commit().await?;
    Ok(FlowError::field(field, "wrong", rule))
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
