//! The grids of what people and hosts do to a panel, at an instant at which nothing ends.

use super::{Grid, Then, seen, then};
use crate::tenants::Row;
use shared::api::history::NoticeKind;
use shared::billing::effect::Effect::{self, ClosePanel, Notify, OpenPanel, RemovePanel};
use shared::billing::event::Event;

pub(super) fn by_customer() -> [Grid; 2] {
    let stopped = then('t', Some(Row::Stopped), None, &[ClosePanel]);
    [
        // s and t: stopped; s was active, so its last minute is recorded.
        Grid {
            event: Event::Stopped,
            legend: vec![seen(Then { letter: 's', ..stopped }), stopped],
            cells: "
    pending   x | . . . | . . . | . | .
    creating  . | x x x | x x x | x | x
    active    . | s s s | s s s | s | .
    stopped   . | x x x | x x x | x | .
    opening   . | t t t | t t t | t | .
    unpaid    . | . . . | x x x | x | x
    operator  . | x x x | x x x | x | x
    failed    . | x x x | x x x | x | x
    deleting  x | x x x | x x x | x | x
    deleted   x | x x x | x x x | x | x",
        },
        Grid {
            event: Event::Started,
            legend: vec![then('o', Some(Row::Opening), None, &[OpenPanel])],
            cells: "
    pending   x | . . . | . . . | . | .
    creating  . | x x x | x x x | x | x
    active    . | x x x | x x x | x | .
    stopped   . | o o o | o o o | o | .
    opening   . | x x x | x x x | x | .
    unpaid    . | . . . | x x x | x | x
    operator  . | x x x | x x x | x | x
    failed    . | x x x | x x x | x | x
    deleting  x | x x x | x x x | x | x
    deleted   x | x x x | x x x | x | x",
        },
    ]
}

pub(super) fn by_operator() -> [Grid; 2] {
    const CLOSED: &[Effect] = &[ClosePanel, Notify { notice: NoticeKind::SuspendedByOperator, value: None }];
    let closed = then('z', Some(Row::ByOperator), None, CLOSED);
    [
        // y and z: closed; y was active, so its last minute is recorded.
        Grid {
            event: Event::SuspendedByOperator { message: "abuse".into() },
            legend: vec![closed, seen(Then { letter: 'y', ..closed })],
            cells: "
    pending   x | . . . | . . . | . | .
    creating  . | x x x | x x x | x | x
    active    . | y y y | y y y | y | .
    stopped   . | z z z | z z z | z | .
    opening   . | z z z | z z z | z | .
    unpaid    . | . . . | x x x | x | x
    operator  . | x x x | x x x | x | x
    failed    . | x x x | x x x | x | x
    deleting  x | x x x | x x x | x | x
    deleted   x | x x x | x x x | x | x",
        },
        // o: the host is to open it, and the customer is told once it has.  u: closed again, for want of money; and the
        // customer is told so.
        Grid {
            event: Event::ResumedByOperator,
            legend: vec![
                then('o', Some(Row::Opening), None, &[OpenPanel]),
                then('u', Some(Row::Unpaid), None, &[Notify { notice: NoticeKind::Expired, value: None }]),
            ],
            cells: "
    pending   x | . . . | . . . | . | .
    creating  . | x x x | x x x | x | x
    active    . | x x x | x x x | x | .
    stopped   . | x x x | x x x | x | .
    opening   . | x x x | x x x | x | .
    unpaid    . | . . . | x x x | x | x
    operator  . | o o o | o o o | o | u
    failed    . | x x x | x x x | x | x
    deleting  x | x x x | x x x | x | x
    deleted   x | x x x | x x x | x | x",
        },
    ]
}

pub(super) fn by_host() -> [Grid; 3] {
    let gone = then('d', Some(Row::Deleting), None, &[ClosePanel, RemovePanel]);
    [
        // a and b: open; b was started by its customer, who needs not be told.
        Grid {
            event: Event::PanelOpened,
            legend: vec![
                then('a', Some(Row::Active), None, &[Notify { notice: NoticeKind::Resumed, value: None }]),
                then('b', Some(Row::Active), None, &[]),
            ],
            cells: "
    pending   x | . . . | . . . | . | .
    creating  . | x x x | x x x | x | x
    active    . | = = = | = = = | = | .
    stopped   . | x x x | x x x | x | .
    opening   . | b b b | b b b | b | .
    unpaid    . | . . . | a a a | a | x
    operator  . | x x x | x x x | x | x
    failed    . | x x x | x x x | x | x
    deleting  x | x x x | x x x | x | x
    deleted   x | x x x | x x x | x | x",
        },
        // d and e: to be removed; e was active, so its last minute is recorded.
        Grid {
            event: Event::DeletionRequested,
            legend: vec![gone, seen(Then { letter: 'e', ..gone })],
            cells: "
    pending   d | . . . | . . . | . | .
    creating  . | d d d | d d d | d | d
    active    . | e e e | e e e | e | .
    stopped   . | d d d | d d d | d | .
    opening   . | d d d | d d d | d | .
    unpaid    . | . . . | d d d | d | d
    operator  . | d d d | d d d | d | d
    failed    . | d d d | d d d | d | d
    deleting  x | x x x | x x x | x | x
    deleted   x | x x x | x x x | x | x",
        },
        Grid {
            event: Event::Removed,
            legend: vec![then('r', Some(Row::Deleted), None, &[])],
            cells: "
    pending   x | . . . | . . . | . | .
    creating  . | x x x | x x x | x | x
    active    . | x x x | x x x | x | .
    stopped   . | x x x | x x x | x | .
    opening   . | x x x | x x x | x | .
    unpaid    . | . . . | x x x | x | x
    operator  . | x x x | x x x | x | x
    failed    . | x x x | x x x | x | x
    deleting  r | r r r | r r r | r | r
    deleted   x | x x x | x x x | x | x",
        },
    ]
}

/// g: gone at once, and the world is not told: there was nothing. So it is whoever gives the panel up.
pub(super) fn giving_up() -> [Grid; 2] {
    [Event::Discarded, Event::NeverPaid].map(|event| Grid {
        event,
        legend: vec![then('g', Some(Row::Deleted), None, &[])],
        cells: "
    pending   g | . . . | . . . | . | .
    creating  . | x x x | x x x | x | x
    active    . | x x x | x x x | x | .
    stopped   . | x x x | x x x | x | .
    opening   . | x x x | x x x | x | .
    unpaid    . | . . . | x x x | x | x
    operator  . | x x x | x x x | x | x
    failed    . | x x x | x x x | x | x
    deleting  x | x x x | x x x | x | x
    deleted   x | x x x | x x x | x | x",
    })
}
