//! What was sold: the terms of one plan version, frozen when it was published.

use crate::money::Money;
use crate::time::{DAY, HOUR};
use serde::{Deserialize, Serialize};

/// The terms of a plan version. A cycle keeps a copy, so a later version never changes what was bought.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// The price of one cycle.
    pub price: Money,
    /// How long a cycle lasts, in days of 24 h.
    pub cycle_days: u32,
    /// How long the panel may be up in one cycle.
    pub included_hours: u32,
    /// How much one cycle day can use up; `None` is no limit.
    pub daily_cap_hours: Option<u32>,
    /// How long service goes on after a cycle ended with nothing queued.
    pub grace_hours: u32,
    /// A renewal opens when this many days are left …
    pub early_renewal_days: u32,
    /// … or when this share of the allowance is left, whichever is first.
    pub early_renewal_percent: u32,
    /// How many paid cycles may wait.
    pub queued_cycles_max: u32,
    /// How long a first cycle at no charge lasts; 0 is no trial.
    pub trial_days: u32,
}

/// In what way terms contradict themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {rule}")]
pub struct TermsError {
    /// The field at fault.
    pub field: &'static str,
    /// The rule that it breaks.
    pub rule: &'static str,
}

impl Terms {
    /// Thirty days, 360 hours, at most 12 a day; the other rules of the house at their defaults.
    #[must_use]
    pub const fn standard(price: Money) -> Self {
        Self {
            price,
            cycle_days: 30,
            included_hours: 360,
            daily_cap_hours: Some(12),
            grace_hours: 0,
            early_renewal_days: 15,
            early_renewal_percent: 50,
            queued_cycles_max: 2,
            trial_days: 0,
        }
    }

    /// Refuses terms that no cycle could keep.
    pub fn check(&self) -> Result<(), TermsError> {
        let refuse = |field, rule| Err(TermsError { field, rule });
        if self.price.minor < 0 {
            return refuse("price", "must not be negative");
        }
        if !(1..=366).contains(&self.cycle_days) {
            return refuse("cycle_days", "must be 1 to 366");
        }
        if self.included_hours == 0 || self.included_hours > self.cycle_days * 24 {
            return refuse("included_hours", "must be at least 1 and fit into the cycle");
        }
        if self.daily_cap_hours.is_some_and(|cap| cap == 0 || cap > 24) {
            return refuse("daily_cap_hours", "must be 1 to 24, or none");
        }
        if self.grace_hours > 24 * 31 {
            return refuse("grace_hours", "must be at most 31 days");
        }
        // What is paid in grace begins where the old cycle ended: it must not be over when it is paid.
        if self.grace_hours > self.cycle_days * 24 {
            return refuse("grace_hours", "must not be longer than a cycle");
        }
        if self.early_renewal_days > self.cycle_days || self.early_renewal_percent > 100 {
            return refuse("early_renewal", "must lie within the cycle");
        }
        if self.trial_days > self.cycle_days {
            return refuse("trial_days", "must not be longer than a cycle");
        }
        Ok(())
    }

    /// The length of a paid cycle.
    #[must_use]
    pub fn cycle_seconds(&self) -> i64 {
        i64::from(self.cycle_days) * DAY
    }

    /// The length of a trial cycle.
    #[must_use]
    pub fn trial_seconds(&self) -> i64 {
        i64::from(self.trial_days) * DAY
    }

    /// The allowance of a cycle.
    #[must_use]
    pub fn allowance_seconds(&self) -> i64 {
        i64::from(self.included_hours) * HOUR
    }

    /// What one cycle day can use up; `None` is no limit.
    #[must_use]
    pub fn daily_cap_seconds(&self) -> Option<i64> {
        self.daily_cap_hours.map(|hours| i64::from(hours) * HOUR)
    }

    /// How long service goes on after the end.
    #[must_use]
    pub fn grace_seconds(&self) -> i64 {
        i64::from(self.grace_hours) * HOUR
    }
}
