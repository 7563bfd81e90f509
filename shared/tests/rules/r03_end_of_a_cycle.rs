//! Rule 3: a cycle ends at the first billable second without allowance, or with its days; then comes what was bought,
//! or grace, or nothing. Plans with overage go on and price the extra hours.

use crate::story::{Act, Story, overage, plan, start, story};
use shared::api::history::NoticeKind;
use shared::api::tenants::EndedReason::{HoursUsedUp, TimeElapsed};
use shared::api::tenants::{BillingState, PanelStatus};
use shared::billing::event::Event;
use shared::billing::state::Billing;
use shared::billing::terms::Terms;
use shared::time::{DAY, HOUR};

fn state(story: &Story) -> (PanelStatus, BillingState) {
    (story.tenant.panel.status(), story.tenant.billing.state())
}

const SERVED: (PanelStatus, BillingState) = (PanelStatus::Active, BillingState::Active);
const GRACE: (PanelStatus, BillingState) = (PanelStatus::Active, BillingState::Grace);
const CLOSED: (PanelStatus, BillingState) = (PanelStatus::Suspended, BillingState::Expired);

/// A day or two, so many hours, no cap.
fn hours(included_hours: u32, grace_hours: u32) -> Terms {
    plan(|t| {
        (t.cycle_days, t.included_hours, t.daily_cap_hours) = (2, included_hours, None);
        (t.early_renewal_days, t.grace_hours) = (2, grace_hours);
    })
}

// Harm prevented: service stops a second too early, goes on a second for nothing, or a plan's grace is forgotten.
#[test]
fn service_ends_at_the_second_at_which_nothing_is_left() {
    for (name, plan, acts, expected) in [
        ("the last second of the hours", hours(5, 0), vec![Act::Up(5 * HOUR)], SERVED),
        ("a second more", hours(5, 0), vec![Act::Up(5 * HOUR + 1)], CLOSED),
        ("hours gone, and it rests", hours(5, 0), vec![Act::Up(5 * HOUR), Act::Down(20 * HOUR)], SERVED),
        ("hours gone, rested, up", hours(5, 0), vec![Act::Up(5 * HOUR), Act::Down(HOUR), Act::Up(1)], CLOSED),
        ("the last second of the days", hours(5, 0), vec![Act::Down(2 * DAY - 1)], SERVED),
        ("days over", hours(5, 0), vec![Act::Down(2 * DAY)], CLOSED),
        ("grace starts with the hours' end", hours(5, 3), vec![Act::Up(5 * HOUR + 1)], GRACE),
        ("grace, its last second", hours(5, 3), vec![Act::Up(8 * HOUR - 1)], GRACE),
        ("grace over", hours(5, 3), vec![Act::Up(8 * HOUR)], CLOSED),
        ("grace starts with the days' end", hours(5, 3), vec![Act::Down(2 * DAY)], GRACE),
        ("grace after the days, over", hours(5, 3), vec![Act::Down(2 * DAY + 3 * HOUR)], CLOSED),
    ] {
        assert_eq!(state(&story(&plan, &acts)), expected, "{name}");
    }
    let Billing::Grace { until, .. } = story(&hours(5, 3), &[Act::Up(6 * HOUR)]).tenant.billing else {
        panic!("no grace")
    };
    assert_eq!(until, start().plus(8 * HOUR), "three hours after the end, not after somebody looked");
}

// Harm prevented: a cap that makes the rest of a day free takes a paid day away.
#[test]
fn a_free_rest_of_a_day_ends_nothing() {
    let capped = plan(|t| (t.included_hours, t.daily_cap_hours) = (24, Some(12)));
    for (name, acts, over) in [
        ("two days' hours, and the free rest of the second", vec![Act::Up(2 * DAY)], None),
        ("the third day's first second", vec![Act::Up(2 * DAY + 1)], Some((2 * DAY, HoursUsedUp))),
    ] {
        let got = story(&capped, &acts).over().first().map(|over| (over.1, over.2));
        assert_eq!(got, over, "{name}");
    }
}

// Harm prevented: the cycle that was bought early starts late, or its buyer is charged for the gap.
#[test]
fn what_was_bought_early_starts_at_that_instant() {
    let ten = hours(10, 5);
    let pays = || Act::Pays(hours(10, 5));
    for (name, acts, over) in [
        ("hours used up", vec![pays(), Act::Up(12 * HOUR)], (0, 10 * HOUR, HoursUsedUp, 10 * HOUR)),
        ("days over", vec![pays(), Act::Up(HOUR), Act::Down(3 * DAY)], (0, 2 * DAY, TimeElapsed, HOUR)),
    ] {
        let got = story(&ten, &acts);
        assert_eq!(got.over(), [over], "{name}");
        assert_eq!(got.cycle().starts_at, start().plus(over.1), "{name}");
        assert_eq!(state(&got), SERVED, "{name}");
    }
}

/// When the first cycle ended, why, and its used and extra seconds; of the running one if none has.
fn first(story: &Story) -> (i64, Option<shared::api::tenants::EndedReason>, i64, i64) {
    match story.ended.first() {
        Some(it) => {
            let (used, extra) = (it.cycle.used_seconds, it.cycle.overage_seconds);
            (it.at.seconds_since(start()), Some(it.reason), used, extra)
        }
        None => (0, None, story.cycle().used_seconds, story.cycle().overage_seconds),
    }
}

// Harm prevented: a plan with overage closes the panel all the same, gives hours away, sells hours that its buyer has
// paid for already, or charges somebody who wanted no more.
#[test]
fn a_plan_with_overage_goes_on_and_prices_the_extra_hours() {
    let two_days = overage(2, 24, 10_000);
    let capped = Terms { daily_cap_hours: Some(18), ..two_days.clone() };
    let with_grace = Terms { grace_hours: 9, ..two_days.clone() };
    let up = |hours: i64| Act::Up(hours * HOUR);
    let pays = || Act::Pays(overage(2, 24, 10_000));
    let (cancels, withdraws) = (Act::Does(Event::Cancelled), Act::Does(Event::CancellationWithdrawn));
    let day = 24 * HOUR;
    for (name, plan, acts, expected, charges) in [
        ("not yet", &two_days, vec![up(24)], (0, None, day, 0), vec![]),
        ("goes on", &two_days, vec![up(30)], (0, None, day, 6 * HOUR), vec![]),
        ("to the end of its days", &two_days, vec![up(48)], (2 * DAY, Some(TimeElapsed), day, day), vec![240_000]),
        (
            "a part of an hour costs its part: 1 h and 1 s are 10,002.78",
            &two_days,
            vec![up(24), Act::Up(HOUR + 1), Act::Down(2 * DAY)],
            (2 * DAY, Some(TimeElapsed), day, HOUR + 1),
            vec![10_003],
        ),
        (
            "none used, none charged",
            &two_days,
            vec![up(24), Act::Down(DAY)],
            (2 * DAY, Some(TimeElapsed), day, 0),
            vec![],
        ),
        (
            "the cap still holds: 18 h and 18 h",
            &capped,
            vec![up(48)],
            (2 * DAY, Some(TimeElapsed), day, 12 * HOUR),
            vec![120_000],
        ),
        ("a queued cycle comes first", &two_days, vec![pays(), up(30)], (day, Some(HoursUsedUp), day, 0), vec![]),
        (
            "bought in overage: the extra hours end",
            &two_days,
            vec![up(30), pays(), up(1)],
            (30 * HOUR, Some(HoursUsedUp), day, 6 * HOUR),
            vec![60_000],
        ),
        ("cancelled: none", &with_grace, vec![cancels.clone(), up(30)], (day, Some(HoursUsedUp), day, 0), vec![]),
        (
            "cancelled in overage",
            &with_grace,
            vec![up(30), cancels.clone(), up(1)],
            (30 * HOUR, Some(HoursUsedUp), day, 6 * HOUR),
            vec![60_000],
        ),
        ("withdrawn in time", &two_days, vec![up(24), cancels, withdraws, up(2)], (0, None, day, 2 * HOUR), vec![]),
    ] {
        let got = story(plan, &acts);
        assert_eq!((first(&got), got.charges()), (expected, charges), "{name}");
    }
}

// Harm prevented: the last of several queued cycles ends as if something still waited, or the first goes into overage.
#[test]
fn the_last_queued_cycle_has_the_overage() {
    let two_days = overage(2, 24, 10_000);
    let got = story(&two_days, &[Act::Pays(two_days.clone()), Act::Up(3 * DAY)]);
    assert_eq!(got.over(), [(0, DAY, HoursUsedUp, DAY), (DAY, 3 * DAY, TimeElapsed, DAY)]);
    assert_eq!(got.charges(), [240_000], "the second cycle's second day");
}

// Harm prevented: whoever is closed for want of money reads nothing of it.
#[test]
fn the_end_is_told() {
    let told = plan(|t| {
        (t.included_hours, t.daily_cap_hours, t.grace_hours) = (5, None, 3);
        t.reminders = shared::billing::reminder::Reminder::standard();
    });
    let quiet = Terms { reminders: vec![], ..told.clone() };
    let of_the_end = |plan: &Terms| {
        let notices = story(plan, &[Act::Up(DAY)]).notices;
        let kinds = notices.into_iter().map(|(hour, kind, _)| (hour, kind));
        kinds.filter(|(_, kind)| matches!(kind, NoticeKind::GraceBegan | NoticeKind::Expired)).collect::<Vec<_>>()
    };
    assert_eq!(of_the_end(&told), [(6, NoticeKind::GraceBegan), (8, NoticeKind::Expired)]);
    assert_eq!(of_the_end(&quiet), [(8, NoticeKind::Expired)], "that the panel was closed is always told");
}
