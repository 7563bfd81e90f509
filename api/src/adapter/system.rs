//! The machine's own clock and randomness.

use crate::port::clock::Clock;
use crate::port::ids::Ids;
use rand::Rng;
use shared::time::Timestamp;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};
use uuid::{Builder, Uuid};

/// The machine's clock, kept from running backwards when somebody sets it back.
#[derive(Debug, Default)]
pub struct SystemClock {
    latest: AtomicI64,
}

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let seconds = i64::try_from(since_epoch.as_secs()).unwrap_or(i64::MAX);
        let earlier = self.latest.fetch_max(seconds, Ordering::SeqCst);
        Timestamp::from_unix(seconds.max(earlier))
    }
}

/// Randomness from the operating system; ids that sort in the order in which this process gave them.
#[derive(Debug, Default)]
pub struct SystemIds {
    /// The last id's milliseconds, then 12 bits that count within one millisecond.
    latest: AtomicU64,
}

impl Ids for SystemIds {
    fn uuid(&self) -> Uuid {
        let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let fresh = u64::try_from(since_epoch.as_millis()).unwrap_or(u64::MAX) << 12;
        let next = |latest: u64| fresh.max(latest + 1);
        let place = next(self.latest.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |l| Some(next(l))).unwrap_or(0));
        let mut random = [0_u8; 10];
        rand::rng().fill_bytes(&mut random);
        let [high, low] = u16::try_from(place & 0xfff).unwrap_or(0).to_be_bytes();
        random[0] = high;
        random[1] = low;
        Builder::from_unix_timestamp_millis(place >> 12, &random).into_uuid()
    }

    fn secret(&self) -> [u8; 32] {
        let mut random = [0_u8; 32];
        rand::rng().fill_bytes(&mut random);
        random
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // Harm prevented: rows that were written in one go are read back in another order.
    #[test]
    fn ids_sort_in_the_order_in_which_they_were_given() {
        let ids = SystemIds::default();
        let given: Vec<Uuid> = (0..10_000).map(|_| ids.uuid()).collect();
        assert!(given.is_sorted() && given.iter().all(|id| id.get_version_num() == 7));
    }
}
