//! Rule 5: reminders are data. Each is given once a cycle, and a new cycle arms it again.

use crate::story::{Act, plan, start, story};
use shared::api::history::NoticeKind::{self, DaysLeft, Expired, GraceBegan, HoursLeft, Renewed, UsedPercent};
use shared::billing::event::Event;
use shared::billing::forecast::changes_by;
use shared::billing::reminder::{Condition, Reminder};
use shared::billing::terms::Terms;
use shared::time::{DAY, HOUR};

type Given = (i64, NoticeKind, Option<u32>);

fn standard(change: impl FnOnce(&mut Terms)) -> Terms {
    let mut terms = plan(|t| t.reminders = Reminder::standard());
    change(&mut terms);
    terms
}

fn only(condition: Condition, change: impl FnOnce(&mut Terms)) -> Terms {
    let mut terms = plan(|t| t.reminders = vec![Reminder { any_of: vec![condition] }]);
    change(&mut terms);
    terms
}

// Harm prevented: a customer is surprised by the end, told the same thing every minute, or told what is not so.
#[test]
fn each_reminder_is_given_once_a_cycle() {
    let default = standard(|_| ());
    let grace = standard(|t| t.grace_hours = 24);
    let uncapped = standard(|t| t.daily_cap_hours = None);
    let (hours_left, percent) = (|at| (at, HoursLeft, Some(84)), |at| (at, UsedPercent, Some(80)));
    let (seven, two) = (|at| (at, DaysLeft, Some(7)), |at| (at, DaysLeft, Some(2)));
    let (over, in_grace) = (|at| (at, Expired, None), |at| (at, GraceBegan, None));
    for (name, plan, acts, expected) in [
        // 12 h a day: 84 h are left in the middle of the 23rd day, half a day before 7 days are.
        ("always on", &default, vec![Act::Up(31 * DAY)], vec![hours_left(540), percent(564), two(672), over(720)]),
        (
            "always on, grace",
            &grace,
            vec![Act::Up(32 * DAY)],
            vec![hours_left(540), percent(564), two(672), in_grace(720), over(744)],
        ),
        ("never on", &default, vec![Act::Down(31 * DAY)], vec![seven(552), two(672), over(720)]),
        ("resting", &default, vec![Act::Rests(30 * DAY - HOUR)], vec![seven(552), two(672)]),
        // 276 h, 288 h and 360 h of use.
        ("no cap", &uncapped, vec![Act::Up(16 * DAY)], vec![hours_left(276), percent(288), over(361)]),
        ("nobody looked for a month", &default, vec![Act::Late(29 * DAY, 60)], vec![seven(696), two(696)]),
    ] {
        assert_eq!(story(plan, &acts).notices, expected, "{name}");
    }
}

// Harm prevented: in the second month nobody is warned.
#[test]
fn a_new_cycle_arms_every_reminder_again() {
    let default = standard(|_| ());
    let once: [Given; 3] = [(540, HoursLeft, Some(84)), (564, UsedPercent, Some(80)), (672, DaysLeft, Some(2))];
    let later = |hours| once.map(|(at, kind, value)| (at + hours, kind, value));
    let queued = story(&default, &[Act::Up(16 * DAY), Act::Pays(default.clone()), Act::Up(43 * DAY)]).notices;
    assert_eq!(queued, [&[(384, Renewed, None)], &later(720)[..]].concat(), "quiet while it waits, then as before");
    let lapsed = story(&default, &[Act::Up(30 * DAY), Act::Pays(default.clone()), Act::Does(Event::PanelOpened)]);
    let again = lapsed.then(&[Act::Up(29 * DAY)]).notices;
    assert_eq!(again[again.len() - 3..], later(720));
}

// Harm prevented: whoever has paid, or wants no more, is pressed to pay.
#[test]
fn nobody_is_reminded_who_has_paid_or_cancelled() {
    let default = standard(|t| t.grace_hours = 24);
    let (cancels, withdraws) = (Act::Does(Event::Cancelled), Act::Does(Event::CancellationWithdrawn));
    let removes = Act::Does(Event::DeletionRequested);
    let up = |days: i64| Act::Up(days * DAY);
    for (name, acts, expected) in [
        ("queued", vec![up(16), Act::Pays(default.clone()), up(13)], vec![(384, Renewed, None)]),
        ("cancelled", vec![cancels.clone(), up(29)], vec![]),
        ("cancelled, and over", vec![cancels.clone(), up(31)], vec![(720, Expired, None)]),
        // 300 of 360 h are used and 5 days left: what is due is told at once.
        ("withdrawn", vec![cancels, up(25), withdraws], vec![(600, DaysLeft, Some(7)), (600, UsedPercent, Some(80))]),
        ("being removed", vec![removes, up(31)], vec![]),
    ] {
        assert_eq!(story(&default, &acts).notices, expected, "{name}");
    }
}

// Harm prevented: a short cycle begins with the news that it ends, or a reminder's edge is a second off.
#[test]
fn a_threshold_is_reached_to_the_second_and_never_from_the_start() {
    let short =
        |days, hours| move |t: &mut Terms| (t.cycle_days, t.included_hours, t.daily_cap_hours) = (days, hours, None);
    use Condition as Of;
    for (name, plan, quiet, told) in [
        ("7 of 8 days", only(Of::DaysLeft(7), short(8, 100)), Act::Down(DAY - 1), Some((24, DaysLeft, Some(7)))),
        ("7 of 7 days", only(Of::DaysLeft(7), short(7, 100)), Act::Down(7 * DAY - 2), None),
        ("84 of 85 h", only(Of::HoursLeft(84), short(30, 85)), Act::Up(HOUR - 1), Some((1, HoursLeft, Some(84)))),
        ("84 of 84 h", only(Of::HoursLeft(84), short(30, 84)), Act::Up(84 * HOUR - 1), None),
        (
            "80 % of 10 h",
            only(Of::UsedPercent(80), short(30, 10)),
            Act::Up(8 * HOUR - 1),
            Some((8, UsedPercent, Some(80))),
        ),
        (
            "100 %",
            only(Of::UsedPercent(100), short(30, 10)),
            Act::Up(10 * HOUR - 1),
            Some((10, UsedPercent, Some(100))),
        ),
        ("1 %", only(Of::UsedPercent(1), short(30, 100)), Act::Up(HOUR - 1), Some((1, UsedPercent, Some(1)))),
    ] {
        assert_eq!(story(&plan, &[]).cycle().reminded, 0, "{name}: nothing was told when it began");
        let before = story(&plan, &[quiet]);
        assert_eq!(before.notices, [], "{name}");
        assert_eq!(before.then(&[Act::Up(1)]).notices, told.into_iter().collect::<Vec<Given>>(), "{name}");
    }
}

// Harm prevented: a trial of a week begins with "7 days left".
#[test]
fn a_trial_is_a_cycle_of_its_own_length() {
    for (days, expected) in [(7, vec![]), (8, vec![(24, DaysLeft, Some(7))])] {
        let plan = only(Condition::DaysLeft(7), |t| t.trial_days = days);
        let fresh = crate::story::ordered().then(&[
            Act::Does(Event::TrialStarted { terms: plan }),
            Act::Does(Event::PanelReady),
            Act::Up(5 * DAY),
        ]);
        assert_eq!(fresh.notices, expected, "{days} days");
    }
}

// Harm prevented: the worker looks too late for a reminder, or looks again and again at what needs none.
#[test]
fn a_reminder_by_days_is_looked_for_when_it_is_due_and_not_again() {
    let default = standard(|_| ());
    let due = |acts: &[Act]| changes_by(&story(&default, acts).tenant).map(|at| at.seconds_since(start()));
    let rests = |seconds| [Act::Does(Event::Stopped), Act::Waits(seconds)];
    assert_eq!(due(&rests(HOUR)), Some(23 * DAY));
    assert_eq!(due(&rests(23 * DAY)), Some(28 * DAY));
    assert_eq!(due(&rests(28 * DAY)), Some(30 * DAY));
    for (name, act) in [
        ("cancelled", Act::Does(Event::Cancelled)),
        ("queued", Act::Pays(default.clone())),
        ("being removed", Act::Does(Event::DeletionRequested)),
    ] {
        assert_eq!(due(&[Act::Does(Event::Stopped), act.clone()]), Some(30 * DAY), "{name}");
        assert_eq!(due(&[Act::Does(Event::Stopped), act, Act::Waits(25 * DAY)]), Some(30 * DAY), "{name}, and late");
    }
}

// Harm prevented: an upgrade repeats every reminder, or loses those of the new plan.
#[test]
fn an_upgrade_keeps_what_was_told() {
    let default = standard(|_| ());
    let percent = Reminder { any_of: vec![Condition::UsedPercent(80)] };
    let half = Reminder { any_of: vec![Condition::UsedPercent(50)] };
    let dearer = Terms { price: crate::story::bdt(500_000), reminders: vec![half, percent], ..default.clone() };
    // Told: 84 h left and 80 % used. Of the new plan: 50 % is due at once, and 80 % was told.
    let told = story(&default, &[Act::Up(25 * DAY), Act::Upgrades(dearer), Act::Up(2 * DAY)]).notices;
    let expected: [Given; 4] = [
        (540, HoursLeft, Some(84)),
        (564, UsedPercent, Some(80)),
        (600, NoticeKind::Upgraded, None),
        (600, UsedPercent, Some(50)),
    ];
    assert_eq!(told, expected);
}
