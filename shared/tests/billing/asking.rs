//! Whether it still makes sense to ask somebody to pay, some time after the reason for it.

use crate::tenants::{after, all_the_time, open, paid, start, take, terms};
use shared::api::history::NoticeKind;
use shared::api::tenants::EndedReason;
use shared::billing::cycle::EndedCycle;
use shared::billing::reminder::asks_in_vain;
use shared::billing::state::{Billing, Panel, Tenant};
use shared::billing::usage::Seen;
use shared::time::{DAY, HOUR};

const REMINDERS: [NoticeKind; 3] = [NoticeKind::DaysLeft, NoticeKind::HoursLeft, NoticeKind::UsedPercent];
const ENDS: [NoticeKind; 2] = [NoticeKind::GraceBegan, NoticeKind::Expired];

// Harm prevented: whoever has paid is asked to pay, and pays twice; or whoever has not is never asked.
#[test]
fn nobody_is_asked_to_pay_for_what_is_paid() {
    let plan = terms(|_| ());
    let (reminded_at, ended_at) = (start().plus(DAY), start().plus(30 * DAY));
    let running = open(&plan, 0);
    let expired = after(&running, &all_the_time(Seen::Up), ended_at);
    let renewed = take(&expired, &paid(9, &plan), ended_at.plus(HOUR)).tenant;
    for notice in REMINDERS {
        assert!(!asks_in_vain(notice, start(), &running) && !asks_in_vain(notice, reminded_at, &running), "{notice:?}");
        assert!(asks_in_vain(notice, reminded_at, &open(&plan, 1)), "{notice:?}: the next cycle waits");
        assert!(asks_in_vain(notice, reminded_at, &renewed), "{notice:?}: a newer cycle runs");
        assert!(!asks_in_vain(notice, ended_at.plus(2 * HOUR), &renewed), "{notice:?}: it is of the newer cycle");
    }
    let Billing::Running { cycle, .. } = renewed.billing.clone() else { panic!("nothing runs") };
    let ended = EndedCycle { at: cycle.ends_at, reason: EndedReason::TimeElapsed, cycle };
    let again = Tenant { billing: Billing::Expired { ended }, ..renewed.clone() };
    for notice in ENDS {
        assert!(!asks_in_vain(notice, ended_at, &expired), "{notice:?}");
        assert!(asks_in_vain(notice, ended_at, &renewed), "{notice:?}: it is paid again");
        assert!(asks_in_vain(notice, ended_at, &again), "{notice:?}: another end is told by another letter");
    }
    for notice in NoticeKind::ALL {
        let asks = REMINDERS.contains(&notice) || ENDS.contains(&notice);
        let removed = Tenant { panel: Panel::Deleting, ..expired.clone() };
        assert_eq!(asks_in_vain(notice, ended_at, &removed), asks, "{notice:?}");
    }
}
