//! Which states there are, found by exploring: from a tenant that was just ordered, every event at several instants.

use crate::table::{REACHABLE, cells};
use crate::tenants::{Column, Row, all_the_time, column, order, ordered, row, start, terms};
use shared::billing::event::Event;
use shared::billing::forecast::changes_by;
use shared::billing::state::Tenant;
use shared::billing::step::step;
use shared::billing::usage::Seen;
use shared::time::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

/// Upgrades and corrections move neither panel nor billing, so they find no state.
fn events(order_number: u32) -> Vec<Event> {
    let terms = terms(|t| {
        t.trial_days = 1;
        t.cycle_days = 2;
        t.included_hours = 10;
        t.grace_hours = 2;
    });
    vec![
        all_the_time(Seen::Up),
        all_the_time(Seen::Down),
        Event::TimePassed,
        Event::TrialStarted { terms: terms.clone() },
        Event::RenewalSettled { order_id: order(order_number), terms, since_end: vec![] },
        Event::Cancelled,
        Event::CancellationWithdrawn,
        Event::PanelReady,
        Event::CreationFailed { reason: "no disk".into() },
        Event::CreationRetried,
        Event::Stopped,
        Event::Started,
        Event::SuspendedByOperator { message: "abuse".into() },
        Event::ResumedByOperator,
        Event::PanelOpened,
        Event::DeletionRequested,
        Event::Removed,
        Event::Discarded,
        Event::NeverPaid,
    ]
}

/// At once, before something changes, and when it does.
fn instants(tenant: &Tenant) -> Vec<Timestamp> {
    let now = tenant.accounted_until.unwrap_or(start()).max(tenant.panel_since);
    let due = changes_by(tenant);
    [Some(now), Some(now.plus(60)), due].into_iter().flatten().collect()
}

/// A state of the tables, and whether the customer has cancelled.
type Place = (Row, Column, bool);

fn explore() -> BTreeMap<Place, Tenant> {
    let mut found: BTreeMap<Place, Tenant> = BTreeMap::new();
    let mut waiting = vec![ordered()];
    let mut orders = 0;
    while let Some(tenant) = waiting.pop() {
        let place = (row(&tenant.panel), column(&tenant.billing), tenant.cancelled);
        if found.contains_key(&place) {
            continue;
        }
        for at in instants(&tenant) {
            orders += 1;
            waiting.extend(events(orders).iter().filter_map(|event| step(&tenant, event, at).ok()).map(|s| s.tenant));
        }
        found.insert(place, tenant);
    }
    found
}

// Harm prevented: the tables call a state impossible that is not, and what happens there was never decided; or whoever
// cancelled is given grace, and asked for money.
#[test]
fn the_states_that_can_happen_are_exactly_those_of_the_tables() {
    let possible = |(_, _, letter): &(Row, Column, char)| *letter == 'o';
    let claimed: BTreeSet<(Row, Column)> =
        cells(REACHABLE).into_iter().filter(possible).map(|(row, column, _)| (row, column)).collect();
    let found: BTreeSet<Place> = explore().into_keys().collect();
    let with = |wanted: bool| found.iter().filter(move |place| place.2 == wanted).map(|place| (place.0, place.1));
    assert_eq!(with(false).collect::<BTreeSet<_>>(), claimed);
    // Only what runs can be cancelled, and what was cancelled has no grace.
    let cancelled = claimed.into_iter().filter(|(_, column)| !matches!(column, Column::None | Column::Grace));
    assert_eq!(with(true).collect::<BTreeSet<_>>(), cancelled.collect());
}
