//! Usage by civil day.

use crate::{hours, terms, window};
use proptest::prelude::*;
use shared::billing::counter::{Count, Counter, counts, recounts};
use shared::billing::cycle::Cycle;
use shared::billing::report::{report, span};
use shared::billing::usage::{Seen, Window, corrected};
use shared::civil::Zone;
use shared::ids::OrderId;
use shared::time::{DAY, HOUR, Span, Timestamp};
use uuid::Uuid;

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

// Harm prevented: the hours of a day are not added up, or seconds of one kind are shown as another's.
#[test]
fn a_day_is_the_sum_of_its_hours_and_the_highest_of_its_peaks() {
    use Counter::{BillableSeconds, DownSeconds, StorageBytesPeak, UnknownSeconds, UpSeconds, UsersPeak};
    let zone = Zone::default();
    let (first, second) = ("2026-11-02".parse().unwrap(), "2026-11-03".parse().unwrap());
    let midnight = zone.span_of(first).from();
    let count = |counter, hour, quantity| Count { counter, hour_at: midnight.plus(hour * HOUR), quantity };
    let both = |counter, one, other| [count(counter, 0, one), count(counter, 23, other), count(counter, 24, 5)];
    let counted = [
        both(UpSeconds, 100, 20),
        both(DownSeconds, 200, 30),
        both(UnknownSeconds, 300, 40),
        both(BillableSeconds, 400, -50),
        both(UsersPeak, 7, 3),
        both(StorageBytesPeak, 3, 8),
    ]
    .concat();
    let found = report(zone, first, second, &counted);
    let [day, next] = &found.days[..] else { panic!("{:?}", found.days) };
    assert_eq!((day.up_seconds, day.down_seconds, day.unknown_seconds, day.billable_seconds), (120, 230, 340, 350));
    assert_eq!((day.users_peak, day.storage_bytes_peak), (Some(7), Some(8)));
    assert_eq!((next.up_seconds, next.users_peak), (5, Some(5)));
    let sum = &found.totals;
    assert_eq!((sum.up_seconds, sum.down_seconds, sum.unknown_seconds, sum.billable_seconds), (125, 235, 345, 355));
    assert_eq!((sum.users_peak, sum.storage_bytes_peak), (Some(7), Some(8)));
}

/// What is counted: of what, in which hour after the start, and how much.
fn told(counts: Vec<Count>) -> Vec<(Counter, i64, i64)> {
    let hour = |at: Timestamp| at.seconds_since(hours(0, 0).from()) / HOUR;
    counts.into_iter().map(|count| (count.counter, hour(count.hour_at), count.quantity)).collect()
}

// Harm prevented: a measurement of nobody is shown as "not measured".
#[test]
fn a_peak_of_none_is_a_count_all_the_same() {
    let counted = counts(Zone::default(), &[window(hours(0, 1), Seen::Unknown, Some(0))], &[]);
    assert_eq!(told(counted), [(Counter::UnknownSeconds, 0, HOUR), (Counter::UsersPeak, 0, 0)]);
}

// Harm prevented: after a correction the charts still show what was taken back, or count it twice; or the hours that the
// cap no longer hides are missing.
#[test]
fn a_correction_moves_the_counts_of_the_hours_that_it_changes() {
    use Counter::{BillableSeconds, DownSeconds, UpSeconds};
    let cycle = Cycle::paid(1, OrderId::new(Uuid::nil()), terms(), hours(0, 0).from());
    // 12 of the 14 h are billable on the default plan.
    let before = [window(hours(0, 14), Seen::Up, Some(4))];
    for (name, span, expected) in [
        (
            "the first hours: those that were free are billable now",
            hours(0, 2),
            vec![
                (UpSeconds, 0, -HOUR),
                (UpSeconds, 1, -HOUR),
                (DownSeconds, 0, HOUR),
                (DownSeconds, 1, HOUR),
                (BillableSeconds, 0, -HOUR),
                (BillableSeconds, 1, -HOUR),
                (BillableSeconds, 12, HOUR),
                (BillableSeconds, 13, HOUR),
            ],
        ),
        ("the last hour: it was free", hours(13, 14), vec![(UpSeconds, 13, -HOUR), (DownSeconds, 13, HOUR)]),
        ("nothing", hours(20, 21), vec![]),
    ] {
        let after = corrected(&before, span, Seen::Down);
        assert_eq!(told(recounts(Zone::default(), &cycle, &before, &after)), expected, "{name}");
    }
}
