//! When is the gateway asked again about a payment that may still change?

use crate::store::PaymentRecord;
use shared::time::{DAY, Timestamp};

/// After so many looks (about two weeks) a payment is left alone; a late notice is still taken.
const LOOKS_MAX: u32 = 24;

/// The next look by the wall clock: soon at first, then rarer, at most a day apart; `None` when enough was asked.
pub(super) fn next_look(payment: &PaymentRecord, first_seconds: i64, now: Timestamp) -> Option<Timestamp> {
    let wait = (first_seconds << payment.looks.min(12)).min(DAY);
    (payment.looks < LOOKS_MAX).then(|| now.plus(wait))
}
