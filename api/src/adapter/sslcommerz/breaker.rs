//! When not to ask: a gateway that stays silent is left alone for a while, then asked by one caller first.
//!
//! Without it every page waits the whole patience for an answer that does not come, and a gateway that is getting up is
//! knocked over by all who waited. Knows no clock, no HTTP, and not what was asked.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// When a silent gateway is left alone, and for how long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BreakerConfig {
    /// After so many unanswered calls in a row.
    pub after: u32,
    /// So long at first; twice as long after each probe that was not answered either,
    pub shortest: Duration,
    /// but no longer than this.
    pub longest: Duration,
}

impl Default for BreakerConfig {
    fn default() -> Self {
        Self { after: 5, shortest: Duration::from_secs(15), longest: Duration::from_secs(60) }
    }
}

/// Permission for one call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pass {
    /// One of many.
    Regular,
    /// The one by which it shows whether the gateway is back.
    Probe,
}

/// What is remembered of one gateway.
#[derive(Debug)]
pub(super) struct Breaker {
    config: BreakerConfig,
    state: Mutex<State>,
}

#[derive(Debug, Clone, Copy)]
enum State {
    /// Everybody may ask; so many calls in a row were not answered.
    Closed { unanswered: u32 },
    /// Nobody may ask before `until`; then one may.
    Open { until: Instant, cool_down: Duration },
}

impl Breaker {
    pub(super) fn new(config: BreakerConfig) -> Self {
        Self { config, state: Mutex::new(State::Closed { unanswered: 0 }) }
    }

    /// May a call be made now? `Err`: not for so long.
    pub(super) fn enter(&self, now: Instant) -> Result<Pass, Duration> {
        let mut state = self.state();
        match *state {
            State::Closed { .. } => Ok(Pass::Regular),
            State::Open { until, .. } if now < until => Err(until - now),
            State::Open { cool_down, .. } => {
                // The others wait on. Should nothing be heard of this probe, the next one follows after a cool-down.
                *state = State::Open { until: now + cool_down, cool_down };
                Ok(Pass::Probe)
            }
        }
    }

    /// A call was answered readably, whatever the answer: the gateway is there.
    pub(super) fn answered(&self) {
        *self.state() = State::Closed { unanswered: 0 };
    }

    /// A call was not answered. Gives for how long nobody may ask, if that begins now.
    pub(super) fn unanswered(&self, pass: Pass, now: Instant) -> Option<Duration> {
        let BreakerConfig { after, shortest, longest } = self.config;
        let mut state = self.state();
        let cool_down = match (*state, pass) {
            (State::Closed { unanswered }, _) if unanswered.saturating_add(1) < after => {
                *state = State::Closed { unanswered: unanswered + 1 };
                return None;
            }
            (State::Closed { .. }, _) => shortest.min(longest),
            (State::Open { cool_down, .. }, Pass::Probe) => cool_down.saturating_mul(2).min(longest),
            // It began before the others gave up, and says nothing new.
            (State::Open { .. }, Pass::Regular) => return None,
        };
        *state = State::Open { until: now + cool_down, cool_down };
        Some(cool_down)
    }

    /// A call ended without having asked, or its caller went away: another probe may take its place.
    pub(super) fn unused(&self, pass: Pass, now: Instant) {
        let mut state = self.state();
        if let (State::Open { cool_down, .. }, Pass::Probe) = (*state, pass) {
            *state = State::Open { until: now, cool_down };
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
#[path = "breaker_tests.rs"]
mod tests;
