//! A clock for demonstrations: it may run fast, and be moved forward. Production builds do not have it.

use crate::port::clock::Clock;
use shared::time::Timestamp;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

/// A clock that can be hurried, but never turned back.
#[derive(Debug)]
pub struct FastClock {
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    at: Timestamp,
    since: Instant,
    speed: u32,
}

impl State {
    fn now(&self) -> Timestamp {
        let passed = self.since.elapsed().as_millis() * u128::from(self.speed) / 1_000;
        self.at.plus(i64::try_from(passed).unwrap_or(i64::MAX))
    }
}

impl FastClock {
    /// Starts at `at` and lets `speed` of its seconds pass in a real one; 0 stands still.
    #[must_use]
    pub fn new(at: Timestamp, speed: u32) -> Self {
        Self { state: Mutex::new(State { at, since: Instant::now(), speed }) }
    }

    fn change(&self, change: impl FnOnce(&mut State)) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.at = state.now();
        state.since = Instant::now();
        change(&mut state);
    }

    /// Moves forward by so many seconds at once.
    pub fn advance(&self, seconds: u32) {
        self.change(|state| state.at = state.at.plus(seconds.into()));
    }

    /// Goes on from here at another speed.
    pub fn set_speed(&self, speed: u32) {
        self.change(|state| state.speed = speed);
    }
}

impl Clock for FastClock {
    fn now(&self) -> Timestamp {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).now()
    }
}
