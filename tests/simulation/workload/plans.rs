//! Plans as operators might make them, odd ones preferred: short cycles, tight caps, no grace and long grace.

use crate::seed::Chance;
use shared::billing::terms::Terms;
use shared::money::{Currency, Money};

/// A plan that keeps its own rules.
pub(crate) fn plan(chance: &mut Chance) -> Terms {
    let cycle_days = chance.one_of(&[1, 1, 2, 3, 7, 30]);
    let most = cycle_days * 24;
    let hours = [1, 2, 5, 12, 24, 100, 360].map(|hours| most.min(hours));
    let terms = Terms {
        price: Money::new(chance.one_of(&[0, 1, 99, 250_000, 9_999_999]), Currency::Bdt),
        cycle_days,
        included_hours: chance.one_of(&hours),
        daily_cap_hours: chance.one_of(&[None, None, Some(1), Some(5), Some(12), Some(24)]),
        grace_hours: chance.one_of(&[0, 0, 1, 6, 24]),
        early_renewal_days: chance.one_of(&[0, 1, cycle_days / 2, cycle_days]),
        early_renewal_percent: chance.one_of(&[0, 50, 100]),
        queued_cycles_max: chance.one_of(&[0, 1, 2, 2, 5]),
        trial_days: chance.one_of(&[0, 0, 1]),
    };
    assert_eq!(terms.check(), Ok(()), "{terms:?}");
    terms
}
