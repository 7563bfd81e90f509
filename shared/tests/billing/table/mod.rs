//! Every state × every event, each outcome written down by hand.
//!
//! A grid has a row for every state of the panel and a column for every state of billing:
//! none | trial, trial with 1 and 2 cycles waiting | paid, paid with 1 and 2 waiting | grace | expired.
//! One letter an outcome. Letters that mean the same in every grid:
//! `.` cannot happen   `x` refused, wrong state   `F` refused, the queue is full   `=` accepted, and nothing changes
//! `w` as `=`, and one window is recorded.   `O` refused, the cycle is over.   `N` refused, it is no correction.
//! The others are explained beside their grid.
//!
//! What cannot happen, and why (`reachable.rs` proves it by exploring):
//! * pending with any billing: the first cycle, paid or trial, moves the panel to creating in the same step;
//! * none with any panel but pending, or its removal: for the same reason;
//! * active, stopped or opening, and expired: expiry suspends the panel in the same step;
//! * suspended as unpaid with a trial: a trial is always the first cycle, so it never follows an expiry.

mod in_time;
mod late;
mod money;
mod people;

use crate::tenants::{COLUMNS, Column, ROWS, Row, column, order, row};
use shared::billing::effect::Effect;
use shared::billing::event::Event;
use shared::billing::state::Tenant;
use shared::billing::step::{Refusal, Step, step};
use shared::billing::terms::Terms;
use shared::time::Timestamp;

pub(crate) use in_time::REACHABLE;

/// What a letter means: where panel and billing go (`None`: they stay), how many windows are recorded, how many seconds
/// are charged to the running cycle, whether the customer has cancelled, and what the world is told.
#[derive(Clone, Copy)]
pub(crate) struct Then {
    letter: char,
    panel: Option<Row>,
    billing: Option<Column>,
    windows: usize,
    charged: i64,
    cancelled: bool,
    effects: &'static [Effect],
}

const fn then(letter: char, panel: Option<Row>, billing: Option<Column>, effects: &'static [Effect]) -> Then {
    Then { letter, panel, billing, windows: 0, charged: 0, cancelled: false, effects }
}

/// The same, and the panel was active: its last minute is recorded.
const fn seen(then: Then) -> Then {
    Then { windows: 1, ..then }
}

/// One event, and its outcome in every state.
pub(crate) struct Grid {
    /// What happens.
    pub(crate) event: Event,
    legend: Vec<Then>,
    cells: &'static str,
}

/// The cells of a grid, state by state. Every row and every column must be there, and in order.
pub(crate) fn cells(text: &'static str) -> Vec<(Row, Column, char)> {
    let mut words = text.split_whitespace().filter(|word| *word != "|");
    let mut cells = vec![];
    for (row, name) in ROWS {
        assert_eq!(words.next(), Some(name), "a row is missing, or not in its place");
        for column in COLUMNS {
            let word = words.next().unwrap_or_else(|| panic!("{name} has no outcome for {column:?}"));
            assert_eq!(word.len(), 1, "{name} × {column:?}: {word}");
            cells.extend(word.chars().map(|letter| (row, column, letter)));
        }
    }
    assert_eq!(words.next(), None, "there are more rows than states");
    cells
}

/// Goes through a grid: every state as it is built, the event at `now`.
fn check(grid: &Grid, build: impl Fn(Row, Column) -> Tenant, now: Timestamp) {
    for ((at, paid, letter), (_, _, possible)) in cells(grid.cells).into_iter().zip(cells(REACHABLE)) {
        let place = format!("{at:?} × {paid:?} × {:?}", grid.event);
        assert_eq!(letter == '.', possible == '.', "{place}: the grids disagree about what can happen");
        let before = build(at, paid);
        assert_eq!((row(&before.panel), column(&before.billing)), (at, paid), "{place}: built another state");
        let got = step(&before, &grid.event, now);
        match letter {
            '.' => {}
            'x' => {
                let wrong = Refusal::WrongState { panel: before.panel.status(), billing: before.billing.state() };
                assert_eq!(got, Err(wrong), "{place}");
            }
            'F' => assert_eq!(got, Err(Refusal::QueueFull), "{place}"),
            'O' => assert_eq!(got, Err(Refusal::CycleOver), "{place}"),
            'N' => assert_eq!(got, Err(Refusal::NotACorrection), "{place}"),
            '=' => accepted(&before, &got.unwrap(), then('=', None, None, &[]), &place),
            'w' => accepted(&before, &got.unwrap(), seen(then('w', None, None, &[])), &place),
            own => {
                let expected = grid.legend.iter().find(|then| then.letter == own);
                let expected = expected.unwrap_or_else(|| panic!("{place}: what is `{own}`?"));
                accepted(&before, &got.unwrap_or_else(|refusal| panic!("{place}: {refusal}")), *expected, &place);
            }
        }
    }
}

fn accepted(before: &Tenant, got: &Step, expected: Then, place: &str) {
    let from = (row(&before.panel), column(&before.billing));
    let to = (expected.panel.unwrap_or(from.0), expected.billing.unwrap_or(from.1));
    assert_eq!((row(&got.tenant.panel), column(&got.tenant.billing)), to, "{place}");
    assert_eq!(got.effects, expected.effects, "{place}");
    assert_eq!(got.windows.len(), expected.windows, "{place}: windows");
    let used = |tenant: &Tenant| tenant.billing.cycle().filter(|c| c.number == 1).map_or(0, |c| c.used_seconds);
    let charged = used(&got.tenant) - used(before);
    let same_cycle = got.tenant.billing.cycle().map(|c| c.number) == before.billing.cycle().map(|c| c.number);
    assert!(!same_cycle || charged == expected.charged, "{place}: charged {charged} s");
    assert_eq!(got.tenant.cancelled, expected.cancelled || before.cancelled, "{place}: cancelled");
    if from.0 == to.0 {
        assert_eq!(got.tenant.panel, before.panel, "{place}: the words of the state changed");
        assert_eq!(got.tenant.panel_since, before.panel_since, "{place}: since when");
    }
}

/// The event's place among the grids. A new event does not compile until it has one, and then fails until it has a grid.
fn place(event: &Event) -> usize {
    match event {
        Event::Observed { .. } => 0,
        Event::TimePassed => 1,
        Event::TrialStarted { .. } => 2,
        Event::RenewalSettled { .. } => 3,
        Event::UpgradeSettled { .. } => 4,
        Event::Corrected { .. } => 5,
        Event::CycleRefunded { .. } => 6,
        Event::Cancelled => 7,
        Event::CancellationWithdrawn => 8,
        Event::PanelReady => 9,
        Event::CreationFailed { .. } => 10,
        Event::CreationRetried => 11,
        Event::Stopped => 12,
        Event::Started => 13,
        Event::SuspendedByOperator { .. } => 14,
        Event::ResumedByOperator => 15,
        Event::PanelOpened => 16,
        Event::DeletionRequested => 17,
        Event::Removed => 18,
        Event::UnusedRefunded { .. } => 19,
        Event::Discarded => 20,
        Event::NeverPaid => 21,
    }
}

/// An order that no state of the table has seen.
fn new_order(terms: Terms) -> Event {
    Event::RenewalSettled { order_id: order(9), terms, since_end: vec![] }
}
