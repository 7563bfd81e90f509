//! The grids for an instant at which something is over: nobody looked for a while, and time alone decides.

use super::{Grid, Then, check, seen, then};
use crate::tenants::{Column, Row, start, tenant_in, terms};
use shared::api::history::NoticeKind;
use shared::billing::effect::Effect::{self, ClosePanel, Notify};
use shared::billing::event::Event;
use shared::billing::reminder::{Condition, Reminder};
use shared::billing::state::Tenant;
use shared::billing::terms::Terms;
use shared::time::{DAY, HOUR};

const GRACE: &[Effect] = &[Notify { notice: NoticeKind::GraceBegan, value: None }];
const CLOSED: &[Effect] = &[ClosePanel, Notify { notice: NoticeKind::Expired, value: None }];

/// Checks `cells` an hour after the running cycle's days, and long after any grace that runs already.
/// q, r: the next cycle that is paid runs, and 0 or 1 wait.  g: grace runs.  h: so it does, and nobody is told.
/// e: expired, and nobody is told.  u: expired, the panel is closed.  Capitals: the panel was active, and nobody saw
/// what it did meanwhile.
fn an_hour_late(terms: &Terms, cancelled: bool, cells: &'static str) {
    let closed = then('u', Some(Row::Unpaid), Some(Column::Expired), CLOSED);
    let legend = vec![
        then('q', None, Some(Column::Paid), &[]),
        then('r', None, Some(Column::Paid1), &[]),
        then('g', None, Some(Column::Grace), GRACE),
        then('h', None, Some(Column::Grace), &[]),
        then('e', None, Some(Column::Expired), &[]),
        closed,
        seen(then('Q', None, Some(Column::Paid), &[])),
        seen(then('R', None, Some(Column::Paid1), &[])),
        seen(then('G', None, Some(Column::Grace), GRACE)),
        seen(Then { letter: 'U', ..closed }),
    ];
    let over = start().plus(-DAY - HOUR).plus(30 * DAY);
    // Only what runs can be cancelled, and what was cancelled has no grace.
    let may_be = |column| !matches!(column, Column::None | Column::Grace);
    let build = |row, column| {
        let tenant = tenant_in(row, column, terms, start());
        Tenant { cancelled: cancelled && may_be(column), ..tenant }
    };
    check(&Grid { event: Event::TimePassed, legend, cells }, build, over.plus(HOUR));
}

// Harm prevented: a cycle ends and its successor does not start, or service stops although grace was promised.
#[test]
fn time_alone_moves_every_state_on_with_grace() {
    let terms = terms(|t| {
        t.trial_days = 30;
        t.grace_hours = 2;
        t.reminders = vec![Reminder { any_of: vec![Condition::Ended] }];
    });
    let cells = "
    pending   = | . . . | . . . | . | .
    creating  . | g q r | g q r | e | =
    active    . | G Q R | G Q R | U | .
    stopped   . | g q r | g q r | u | .
    opening   . | g q r | g q r | u | .
    unpaid    . | . . . | g q r | u | =
    operator  . | g q r | g q r | e | =
    failed    . | g q r | g q r | e | =
    deleting  = | h q r | h q r | e | =
    deleted   = | h q r | h q r | e | =";
    an_hour_late(&terms, false, cells);
}

const WITHOUT_GRACE: &str = "
    pending   = | . . . | . . . | . | .
    creating  . | e q r | e q r | e | =
    active    . | U Q R | U Q R | U | .
    stopped   . | u q r | u q r | u | .
    opening   . | u q r | u q r | u | .
    unpaid    . | . . . | u q r | u | =
    operator  . | e q r | e q r | e | =
    failed    . | e q r | e q r | e | =
    deleting  = | e q r | e q r | e | =
    deleted   = | e q r | e q r | e | =";

// Harm prevented: a panel that nobody pays for goes on, or one for which a cycle waits is closed.
#[test]
fn time_alone_moves_every_state_on_without_grace() {
    an_hour_late(&terms(|t| t.trial_days = 30), false, WITHOUT_GRACE);
}

// Harm prevented: who wants no more is given grace and asked for money, or loses the cycles that are paid.
#[test]
fn time_alone_moves_whoever_cancelled_on_without_grace() {
    let terms = terms(|t| {
        t.trial_days = 30;
        t.grace_hours = 2;
        t.reminders = vec![Reminder { any_of: vec![Condition::Ended] }];
    });
    an_hour_late(&terms, true, WITHOUT_GRACE);
}
