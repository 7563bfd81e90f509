//! Which terms may be published: each limit, and the first step beyond it.

use crate::tenants::{standard, terms};
use shared::billing::terms::Terms;

fn fault(change: impl FnOnce(&mut Terms)) -> Option<&'static str> {
    terms(change).check().err().map(|error| error.field)
}

// Harm prevented: a plan is published that charges nothing, can never be used up, or sells cycles that are over when
// they are paid.
#[test]
fn terms_that_no_cycle_could_keep_are_refused() {
    assert_eq!(standard().check(), Ok(()));
    assert_eq!((fault(|t| t.price.minor = 0), fault(|t| t.price.minor = -1)), (None, Some("price")));
    assert_eq!((fault(|t| t.cycle_days = 366), fault(|t| t.cycle_days = 367)), (None, Some("cycle_days")));
    assert_eq!(fault(|t| t.cycle_days = 0), Some("cycle_days"));
    assert_eq!((fault(|t| t.included_hours = 720), fault(|t| t.included_hours = 721)), (None, Some("included_hours")));
    assert_eq!((fault(|t| t.included_hours = 1), fault(|t| t.included_hours = 0)), (None, Some("included_hours")));
    for (cap, expected) in [(None, None), (Some(1), None), (Some(24), None), (Some(0), Some("daily_cap_hours"))] {
        assert_eq!(fault(|t| t.daily_cap_hours = cap), expected);
    }
    assert_eq!(fault(|t| t.daily_cap_hours = Some(25)), Some("daily_cap_hours"));
    assert_eq!((fault(|t| t.grace_hours = 720), fault(|t| t.grace_hours = 721)), (None, Some("grace_hours")));
    let two_months = |grace| fault(|t| (t.cycle_days, t.grace_hours) = (60, grace));
    assert_eq!((two_months(744), two_months(745)), (None, Some("grace_hours")));
    assert_eq!(fault(|t| t.early_renewal_days = 31), Some("early_renewal"));
    assert_eq!(fault(|t| t.early_renewal_percent = 101), Some("early_renewal"));
    assert_eq!((fault(|t| t.trial_days = 30), fault(|t| t.trial_days = 31)), (None, Some("trial_days")));
}
