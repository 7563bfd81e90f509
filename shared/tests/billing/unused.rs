//! A panel that never came up: whoever paid for it has everything back, once, and may begin anew.

use crate::tenants::{NOTHING, after, open, order, ordered, paid, standard, start, take, terms};
use shared::api::auth::Role;
use shared::api::tenants::Action;
use shared::billing::actions::actions;
use shared::billing::event::Event;
use shared::billing::refund::{Unused, unused};
use shared::billing::state::{Billing, Panel, Tenant};
use shared::billing::step::{Move, Refusal, What, step};
use shared::billing::terms::Terms;
use shared::ids::OrderId;
use shared::time::{DAY, HOUR};

fn failed(terms: &Terms, queued: u32) -> Tenant {
    let bought = after(&ordered(), &paid(1, terms), start());
    let waits = (0..queued).fold(bought, |tenant, n| after(&tenant, &paid(2 + n, terms), start()));
    after(&waits, &Event::CreationFailed { reason: "no disk".into() }, start().plus(HOUR))
}

const fn back(order_id: OrderId) -> Event {
    Event::UnusedRefunded { order_id }
}

fn orders(tenant: &Tenant) -> Vec<OrderId> {
    unused(tenant).into_iter().map(|it| it.order_id).collect()
}

// Harm prevented: the money is back and the cycle runs on; or the panel can never be bought again, under any number.
#[test]
fn what_never_came_up_awaits_its_first_payment_again() {
    let plan = terms(|t| t.grace_hours = 5);
    let step = take(&failed(&plan, 0), &back(order(1)), start().plus(2 * DAY));
    assert_eq!((&step.tenant.panel, &step.tenant.billing), (&Panel::Pending, &Billing::None));
    assert_eq!((step.tenant.next_cycle_number, step.tenant.accounted_until), (1, None));
    assert!(step.earned.is_empty() && step.ended.is_empty() && step.postpaid.is_empty() && step.lines.is_empty());
    assert!(step.moves.contains(&Move { at: start().plus(2 * DAY), what: What::CycleWithdrawn { number: 1 } }));
    let again = after(&step.tenant, &paid(9, &plan), start().plus(3 * DAY));
    let cycle = again.billing.running().unwrap();
    assert_eq!((again.panel, cycle.number, cycle.starts_at), (Panel::Creating, 1, start().plus(3 * DAY)));
}

// Harm prevented: it is given back twice, or what was used, is being set up, or is somebody else's.
#[test]
fn it_is_given_back_once_and_only_of_what_never_came_up() {
    let (broken, later) = (failed(&standard(), 0), start().plus(DAY));
    let gone = after(&broken, &back(order(1)), later);
    let retried = after(&broken, &Event::CreationRetried, later);
    let up = after(&retried, &Event::PanelReady, later);
    for (name, tenant, order_id) in [
        ("once more", &gone, order(1)),
        ("another order", &broken, order(2)),
        ("tried again", &retried, order(1)),
        ("up", &up, order(1)),
        ("being removed", &after(&broken, &Event::DeletionRequested, later), order(1)),
        ("over meanwhile", &after(&broken, &Event::TimePassed, start().plus(31 * DAY)), order(1)),
        ("open", &open(&standard(), 0), order(1)),
    ] {
        let refused = step(tenant, &back(order_id), later);
        assert!(matches!(refused, Err(Refusal::WrongState { .. })), "{name}: {refused:?}");
        assert!(order_id != order(1) || orders(tenant).is_empty(), "{name}");
    }
}

// Harm prevented: what waits behind it stays bought, without anything to wait for.
#[test]
fn what_waits_is_given_back_before_what_runs() {
    let tenant = failed(&terms(|t| t.queued_cycles_max = 2), 2);
    let unused = unused(&tenant);
    let numbers: Vec<(u32, bool)> = unused.iter().map(|it| (it.cycle_number, it.runs)).collect();
    assert_eq!(numbers, [(3, false), (2, false), (1, true)]);
    assert!(step(&tenant, &back(order(1)), start().plus(HOUR)).is_err(), "others wait for it");
    let empty = unused.iter().fold(tenant, |tenant, Unused { order_id, runs, .. }| {
        let event = if *runs { back(*order_id) } else { Event::CycleRefunded { order_id: *order_id } };
        after(&tenant, &event, start().plus(HOUR))
    });
    assert_eq!((empty.panel, empty.billing, empty.next_cycle_number), (Panel::Pending, Billing::None, 1));
}

// Harm prevented: a trial, or a plan that costs nothing, is offered its money back.
#[test]
fn nothing_paid_is_nothing_to_give_back() {
    let week = terms(|t| t.trial_days = 7);
    let trial = after(&ordered(), &Event::TrialStarted { terms: week.clone() }, start());
    let trial = after(&trial, &Event::CreationFailed { reason: "no disk".into() }, start());
    let waits = after(&trial, &paid(2, &week), start());
    let free = failed(&terms(|t| t.price.minor = 0), 0);
    assert_eq!((orders(&trial), orders(&waits), orders(&free)), (vec![], vec![order(2)], vec![]));
}

// Harm prevented: a button that only refuses, or that takes the money away from whoever may not decide.
#[test]
fn it_is_offered_to_the_owner_of_what_failed() {
    let offered = |tenant: &Tenant, role| {
        actions(tenant, &standard(), NOTHING, role, false, start().plus(DAY)).contains(&Action::Refund)
    };
    let broken = failed(&standard(), 0);
    let to = [Role::Owner, Role::Billing, Role::Viewer, Role::Operator].map(|role| offered(&broken, role));
    assert_eq!(to, [true, false, false, false]);
    let retried = after(&broken, &Event::CreationRetried, start().plus(DAY));
    assert!(!offered(&retried, Role::Owner) && !offered(&open(&standard(), 0), Role::Owner));
}
