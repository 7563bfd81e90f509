//! What a plan promises, in the auditor's own seconds.

use shared::billing::terms::Terms;

const SECONDS_OF_HOUR: i64 = 60 * 60;
/// A cycle day.
pub(crate) const SECONDS_OF_DAY: i64 = 24 * SECONDS_OF_HOUR;

/// The rules of one cycle, in seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Rules {
    /// From the first instant to the first after it.
    pub(crate) length: i64,
    /// What may be used.
    pub(crate) allowance: i64,
    /// What one day can use up.
    pub(crate) cap: Option<i64>,
    /// How long service goes on afterwards.
    pub(crate) grace: i64,
    /// How many cycles may wait.
    pub(crate) queue: usize,
    /// What it costs, in minor units.
    pub(crate) price: i64,
}

impl Rules {
    /// Of a cycle that is paid for.
    pub(crate) fn paid(terms: &Terms) -> Self {
        Self {
            length: i64::from(terms.cycle_days) * SECONDS_OF_DAY,
            allowance: i64::from(terms.included_hours) * SECONDS_OF_HOUR,
            cap: terms.daily_cap_hours.map(|hours| i64::from(hours) * SECONDS_OF_HOUR),
            grace: i64::from(terms.grace_hours) * SECONDS_OF_HOUR,
            queue: usize::try_from(terms.queued_cycles_max).expect("a small number"),
            price: terms.price.minor,
        }
    }

    /// Of a trial.
    pub(crate) fn trial(terms: &Terms) -> Self {
        Self { length: i64::from(terms.trial_days) * SECONDS_OF_DAY, price: 0, ..Self::paid(terms) }
    }
}
