//! Time as a test wants it: it stands still unless moved, and a pause takes none of the test's.

use std::sync::Mutex;
use std::time::{Duration, Instant};

use async_trait::async_trait;
use hourglass::adapter::sslcommerz::{Pace, SystemPace};

/// Moved by hand and by pauses, which it keeps.
pub(crate) struct QuickPace {
    now: Mutex<Instant>,
    pauses: Mutex<Vec<Duration>>,
}

impl Default for QuickPace {
    fn default() -> Self {
        Self { now: Mutex::new(SystemPace.now()), pauses: Mutex::default() }
    }
}

impl QuickPace {
    /// Moves time on.
    pub(crate) fn passes(&self, time: Duration) {
        *self.now.lock().unwrap() += time;
    }

    /// Every pause so far.
    pub(crate) fn pauses(&self) -> Vec<Duration> {
        self.pauses.lock().unwrap().clone()
    }
}

#[async_trait]
impl Pace for QuickPace {
    fn now(&self) -> Instant {
        *self.now.lock().unwrap()
    }

    async fn pause(&self, how_long: Duration) {
        self.pauses.lock().unwrap().push(how_long);
        self.passes(how_long);
    }

    fn between(&self, least: Duration, _: Duration) -> Duration {
        least
    }
}
