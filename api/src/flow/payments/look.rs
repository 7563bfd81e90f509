//! When is the gateway asked again about what may still change?

use crate::store::PaymentRecord;
use shared::time::{DAY, Timestamp};

/// Asked again after so long if the gateway does not answer, or if the worker that asks dies.
pub(super) const LEASE_SECONDS: i64 = 300;

/// After so many looks (about two weeks) a payment is left alone; a late notice is still taken.
pub(super) const LOOKS_MAX: u32 = 24;

/// The next look by the wall clock: soon at first, then rarer, at most a day apart; `None` when enough was asked.
pub(super) fn next_look(payment: &PaymentRecord, first_seconds: i64, now: Timestamp) -> Option<Timestamp> {
    (payment.looks < LOOKS_MAX).then(|| now.plus(again_after(payment.looks, first_seconds)))
}

/// How long to wait after so many looks.
pub(super) fn again_after(looks: u32, first_seconds: i64) -> i64 {
    (first_seconds << looks.min(12)).min(DAY)
}
