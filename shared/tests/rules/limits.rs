//! What a plan includes, and a panel that holds more: told once a cycle at 80 % and at 100 %; and, where the plan says so, no
//! further cycle of it.

use crate::story::{Act, bdt, plan, start, story, users};
use proptest::prelude::*;
use shared::api::history::NoticeKind::{self, Renewed, StoragePercent, Upgraded, UsersPercent};
use shared::billing::gauge::Sample;
use shared::billing::limit::known;
use shared::billing::proof::{Line, Seal};
use shared::billing::renewal::{NotRenewable, Renewal, renewal};
use shared::billing::state::{Panel, Suspension};
use shared::billing::terms::{Limits, OnReached, Terms};
use shared::time::{DAY, HOUR};

type Given = (i64, NoticeKind, Option<u32>);

fn ten(change: impl FnOnce(&mut Terms)) -> Terms {
    plan(|t| {
        t.limits = Limits { users: Some(10), ..Limits::default() };
        change(t);
    })
}

fn blocking() -> Terms {
    ten(|t| t.limits.on_reached = OnReached::BlockRenewal)
}

fn holds(hours: i64, number: i64) -> Act {
    Act::Holds(hours * HOUR, users(number))
}

const fn near(hour: i64) -> Given {
    (hour, UsersPercent, Some(80))
}

const fn all(hour: i64) -> Given {
    (hour, UsersPercent, Some(100))
}

// Harm prevented: nobody hears that the plan becomes too small before it is; or hears it with every look.
#[test]
fn each_share_of_a_limit_is_told_once_a_cycle() {
    let bytes = |bytes| Act::Holds(HOUR, Sample { users: None, storage_bytes: Some(bytes) });
    let both = ten(|t| t.limits.storage_bytes = Some(1_000));
    for (name, plan, acts, expected) in [
        ("room", ten(|_| ()), vec![holds(5, 7)], vec![]),
        ("near", ten(|_| ()), vec![holds(1, 7), holds(5, 8), holds(5, 9)], vec![near(2)]),
        ("near, and then all", ten(|_| ()), vec![holds(5, 8), holds(5, 10), holds(5, 11)], vec![near(1), all(6)]),
        ("all at once", ten(|_| ()), vec![holds(5, 12), holds(5, 8)], vec![all(1)]),
        ("back, and again", ten(|_| ()), vec![holds(1, 8), holds(1, 1), holds(1, 8)], vec![near(1)]),
        ("never measured", ten(|_| ()), vec![Act::Up(DAY)], vec![]),
        ("no limit", plan(|_| ()), vec![holds(5, 1_000)], vec![]),
        ("a limit of one", ten(|t| t.limits.users = Some(1)), vec![holds(2, 1)], vec![all(1)]),
        (
            "of each gauge",
            both,
            vec![holds(1, 8), bytes(799), bytes(800), bytes(1_000)],
            vec![near(1), (3, StoragePercent, Some(80)), (4, StoragePercent, Some(100))],
        ),
    ] {
        assert_eq!(story(&plan, &acts).notices, expected, "{name}");
    }
}

// Harm prevented: in the second month nobody is told; or whoever has paid for it is told nothing at all.
#[test]
fn a_new_cycle_tells_again_whoever_has_paid_too() {
    let plan = ten(|t| t.reminders = vec![]);
    let told = story(&plan, &[Act::Up(16 * DAY), Act::Pays(plan.clone()), Act::Holds(16 * DAY, users(9))]).notices;
    assert_eq!(told, [(384, Renewed, None), near(385), near(721)]);
}

// Harm prevented: an upgrade repeats what was told, or is silent about a limit that is new.
#[test]
fn an_upgrade_forgets_what_was_told_of_another_limit() {
    let to = |users| ten(|t| (t.price, t.limits.users) = (bdt(500_000), Some(users)));
    for (name, users, expected) in
        [("the same limit", 10, vec![]), ("a larger one", 20, vec![]), ("nearer", 11, vec![near(3)])]
    {
        let told = story(&ten(|_| ()), &[holds(3, 9), Act::Upgrades(to(users)), holds(3, 9)]).notices;
        assert_eq!(told, [vec![near(1), (3, Upgraded, None)], expected].concat(), "{name}");
    }
}

// Harm prevented: a plan for ten goes on being sold to thirty; or somebody is turned away whom the plan does not turn away.
#[test]
fn a_plan_that_blocks_is_not_sold_for_more_than_it_includes() {
    let over = Err(NotRenewable::OverLimit);
    let ok = Ok(Renewal::Lapsed);
    let bytes = blocking_bytes();
    for (name, plan, measured, expected) in [
        ("under", &blocking(), users(9), ok),
        ("all of it", &blocking(), users(10), ok),
        ("over", &blocking(), users(11), over),
        ("not measured", &blocking(), Sample::default(), ok),
        ("a plan that only tells", &ten(|_| ()), users(11), ok),
        ("no limit", &plan(|t| t.limits.on_reached = OnReached::BlockRenewal), users(11), ok),
        ("a larger plan", &ten(|t| t.limits = Limits { users: Some(20), ..blocking().limits }), users(11), ok),
        ("the other gauge", &bytes, Sample { users: Some(1), storage_bytes: Some(1_001) }, over),
    ] {
        let lapsed = story(plan, &[Act::Up(31 * DAY)]);
        assert_eq!(renewal(&lapsed.tenant, plan, measured, lapsed.now), expected, "{name}");
    }
    let fresh = story(&blocking(), &[]);
    let early = renewal(&fresh.tenant, &blocking(), users(11), start());
    assert_eq!(early, Err(NotRenewable::TooEarly), "what time refuses is said first");
}

// Harm prevented: a panel that is closed, and so can neither be measured nor made smaller, is never renewed again.
#[test]
fn only_what_was_measured_lately_of_an_open_panel_is_known() {
    let now = start().plus(30 * DAY);
    let ago = |seconds: i64| Some((11, now.plus(-seconds)));
    let by_operator = Suspension::ByOperator { message: String::new() };
    for (name, panel, at, users) in [
        ("just now", Panel::Active, ago(0), Some(11)),
        ("a day ago", Panel::Active, ago(DAY), Some(11)),
        ("longer ago", Panel::Active, ago(DAY + 1), None),
        ("never", Panel::Active, None, None),
        ("stopped", Panel::Stopped, ago(0), None),
        ("run out", Panel::Suspended(Suspension::BillingExpired), ago(0), None),
        ("suspended", Panel::Suspended(by_operator), ago(0), None),
        ("failed", Panel::Failed { reason: String::new() }, ago(0), None),
    ] {
        assert_eq!(known(&panel, at, None, now), Sample { users, storage_bytes: None }, "{name}");
        assert_eq!(known(&panel, None, at, now), Sample { users: None, storage_bytes: users }, "{name}");
    }
    let apart = known(&Panel::Active, ago(DAY + 1), ago(HOUR), now);
    assert_eq!(apart, Sample { users: None, storage_bytes: Some(11) }, "each by its own time");
}

fn blocking_bytes() -> Terms {
    plan(|t| t.limits = Limits { storage_bytes: Some(1_000), on_reached: OnReached::BlockRenewal, ..Limits::default() })
}

// Harm prevented: a new setting breaks the seal of every cycle that was sold before there was one, or of a plan that is kept.
#[test]
fn terms_without_the_policy_are_written_as_before() {
    let text = r#"{"users":10,"storage_bytes":null}"#;
    let kept: Limits = serde_json::from_str(text).unwrap();
    assert_eq!(kept, ten(|_| ()).limits);
    assert_eq!(serde_json::to_string(&kept).unwrap(), text);
    let said = serde_json::to_value(blocking().limits).unwrap();
    assert_eq!(said["on_reached"], "block_renewal");
    assert_eq!(serde_json::from_value::<Limits>(said).unwrap(), blocking().limits);
    let line = |terms| {
        let tenant_id = story(&blocking(), &[]).tenant.id;
        Line::Started { tenant_id, number: 1, order_id: None, terms, starts_at: start() }
    };
    assert_ne!(Seal::default().then(&line(blocking())), Seal::default().then(&line(ten(|_| ()))), "and it is sealed");
}

proptest! {
    // Harm prevented: some order of samples tells the same thing twice, or passes a limit in silence.
    #[test]
    fn whatever_is_measured_each_share_is_told_at_most_once(samples in prop::collection::vec(prop::option::of(0_i64..15), 0..40)) {
        let acts: Vec<Act> =
            samples.iter().map(|users| Act::Holds(HOUR, Sample { users: *users, storage_bytes: None })).collect();
        let told = story(&ten(|_| ()), &acts).notices;
        let times = |percent| told.iter().filter(|(_, _, value)| *value == Some(percent)).count();
        let peak = samples.iter().flatten().max().copied().unwrap_or(0);
        prop_assert_eq!(times(100), usize::from(peak >= 10));
        prop_assert!(times(80) <= 1 && times(80) + times(100) >= usize::from(peak >= 8));
        prop_assert_eq!(told.len(), times(80) + times(100));
    }
}
