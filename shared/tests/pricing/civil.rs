//! Civil days and hours: they tile time, in every zone, whatever the clocks do.

use proptest::prelude::*;
use shared::civil::{CivilDay, Zone};
use shared::time::{DAY, HOUR, Span, Timestamp};

fn zone(name: &str) -> Zone {
    name.parse().unwrap()
}

fn day(text: &str) -> CivilDay {
    text.parse().unwrap()
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn every_zone() -> impl Iterator<Item = Zone> {
    chrono_tz::TZ_VARIANTS.iter().map(|it| zone(it.name()))
}

// Harm prevented: the chart of the day on which clocks change lacks an hour, or shows it twice.
#[test]
fn a_civil_day_is_as_long_as_the_clocks_make_it() {
    for (name, date, from, hours) in [
        ("Asia/Dhaka", "2026-11-22", "2026-11-21T18:00:00Z", 24),
        ("Asia/Kathmandu", "2026-11-22", "2026-11-21T18:15:00Z", 24),
        // Dhaka's only summer, 2009.
        ("Asia/Dhaka", "2009-06-19", "2009-06-18T18:00:00Z", 23),
        ("Asia/Dhaka", "2009-12-31", "2009-12-30T17:00:00Z", 25),
        ("Europe/Berlin", "2026-03-29", "2026-03-28T23:00:00Z", 23),
        ("Europe/Berlin", "2026-10-25", "2026-10-24T22:00:00Z", 25),
        // Midnight itself is left out: the day begins at 01:00.
        ("America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00:00Z", 23),
        ("Africa/Cairo", "2026-04-24", "2026-04-23T22:00:00Z", 23),
        // Midnight comes twice: the day begins at the first.
        ("America/Havana", "2026-11-01", "2026-11-01T04:00:00Z", 25),
        // Clocks go back from midnight to 23:00: the day before has 25 hours.
        ("America/Sao_Paulo", "2018-02-17", "2018-02-17T02:00:00Z", 25),
        // Clocks go back from 00:01 to 23:01: the day that has begun has the hour.
        ("America/St_Johns", "2010-11-06", "2010-11-06T02:30:00Z", 24),
        ("America/St_Johns", "2010-11-07", "2010-11-07T02:30:00Z", 25),
        // A day that never was: Samoa crossed the date line.
        ("Pacific/Apia", "2011-12-29", "2011-12-29T10:00:00Z", 24),
        ("Pacific/Apia", "2011-12-30", "2011-12-30T10:00:00Z", 0),
        ("Pacific/Apia", "2011-12-31", "2011-12-30T10:00:00Z", 24),
    ] {
        let expected = Span::new(at(from), at(from).plus(hours * HOUR));
        assert_eq!(zone(name).span_of(day(date)), expected, "{name}, {date}");
    }
    let half_an_hour_less = zone("Australia/Lord_Howe").span_of(day("2026-10-04"));
    assert_eq!(half_an_hour_less.seconds(), DAY - HOUR / 2);
}

// Harm prevented: what was used before midnight is shown on the next day.
#[test]
fn an_instant_lies_in_the_day_that_its_clocks_read() {
    for (name, instant, date) in [
        ("Asia/Dhaka", "2026-11-22T17:59:59Z", "2026-11-22"),
        ("Asia/Dhaka", "2026-11-22T18:00:00Z", "2026-11-23"),
        ("America/New_York", "2026-11-22T04:59:59Z", "2026-11-21"),
        ("Pacific/Apia", "2011-12-30T09:59:59Z", "2011-12-29"),
        ("Pacific/Apia", "2011-12-30T10:00:00Z", "2011-12-31"),
        // 00:00:59, and then 23:01:00 once more.
        ("America/St_Johns", "2010-11-07T02:30:59Z", "2010-11-07"),
        ("America/St_Johns", "2010-11-07T02:31:00Z", "2010-11-07"),
        ("America/St_Johns", "2010-11-07T02:29:59Z", "2010-11-06"),
        ("America/New_York", "1970-01-01T00:00:00Z", "1969-12-31"),
        ("Pacific/Kiritimati", "9999-12-31T23:59:59Z", "9999-12-31"),
    ] {
        assert_eq!(zone(name).day_of(at(instant)), day(date), "{name}, {instant}");
    }
}

// Harm prevented: an hour of usage is in two bars of the chart, or in none.
#[test]
fn civil_hours_begin_where_the_zones_clocks_strike() {
    for (name, instant, start) in [
        ("Asia/Dhaka", "2026-11-22T09:59:59Z", "2026-11-22T09:00:00Z"),
        ("Asia/Dhaka", "2026-11-22T10:00:00Z", "2026-11-22T10:00:00Z"),
        ("Asia/Kolkata", "2026-11-22T09:29:59Z", "2026-11-22T08:30:00Z"),
        ("Asia/Kolkata", "2026-11-22T09:30:00Z", "2026-11-22T09:30:00Z"),
        ("Asia/Kathmandu", "2026-11-22T09:30:00Z", "2026-11-22T09:15:00Z"),
        // Half an hour forward at 02:00, back at 02:00 half a year later: half an hour is an hour of its own.
        ("Australia/Lord_Howe", "2026-10-03T15:29:59Z", "2026-10-03T14:30:00Z"),
        ("Australia/Lord_Howe", "2026-10-03T15:45:00Z", "2026-10-03T15:30:00Z"),
        ("Australia/Lord_Howe", "2026-04-04T14:59:59Z", "2026-04-04T14:00:00Z"),
        ("Australia/Lord_Howe", "2026-04-04T15:10:00Z", "2026-04-04T15:00:00Z"),
        ("Asia/Kolkata", "1970-01-01T00:00:10Z", "1970-01-01T00:00:00Z"),
    ] {
        assert_eq!(zone(name).hour_of(at(instant)), at(start), "{name}, {instant}");
    }
}

// Harm prevented: the hour in which clocks change is looked for, and found a second early or late.
#[test]
fn a_change_within_an_hour_begins_an_hour_to_the_second() {
    let lord_howe = zone("Australia/Lord_Howe");
    for change in [at("2026-04-04T15:00:00Z"), at("2026-10-03T15:30:00Z")] {
        for seconds in -HOUR..0 {
            assert_eq!(lord_howe.hour_of(change.plus(seconds)), change.plus(-HOUR), "{seconds} s after {change}");
        }
        for seconds in 0..HOUR / 2 {
            assert_eq!(lord_howe.hour_of(change.plus(seconds)), change, "{seconds} s after {change}");
        }
    }
}

/// From the first of these days on: each begins where the one before ends, and is the day of all that lies in it.
fn days_tile(zone: Zone, first: CivilDay, days: u32) {
    let (mut day, mut expected) = (first, zone.span_of(first).from());
    for _ in 0..days {
        let span = zone.span_of(day);
        assert_eq!(span.from(), expected, "{zone}: {day} leaves a gap or an overlap");
        assert!(span.seconds() <= 28 * HOUR, "{zone}: {day} has {} s", span.seconds());
        if !span.is_empty() {
            // A minute in: where clocks went back over midnight, they read yesterday's date again.
            for inside in [0, 61, span.seconds() / 2, span.seconds() - 1].map(|it| span.from().plus(it)) {
                assert_eq!(zone.day_of(inside), day, "{zone}: {inside}");
            }
            assert_eq!(zone.hour_of(span.from()), span.from(), "{zone}: an hour runs into {day}");
        }
        (day, expected) = (day.next(), span.to());
    }
}

// Harm prevented: usage around midnight is in the figures of two days, or of none.
#[test]
fn civil_days_tile_four_hundred_days_in_every_zone() {
    let zones = every_zone().map(|zone| days_tile(zone, day("2025-12-01"), 400)).count();
    assert!(zones > 400, "{zones} zones are hardly all");
}

// Harm prevented: one strange night stops the chart, or a second of it is shown nowhere.
#[test]
fn civil_days_tile_time_where_days_were_left_out_or_midnights_came_twice() {
    for (name, first) in [
        ("Pacific/Apia", "2011-06-01"),
        ("Pacific/Kwajalein", "1993-01-01"),
        ("Pacific/Kiritimati", "1994-06-01"),
        ("America/St_Johns", "2010-01-01"),
        ("America/Goose_Bay", "2010-01-01"),
        ("Africa/Monrovia", "1971-06-01"),
        ("Africa/Casablanca", "2026-01-01"),
        ("Antarctica/Casey", "2009-06-01"),
        ("Antarctica/Troll", "2026-01-01"),
    ] {
        days_tile(zone(name), day(first), 400);
    }
}

// Harm prevented: a zone is stored under a name that no other program knows.
#[test]
fn zones_are_named_as_everywhere() {
    assert_eq!(Zone::default().to_string(), "Asia/Dhaka");
    assert_eq!(serde_json::to_string(&zone("Europe/Berlin")).unwrap(), r#""Europe/Berlin""#);
    assert_eq!(serde_json::from_str::<Zone>(r#""Asia/Dhaka""#).unwrap(), Zone::default());
    for name in ["", "Dhaka", "asia/dhaka", "Asia/Dhaka ", "+06:00", "Mars/Olympus"] {
        assert!(name.parse::<Zone>().is_err(), "{name} was taken for a zone");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    // Harm prevented: two hours of a chart share a minute.
    #[test]
    fn civil_hours_tile_time(
        position in any::<prop::sample::Index>(), seconds in 0_i64..4_102_444_800, back in 0_i64..HOUR,
    ) {
        let zone = zone(position.get(&chrono_tz::TZ_VARIANTS).name());
        let instant = Timestamp::from_unix(seconds);
        let start = zone.hour_of(instant);
        prop_assert!((0..HOUR).contains(&instant.seconds_since(start)));
        prop_assert_eq!(zone.hour_of(start), start);
        let earlier = instant.plus(-back);
        let expected = if earlier >= start { start } else { zone.hour_of(start.plus(-1)).min(zone.hour_of(earlier)) };
        prop_assert_eq!(zone.hour_of(earlier), expected, "{} at {}", zone, earlier);
    }

    // Harm prevented: usage is attributed to a day whose bar does not reach it.
    #[test]
    fn an_instant_lies_in_the_span_of_its_day(
        position in any::<prop::sample::Index>(), seconds in 0_i64..4_102_444_800,
    ) {
        let zone = zone(position.get(&chrono_tz::TZ_VARIANTS).name());
        let instant = Timestamp::from_unix(seconds);
        let span = zone.span_of(zone.day_of(instant));
        prop_assert!(span.from() <= instant && instant < span.to(), "{}: {} is not in {:?}", zone, instant, span);
    }
}
