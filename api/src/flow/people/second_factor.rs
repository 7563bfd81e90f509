//! The second factor: when it is asked for, and which codes are good. Each code is good once, a recovery code as well.

use crate::app::App;
use crate::flow::FlowError;
use crate::keys::{fingerprint, totp};
use crate::store::{SecondFactorRecord, Tx};
use shared::ids::UserId;
use shared::time::Timestamp;

/// So many digits has a code; what has not is taken for a recovery code.
const CODE_DIGITS: usize = 6;
const RECOVERY_CODES: usize = 10;
/// 80 bits, so that a plain hash keeps them.
const RECOVERY_BYTES: usize = 10;
/// So many characters stand together.
const RECOVERY_GROUP: usize = 4;

/// A person's second factor, locked, if signing in asks for it.
pub(in crate::flow) async fn in_force(tx: &Tx, user_id: UserId) -> Result<Option<SecondFactorRecord>, FlowError> {
    Ok(tx.second_factor(user_id).await?.filter(|factor| factor.since.is_some()))
}

/// Uses a code up: six digits of about now, or a recovery code. `false` if it is none, or was used before.
pub(in crate::flow) async fn use_code(
    app: &App,
    tx: &Tx,
    user_id: UserId,
    factor: &SecondFactorRecord,
    code: &str,
    now: Timestamp,
) -> Result<bool, FlowError> {
    let code = plain(code);
    if !is_of_clock(&code) {
        return Ok(tx.use_recovery_code(user_id, &hash(user_id, &code)).await?);
    }
    match step(app, user_id, factor, &code, now)? {
        Some(step) => Ok(tx.use_step(user_id, step).await?),
        None => Ok(false),
    }
}

/// The step of a code of the clock, if it is good now. It is not used up.
pub(super) fn step(
    app: &App,
    user_id: UserId,
    factor: &SecondFactorRecord,
    code: &str,
    now: Timestamp,
) -> Result<Option<i64>, FlowError> {
    let secret = totp::from_base32(&app.safe.open(&belongs_to(user_id), &factor.locked)?).unwrap_or_default();
    let usable = secret.len() == totp::SECRET_BYTES;
    Ok(totp::step_of(&secret, &plain(code), now, factor.last_step).filter(|_| usable))
}

/// A secret, in base 32, as the safe keeps it.
pub(super) fn lock(app: &App, user_id: UserId, secret: &str) -> Result<String, FlowError> {
    Ok(app.safe.lock(&belongs_to(user_id), secret, &app.ids.secret())?)
}

/// New recovery codes, in place of all that there were.
pub(super) async fn new_codes(app: &App, tx: &Tx, user_id: UserId) -> Result<Vec<String>, FlowError> {
    let codes: Vec<String> =
        (0..RECOVERY_CODES).map(|_| totp::base32(&app.ids.secret()[..RECOVERY_BYTES]).to_lowercase()).collect();
    let hashes: Vec<String> = codes.iter().map(|code| hash(user_id, code)).collect();
    tx.set_recovery_codes(user_id, &hashes).await?;
    Ok(codes.iter().map(|code| grouped(code)).collect())
}

fn belongs_to(user_id: UserId) -> String {
    format!("second factor of {user_id}")
}

fn hash(user_id: UserId, code: &str) -> String {
    fingerprint(&format!("{user_id} {code}"))
}

fn grouped(code: &str) -> String {
    let chars: Vec<char> = code.chars().collect();
    chars.chunks(RECOVERY_GROUP).map(String::from_iter).collect::<Vec<_>>().join("-")
}

fn is_of_clock(code: &str) -> bool {
    code.len() == CODE_DIGITS && code.bytes().all(|b| b.is_ascii_digit())
}

/// A code as it was given, however it was typed: without spaces and hyphens, in Latin digits and small letters.
fn plain(code: &str) -> String {
    let latin = |c: char| {
        let digit = u32::from(c).checked_sub(u32::from('০')).filter(|digit| *digit < 10);
        digit.and_then(|digit| char::from_digit(digit, 10)).unwrap_or(c)
    };
    let kept = code.chars().filter(|c| !c.is_whitespace() && *c != '-');
    kept.map(latin).collect::<String>().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    // Harm prevented: a code is right, and refused for how it was typed.
    #[test]
    fn codes_are_read_however_they_are_typed() {
        assert_eq!(plain(" 123 456 "), "123456");
        assert_eq!(plain("১২৩ ৪৫৬"), "123456");
        assert_eq!(plain("ABCD-efgh 2345-6722"), "abcdefgh23456722");
        assert!(is_of_clock("123456") && !is_of_clock("12345") && !is_of_clock("12345x"));
        assert_eq!(grouped("abcdefgh23456722"), "abcd-efgh-2345-6722");
    }
}
