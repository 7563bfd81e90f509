//! The instants at which something ends, and the paths that cross them.

use crate::tenants::{
    Column, Row, after, all_the_time, column, open, ordered, paid, row, start, take, tenant_in, terms,
};
use shared::api::history::NoticeKind;
use shared::api::tenants::EndedReason;
use shared::billing::effect::Effect;
use shared::billing::event::Event;
use shared::billing::state::{Billing, Tenant};
use shared::billing::step::{Refusal, step};
use shared::billing::usage::Seen;
use shared::time::{DAY, HOUR, Timestamp};

const UP: Event = all_the_time(Seen::Up);

fn place(tenant: &Tenant) -> (Row, Column) {
    (row(&tenant.panel), column(&tenant.billing))
}

fn running_since(tenant: &Tenant) -> (u32, Timestamp) {
    match &tenant.billing {
        Billing::Running { cycle, .. } => (cycle.number, cycle.starts_at),
        other => panic!("nothing runs: {other:?}"),
    }
}

// Harm prevented: an off-by-one takes a customer's last second, or gives a second of every cycle away.
#[test]
fn a_cycle_has_its_last_second_and_not_one_more() {
    let end = start().plus(30 * DAY);
    let tenant = open(&terms(|_| ()), 0);
    assert_eq!(place(&after(&tenant, &UP, end.plus(-1))), (Row::Active, Column::Paid));
    let over = take(&tenant, &UP, end);
    assert_eq!(place(&over.tenant), (Row::Unpaid, Column::Expired));
    assert_eq!((over.ended[0].at, over.ended[0].reason), (end, EndedReason::TimeElapsed));
}

// Harm prevented: a cycle whose hours last exactly its days is reported as used up, and its owner is sold a bigger plan.
#[test]
fn hours_and_days_that_end_together_are_days_that_ended() {
    let tenant = open(&terms(|t| (t.included_hours, t.daily_cap_hours) = (720, None)), 0);
    let ended = take(&tenant, &UP, start().plus(31 * DAY)).ended;
    assert_eq!(ended.len(), 1);
    assert_eq!((ended[0].at, ended[0].reason), (start().plus(30 * DAY), EndedReason::TimeElapsed));
    assert_eq!(ended[0].cycle.used_seconds, 720 * HOUR);
}

// Harm prevented: after an outage of the worker, cycles that wait are skipped, or start when somebody looks again.
#[test]
fn one_late_observation_passes_through_every_cycle_that_waits() {
    let plan = terms(|t| (t.included_hours, t.daily_cap_hours, t.grace_hours) = (24, None, 5));
    let step = take(&open(&plan, 2), &UP, start().plus(3 * DAY + 4 * HOUR));
    let ends: Vec<_> = step.ended.iter().map(|e| (e.cycle.number, e.cycle.starts_at, e.at)).collect();
    let day = |n: i64| start().plus(n * DAY);
    assert_eq!(ends, [(1, day(0), day(1)), (2, day(1), day(2)), (3, day(2), day(3))]);
    assert_eq!(place(&step.tenant), (Row::Active, Column::Grace));
    assert_eq!(place(&after(&step.tenant, &UP, day(3).plus(5 * HOUR - 1))), (Row::Active, Column::Grace));
    assert_eq!(place(&after(&step.tenant, &UP, day(3).plus(5 * HOUR))), (Row::Unpaid, Column::Expired));
}

// Harm prevented: money that arrives at grace's last second buys another span than the page promised.
#[test]
fn grace_ends_at_its_instant_and_not_a_second_later() {
    let plan = terms(|t| t.grace_hours = 2);
    let end = start().plus(30 * DAY);
    let until = end.plus(2 * HOUR);
    let in_grace = after(&open(&plan, 0), &UP, end.plus(60));
    let in_time = after(&in_grace, &paid(2, &plan), until.plus(-1));
    assert_eq!((place(&in_time), running_since(&in_time)), ((Row::Active, Column::Paid), (2, end)));
    let too_late = take(&in_grace, &paid(2, &plan), until);
    assert_eq!((place(&too_late.tenant), running_since(&too_late.tenant)), ((Row::Unpaid, Column::Paid), (2, until)));
    let host: Vec<_> = too_late.effects.iter().filter(|e| !matches!(e, Effect::Notify { .. })).collect();
    assert_eq!(host, [&Effect::ClosePanel, &Effect::OpenPanel], "closed by the expiry, and opened by the payment");
}

// Harm prevented: whoever pays after a lapse pays for the time in which the panel was closed, or stays closed.
#[test]
fn a_lapsed_panel_starts_at_settlement_and_comes_back_once_the_host_says_so() {
    let plan = terms(|_| ());
    let lapsed = after(&open(&plan, 0), &UP, start().plus(40 * DAY));
    let now = start().plus(50 * DAY);
    let settled = after(&lapsed, &paid(2, &plan), now);
    assert_eq!((place(&settled), running_since(&settled)), ((Row::Unpaid, Column::Paid), (2, now)));
    let waiting = after(&settled, &UP, now.plus(HOUR));
    assert_eq!(waiting.billing.cycle().map(|c| c.used_seconds), Some(0), "nothing is metered while it is closed");
    let opened = after(&waiting, &Event::PanelOpened, now.plus(HOUR));
    let used = after(&opened, &UP, now.plus(2 * HOUR));
    assert_eq!(place(&used), (Row::Active, Column::Paid));
    assert_eq!(used.billing.cycle().map(|c| c.used_seconds), Some(HOUR));
}

// Harm prevented: the host was told to open a panel, was down until the new cycle had ended too, and then serves it for
// nothing, for ever: the expiry had nobody to close.
#[test]
fn a_cycle_that_ends_before_the_host_opens_takes_the_opening_back() {
    let plan = terms(|t| t.cycle_days = 15);
    let awaits = tenant_in(Row::Unpaid, Column::Paid, &plan, start());
    let step = take(&awaits, &Event::TimePassed, start().plus(15 * DAY));
    assert_eq!(place(&step.tenant), (Row::Unpaid, Column::Expired));
    assert_eq!(step.effects, [Effect::ClosePanel, Effect::Notify { notice: NoticeKind::Expired, value: None }]);
    assert!(step_is_refused(&step.tenant, &Event::PanelOpened, start().plus(16 * DAY)));
    let at_the_end = awaits.billing.cycle().unwrap().ends_at;
    assert!(step_is_refused(&awaits, &Event::PanelOpened, at_the_end), "the word comes just as the cycle ends");
}

fn step_is_refused(tenant: &Tenant, event: &Event, at: Timestamp) -> bool {
    matches!(step(tenant, event, at), Err(Refusal::WrongState { .. }))
}

// Harm prevented: a panel that was set up too late opens although nothing is paid any more, or never opens again.
#[test]
fn a_panel_that_is_ready_after_its_cycle_waits_for_money() {
    let plan = terms(|_| ());
    let creating = after(&ordered(), &paid(1, &plan), start());
    let ready = after(&creating, &Event::PanelReady, start().plus(31 * DAY));
    assert_eq!(place(&ready), (Row::Unpaid, Column::Expired));
    let settled = after(&ready, &paid(2, &plan), start().plus(32 * DAY));
    let opened = after(&settled, &Event::PanelOpened, start().plus(32 * DAY));
    assert_eq!(place(&opened), (Row::Active, Column::Paid));
}

// Harm prevented: a customer stops a panel, its cycle ends in grace, and it cannot be started although service goes on.
#[test]
fn a_stopped_panel_starts_in_grace_and_not_after() {
    let plan = terms(|t| t.grace_hours = 2);
    let stopped = after(&open(&plan, 0), &Event::Stopped, start().plus(DAY));
    let end = start().plus(30 * DAY);
    assert_eq!(place(&after(&stopped, &Event::Started, end)), (Row::Opening, Column::Grace));
    assert!(step_is_refused(&stopped, &Event::Started, end.plus(2 * HOUR)));
}

// Harm prevented: the operator lifts a suspension and thereby opens a panel whose hours ended meanwhile; or the customer
// is never told why it stays closed.
#[test]
fn a_panel_that_expired_while_the_operator_kept_it_closed_stays_closed_until_it_is_paid() {
    let plan = terms(|_| ());
    let closed = after(&open(&plan, 0), &Event::SuspendedByOperator { message: "abuse".into() }, start().plus(DAY));
    let expired = after(&closed, &Event::TimePassed, start().plus(31 * DAY));
    assert_eq!(place(&expired), (Row::ByOperator, Column::Expired));
    let resumed = take(&expired, &Event::ResumedByOperator, start().plus(32 * DAY));
    assert_eq!(place(&resumed.tenant), (Row::Unpaid, Column::Expired));
    assert_eq!(resumed.effects, [Effect::Notify { notice: NoticeKind::Expired, value: None }]);
    // Nobody looked in between: the same.
    assert_eq!(
        place(&after(&closed, &Event::ResumedByOperator, start().plus(31 * DAY))),
        (Row::Unpaid, Column::Expired)
    );
    // It was paid while it was closed: the operator's word alone opens it.
    let paid_meanwhile = after(&expired, &paid(2, &plan), start().plus(32 * DAY));
    assert_eq!(place(&paid_meanwhile), (Row::ByOperator, Column::Paid));
    assert!(step_is_refused(&paid_meanwhile, &Event::PanelOpened, start().plus(32 * DAY)));
    let back = after(&paid_meanwhile, &Event::ResumedByOperator, start().plus(33 * DAY));
    assert_eq!(place(&back), (Row::Opening, Column::Paid));
    let open = take(&back, &Event::PanelOpened, start().plus(33 * DAY));
    assert_eq!(place(&open.tenant), (Row::Active, Column::Paid));
    assert_eq!(open.effects, [Effect::Notify { notice: NoticeKind::Resumed, value: None }], "told once it is so");
}

// Harm prevented: the customer pays for the minutes that the host needed to start the panel; or a panel that never started
// is charged, kept open unpaid, or ordered to be opened twice.
#[test]
fn what_is_being_started_uses_nothing_until_it_is_open() {
    let plan = terms(|_| ());
    let stopped = after(&open(&plan, 0), &Event::Stopped, start().plus(DAY));
    let used = |tenant: &Tenant| tenant.billing.cycle().map(|cycle| cycle.used_seconds);
    let starting = after(&stopped, &Event::Started, start().plus(2 * DAY));
    assert!(step_is_refused(&starting, &Event::Started, start().plus(2 * DAY)));
    assert!(step_is_refused(&starting, &Event::ResumedByOperator, start().plus(2 * DAY)));
    let waits = take(&starting, &UP, start().plus(2 * DAY + HOUR));
    assert_eq!((place(&waits.tenant), used(&waits.tenant)), ((Row::Opening, Column::Paid), used(&stopped)));
    let renewed = take(&waits.tenant, &paid(2, &plan), start().plus(2 * DAY + HOUR));
    assert_eq!(place(&renewed.tenant), (Row::Opening, Column::Paid1));
    assert_eq!(renewed.effects, [Effect::Notify { notice: NoticeKind::Renewed, value: None }]);
    let opened = after(&waits.tenant, &Event::PanelOpened, start().plus(2 * DAY + 2 * HOUR));
    assert_eq!((place(&opened), used(&opened)), ((Row::Active, Column::Paid), used(&stopped)));
    let later = after(&opened, &UP, start().plus(2 * DAY + 3 * HOUR));
    assert_eq!(used(&later), used(&stopped).map(|seconds| seconds + HOUR), "from the instant at which it was open");
    // Its days are over before the host answers: what it says then opens nothing, and it is closed at the host as well.
    let over = take(&waits.tenant, &Event::TimePassed, start().plus(31 * DAY));
    assert_eq!(place(&over.tenant), (Row::Unpaid, Column::Expired));
    assert_eq!(over.effects, [Effect::ClosePanel, Effect::Notify { notice: NoticeKind::Expired, value: None }]);
    for tenant in [&waits.tenant, &over.tenant] {
        assert!(step_is_refused(tenant, &Event::PanelOpened, start().plus(31 * DAY)));
    }
}

// Harm prevented: money for a panel that could not be set up is refused or lost, or opens what does not exist.
#[test]
fn a_renewal_of_a_failed_panel_is_kept_and_opens_nothing() {
    let plan = terms(|_| ());
    let creating = after(&ordered(), &paid(1, &plan), start());
    let failed = after(&creating, &Event::CreationFailed { reason: "no disk".into() }, start().plus(HOUR));
    let queued = take(&failed, &paid(2, &plan), start().plus(2 * HOUR));
    assert_eq!(place(&queued.tenant), (Row::Failed, Column::Paid1));
    assert_eq!(queued.effects, [Effect::Notify { notice: NoticeKind::Renewed, value: None }]);
    let retried = after(&queued.tenant, &Event::CreationRetried, start().plus(3 * HOUR));
    let ready = after(&retried, &Event::PanelReady, start().plus(31 * DAY));
    assert_eq!((place(&ready), running_since(&ready)), ((Row::Active, Column::Paid), (2, start().plus(30 * DAY))));
}

// Harm prevented: a trial never ends, is charged, or swallows the cycle that was bought during it.
#[test]
fn a_trial_is_the_first_cycle_and_ends_after_its_own_days() {
    let plan = terms(|t| t.trial_days = 7);
    let tenant = after(&ordered(), &Event::TrialStarted { terms: plan.clone() }, start());
    assert!(step_is_refused(&tenant, &Event::TrialStarted { terms: plan.clone() }, start()), "a trial is given once");
    let tenant = after(&tenant, &Event::PanelReady, start());
    let end = start().plus(7 * DAY);
    assert_eq!(place(&after(&tenant, &UP, end.plus(-1))), (Row::Active, Column::Trial));
    assert_eq!(place(&after(&tenant, &UP, end)), (Row::Unpaid, Column::Expired));
    let bought = after(&tenant, &paid(1, &plan), end.plus(-1));
    let first = after(&bought, &UP, end);
    assert_eq!((place(&first), running_since(&first)), ((Row::Active, Column::Paid), (2, end)));
}
