//! How often one question is put, and how long each time: a few times within one budget, at moments that differ.
//!
//! Knows nothing of what is asked, and does not wait itself.

use std::time::{Duration, Instant};

use super::pace::Pace;

/// After the first try, at most so many more.
const FURTHER: u32 = 2;
const SHORTEST_PAUSE: Duration = Duration::from_millis(100);
const LONGEST_PAUSE: Duration = Duration::from_secs(1);

/// The tries of one question.
#[derive(Debug)]
pub(super) struct Tries {
    deadline: Instant,
    further: u32,
    latest_pause: Duration,
}

impl Tries {
    /// One try, with all the time there is: for what must not be said twice.
    pub(super) fn one(deadline: Instant) -> Self {
        Self { deadline, further: 0, latest_pause: SHORTEST_PAUSE }
    }

    /// Several: for what may be said again.
    pub(super) fn several(deadline: Instant) -> Self {
        Self { further: FURTHER, ..Self::one(deadline) }
    }

    /// How long the try that begins now may take: half of what is left, so that another can follow; the last one, all.
    pub(super) fn patience(&self, now: Instant) -> Duration {
        let left = self.deadline.saturating_duration_since(now);
        if self.further == 0 { left } else { left / 2 }
    }

    /// The pause before the next try; `None` if there is none, for its time would be over before it began. Each pause is
    /// drawn anew, up to three times the one before ("decorrelated jitter"): many who failed together do not return together.
    pub(super) fn next_pause(&mut self, pace: &dyn Pace) -> Option<Duration> {
        self.further = self.further.checked_sub(1)?;
        self.latest_pause = pace.between(SHORTEST_PAUSE, self.latest_pause * 3).min(LONGEST_PAUSE);
        let left = self.deadline.saturating_duration_since(pace.now());
        (self.latest_pause < left).then_some(self.latest_pause)
    }
}

#[cfg(test)]
mod tests {
    use super::super::pace::SystemPace;
    use super::super::still_pace::StillPace;
    use super::*;

    const BUDGET: Duration = Duration::from_secs(10);

    // Harm prevented: a silent gateway takes several times as long as the caller agreed to wait.
    #[test]
    fn all_tries_and_pauses_share_one_budget() {
        let pace = StillPace::default();
        let begun = pace.now();
        let mut tries = Tries::several(begun + BUDGET);
        let mut count = 1;
        pace.passes(tries.patience(pace.now()));
        while let Some(pause) = tries.next_pause(&pace) {
            pace.passes(pause);
            pace.passes(tries.patience(pace.now()));
            count += 1;
        }
        assert_eq!(count, 3);
        assert_eq!(pace.now() - begun, BUDGET);
    }

    // Harm prevented: a session is opened twice, or with half of the time that somebody would have waited.
    #[test]
    fn what_must_not_be_said_twice_has_one_try() {
        let pace = StillPace::default();
        let mut tries = Tries::one(pace.now() + BUDGET);
        assert_eq!(tries.patience(pace.now()), BUDGET);
        assert_eq!(tries.next_pause(&pace), None);
    }

    // Harm prevented: a caller waits out a pause after which there is no time left to ask.
    #[test]
    fn no_pause_outlasts_the_budget() {
        let pace = StillPace::default();
        let mut tries = Tries::several(pace.now() + SHORTEST_PAUSE);
        assert_eq!(tries.next_pause(&pace), None);
    }

    // Harm prevented: all who failed in the same moment ask again in the same moment.
    #[test]
    fn pauses_differ_and_stay_within_bounds() {
        let deadline = SystemPace.now() + Duration::from_secs(3_600);
        let pauses = (0..100).flat_map(|_| {
            let mut tries = Tries::several(deadline);
            [tries.next_pause(&SystemPace).unwrap(), tries.next_pause(&SystemPace).unwrap()]
        });
        let pauses: std::collections::BTreeSet<Duration> = pauses.collect();
        assert!(pauses.len() > 150);
        assert!(pauses.iter().all(|pause| (SHORTEST_PAUSE..=LONGEST_PAUSE).contains(pause)));
    }
}
