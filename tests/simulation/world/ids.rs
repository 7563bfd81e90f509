//! Ids that are the same in every run, and sort in the order in which they were given.

use hourglass::port::ids::Ids;
use std::sync::atomic::{AtomicU64, Ordering};
use uuid::{Builder, Uuid};

/// Counts.
#[derive(Debug, Default)]
pub(crate) struct CountedIds {
    given: AtomicU64,
}

impl Ids for CountedIds {
    fn uuid(&self) -> Uuid {
        let number = self.given.fetch_add(1, Ordering::SeqCst);
        // At both ends: a part of an id, too, may have to tell one from another.
        let mut tail = [0; 10];
        tail[2..].copy_from_slice(&number.to_be_bytes());
        Builder::from_unix_timestamp_millis(1_767_592_800_000 + number, &tail).into_uuid()
    }

    fn secret(&self) -> [u8; 32] {
        let number = self.given.fetch_add(1, Ordering::SeqCst).to_be_bytes();
        std::array::from_fn(|at| number[at % number.len()])
    }
}
