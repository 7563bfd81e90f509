//! Signing in: a password is looked at only while the address is not locked, a code only once the password fits, and failures of
//! both make the address wait longer each time.

use super::begin_session::{SignedIn, begin_session};
use super::failures::{may_try, one_more};
use super::fields;
use crate::app::App;
use crate::flow::FlowError;
use crate::flow::people::second_factor::{in_force, use_code};
use crate::store::{Tx, UserRecord};
use shared::api::auth::SignIn;
use shared::time::Timestamp;

/// Signs a person in at `browser`. An unknown address and a wrong password get the same answer, after the same work, whether there
/// is a second factor or not.
pub async fn sign_in(app: &App, request: &SignIn, browser: &str) -> Result<SignedIn, FlowError> {
    let Ok(email) = fields::email(&request.email) else { return Err(FlowError::WrongCredentials) };
    may_try(app.store.failures(&email).await?, app.wall.now())?;
    let found = app.store.user_by_email(&email).await?;
    let hash = found.as_ref().map(|user| user.password_hash.as_str());
    let fits = app.passwords.fits(&request.password, hash).await?;

    let now = app.wall.now();
    let tx = app.store.begin().await?;
    // Asked again under the lock: many guesses sent at once must not slip past together.
    let failures = tx.failures(&email).await?;
    may_try(failures, now)?;
    let Some(user) = still(&tx, found.filter(|_| fits)).await? else {
        one_more(&tx, &email, failures, now).await?;
        tx.commit().await?;
        return Err(FlowError::WrongCredentials);
    };
    match code_of(app, &tx, &user, request, now).await? {
        Code::Good => {}
        // Whoever has not been asked for a code has guessed at nothing.
        Code::Missing => return Err(FlowError::SecondFactorNeeded),
        Code::Wrong => {
            one_more(&tx, &email, failures, now).await?;
            tx.commit().await?;
            return Err(FlowError::SecondFactorNeeded);
        }
    }
    tx.clear_failures(&email).await?;
    let signed_in = begin_session(app, &tx, &user, browser, now).await?;
    tx.commit().await?;
    Ok(signed_in)
}

/// The person, locked, unless they were removed, or their password changed, while the one that was sent was looked at.
async fn still(tx: &Tx, found: Option<UserRecord>) -> Result<Option<UserRecord>, FlowError> {
    let Some(found) = found else { return Ok(None) };
    Ok(tx.locked_user(found.id).await?.filter(|user| user.password_hash == found.password_hash))
}

enum Code {
    Good,
    Missing,
    Wrong,
}

async fn code_of(app: &App, tx: &Tx, user: &UserRecord, request: &SignIn, now: Timestamp) -> Result<Code, FlowError> {
    let Some(factor) = in_force(tx, user.id).await? else { return Ok(Code::Good) };
    let Some(code) = request.code.as_deref().filter(|code| !code.trim().is_empty()) else { return Ok(Code::Missing) };
    let good = use_code(app, tx, user.id, &factor, code, now).await?;
    Ok(if good { Code::Good } else { Code::Wrong })
}
