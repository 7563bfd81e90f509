//! Judges the moves and promises of one step of the core: that each change has its own, and no other.

use super::book::Book;
use super::core_step::{Taken, bought};
use super::moves::{Promise, is_possible, lead, places, promised};
use super::violation::{Found, hold};
use shared::api::history::NoticeKind;
use shared::api::tenants::BillingState;
use shared::billing::cycle::Cycle;
use shared::billing::effect::Effect;
use shared::billing::event::Event;
use shared::billing::state::{Panel, Suspension, Tenant};
use shared::billing::step::What;

/// Every change has its move, and what the world must hear of has its promise.
pub(crate) fn invariant_5(found: &mut Found, taken: &Taken<'_>, book: &Book, compared: usize) {
    let (mut panel, mut billing) = (Vec::new(), Vec::<(BillingState, BillingState)>::new());
    let (mut queued, mut started, mut ended, mut other) = (vec![], vec![], vec![], vec![]);
    for moved in &taken.step.moves {
        match moved.what {
            What::Panel { from, to, .. } => panel.push((from, to)),
            What::Billing { from, to, .. } => billing.push((from, to)),
            What::CycleQueued { number } => queued.push(number),
            What::CycleStarted { number } => started.push(number),
            What::CycleEnded { number, .. } => ended.push(number),
            What::CycleUpgraded { .. }
            | What::CycleWithdrawn { .. }
            | What::UsageCorrected { .. }
            | What::Cancelled
            | What::CancellationWithdrawn => {
                other.push(moved.what);
            }
        }
    }
    let (before, after) = (taken.before, &taken.step.tenant);
    let broken = [
        lead(before.panel.status(), after.panel.status(), &panel),
        lead(before.billing.state(), after.billing.state(), &billing),
    ];
    for way in broken {
        hold(found, 5, way.is_ok(), || way.clone().err().unwrap_or_default());
    }
    let new: Vec<u32> = book.cycles.iter().map(|it| it.number).filter(|it| !was_begun(before, *it)).collect();
    hold(found, 5, started == new, || format!("cycles {new:?} began, moves say {started:?}"));
    let over: Vec<u32> = book.cycles[compared..].iter().filter(|it| it.ended.is_some()).map(|it| it.number).collect();
    hold(found, 5, ended == over, || format!("cycles {over:?} ended, moves say {ended:?}"));
    let number = before.next_cycle_number;
    let waits = bought(taken.event).is_some() && !started.contains(&number);
    let expected: &[u32] = if waits { &[number] } else { &[] };
    hold(found, 5, queued == expected, || format!("queued: {expected:?}, by the moves {queued:?}"));
    let expected = others(taken);
    hold(found, 5, other == expected, || format!("moves {other:?}, and there should be {expected:?}"));
    for (from, to) in places(&panel, before.panel.suspend_reason(), after.panel.suspend_reason()) {
        hold(found, 5, is_possible(from, to), || format!("a panel does not move from {from:?} to {to:?}"));
        for promise in promised(from, to) {
            let kept = taken.step.effects.iter().any(|it| fits(*promise, *it));
            hold(found, 5, kept, || format!("{from:?} -> {to:?} without the promise {promise:?}"));
        }
    }
    let told = |notice| taken.step.effects.contains(&Effect::Notify { notice, value: None });
    // Whoever starts their own panel knows; whose panel comes back otherwise is told once it is open, and not before.
    let comes_back = match &before.panel {
        Panel::Suspended(Suspension::BillingExpired) => after.panel == Panel::Active,
        Panel::Suspended(Suspension::Opening { closed_with }) => after.panel == Panel::Active && closed_with.is_some(),
        _ => false,
    };
    let resumed = (told(NoticeKind::Resumed), comes_back);
    hold(found, 5, resumed.0 == resumed.1, || format!("told that it is open again, and comes back: {resumed:?}"));
    let renewed = (told(NoticeKind::Renewed), matches!(taken.event, Event::RenewalSettled { .. }));
    hold(found, 5, renewed.0 == renewed.1, || format!("told that it was renewed, and paid: {renewed:?}"));
    let upgraded = (told(NoticeKind::Upgraded), matches!(taken.event, Event::UpgradeSettled { .. }));
    hold(found, 5, upgraded.0 == upgraded.1, || format!("told that it was upgraded, and paid: {upgraded:?}"));
}

/// The moves that only one event makes.
fn others(taken: &Taken<'_>) -> Vec<What> {
    let billable = |tenant: &Tenant| tenant.billing.cycle().map_or(0, Cycle::billable_seconds);
    let mut expected = match taken.event {
        Event::UpgradeSettled { cycle_number, .. } => vec![What::CycleUpgraded { number: *cycle_number }],
        Event::CycleRefunded { order_id } => {
            let waited = taken.before.billing.queued().iter().find(|it| it.order_id == *order_id);
            waited.map(|it| What::CycleWithdrawn { number: it.number }).into_iter().collect()
        }
        Event::Corrected { .. } => vec![What::UsageCorrected {
            number: taken.before.billing.cycle().map_or(0, |it| it.number),
            from_seconds: billable(taken.before),
            to_seconds: billable(&taken.step.tenant),
        }],
        _ => vec![],
    };
    match (taken.before.cancelled, taken.step.tenant.cancelled) {
        (false, true) => expected.push(What::Cancelled),
        (true, false) => expected.push(What::CancellationWithdrawn),
        (false, false) | (true, true) => {}
    }
    expected
}

/// Cycles have rising numbers, so those up to the last one that a tenant remembers have begun.
fn was_begun(before: &Tenant, number: u32) -> bool {
    before.billing.cycle().is_some_and(|cycle| number <= cycle.number)
}

const fn fits(promise: Promise, effect: Effect) -> bool {
    matches!(
        (promise, effect),
        (Promise::SetUp, Effect::SetUpPanel)
            | (Promise::Close, Effect::ClosePanel)
            | (Promise::Remove, Effect::RemovePanel)
            | (Promise::Open, Effect::OpenPanel)
            | (Promise::Tell, Effect::Notify { .. })
    )
}
