//! Time and chance, as far as asking needs them: handed in, so that a test moves the one and knows the other.

use std::time::{Duration, Instant};

use async_trait::async_trait;
use rand::RngExt as _;

/// A stopwatch, a pause and a die.
#[async_trait]
pub trait Pace: Send + Sync {
    /// A moment, for measuring only.
    fn now(&self) -> Instant;

    /// Waits.
    async fn pause(&self, how_long: Duration);

    /// Any length from `least` to `most`, both included; `least` if `most` is shorter.
    fn between(&self, least: Duration, most: Duration) -> Duration;
}

/// The machine's own.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemPace;

#[async_trait]
impl Pace for SystemPace {
    fn now(&self) -> Instant {
        Instant::now()
    }

    async fn pause(&self, how_long: Duration) {
        tokio::time::sleep(how_long).await;
    }

    fn between(&self, least: Duration, most: Duration) -> Duration {
        rand::rng().random_range(least..=most.max(least))
    }
}
