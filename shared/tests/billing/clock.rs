//! Clocks that are wrong, workers that are late, and figures that no clock should ever produce.

use crate::tenants::{FAR, NOTHING, after, all_the_time, open, ordered, paid, start, take, terms};
use shared::billing::event::Event;
use shared::billing::state::Billing;
use shared::billing::usage::Seen;
use shared::time::{DAY, HOUR, Span, Timestamp};

// Harm prevented: a server's clock is set back, a payment starts a cycle inside the one before, and the hours between
// are counted in both.
#[test]
fn a_clock_that_was_set_back_starts_no_cycle_in_the_past() {
    let plan = terms(|_| ());
    let ended_at = start().plus(30 * DAY);
    let expired = after(&open(&plan, 0), &all_the_time(Seen::Up), ended_at);
    let step = take(&expired, &paid(2, &plan), ended_at.plus(-DAY));
    let Billing::Running { cycle, .. } = &step.tenant.billing else { panic!("nothing runs") };
    assert_eq!(cycle.starts_at, ended_at);
    assert_eq!(step.tenant.accounted_until, Some(ended_at), "no accounted second is open again");
    assert!(step.moves.iter().all(|moved| moved.at >= ended_at), "nothing is written into the past");
}

// Harm prevented: the same, for a panel that the customer stops and starts while the clock is wrong.
#[test]
fn a_clock_that_was_set_back_moves_a_panel_at_the_last_known_instant() {
    let now = start().plus(DAY);
    let tenant = after(&open(&terms(|_| ()), 0), &all_the_time(Seen::Up), now);
    let stopped = take(&tenant, &Event::Stopped, now.plus(-HOUR));
    assert!(stopped.windows.is_empty());
    assert_eq!((stopped.tenant.panel_since, stopped.tenant.accounted_until), (now, Some(now)));
    let never_paid = take(&ordered(), &Event::DeletionRequested, start().plus(-HOUR)).tenant;
    assert_eq!(never_paid.panel_since, start());
}

// Harm prevented: after an outage of the worker the customer pays for hours that nobody saw, or keeps a cycle for ever.
#[test]
fn an_outage_is_not_billed_and_time_passes_all_the_same() {
    let plan = terms(|t| t.daily_cap_hours = None);
    let look = Event::Observed { seen: Seen::Up, sample: NOTHING, reach_seconds: 300 };
    let step = take(&open(&plan, 0), &look, start().plus(2 * DAY));
    assert_eq!(step.tenant.billing.cycle().map(|cycle| cycle.used_seconds), Some(300));
    assert_eq!(
        step.windows.iter().map(|w| (w.seen, w.span.seconds())).collect::<Vec<_>>(),
        [(Seen::Unknown, 2 * DAY - 300), (Seen::Up, 300)]
    );
    let over = take(&open(&plan, 0), &look, start().plus(31 * DAY));
    assert_eq!(over.ended[0].cycle.used_seconds, 0, "the reach lies after the end");
}

// Harm prevented: a figure out of a damaged row or setting brings the worker down, and with it everybody's metering.
#[test]
fn absurd_figures_do_not_panic() {
    let tenant = open(&terms(|_| ()), 0);
    let last = Timestamp::from_unix(i64::MAX);
    for reach_seconds in [i64::MIN, -1, 0, i64::MAX] {
        for at in [Timestamp::EPOCH, start(), start().plus(FAR), last] {
            for seen in [Seen::Up, Seen::Down, Seen::Unknown] {
                after(&tenant, &Event::Observed { seen, sample: NOTHING, reach_seconds }, at);
            }
        }
    }
    let none = terms(|t| (t.included_hours, t.daily_cap_hours, t.cycle_days) = (0, Some(0), 0));
    let used = after(&open(&none, 2), &all_the_time(Seen::Up), start().plus(DAY));
    assert!(matches!(used.billing, Billing::Expired { .. }));
    let at_the_end_of_time = after(&tenant, &paid(2, &terms(|_| ())), last);
    after(&at_the_end_of_time, &all_the_time(Seen::Up), last);
    assert!(Span::new(last, start()).is_empty());
}
