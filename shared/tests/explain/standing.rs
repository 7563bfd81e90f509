//! Why a panel stands as it does: each fact with its figures, in the order in which they are told.

use crate::{bdt, start, terms};
use shared::api::explain::{Fact, RenewalKind};
use shared::api::tenants::EndedReason;
use shared::billing::cycle::{Cycle, EndedCycle, QueuedCycle};
use shared::billing::explain::standing;
use shared::billing::gauge::Sample;
use shared::billing::state::{Billing, Panel, Suspension, Tenant};
use shared::billing::terms::Terms;
use shared::ids::OrderId;
use shared::time::{DAY, HOUR};
use uuid::Uuid;

fn plan() -> Terms {
    Terms { grace_hours: 5, ..terms() }
}

fn cycle() -> Cycle {
    let cycle = Cycle::paid(3, OrderId::new(Uuid::nil()), plan(), start());
    Cycle { used_seconds: 10 * HOUR, ..cycle }
}

fn running(waiting: u32) -> Billing {
    let order_id = OrderId::new(Uuid::nil());
    let queued = (0..waiting).map(|n| QueuedCycle { number: 4 + n, order_id, terms: plan() }).collect();
    Billing::Running { cycle: cycle(), queued }
}

/// The cycle's ten hours were used in its first two days.
fn tenant(panel: Panel, billing: Billing) -> Tenant {
    let accounted_until = (billing != Billing::None).then_some(start().plus(2 * DAY));
    Tenant { panel, billing, accounted_until, ..Tenant::new(crate::tenant(), start()) }
}

fn facts(tenant: &Tenant) -> Vec<Fact> {
    standing(tenant, &plan(), Sample::default(), bdt(250_000), start().plus(2 * DAY))
}

fn open(kind: RenewalKind) -> Fact {
    Fact::RenewalOpen { kind, due: bdt(250_000) }
}

// Harm prevented: a customer is told another end, another number of cycles or another day of renewal than holds.
#[test]
fn what_runs_is_told_with_its_end_and_with_what_may_be_bought() {
    let since = start();
    let ends_at = start().plus(30 * DAY);
    let not_due = Fact::RenewalNotDue {
        days_at_most: 15,
        percent_at_most: 50,
        seconds_left: 28 * DAY,
        remaining_seconds: 350 * HOUR,
        allowance_seconds: 360 * HOUR,
        opens_at: start().plus(15 * DAY),
    };
    let runs_out = |cycles: i64| Fact::RunsOut { at: start().plus(cycles * 30 * DAY) };
    let mut cancelled = tenant(Panel::Stopped, running(0));
    cancelled.cancelled = true;
    for (name, tenant, expected) in [
        ("runs", tenant(Panel::Active, running(0)), vec![Fact::IsOpen { since }, runs_out(1), not_due.clone()]),
        (
            "one waits",
            tenant(Panel::Active, running(1)),
            vec![Fact::IsOpen { since }, Fact::CyclesWait { waiting: 1 }, runs_out(2), not_due.clone()],
        ),
        (
            "two wait, and no more may",
            tenant(Panel::Creating, running(2)),
            vec![
                Fact::SettingUp { since },
                Fact::CyclesWait { waiting: 2 },
                runs_out(3),
                Fact::RenewalQueueFull { waiting: 2, at_most: 2, frees_at: ends_at },
            ],
        ),
        (
            "stopped and cancelled",
            cancelled,
            vec![Fact::StoppedByCustomer { since }, Fact::WantsNoMore, runs_out(1), not_due.clone()],
        ),
        (
            "paid, and the host has not opened it yet",
            tenant(Panel::Suspended(Suspension::BillingExpired), running(0)),
            vec![Fact::BeingOpened, runs_out(1), not_due.clone()],
        ),
        (
            "being started",
            tenant(Panel::Suspended(Suspension::Opening { closed_with: Some("Call us.".to_owned()) }), running(0)),
            vec![Fact::BeingStarted { since }, runs_out(1), not_due],
        ),
        (
            "being removed",
            tenant(Panel::Deleting, running(0)),
            vec![Fact::BeingRemoved { since }, runs_out(1), Fact::NoRenewalGone],
        ),
    ] {
        assert_eq!(facts(&tenant), expected, "{name}");
    }
}

// Harm prevented: whoever must pay is not told so, nor until when; or a panel that waits for its owner is called unpaid.
#[test]
fn what_does_not_run_is_told_with_its_reason_and_its_price() {
    let since = start();
    let (ended_at, until, reason) = (start().plus(DAY), start().plus(DAY + 5 * HOUR), EndedReason::HoursUsedUp);
    let ended = EndedCycle { cycle: cycle(), at: ended_at, reason };
    let grace = || Billing::Grace { ended: ended.clone(), until };
    let expired = || Billing::Expired { ended: ended.clone() };
    let in_grace = || Fact::InGrace { cycle_number: 3, ended_at, reason, until };
    let over = || Fact::PaidTimeOver { cycle_number: 3, ended_at, reason };
    let by_operator = Panel::Suspended(Suspension::ByOperator { message: "Call us.".to_owned() });
    let closed = Fact::ClosedByOperator { since, message: "Call us.".to_owned() };
    for (name, tenant, expected) in [
        ("ordered", tenant(Panel::Pending, Billing::None), vec![Fact::AwaitsFirstPayment, open(RenewalKind::First)]),
        (
            "in grace",
            tenant(Panel::Active, grace()),
            vec![Fact::IsOpen { since }, in_grace(), open(RenewalKind::InGrace)],
        ),
        (
            "lapsed",
            tenant(Panel::Suspended(Suspension::BillingExpired), expired()),
            vec![Fact::ClosedUnpaid { since }, over(), open(RenewalKind::Lapsed)],
        ),
        ("closed, and lapsed", tenant(by_operator, expired()), vec![closed, over(), open(RenewalKind::Lapsed)]),
        (
            "failed, and lapsed",
            tenant(Panel::Failed { reason: "No space.".to_owned() }, expired()),
            vec![Fact::SetUpFailed { since, reason: "No space.".to_owned() }, over(), open(RenewalKind::Lapsed)],
        ),
        ("removed", tenant(Panel::Deleted, expired()), vec![Fact::WasRemoved { since }, over(), Fact::NoRenewalGone]),
    ] {
        assert_eq!(facts(&tenant), expected, "{name}");
    }
}
