//! Tenants in every state, named and built; and the terms that they live on.

use shared::api::tenants::EndedReason;
use shared::billing::cycle::{Cycle, EndedCycle, Origin, QueuedCycle};
use shared::billing::event::Event;
use shared::billing::gauge::Sample;
use shared::billing::state::{Billing, Panel, Suspension, Tenant};
use shared::billing::step::{Step, step};
use shared::billing::terms::Terms;
use shared::billing::usage::Seen;
use shared::ids::{OrderId, TenantId};
use shared::money::{Currency, Money};
use shared::time::{DAY, HOUR, Timestamp};
use uuid::Uuid;

/// Further back than any test goes: an observation that speaks for everything since the last one.
pub(crate) const FAR: i64 = 1_000 * DAY;

/// Where all tests begin.
pub(crate) fn start() -> Timestamp {
    Timestamp::from_unix(1_800_000_000)
}

/// A look that measured nothing but whether the panel was up.
pub(crate) const NOTHING: Sample = Sample { users: None, storage_bytes: None };

/// The default plan, but for its reminders: they are the subject of tests of their own.
pub(crate) fn standard() -> Terms {
    Terms { reminders: vec![], ..Terms::standard(Money::new(250_000, Currency::Bdt)) }
}

/// The default plan, changed.
pub(crate) fn terms(change: impl FnOnce(&mut Terms)) -> Terms {
    let mut terms = standard();
    change(&mut terms);
    terms
}

/// The id of the n-th order.
pub(crate) fn order(n: u32) -> OrderId {
    OrderId::new(Uuid::from_u128(u128::from(n)))
}

/// The n-th order is paid, and nothing was used since the last cycle's end.
pub(crate) fn paid(n: u32, terms: &Terms) -> Event {
    Event::RenewalSettled { order_id: order(n), terms: terms.clone(), since_end: vec![] }
}

/// The panel was seen so, all the time since the last observation.
pub(crate) const fn all_the_time(seen: Seen) -> Event {
    Event::Observed { seen, sample: NOTHING, reach_seconds: FAR }
}

/// A tenant that was just ordered.
pub(crate) fn ordered() -> Tenant {
    Tenant::new(TenantId::new(Uuid::from_u128(7)), start())
}

/// A tenant whose first paid cycle began at [`start`], whose panel is open, and for whom `queued` cycles wait.
pub(crate) fn open(terms: &Terms, queued: u32) -> Tenant {
    let settled = after(&ordered(), &paid(1, terms), start());
    let mut tenant = after(&settled, &Event::PanelReady, start());
    for n in 0..queued {
        tenant = after(&tenant, &paid(2 + n, terms), start());
    }
    tenant
}

/// What follows; the event must not be refused.
pub(crate) fn take(tenant: &Tenant, event: &Event, at: Timestamp) -> Step {
    step(tenant, event, at).unwrap_or_else(|refusal| panic!("{event:?} was refused: {refusal}"))
}

/// The tenant afterwards; the event must not be refused.
pub(crate) fn after(tenant: &Tenant, event: &Event, at: Timestamp) -> Tenant {
    take(tenant, event, at).tenant
}

/// Every state of a panel, in the order of the tables' rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Row {
    Pending,
    Creating,
    Active,
    Stopped,
    Opening,
    Unpaid,
    ByOperator,
    Failed,
    Deleting,
    Deleted,
}

/// Every state of billing, in the order of the tables' columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Column {
    None,
    Trial,
    Trial1,
    Trial2,
    Paid,
    Paid1,
    Paid2,
    Grace,
    Expired,
}

/// All rows.
pub(crate) const ROWS: [(Row, &str); 10] = [
    (Row::Pending, "pending"),
    (Row::Creating, "creating"),
    (Row::Active, "active"),
    (Row::Stopped, "stopped"),
    (Row::Opening, "opening"),
    (Row::Unpaid, "unpaid"),
    (Row::ByOperator, "operator"),
    (Row::Failed, "failed"),
    (Row::Deleting, "deleting"),
    (Row::Deleted, "deleted"),
];

/// All columns.
pub(crate) const COLUMNS: [Column; 9] = [
    Column::None,
    Column::Trial,
    Column::Trial1,
    Column::Trial2,
    Column::Paid,
    Column::Paid1,
    Column::Paid2,
    Column::Grace,
    Column::Expired,
];

/// In which row a panel is. A new state does not compile until it has one.
pub(crate) fn row(panel: &Panel) -> Row {
    match panel {
        Panel::Pending => Row::Pending,
        Panel::Creating => Row::Creating,
        Panel::Active => Row::Active,
        Panel::Stopped => Row::Stopped,
        Panel::Suspended(Suspension::Opening { .. }) => Row::Opening,
        Panel::Suspended(Suspension::BillingExpired) => Row::Unpaid,
        Panel::Suspended(Suspension::ByOperator { .. }) => Row::ByOperator,
        Panel::Failed { .. } => Row::Failed,
        Panel::Deleting => Row::Deleting,
        Panel::Deleted => Row::Deleted,
    }
}

/// In which column billing is. A new state does not compile until it has one.
pub(crate) fn column(billing: &Billing) -> Column {
    match billing {
        Billing::None => Column::None,
        Billing::Running { cycle, queued } => match (cycle.origin, queued.len()) {
            (Origin::Trial, 0) => Column::Trial,
            (Origin::Trial, 1) => Column::Trial1,
            (Origin::Trial, 2) => Column::Trial2,
            (Origin::Order(_), 0) => Column::Paid,
            (Origin::Order(_), 1) => Column::Paid1,
            (Origin::Order(_), 2) => Column::Paid2,
            (Origin::Trial | Origin::Order(_), more) => panic!("{more} cycles wait, and 2 may"),
        },
        Billing::Grace { .. } => Column::Grace,
        Billing::Expired { .. } => Column::Expired,
    }
}

/// A panel in this row.
fn panel(row: Row) -> Panel {
    match row {
        Row::Pending => Panel::Pending,
        Row::Creating => Panel::Creating,
        Row::Active => Panel::Active,
        Row::Stopped => Panel::Stopped,
        Row::Opening => Panel::Suspended(Suspension::Opening { closed_with: None }),
        Row::Unpaid => Panel::Suspended(Suspension::BillingExpired),
        Row::ByOperator => Panel::Suspended(Suspension::ByOperator { message: "abuse".into() }),
        Row::Failed => Panel::Failed { reason: "no disk".into() },
        Row::Deleting => Panel::Deleting,
        Row::Deleted => Panel::Deleted,
    }
}

/// A tenant in this state at `now`: its cycle is a day and an hour old and has used 3 h, its grace has an hour to go,
/// and the last accounted second is a minute ago.
pub(crate) fn tenant_in(at: Row, paid: Column, terms: &Terms, now: Timestamp) -> Tenant {
    let starts_at = now.plus(-DAY - HOUR);
    let used = |cycle| Cycle { used_seconds: 3 * HOUR, day_index: 0, day_used_seconds: 3 * HOUR, ..cycle };
    let wait =
        |n: u32| (0..n).map(|i| QueuedCycle { number: 2 + i, order_id: order(2 + i), terms: terms.clone() }).collect();
    let trial = |n| Billing::Running { cycle: used(Cycle::trial(1, terms.clone(), starts_at)), queued: wait(n) };
    let bought =
        |n| Billing::Running { cycle: used(Cycle::paid(1, order(1), terms.clone(), starts_at)), queued: wait(n) };
    let ended = |ago: i64| {
        let cycle = used(Cycle::paid(1, order(1), terms.clone(), now.plus(-ago - 30 * DAY)));
        EndedCycle { at: cycle.ends_at, reason: EndedReason::TimeElapsed, cycle }
    };
    let (billing, next_cycle_number) = match paid {
        Column::None => (Billing::None, 1),
        Column::Trial => (trial(0), 2),
        Column::Trial1 => (trial(1), 3),
        Column::Trial2 => (trial(2), 4),
        Column::Paid => (bought(0), 2),
        Column::Paid1 => (bought(1), 3),
        Column::Paid2 => (bought(2), 4),
        Column::Grace => (Billing::Grace { ended: ended(HOUR), until: now.plus(HOUR) }, 2),
        Column::Expired => (Billing::Expired { ended: ended(DAY) }, 2),
    };
    let accounted_until = (billing != Billing::None).then_some(now.plus(-60));
    let panel_since = now.plus(-HOUR);
    Tenant { panel: panel(at), panel_since, billing, accounted_until, next_cycle_number, ..ordered() }
}
