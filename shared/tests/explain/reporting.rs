//! Usage by civil day.

use crate::window;
use proptest::prelude::*;
use shared::billing::counter::{Count, Counter, counts};
use shared::billing::report::{report, span};
use shared::billing::usage::{Seen, Window};
use shared::civil::Zone;
use shared::time::{DAY, HOUR, Span, Timestamp};

const ZONES: [&str; 8] = [
    "Asia/Dhaka",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "America/Havana",
    "UTC",
];

proptest! {
    // Harm prevented: the days of a chart add up to more or less than was used.
    #[test]
    fn the_days_add_up_to_the_windows(
        place in 0..ZONES.len(), from in 1_767_225_600..1_798_761_600_i64, parts in prop::collection::vec((1..90_000_i64, 0..3_u8, 0..9_i64), 1..30),
    ) {
        let zone: Zone = ZONES[place].parse().unwrap();
        let mut at = Timestamp::from_unix(from);
        let windows: Vec<Window> = parts.iter().map(|(seconds, seen, users)| {
            let span = Span::new(at, at.plus(*seconds));
            at = span.to();
            let seen = [Seen::Up, Seen::Down, Seen::Unknown][usize::from(*seen)];
            window(span, seen, Some(*users))
        }).collect();
        let billed: Vec<Span> = windows.iter().filter(|it| it.seen == Seen::Up).map(|it| it.span).collect();
        let counted = counts(zone, &windows, &billed);
        let (first, last) = (zone.day_of(windows[0].span.from()), zone.day_of(at.plus(-1)));
        let found = report(zone, first, last, &counted);
        let sum = |seen| windows.iter().filter(|it| it.seen == seen).map(|it| it.span.seconds()).sum::<i64>();
        let totals = &found.totals;
        prop_assert_eq!((totals.up_seconds, totals.billable_seconds), (sum(Seen::Up), sum(Seen::Up)));
        prop_assert_eq!((totals.down_seconds, totals.unknown_seconds), (sum(Seen::Down), sum(Seen::Unknown)));
        prop_assert_eq!(totals.users_peak, windows.iter().filter_map(|it| it.sample.users).max());
        prop_assert_eq!(totals.seconds, span(zone, first, last).seconds());
        for day in &found.days {
            // Each day has exactly the seconds that were seen in it.
            let civil = zone.span_of(day.day);
            let seen: i64 = windows.iter().map(|it| it.within(civil.from(), civil.to()).span.seconds()).sum();
            prop_assert_eq!(day.up_seconds + day.down_seconds + day.unknown_seconds, seen, "{}", day.day);
            prop_assert!(seen <= day.seconds);
        }
    }
}

// Harm prevented: a day without use is missing from the chart, or what was not measured is shown as nobody.
#[test]
fn every_day_is_there_and_nothing_is_invented() {
    let zone = Zone::default();
    let day = |text: &str| text.parse().unwrap();
    let hour_at = zone.span_of(day("2026-11-02")).from().plus(5 * HOUR);
    let counted = [
        Count { counter: Counter::UsersPeak, hour_at, quantity: 3 },
        Count { counter: Counter::UsersPeak, hour_at: hour_at.plus(HOUR), quantity: 0 },
        Count { counter: Counter::UpSeconds, hour_at: hour_at.plus(9 * DAY), quantity: 1 },
    ];
    let found = report(zone, day("2026-11-01"), day("2026-11-03"), &counted);
    let peaks: Vec<Option<i64>> = found.days.iter().map(|day| day.users_peak).collect();
    assert_eq!(peaks, [None, Some(3), None]);
    assert_eq!((found.totals.up_seconds, found.totals.seconds), (0, 3 * DAY), "another day's is not among them");
    assert_eq!(found.totals.storage_bytes_peak, None);
}
