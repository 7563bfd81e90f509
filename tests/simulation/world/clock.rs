//! A clock that mostly goes on, sometimes stands or jumps, and now and then is set back.

use crate::seed::Chance;
use hourglass::port::clock::Clock;
use shared::time::Timestamp;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// How far one move goes, in seconds.
#[derive(Debug, Clone, Copy)]
enum Leap {
    Stand,
    Tick,
    Stride,
    Day,
    Jump,
    Back,
}

const LEAPS: &[(u32, Leap)] =
    &[(20, Leap::Stand), (30, Leap::Tick), (40, Leap::Stride), (6, Leap::Day), (1, Leap::Jump), (3, Leap::Back)];

/// The first instant of every history: 2026-01-05, 06:00 UTC.
pub(crate) const BEGINNING: i64 = 1_767_592_800;

/// Virtual time.
#[derive(Debug)]
pub(crate) struct VirtualClock {
    now: i64,
    stride: i64,
}

impl VirtualClock {
    /// `stride` is how far it usually goes at most, in seconds.
    pub(crate) const fn new(stride: i64) -> Self {
        Self { now: BEGINNING, stride }
    }

    /// What it shows.
    pub(crate) const fn now(&self) -> i64 {
        self.now
    }

    /// Lets some time pass, or not.
    pub(crate) fn go_on(&mut self, chance: &mut Chance) {
        let by = match chance.weighed(LEAPS) {
            Leap::Stand => 0,
            Leap::Tick => chance.within(1..=self.stride.min(60)),
            Leap::Stride => chance.within(1..=self.stride),
            Leap::Day => chance.within(1..=(8 * self.stride).min(90_000)),
            Leap::Jump => chance.within(1..=(100 * self.stride).min(20 * 86_400)),
            Leap::Back => -chance.within(1..=2 * self.stride),
        };
        self.now += by;
    }

    /// Goes on by so much.
    pub(crate) const fn pass(&mut self, seconds: i64) {
        self.now += seconds;
    }
}

/// The time of day, as one process of the product reads it: never earlier than it has read before.
#[derive(Debug)]
pub(crate) struct ProcessClock {
    shared: Arc<AtomicI64>,
    latest: AtomicI64,
}

impl ProcessClock {
    /// A process that was just started, and has read nothing yet.
    pub(crate) const fn new(shared: Arc<AtomicI64>) -> Self {
        Self { shared, latest: AtomicI64::new(0) }
    }
}

impl Clock for ProcessClock {
    fn now(&self) -> Timestamp {
        let now = self.shared.load(Ordering::SeqCst);
        Timestamp::from_unix(now.max(self.latest.fetch_max(now, Ordering::SeqCst)))
    }
}
