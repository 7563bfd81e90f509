//! How guessing is made slow: failures in a row make an address wait, longer each time.

use crate::flow::FlowError;
use crate::store::{Failures, StoreError, Tx};
use shared::time::{HOUR, Timestamp};

/// So many failures are forgiven.
const FREE_FAILURES: u32 = 5;
/// The first wait; it doubles with each further failure.
const FIRST_WAIT_SECONDS: i64 = 30;
/// The longest wait.
const LONGEST_WAIT_SECONDS: i64 = HOUR;

/// Refuses to look at anything while the address waits.
pub(in crate::flow) fn may_try(failures: Failures, now: Timestamp) -> Result<(), FlowError> {
    let left = failures.locked_until.map_or(0, |until| until.seconds_since(now));
    match u32::try_from(left) {
        Ok(retry_after_seconds) if retry_after_seconds > 0 => Err(FlowError::LockedOut { retry_after_seconds }),
        _ => Ok(()),
    }
}

/// Notes one more failure, in the transaction that has locked `failures`.
pub(in crate::flow) async fn one_more(
    tx: &Tx,
    email: &str,
    failures: Failures,
    now: Timestamp,
) -> Result<(), StoreError> {
    let count = failures.count.saturating_add(1);
    tx.set_failures(email, count, now.plus(wait_after(count))).await
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
