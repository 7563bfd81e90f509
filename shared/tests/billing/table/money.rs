//! The grids of upgrades, corrections and cancellations, at an instant at which nothing ends.

use super::in_time::plan;
use super::{Grid, Then, then};
use crate::tenants::{Column, order, start};
use shared::api::history::NoticeKind;
use shared::billing::effect::Effect::Notify;
use shared::billing::event::Event;
use shared::billing::terms::Terms;
use shared::billing::usage::{Seen, Window};
use shared::ids::CorrectionId;
use shared::money::{Currency, Money};
use shared::time::{DAY, HOUR, Span};
use uuid::Uuid;

/// u: the running cycle goes on under dearer terms, and the last minute is left to the next observation.
pub(super) fn upgrading() -> Grid {
    let dearer = Terms { price: Money::new(500_000, Currency::Bdt), ..plan() };
    Grid {
        event: Event::UpgradeSettled {
            order_id: order(9),
            cycle_number: 1,
            terms: dearer,
            allowance_added_seconds: HOUR,
            paid_net_added: Money::new(1_000, Currency::Bdt),
        },
        legend: vec![then('u', None, None, &[Notify { notice: NoticeKind::Upgraded, value: None }])],
        cells: "
    pending   O | . . . | . . . | . | .
    creating  . | O O O | u u u | O | O
    active    . | O O O | u u u | O | .
    stopped   . | O O O | u u u | O | .
    opening   . | O O O | u u u | O | .
    unpaid    . | . . . | u u u | O | O
    operator  . | O O O | u u u | O | O
    failed    . | O O O | u u u | O | O
    deleting  x | x x x | x x x | x | x
    deleted   x | x x x | x x x | x | x",
    }
}

/// c: an hour of three is taken back.
pub(super) fn correcting() -> Grid {
    let starts_at = start().plus(-DAY - HOUR);
    let hours = |from: i64, to: i64| Span::new(starts_at.plus(from * HOUR), starts_at.plus(to * HOUR));
    Grid {
        event: Event::Corrected {
            correction_id: CorrectionId::new(Uuid::from_u128(1)),
            span: hours(2, 3),
            seen: Seen::Down,
            windows: vec![Window::plain(hours(0, 2), Seen::Up), Window::plain(hours(2, 3), Seen::Down)],
        },
        legend: vec![Then { charged: -HOUR, ..then('c', None, None, &[]) }],
        cells: "
    pending   N | . . . | . . . | . | .
    creating  . | c c c | c c c | N | N
    active    . | c c c | c c c | N | .
    stopped   . | c c c | c c c | N | .
    opening   . | c c c | c c c | N | .
    unpaid    . | . . . | c c c | N | N
    operator  . | c c c | c c c | N | N
    failed    . | c c c | c c c | N | N
    deleting  N | c c c | c c c | N | N
    deleted   N | c c c | c c c | N | N",
    }
}

/// a to d: the first cycle that waits is refunded, and waits no more.
pub(super) fn refunding() -> Grid {
    let fewer = |letter, to| then(letter, None, Some(to), &[]);
    Grid {
        event: Event::CycleRefunded { order_id: order(2) },
        legend: vec![
            fewer('a', Column::Trial),
            fewer('b', Column::Trial1),
            fewer('c', Column::Paid),
            fewer('d', Column::Paid1),
        ],
        cells: "
    pending   x | . . . | . . . | . | .
    creating  . | x a b | x c d | x | x
    active    . | x a b | x c d | x | .
    stopped   . | x a b | x c d | x | .
    opening   . | x a b | x c d | x | .
    unpaid    . | . . . | x c d | x | x
    operator  . | x a b | x c d | x | x
    failed    . | x a b | x c d | x | x
    deleting  x | x a b | x c d | x | x
    deleted   x | x a b | x c d | x | x",
    }
}

/// What runs is given back of a panel that never came up, and only if nothing was used: here each has used three hours.
pub(super) fn giving_back() -> Grid {
    Grid {
        event: Event::UnusedRefunded { order_id: order(1) },
        legend: vec![],
        cells: "
    pending   x | . . . | . . . | . | .
    creating  . | x x x | x x x | x | x
    active    . | x x x | x x x | x | .
    stopped   . | x x x | x x x | x | .
    opening   . | x x x | x x x | x | .
    unpaid    . | . . . | x x x | x | x
    operator  . | x x x | x x x | x | x
    failed    . | x x x | x x x | x | x
    deleting  x | x x x | x x x | x | x
    deleted   x | x x x | x x x | x | x",
    }
}

/// k: the customer wants no further cycle. What does not run is not cancelled, nor is its cancellation withdrawn.
pub(super) fn cancelling() -> [Grid; 2] {
    [
        Grid {
            event: Event::Cancelled,
            legend: vec![Then { cancelled: true, ..then('k', None, None, &[]) }],
            cells: "
    pending   x | . . . | . . . | . | .
    creating  . | k k k | k k k | x | x
    active    . | k k k | k k k | x | .
    stopped   . | k k k | k k k | x | .
    opening   . | k k k | k k k | x | .
    unpaid    . | . . . | k k k | x | x
    operator  . | k k k | k k k | x | x
    failed    . | k k k | k k k | x | x
    deleting  x | x x x | x x x | x | x
    deleted   x | x x x | x x x | x | x",
        },
        Grid {
            event: Event::CancellationWithdrawn,
            legend: vec![],
            cells: "
    pending   x | . . . | . . . | . | .
    creating  . | = = = | = = = | x | x
    active    . | = = = | = = = | x | .
    stopped   . | = = = | = = = | x | .
    opening   . | = = = | = = = | x | .
    unpaid    . | . . . | = = = | x | x
    operator  . | = = = | = = = | x | x
    failed    . | = = = | = = = | x | x
    deleting  x | x x x | x x x | x | x
    deleted   x | x x x | x x x | x | x",
        },
    ]
}
