//! Rule 9: a trial is a first cycle at no charge, of its own days.

use crate::story::{Act, Story, bdt, ordered, plan, start, story};
use shared::api::tenants::EndedReason::{HoursUsedUp, TimeElapsed};
use shared::api::tenants::{BillingState, PanelStatus};
use shared::billing::event::Event;
use shared::billing::step::Refusal;
use shared::billing::terms::Terms;
use shared::time::{DAY, HOUR};

fn trial(plan: &Terms, acts: &[Act]) -> Story {
    ordered().then(&[Act::Does(Event::TrialStarted { terms: plan.clone() }), Act::Does(Event::PanelReady)]).then(acts)
}

// Harm prevented: a trial is as long as a paid cycle, never ends, is charged, or swallows what was bought during it.
#[test]
fn a_trial_is_the_first_cycle() {
    let week = plan(|t| t.trial_days = 7);
    let few_hours = Terms { included_hours: 10, daily_cap_hours: None, ..week.clone() };
    let grace = Terms { grace_hours: 5, ..week.clone() };
    let pays = || Act::Pays(week.clone());
    let closed = (PanelStatus::Suspended, BillingState::Expired);
    let paid = (PanelStatus::Active, BillingState::Active);
    for (name, plan, acts, over, state) in [
        (
            "its days, less a second",
            &week,
            vec![Act::Up(7 * DAY - 1)],
            vec![],
            (PanelStatus::Active, BillingState::Trial),
        ),
        ("its days", &week, vec![Act::Up(7 * DAY)], vec![(0, 7 * DAY, TimeElapsed, 84 * HOUR)], closed),
        ("its hours", &few_hours, vec![Act::Up(11 * HOUR)], vec![(0, 10 * HOUR, HoursUsedUp, 10 * HOUR)], closed),
        (
            "its grace",
            &grace,
            vec![Act::Down(7 * DAY)],
            vec![(0, 7 * DAY, TimeElapsed, 0)],
            (PanelStatus::Active, BillingState::Grace),
        ),
        ("bought during it", &week, vec![pays(), Act::Up(7 * DAY)], vec![(0, 7 * DAY, TimeElapsed, 84 * HOUR)], paid),
    ] {
        let got = trial(plan, &acts);
        let now = (got.tenant.panel.status(), got.tenant.billing.state());
        assert_eq!((got.over(), now, got.refused), (over, state, None), "{name}");
    }
}

// Harm prevented: revenue is booked for what nobody paid, or a dearer plan is had by upgrading nothing.
#[test]
fn a_trial_earns_nothing_and_is_not_upgraded() {
    let week = plan(|t| t.trial_days = 7);
    let got = trial(&week, &[Act::Up(8 * DAY)]);
    assert_eq!((got.earned.len(), got.charges().len()), (0, 0));
    assert_eq!(got.ended[0].cycle.paid_net, bdt(0));
    let dearer = Terms { price: bdt(500_000), ..week.clone() };
    assert_eq!(trial(&week, &[Act::Up(DAY)]).quote(&dearer), None);
    let paid = trial(&week, &[Act::Pays(week.clone()), Act::Up(8 * DAY)]);
    assert_eq!((paid.cycle().number, paid.cycle().starts_at), (2, start().plus(7 * DAY)));
    assert!(paid.quote(&dearer).is_some(), "the cycle after it is paid");
}

// Harm prevented: somebody who has paid, or had a trial, is given another one.
#[test]
fn a_trial_is_given_once_and_first() {
    let week = plan(|t| t.trial_days = 7);
    let again = || Act::Does(Event::TrialStarted { terms: week.clone() });
    for (name, got) in [
        ("twice", trial(&week, &[again()])),
        ("after it", trial(&week, &[Act::Up(8 * DAY), again()])),
        ("after paying", story(&week, &[again()])),
        ("on a plan without", ordered().then(&[Act::Does(Event::TrialStarted { terms: plan(|_| ()) })])),
    ] {
        assert!(matches!(got.refused, Some(Refusal::WrongState { .. })), "{name}: {:?}", got.refused);
    }
}
