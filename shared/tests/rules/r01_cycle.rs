//! Rule 1: a cycle is its days of 24 h and its hours; a daily cap limits what one day of it can use up.

use crate::story::{Act, plan, start, story};
use shared::api::tenants::EndedReason::{HoursUsedUp, TimeElapsed};
use shared::time::{DAY, HOUR};

fn a_day_of(hours: i64) -> [Act; 2] {
    [Act::Up(hours * HOUR), Act::Rests((24 - hours) * HOUR)]
}

fn days_of(hours: i64, days: usize) -> Vec<Act> {
    (0..days).flat_map(|_| a_day_of(hours)).collect()
}

// Harm prevented: a customer gets fewer days or hours than the plan's page says, or pays for more than were used.
#[test]
fn a_cycle_lasts_its_days_or_its_hours() {
    let default = plan(|_| ());
    let uncapped = plan(|t| t.daily_cap_hours = None);
    let short = plan(|t| (t.cycle_days, t.included_hours, t.daily_cap_hours) = (1, 24, None));
    for (name, plan, acts, lasted, reason, used) in [
        ("always on, default plan", &default, vec![Act::Up(31 * DAY)], 30 * DAY, TimeElapsed, 1_296_000),
        ("always on, no cap", &uncapped, vec![Act::Up(31 * DAY)], 15 * DAY, HoursUsedUp, 1_296_000),
        ("6 h a day", &default, days_of(6, 31), 30 * DAY, TimeElapsed, 648_000),
        ("12 h a day", &default, days_of(12, 31), 30 * DAY, TimeElapsed, 1_296_000),
        ("18 h a day, 12 of them count", &default, days_of(18, 31), 30 * DAY, TimeElapsed, 1_296_000),
        ("18 h a day, no cap", &uncapped, days_of(18, 31), 20 * DAY, HoursUsedUp, 1_296_000),
        ("never on", &default, vec![Act::Rests(31 * DAY)], 30 * DAY, TimeElapsed, 0),
        ("all hours of all days", &short, vec![Act::Up(2 * DAY)], DAY, TimeElapsed, 86_400),
    ] {
        let over = story(plan, &acts).over();
        assert_eq!(over, [(0, lasted, reason, used)], "{name}");
    }
}

// Harm prevented: the cap follows a civil day, so that the zone decides what is paid.
#[test]
fn a_cycle_day_is_counted_from_the_cycles_start() {
    assert_ne!(start().unix() % DAY, 0, "the cycle does not begin at midnight");
    let capped = plan(|t| (t.included_hours, t.daily_cap_hours) = (30, Some(2)));
    for (name, acts, used) in [
        ("within the first day", vec![Act::Up(DAY)], 2 * HOUR),
        ("a second more", vec![Act::Up(DAY + 1)], 2 * HOUR + 1),
        ("on both sides of its end", vec![Act::Rests(23 * HOUR), Act::Up(2 * HOUR)], 2 * HOUR),
        ("more than the cap on both sides", vec![Act::Rests(21 * HOUR), Act::Up(6 * HOUR)], 4 * HOUR),
        ("in pieces", vec![Act::Up(HOUR), Act::Rests(HOUR), Act::Up(HOUR), Act::Rests(HOUR), Act::Up(HOUR)], 2 * HOUR),
        ("a day later", vec![Act::Rests(2 * DAY), Act::Up(5 * HOUR)], 2 * HOUR),
    ] {
        assert_eq!(story(&capped, &acts).cycle().used_seconds, used, "{name}");
    }
}
