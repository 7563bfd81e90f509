//! A stopwatch that a test moves by hand, pauses that take no time, and a die that always shows the least.

use std::sync::Mutex;
use std::time::{Duration, Instant};

use async_trait::async_trait;

use super::pace::Pace;

/// Stands still unless it is moved; a pause moves it.
#[derive(Debug)]
pub(super) struct StillPace(Mutex<Instant>);

impl Default for StillPace {
    fn default() -> Self {
        Self(Mutex::new(Instant::now()))
    }
}

impl StillPace {
    /// Moves it on.
    pub(super) fn passes(&self, time: Duration) {
        *self.0.lock().unwrap() += time;
    }
}

#[async_trait]
impl Pace for StillPace {
    fn now(&self) -> Instant {
        *self.0.lock().unwrap()
    }

    async fn pause(&self, how_long: Duration) {
        self.passes(how_long);
    }

    fn between(&self, least: Duration, _: Duration) -> Duration {
        least
    }
}
