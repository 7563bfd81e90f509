//! Signing in: a password is looked at only while the address is not locked, and failures make it wait longer each time.

use super::begin_session::{SignedIn, begin_session};
use super::fields;
use crate::app::App;
use crate::flow::FlowError;
use shared::api::auth::SignIn;
use shared::time::{HOUR, Timestamp};

/// So many failures are forgiven.
const FREE_FAILURES: u32 = 5;
/// The first wait; it doubles with each further failure.
const FIRST_WAIT_SECONDS: i64 = 30;
/// The longest wait.
const LONGEST_WAIT_SECONDS: i64 = HOUR;

/// Signs a person in. An unknown address and a wrong password get the same answer, after the same work.
pub async fn sign_in(app: &App, request: &SignIn) -> Result<SignedIn, FlowError> {
    let Ok(email) = fields::email(&request.email) else { return Err(FlowError::WrongCredentials) };
    if let Some(wait) = wait_left(app.store.failures(&email).await?.locked_until, app.wall.now()) {
        return Err(FlowError::LockedOut { retry_after_seconds: wait });
    }
    let user = app.store.user_by_email(&email).await?;
    let hash = user.as_ref().map(|user| user.password_hash.as_str());
    let fits = app.passwords.fits(&request.password, hash).await?;

    let now = app.wall.now();
    let tx = app.store.begin().await?;
    // Asked again under the lock: many guesses sent at once must not slip past together.
    let failures = tx.failures(&email).await?;
    if let Some(wait) = wait_left(failures.locked_until, now) {
        return Err(FlowError::LockedOut { retry_after_seconds: wait });
    }
    let Some(user) = user.filter(|_| fits) else {
        let count = failures.count.saturating_add(1);
        tx.set_failures(&email, count, now.plus(wait_after(count))).await?;
        tx.commit().await?;
        return Err(FlowError::WrongCredentials);
    };
    tx.clear_failures(&email).await?;
    let signed_in = begin_session(app, &tx, &user, now).await?;
    tx.commit().await?;
    Ok(signed_in)
}

fn wait_left(locked_until: Option<Timestamp>, now: Timestamp) -> Option<u32> {
    let left = locked_until?.seconds_since(now);
    u32::try_from(left).ok().filter(|left| *left > 0)
}

/// How long to wait after so many failures in a row.
fn wait_after(failures: u32) -> i64 {
    match failures.checked_sub(FREE_FAILURES) {
        None => 0,
        Some(over) => (FIRST_WAIT_SECONDS << over.min(16)).min(LONGEST_WAIT_SECONDS),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // Harm prevented: a password is guessed by trying all night.
    #[test]
    fn waits_double_up_to_an_hour() {
        let waits: Vec<i64> = [1, 4, 5, 6, 7, 12, 4_000_000_000].into_iter().map(wait_after).collect();
        assert_eq!(waits, [0, 0, 30, 60, 120, 3_600, 3_600]);
    }
}
