//! The grids for an instant at which no cycle and no grace ends: the event alone decides.

use super::money::{cancelling, correcting, giving_back, refunding, upgrading};
use super::people::{by_customer, by_host, by_operator, giving_up};
use super::{Grid, Then, cells, check, new_order, place, seen, then};
use crate::tenants::{Column, NOTHING, Row, start, tenant_in, terms};
use shared::api::history::NoticeKind;
use shared::billing::effect::Effect::{self, ClosePanel, Notify, OpenPanel, SetUpPanel};
use shared::billing::event::Event;
use shared::billing::terms::Terms;
use shared::billing::usage::Seen;

/// What can happen, `o`, and what cannot.
pub(crate) const REACHABLE: &str = "
    pending   o | . . . | . . . | . | .
    creating  . | o o o | o o o | o | o
    active    . | o o o | o o o | o | .
    stopped   . | o o o | o o o | o | .
    opening   . | o o o | o o o | o | .
    unpaid    . | . . . | o o o | o | o
    operator  . | o o o | o o o | o | o
    failed    . | o o o | o o o | o | o
    deleting  o | o o o | o o o | o | o
    deleted   o | o o o | o o o | o | o";

/// Nothing but `creating` accepts it.
const CREATING_ONLY: &str = "
    pending   x | . . . | . . . | . | .
    creating  . | f f f | f f f | f | f
    active    . | x x x | x x x | x | .
    stopped   . | x x x | x x x | x | .
    opening   . | x x x | x x x | x | .
    unpaid    . | . . . | x x x | x | x
    operator  . | x x x | x x x | x | x
    failed    . | x x x | x x x | x | x
    deleting  x | x x x | x x x | x | x
    deleted   x | x x x | x x x | x | x";

pub(super) fn plan() -> Terms {
    terms(|t| {
        t.trial_days = 30;
        t.grace_hours = 2;
    })
}

fn metering() -> [Grid; 2] {
    let metered = Then { charged: 60, ..seen(then('m', None, None, &[])) };
    [
        Grid {
            event: Event::Observed { seen: Seen::Up, sample: NOTHING, reach_seconds: 300 },
            legend: vec![metered],
            cells: "
    pending   = | . . . | . . . | . | .
    creating  . | = = = | = = = | = | =
    active    . | m m m | m m m | w | .
    stopped   . | = = = | = = = | = | .
    opening   . | = = = | = = = | = | .
    unpaid    . | . . . | = = = | = | =
    operator  . | = = = | = = = | = | =
    failed    . | = = = | = = = | = | =
    deleting  = | = = = | = = = | = | =
    deleted   = | = = = | = = = | = | =",
        },
        Grid {
            event: Event::TimePassed,
            legend: vec![],
            cells: "
    pending   = | . . . | . . . | . | .
    creating  . | = = = | = = = | = | =
    active    . | w w w | w w w | w | .
    stopped   . | = = = | = = = | = | .
    opening   . | = = = | = = = | = | .
    unpaid    . | . . . | = = = | = | =
    operator  . | = = = | = = = | = | =
    failed    . | = = = | = = = | = | =
    deleting  = | = = = | = = = | = | =
    deleted   = | = = = | = = = | = | =",
        },
    ]
}

fn paying() -> [Grid; 2] {
    const RENEWED: &[Effect] = &[Notify { notice: NoticeKind::Renewed, value: None }];
    const BEGUN: &[Effect] = &[SetUpPanel, Notify { notice: NoticeKind::Renewed, value: None }];
    const REOPENED: &[Effect] = &[OpenPanel, Notify { notice: NoticeKind::Renewed, value: None }];
    [
        Grid {
            event: Event::TrialStarted { terms: plan() },
            legend: vec![then('t', Some(Row::Creating), Some(Column::Trial), &[SetUpPanel])],
            cells: "
    pending   t | . . . | . . . | . | .
    creating  . | x x x | x x x | x | x
    active    . | x x x | x x x | x | .
    stopped   . | x x x | x x x | x | .
    opening   . | x x x | x x x | x | .
    unpaid    . | . . . | x x x | x | x
    operator  . | x x x | x x x | x | x
    failed    . | x x x | x x x | x | x
    deleting  x | x x x | x x x | x | x
    deleted   x | x x x | x x x | x | x",
        },
        // c: the first cycle starts.  s: a cycle starts, and the panel is not touched.  o: a cycle starts, and the host
        // is to open the panel.  t, u, p, q: one more cycle waits.  Nothing is recorded: a running panel's last minute
        // is left to the next observation.
        Grid {
            event: new_order(plan()),
            legend: vec![
                then('c', Some(Row::Creating), Some(Column::Paid), BEGUN),
                then('s', None, Some(Column::Paid), RENEWED),
                then('o', None, Some(Column::Paid), REOPENED),
                then('t', None, Some(Column::Trial1), RENEWED),
                then('u', None, Some(Column::Trial2), RENEWED),
                then('p', None, Some(Column::Paid1), RENEWED),
                then('q', None, Some(Column::Paid2), RENEWED),
            ],
            cells: "
    pending   c | . . . | . . . | . | .
    creating  . | t u F | p q F | s | s
    active    . | t u F | p q F | s | .
    stopped   . | t u F | p q F | s | .
    opening   . | t u F | p q F | s | .
    unpaid    . | . . . | p q F | s | o
    operator  . | t u F | p q F | s | s
    failed    . | t u F | p q F | s | s
    deleting  x | x x x | x x x | x | x
    deleted   x | x x x | x x x | x | x",
        },
    ]
}

fn creating() -> [Grid; 3] {
    [
        // u: nothing is paid any more, so the panel that is ready stays closed.
        Grid {
            event: Event::PanelReady,
            legend: vec![
                then('a', Some(Row::Active), None, &[]),
                then('u', Some(Row::Unpaid), None, &[ClosePanel, Notify { notice: NoticeKind::Expired, value: None }]),
            ],
            cells: "
    pending   x | . . . | . . . | . | .
    creating  . | a a a | a a a | a | u
    active    . | = = = | = = = | = | .
    stopped   . | x x x | x x x | x | .
    opening   . | x x x | x x x | x | .
    unpaid    . | . . . | x x x | x | x
    operator  . | x x x | x x x | x | x
    failed    . | x x x | x x x | x | x
    deleting  x | x x x | x x x | x | x
    deleted   x | x x x | x x x | x | x",
        },
        Grid {
            event: Event::CreationFailed { reason: "no disk".into() },
            legend: vec![then(
                'f',
                Some(Row::Failed),
                None,
                &[Notify { notice: NoticeKind::CreationFailed, value: None }],
            )],
            cells: CREATING_ONLY,
        },
        Grid {
            event: Event::CreationRetried,
            legend: vec![then('c', Some(Row::Creating), None, &[SetUpPanel])],
            cells: "
    pending   x | . . . | . . . | . | .
    creating  . | x x x | x x x | x | x
    active    . | x x x | x x x | x | .
    stopped   . | x x x | x x x | x | .
    opening   . | x x x | x x x | x | .
    unpaid    . | . . . | x x x | x | x
    operator  . | x x x | x x x | x | x
    failed    . | c c c | c c c | c | c
    deleting  x | x x x | x x x | x | x
    deleted   x | x x x | x x x | x | x",
        },
    ]
}

// Harm prevented: some event in some state opens a panel that nobody paid for, closes one that is paid, or takes money
// for one that is gone, because nobody thought of that pair.
#[test]
fn every_event_in_every_state_does_what_the_table_says() {
    let mut grids: Vec<Grid> = vec![];
    grids.extend(metering());
    grids.extend(paying());
    grids.push(upgrading());
    grids.push(correcting());
    grids.push(refunding());
    grids.extend(cancelling());
    grids.extend(creating());
    grids.extend(by_customer());
    grids.extend(by_operator());
    grids.extend(by_host());
    grids.push(giving_back());
    grids.extend(giving_up());
    let places: Vec<usize> = grids.iter().map(|grid| place(&grid.event)).collect();
    assert_eq!(places, (0..22).collect::<Vec<_>>(), "every event has one grid");
    for grid in &grids {
        check(grid, |row, column| tenant_in(row, column, &plan(), start()), start());
    }
    let reachable = cells(REACHABLE).iter().filter(|(_, _, letter)| *letter == 'o').count();
    assert_eq!((reachable, 90 - reachable), (69, 21));
}
