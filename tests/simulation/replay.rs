//! Which seeds are played, and what is said when one fails. The only file here that reads the environment.

use crate::auditor::violation::Violation;
use std::collections::{BTreeMap, VecDeque};
use std::fmt::Write as _;
use std::ops::RangeInclusive;

/// So many events are told before a failure.
const TOLD: usize = 20;

/// What is played: `SEED` and `STEPS` of the environment if they are set, otherwise what the test says.
pub(crate) struct Play {
    /// The seeds, in order.
    pub(crate) seeds: Vec<u64>,
    /// Steps of each.
    pub(crate) steps: u32,
    /// Somebody asked for one seed and wants to see it.
    pub(crate) asked: bool,
}

impl Play {
    /// What a test plays unless somebody asked for something else.
    pub(crate) fn of(seeds: RangeInclusive<u64>, steps: u32) -> Self {
        let number = |name: &str| {
            let text = std::env::var(name).ok().filter(|text| !text.is_empty())?;
            Some(text.parse::<u64>().unwrap_or_else(|_| panic!("{name} must be a whole number, not {text}")))
        };
        let seed = number("SEED");
        let steps = number("STEPS").map_or(steps, |steps| u32::try_from(steps).expect("a number of steps"));
        Self { seeds: seed.map_or_else(|| seeds.collect(), |seed| vec![seed]), steps, asked: seed.is_some() }
    }
}

/// The last events of a history, kept unformatted until somebody asks.
pub(crate) struct Tale<T> {
    last: VecDeque<(u32, T)>,
}

impl<T> Default for Tale<T> {
    fn default() -> Self {
        Self { last: VecDeque::with_capacity(TOLD) }
    }
}

impl<T: std::fmt::Debug> Tale<T> {
    /// Remembers what happened at a step.
    pub(crate) fn note(&mut self, step: u32, event: T) {
        if self.last.len() == TOLD {
            self.last.pop_front();
        }
        self.last.push_back((step, event));
    }

    /// The last events, a line each.
    pub(crate) fn told(&self) -> String {
        let mut text = String::new();
        for (step, event) in &self.last {
            let _ = writeln!(text, "  {step:>6}  {event:?}");
        }
        text
    }

    /// Everything that somebody needs to see a failure again.
    pub(crate) fn failure(&self, part: &str, seed: u64, step: u32, found: &[Violation]) -> String {
        let mut text = format!("\nseed={seed} step={step} ({part})\n");
        for violation in found {
            let _ = writeln!(text, "{violation}");
        }
        let _ = write!(text, "the last events:\n{}", self.told());
        let _ = write!(text, "see it again: make simulate SEED={seed} STEPS={}", step + 1);
        text
    }
}

/// How often something happened: what a history reached, by name.
#[derive(Debug, Default)]
pub(crate) struct Reached {
    counts: BTreeMap<String, u64>,
}

impl Reached {
    /// Once more.
    pub(crate) fn count(&mut self, what: &str) {
        match self.counts.get_mut(what) {
            Some(count) => *count += 1,
            None => {
                self.counts.insert(what.to_owned(), 1);
            }
        }
    }

    /// Adds what another history reached.
    pub(crate) fn add(&mut self, other: &Self) {
        for (what, count) in &other.counts {
            *self.counts.entry(what.clone()).or_default() += count;
        }
    }

    /// A simulation that never gets there proves nothing: fails if one of them happened less often than `least` times.
    pub(crate) fn require(&self, wanted: &[&str], least: u64) {
        let count = |what: &&&str| self.counts.get(**what).copied().unwrap_or(0);
        let missed: Vec<_> = wanted.iter().filter(|what| count(what) < least).collect();
        assert!(missed.is_empty(), "not reached {least} times: {missed:?}\n{self}");
    }
}

impl std::fmt::Display for Reached {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.counts.iter().try_for_each(|(what, count)| writeln!(f, "  {count:>9}  {what}"))
    }
}

/// Shows what a seed that was asked for came to.
#[expect(clippy::print_stdout, reason = "somebody asked to see it")]
pub(crate) fn show(part: &str, seed: u64, tale: &str, reached: &Reached) {
    println!("{part}: seed {seed} holds. It reached\n{reached}and ended with\n{tale}");
}
