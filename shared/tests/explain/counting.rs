//! A cycle counted again, day by day.

use crate::{bdt, hours, lines, start, terms, window};
use proptest::prelude::*;
use shared::api::tenants::EndedReason;
use shared::billing::cycle::{Cycle, End};
use shared::billing::explain::{count, differences};
use shared::billing::facts::{PlacedLine, in_order};
use shared::billing::gauge::Sample;
use shared::billing::proof::Line;
use shared::billing::terms::{OnExhaustion, Terms};
use shared::billing::usage::{Seen, Window};
use shared::ids::{CorrectionId, OrderId};
use shared::time::{DAY, HOUR, Span};
use uuid::Uuid;

/// Windows one after the other: how long each lasts, how it was seen, and how many users there were.
fn seen_in_turn(turns: &[(i64, Seen, Option<i64>)]) -> Vec<Window> {
    let mut at = start();
    let mut windows = vec![];
    for (seconds, seen, users) in turns {
        let span = Span::new(at, at.plus(*seconds));
        windows.push(window(span, *seen, *users));
        at = span.to();
    }
    windows
}

fn turns() -> impl Strategy<Value = Vec<(i64, Seen, Option<i64>)>> {
    let seen = prop_oneof![Just(Seen::Up), Just(Seen::Down), Just(Seen::Unknown)];
    let turn = (1..3 * DAY, seen, prop::option::of(0..50_i64));
    prop::collection::vec(turn, 1..24)
}

fn capped(overage: bool, cap: Option<u32>) -> Terms {
    let on_exhaustion =
        if overage { OnExhaustion::Overage { price_per_hour: bdt(999) } } else { OnExhaustion::Suspend };
    Terms { included_hours: 40, daily_cap_hours: cap, on_exhaustion, ..terms() }
}

proptest! {
    // Harm prevented: the explanation counts by other rules than the bill.
    #[test]
    fn the_explanation_counts_as_the_core_does(turns in turns(), overage: bool, cap in prop::option::of(2..24_u32)) {
        let (terms, windows) = (capped(overage, cap), seen_in_turn(&turns));
        let mut cycle = Cycle::paid(1, OrderId::new(Uuid::nil()), terms.clone(), start());
        let beyond = cycle.beyond();
        let inside: Vec<Window> = windows.iter().map(|it| it.within(start(), cycle.ends_at)).filter(|it| !it.span.is_empty()).collect();
        let end = inside.iter().find_map(|window| cycle.take(window, beyond));
        let counted = count(&lines(&terms, &windows)).unwrap();
        prop_assert_eq!(counted.end, end);
        prop_assert_eq!(differences(&counted, &cycle, None), vec![]);
        let sum = |pick: fn(&shared::api::explain::DayFigures) -> i64| counted.days.values().map(pick).sum::<i64>();
        prop_assert_eq!(sum(|day| day.billable_seconds), cycle.billable_seconds());
        prop_assert_eq!(sum(|day| day.overage_seconds), cycle.overage_seconds);
        for day in counted.days.values() {
            let seen = day.up_seconds + day.down_seconds + day.unknown_seconds;
            prop_assert_eq!(day.up_seconds, day.billable_seconds + day.capped_seconds);
            prop_assert!(seen <= DAY && day.billable_seconds >= 0 && day.capped_seconds >= 0, "{:?}", day);
        }
    }

    // Harm prevented: one changed second of one window goes unnoticed.
    #[test]
    fn a_changed_window_differs(turns in turns(), at in any::<prop::sample::Index>()) {
        let terms = Terms { daily_cap_hours: None, included_hours: 720, ..terms() };
        let windows = seen_in_turn(&turns);
        let counted = count(&lines(&terms, &windows)).unwrap();
        let mut changed = windows.clone();
        let place = at.index(changed.len());
        let within = changed[place].within(start(), counted.cycle.ends_at);
        prop_assume!(!within.span.is_empty());
        let seen = if changed[place].seen == Seen::Up { Seen::Down } else { Seen::Up };
        changed[place].seen = seen;
        let again = count(&lines(&terms, &changed)).unwrap();
        prop_assert!(differences(&again, &counted.cycle, None).iter().any(|it| it.what == "used_seconds"));
    }
}

// Harm prevented: what was taken back is still among the days, or the reason for the lower figure is missing.
#[test]
fn a_correction_is_counted_where_it_was_made() {
    let terms = Terms { daily_cap_hours: None, ..terms() };
    let windows = [window(hours(0, 10), Seen::Up, Some(4)), window(hours(10, 20), Seen::Up, Some(5))];
    let mut lines = lines(&terms, &windows);
    let corrected = |from, to| {
        let span = hours(from, to);
        let correction_id = CorrectionId::new(Uuid::from_u128(7));
        Line::Corrected { correction_id, from: span.from(), to: span.to(), seen: Seen::Down }
    };
    lines.insert(2, corrected(0, 3));
    lines.push(corrected(2, 12));
    let counted = count(&lines).unwrap();
    let taken: Vec<i64> = counted.taken.iter().map(|taken| taken.seconds).collect();
    assert_eq!(taken, [3 * HOUR, 9 * HOUR], "what was taken back before is not taken back again");
    assert_eq!(counted.cycle.used_seconds, 8 * HOUR);
    let day = &counted.days[&0];
    assert_eq!((day.up_seconds, day.down_seconds), (8 * HOUR, 12 * HOUR));
    let figures = counted.figures(None);
    assert_eq!(
        (figures.users.peak, figures.users.measured_seconds),
        (Some(5), 20 * HOUR),
        "users were there all the same"
    );
}

// Harm prevented: the end that is told is the one that is stored, not the one that follows from the windows.
#[test]
fn an_end_is_the_second_that_found_nothing_left() {
    let terms = Terms { included_hours: 5, daily_cap_hours: None, ..terms() };
    let counted = count(&lines(&terms, &[window(hours(0, 5), Seen::Up, None)])).unwrap();
    let said = |at, reason| End { at, reason };
    let hours_used = said(hours(5, 5).from(), EndedReason::HoursUsedUp);
    assert_eq!(counted.end_beside(hours_used), hours_used, "it follows that the next second found none");
    let too_early = said(hours(4, 4).from(), EndedReason::HoursUsedUp);
    let days_over = said(counted.cycle.ends_at, EndedReason::TimeElapsed);
    assert_eq!(counted.end_beside(too_early), days_over);
    let named: Vec<String> =
        differences(&counted, &counted.cycle, Some(too_early)).into_iter().map(|it| it.what).collect();
    assert_eq!(named, ["ended_at", "ended_reason"]);
    let longer = count(&lines(&terms, &[window(hours(0, 6), Seen::Up, None)])).unwrap();
    assert_eq!(longer.end, Some(hours_used), "and where the window goes on, it is seen in it");
}

// Harm prevented: a line lands before the window that it follows, and the seal breaks for nobody's fault.
#[test]
fn lines_stand_among_the_windows_as_they_were_booked() {
    let windows = [
        window(hours(-1, 1), Seen::Up, None),
        window(hours(1, 2), Seen::Down, None),
        window(hours(2, 9), Seen::Up, None),
    ];
    let started = lines(&terms(), &[]).remove(0);
    let correction_id = CorrectionId::new(Uuid::nil());
    let (from, to) = (hours(0, 1).from(), hours(0, 1).to());
    let corrected = Line::Corrected { correction_id, from, to, seen: Seen::Unknown };
    let ended = Line::Ended {
        at: hours(0, 5).to(),
        reason: EndedReason::HoursUsedUp,
        used_seconds: 0,
        overage_seconds: 0,
        postpaid: vec![],
    };
    let placed = [(start(), &started), (hours(0, 2).to(), &corrected), (hours(0, 5).to(), &ended)]
        .map(|(after_at, line)| PlacedLine { after_at, line: line.clone() });
    let seen = |span: Span, seen| Line::Window { from: span.from(), to: span.to(), seen, sample: Sample::default() };
    assert_eq!(
        in_order(&placed, &windows, hours(0, 5)),
        [
            started,
            seen(hours(0, 1), Seen::Up),
            seen(hours(1, 2), Seen::Down),
            corrected,
            seen(hours(2, 5), Seen::Up),
            ended
        ]
    );
}
