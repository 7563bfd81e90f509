//! What the host saw, and when: usage windows.
//!
//! A window is a fact about the panel, not a charge. Whether its seconds are billable is for [`super::cycle`].

use super::gauge::Sample;
use crate::time::{Span, Timestamp};
use serde::{Deserialize, Serialize};

/// How a panel was seen over a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Seen {
    /// It served requests: these seconds count.
    Up,
    /// The host answered, and the panel did not serve: these seconds are free.
    Down,
    /// Nobody can say: recorded, and never billed.
    Unknown,
}

/// A half-open stretch of time in which a panel was seen in one way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// When.
    pub span: Span,
    /// How.
    pub seen: Seen,
    /// What was measured besides.
    pub sample: Sample,
}

impl Window {
    /// A window in which nothing was measured but whether the panel was up.
    #[must_use]
    pub fn plain(span: Span, seen: Seen) -> Self {
        Self { span, seen, sample: Sample::default() }
    }

    /// The part of it that lies within `[from, to)`; possibly empty.
    #[must_use]
    pub fn within(self, from: Timestamp, to: Timestamp) -> Self {
        Self { span: Span::new(self.span.from().max(from), self.span.to().min(to)), ..self }
    }
}

/// The windows that an observation at `now` adds after `accounted_until`.
///
/// An observation speaks for the time since the last one, but at most for `reach_seconds`: what lies further back was
/// watched by nobody and is unknown. Empty if nothing is left to account for, so a repeated observation adds nothing.
#[must_use]
pub fn observed_windows(
    accounted_until: Timestamp,
    now: Timestamp,
    seen: Seen,
    sample: Sample,
    reach_seconds: i64,
) -> Vec<Window> {
    let reached = accounted_until.max(now.plus(reach_seconds.saturating_neg()));
    [
        Window::plain(Span::new(accounted_until, reached.min(now)), Seen::Unknown),
        Window { span: Span::new(reached, now), seen, sample },
    ]
    .into_iter()
    .filter(|window| !window.span.is_empty())
    .collect()
}

/// These windows, with everything in `span` seen in another way. The parts outside it stay as they were; where nothing
/// was recorded, nothing is added.
#[must_use]
pub fn corrected(windows: &[Window], span: Span, seen: Seen) -> Vec<Window> {
    let before = |window: &Window| window.within(window.span.from(), span.from());
    let inside = |window: &Window| Window { seen, ..window.within(span.from(), span.to()) };
    let after = |window: &Window| window.within(span.to(), window.span.to());
    let parts = windows.iter().flat_map(|window| [before(window), inside(window), after(window)]);
    parts.filter(|window| !window.span.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_unix(1_000_000 + seconds)
    }

    // Harm prevented: after an outage of the worker the customer pays for hours that nobody saw.
    #[test]
    fn a_late_observation_speaks_only_for_its_reach() {
        let windows = observed_windows(at(0), at(1_000), Seen::Up, Sample::default(), 300);
        assert_eq!(
            windows,
            [
                Window::plain(Span::new(at(0), at(700)), Seen::Unknown),
                Window::plain(Span::new(at(700), at(1_000)), Seen::Up),
            ]
        );
    }

    // Harm prevented: two workers, a restart or a replay count a second twice.
    #[test]
    fn a_repeated_or_older_observation_adds_nothing() {
        assert!(observed_windows(at(60), at(60), Seen::Up, Sample::default(), 300).is_empty());
        assert!(observed_windows(at(60), at(30), Seen::Up, Sample::default(), 300).is_empty());
    }
}
