//! What a plan promises, in the auditor's own seconds.

use shared::billing::rating::Charge;
use shared::billing::reminder::Reminder;
use shared::billing::terms::{OnExhaustion, Terms};
use shared::billing::vat::Vat;
use std::rc::Rc;

const SECONDS_OF_HOUR: i64 = 60 * 60;
/// A cycle day.
pub(crate) const SECONDS_OF_DAY: i64 = 24 * SECONDS_OF_HOUR;

/// The rules of one cycle, in seconds.
#[derive(Debug, Clone, PartialEq, Eq)]
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
    /// What it costs as the plan says it, in minor units.
    pub(crate) price: i64,
    /// What an hour beyond the allowance costs, if there may be one.
    pub(crate) overage: Option<i64>,
    /// How prices relate to VAT.
    pub(crate) vat: Vat,
    /// What is charged beyond the price.
    pub(crate) charges: Vec<Charge>,
    /// When somebody is told that the end is near.
    pub(crate) reminders: Vec<Reminder>,
}

impl Rules {
    /// Of a cycle that is paid for.
    pub(crate) fn paid(terms: &Terms) -> Rc<Self> {
        Rc::new(Self::of(terms))
    }

    /// Of a trial.
    pub(crate) fn trial(terms: &Terms) -> Rc<Self> {
        Rc::new(Self { length: i64::from(terms.trial_days) * SECONDS_OF_DAY, price: 0, ..Self::of(terms) })
    }

    fn of(terms: &Terms) -> Self {
        Self {
            length: i64::from(terms.cycle_days) * SECONDS_OF_DAY,
            allowance: i64::from(terms.included_hours) * SECONDS_OF_HOUR,
            cap: terms.daily_cap_hours.map(|hours| i64::from(hours) * SECONDS_OF_HOUR),
            grace: i64::from(terms.grace_hours) * SECONDS_OF_HOUR,
            queue: usize::try_from(terms.queued_cycles_max).expect("a small number"),
            price: terms.price.minor,
            overage: match terms.on_exhaustion {
                OnExhaustion::Suspend => None,
                OnExhaustion::Overage { price_per_hour } => Some(price_per_hour.minor),
            },
            vat: terms.vat,
            charges: terms.charges.clone(),
            reminders: terms.reminders.clone(),
        }
    }
}
