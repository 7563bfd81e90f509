//! The proof of a cycle holds whatever happened in it, and holds no more once anything in it was changed.

use crate::life::{Happening, Later, Life};
use crate::lifecycle::{lives, plans};
use crate::tenants::{NOTHING, after, all_the_time, open, order, ordered, start, take, terms};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde_json::Value;
use shared::api::invoices::{LineView, LineWhat, Unit};
use shared::api::tenants::EndedReason;
use shared::billing::cycle::Cycle;
use shared::billing::event::Event;
use shared::billing::proof::{Export, Finding, Line, Seal, verify};
use shared::billing::terms::Terms;
use shared::billing::usage::Seen;
use shared::money::{Currency, Money};
use shared::time::{DAY, HOUR};

/// Somebody buys a cycle and the panel is ready; then whatever happens.
fn lived() -> impl Strategy<Value = Vec<(Happening, Later)>> {
    (plans(), any::<bool>(), lives()).prop_map(|(plan, capped, happenings)| {
        let plan = if capped { plan } else { Terms { daily_cap_hours: None, ..plan } };
        let begins = [Happening::Pays(plan), Happening::Plain(Event::PanelReady)];
        begins.into_iter().map(|it| (it, Later::Seconds(0))).chain(happenings).collect()
    })
}

fn live(happenings: Vec<(Happening, Later)>) -> Life {
    let mut life = Life::new();
    for (happening, later) in happenings {
        let _ = life.happens(&happening, later);
    }
    life
}

fn exports(life: &Life) -> impl Iterator<Item = Export> + '_ {
    life.ended.iter().map(|ended| life.export(ended.cycle.number))
}

/// Sealed again by whoever forged the lines.
fn resealed(lines: Vec<Line>) -> Export {
    let seal = lines.iter().fold(Seal::default(), |seal, line| seal.then(line));
    Export { format: shared::billing::proof::FORMAT.to_owned(), lines, seal }
}

/// Every value of a text in JSON that is neither a list nor an object, by its address.
fn leaves(value: &Value, at: &str, found: &mut Vec<String>) {
    match value {
        Value::Array(all) => all.iter().enumerate().for_each(|(i, it)| leaves(it, &format!("{at}/{i}"), found)),
        Value::Object(all) => all.iter().for_each(|(key, it)| leaves(it, &format!("{at}/{key}"), found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => found.push(at.to_owned()),
    }
}

/// The same with one value another: a figure one more, an instant a second later, a word another word.
fn with_another(lines: &Value, address: &str) -> Vec<Value> {
    let old = lines.pointer(address).unwrap();
    let new = match old {
        Value::Number(figure) => {
            vec![Value::from(figure.as_i64().unwrap() + 1), Value::from(figure.as_i64().unwrap() - 1)]
        }
        Value::String(text) => match text.parse::<shared::time::Timestamp>() {
            Ok(at) => vec![Value::from(at.plus(1).to_string()), Value::from(at.plus(-1).to_string())],
            Err(_) => ["up", "down", "unknown", "hours_used_up", "time_elapsed", "USD"].map(Value::from).to_vec(),
        },
        Value::Null => vec![Value::from(1)],
        Value::Bool(_) | Value::Array(_) | Value::Object(_) => vec![],
    };
    let other = new.into_iter().filter(|value| value != old);
    other
        .map(|value| {
            let mut changed = lines.clone();
            *changed.pointer_mut(address).unwrap() = value;
            changed
        })
        .collect()
}

/// What a forger who can seal may change at the end, so that it no longer follows from what came before.
fn other_ends(end: &Line) -> Vec<Line> {
    let Line::Ended { at, reason, used_seconds, overage_seconds, postpaid } = end.clone() else { panic!("{end:?}") };
    let ended =
        |used_seconds, overage_seconds, postpaid| Line::Ended { at, reason, used_seconds, overage_seconds, postpaid };
    let mut all = vec![
        ended(used_seconds - 1, overage_seconds, postpaid.clone()),
        ended(used_seconds + 1, overage_seconds, postpaid.clone()),
        ended(used_seconds, overage_seconds + 1, postpaid.clone()),
        ended(used_seconds - 1, overage_seconds + 1, postpaid.clone()),
    ];
    for place in 0..postpaid.len() {
        let mut less = postpaid.clone();
        less.remove(place);
        let (mut dearer, mut twice) = (postpaid.clone(), postpaid.clone());
        dearer[place].net.minor += 1;
        dearer[place].gross.minor += 1;
        twice.push(postpaid[place].clone());
        all.extend([less, dearer, twice].map(|lines| ended(used_seconds, overage_seconds, lines)));
    }
    let line = |at, reason| {
        let postpaid = postpaid.clone();
        Line::Ended { at, reason, used_seconds, overage_seconds, postpaid }
    };
    all.push(match reason {
        EndedReason::TimeElapsed => line(at, EndedReason::HoursUsedUp),
        EndedReason::HoursUsedUp => line(at, EndedReason::TimeElapsed),
    });
    if reason == EndedReason::TimeElapsed {
        all.extend([line(at.plus(1), reason), line(at.plus(-1), reason)]);
    }
    all
}

/// Each up window a second shorter, down, unknown, or not there. For cycles without a cap, where every second counts.
fn other_windows(lines: &[Line]) -> Vec<Vec<Line>> {
    let mut all = vec![];
    for (place, line) in lines.iter().enumerate() {
        let Line::Window { from, to, seen: Seen::Up, sample } = line.clone() else { continue };
        let mut put = |new: Option<Line>| {
            all.push(lines[..place].iter().cloned().chain(new).chain(lines[place + 1..].iter().cloned()).collect());
        };
        put(None);
        put(Some(Line::Window { from, to, seen: Seen::Down, sample }));
        put(Some(Line::Window { from, to, seen: Seen::Unknown, sample }));
        if to.seconds_since(from) > 1 {
            put(Some(Line::Window { from: from.plus(1), to, seen: Seen::Up, sample }));
            put(Some(Line::Window { from, to: to.plus(-1), seen: Seen::Up, sample }));
        }
    }
    all
}

// Harm prevented: a new release seals in another way, and every proof that was handed out before is called forged.
#[test]
fn a_seal_is_what_anybody_computes_from_the_lines() {
    let text = concat!(
        r#"{"line":"window","from":"2027-01-15T08:00:00Z","to":"2027-01-15T09:00:00Z","#,
        r#""seen":"up","sample":{"users":4,"storage_bytes":null}}"#
    );
    // sha256sum says so: of `hourglass cycle 1`; and of that, a line feed, and the text.
    let first = "f630504a593cc5679159e50be9fbc16b8baa0f3157a9a929fafb0cc129101227";
    let second = "2be6f3046a92eab5807ee169ffb681fefef7cca3ffbf20185ab1a63d45a15655";
    assert_eq!(Seal::default().as_str(), first);
    let sealed = Seal::default().then(&serde_json::from_str(text).unwrap());
    assert_eq!(sealed.as_str(), second);
    assert_eq!(Seal::from_hex(second.to_owned()), sealed, "as it is kept");
}

/// A day of 24 h that is used up: the beginning, ten hours, the other fourteen, and the end.
fn used_up() -> Vec<Line> {
    let plan = terms(|t| (t.included_hours, t.daily_cap_hours) = (24, None));
    let cycle = Cycle::paid(1, order(1), plan, start());
    let at = start().plus(24 * HOUR);
    let (reason, used_seconds, overage_seconds, postpaid) = (EndedReason::HoursUsedUp, 24 * HOUR, 0, vec![]);
    let end = Line::Ended { at, reason, used_seconds, overage_seconds, postpaid };
    vec![Line::started(ordered().id, &cycle), up(0, 10), up(10, 24), end]
}

fn up(from: i64, to: i64) -> Line {
    let (from, to) = (start().plus(from * HOUR), start().plus(to * HOUR));
    Line::Window { from, to, seen: Seen::Up, sample: NOTHING }
}

// Harm prevented: lines that cannot be a cycle are taken for one, so that hours are counted twice and proved all the same.
#[test]
fn what_cannot_be_a_cycle_is_unreadable_however_well_it_is_sealed() {
    let lines = used_up();
    let [started, first, second, end] = lines.clone().try_into().unwrap();
    assert_eq!(verify(&resealed(lines.clone())), [], "it holds as it is");
    for (name, forged, rule) in [
        ("no line", vec![], "the first line is not the beginning of a cycle"),
        ("no beginning", lines[1..].to_vec(), "the first line is not the beginning of a cycle"),
        ("no end", lines[..3].to_vec(), "the cycle has not ended"),
        ("two beginnings", [&lines[..1], &lines[..]].concat(), "a cycle begins twice"),
        ("two ends", [&lines[..], &lines[3..]].concat(), "there is a line after the end"),
        (
            "an hour twice",
            vec![started.clone(), first.clone(), up(9, 23), end.clone()],
            "two windows overlap, or one is empty",
        ),
        (
            "an hour before the beginning",
            vec![started.clone(), up(-1, 9), second.clone(), end.clone()],
            "two windows overlap, or one is empty",
        ),
        (
            "an empty window",
            vec![started.clone(), first.clone(), up(10, 10), second.clone(), end.clone()],
            "two windows overlap, or one is empty",
        ),
        (
            "a window that runs backwards",
            vec![started, first, up(11, 10), second, end],
            "two windows overlap, or one is empty",
        ),
    ] {
        assert_eq!(verify(&resealed(forged)), [Finding::Unreadable(rule)], "{name}");
    }
    let other = Export { format: "hourglass-cycle/2".to_owned(), ..resealed(lines) };
    assert_eq!(verify(&other), [Finding::Unreadable("the format is not hourglass-cycle/1")]);
}

// Harm prevented: a look over many days is sealed in pieces, twice, or in another cycle's proof; or a rest is sealed as if
// somebody had looked.
#[test]
fn a_look_is_one_line_of_each_cycle_that_it_reaches() {
    let plan = terms(|t| (t.included_hours, t.daily_cap_hours) = (72, None));
    let sealed = |queued, event: &Event, at: i64| take(&open(&plan, queued), event, start().plus(at * HOUR)).lines;
    let look = all_the_time(Seen::Up);
    assert_eq!(sealed(0, &look, 60), [(1, up(0, 60))]);
    let [within, ended, begun, beyond] = sealed(1, &look, 100).try_into().unwrap();
    assert_eq!((within, beyond), ((1, up(0, 72)), (2, up(72, 100))));
    assert!(matches!((ended, begun), ((1, Line::Ended { .. }), (2, Line::Started { .. }))));
    let stopped = after(&open(&plan, 0), &Event::Stopped, start());
    assert_eq!(take(&stopped, &Event::TimePassed, start().plus(60 * HOUR)).lines, []);
}

// Harm prevented: a forger who can seal writes other hours, another end or another charge, and it is believed.
#[test]
fn an_end_that_does_not_follow_is_found_figure_by_figure() {
    let Some(Line::Ended { at, reason, used_seconds, overage_seconds, postpaid }) = used_up().pop() else {
        panic!("its last line is its end")
    };
    let days_over = start().plus(30 * DAY).to_string();
    let earlier = at.plus(-HOUR);
    let line = LineView {
        position: 1,
        what: LineWhat::Overage { cycle_number: 1 },
        quantity: HOUR,
        unit: Unit::Seconds,
        unit_price: None,
        tax_basis_points: 0,
        net: Money::new(700, Currency::Bdt),
        tax: Money::zero(Currency::Bdt),
        gross: Money::new(700, Currency::Bdt),
    };
    let ended = |at, reason, used_seconds, overage_seconds, postpaid: &[LineView]| {
        let postpaid = postpaid.to_vec();
        Line::Ended { at, reason, used_seconds, overage_seconds, postpaid }
    };
    let (elapsed, used_up_at) = (EndedReason::TimeElapsed, at.to_string());
    for (forged, expected) in [
        (ended(at, reason, used_seconds, overage_seconds, &postpaid), vec![]),
        (ended(at, reason, 86_399, 0, &[]), vec![("used_seconds", "86399", "86400")]),
        (ended(at, reason, used_seconds, 1, &[]), vec![("overage_seconds", "1", "0")]),
        (ended(at, elapsed, used_seconds, 0, &[]), vec![("ended_at", &*used_up_at, &*days_over)]),
        (
            ended(earlier, reason, used_seconds, 0, &[]),
            vec![("ended_at", &*earlier.to_string(), &*days_over), ("ended_reason", "HoursUsedUp", "TimeElapsed")],
        ),
        (ended(at, reason, used_seconds, 0, &[line]), vec![("charges (minor units)", "700", "0")]),
    ] {
        let mut lines = used_up();
        lines[3] = forged;
        let figure = |(what, said, counted): (&'static str, &str, &str)| Finding::Figure {
            what,
            said: said.to_owned(),
            counted: counted.to_owned(),
        };
        let expected: Vec<Finding> = expected.into_iter().map(figure).collect();
        assert_eq!(verify(&resealed(lines)), expected);
    }
}

// Harm prevented: the properties below hold of lives in which nothing happens, and nobody notices.
#[test]
fn everything_happens_in_some_of_these_lives() {
    let mut runner = TestRunner::deterministic();
    let mut seen = [0; 6];
    for _ in 0..100 {
        let life = live(lived().new_tree(&mut runner).unwrap().current());
        for export in exports(&life) {
            let has = |pick: fn(&Line) -> bool| export.lines.iter().any(pick);
            let kinds = [
                has(|line| matches!(line, Line::Upgraded { .. })),
                has(|line| matches!(line, Line::Corrected { .. })),
                has(|line| matches!(line, Line::Ended { overage_seconds: 1.., .. })),
                has(|line| matches!(line, Line::Ended { reason: EndedReason::HoursUsedUp, .. })),
                has(|line| matches!(line, Line::Ended { postpaid, .. } if postpaid.len() > 1)),
                has(|line| matches!(line, Line::Started { number: 2.., .. })),
            ];
            kinds.iter().enumerate().for_each(|(kind, is)| seen[kind] += i32::from(*is));
        }
    }
    assert!(seen.iter().all(|times| *times >= 3), "upgraded, corrected, overage, hours, charges, followers: {seen:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    // Harm prevented: an honest bill cannot be proved, so that nobody believes the proof of any.
    #[test]
    fn every_cycle_of_every_life_is_proved_by_its_lines(happenings in lived()) {
        let life = live(happenings);
        for export in exports(&life) {
            prop_assert_eq!(verify(&export), vec![], "{:#?}", export);
            let text = serde_json::to_string(&export).unwrap();
            prop_assert_eq!(serde_json::from_str::<Export>(&text).unwrap(), export, "as it is handed over");
        }
    }

    // Harm prevented: somebody changes a line of a bill that was sealed long ago, and nobody can tell.
    #[test]
    fn whatever_is_changed_after_sealing_is_found(happenings in lived(), pick in any::<prop::sample::Index>()) {
        let life = live(happenings);
        for export in exports(&life) {
            let mut others: Vec<Vec<Line>> = vec![];
            let lines = serde_json::to_value(&export.lines).unwrap();
            let mut addresses = vec![];
            leaves(&lines, "", &mut addresses);
            for changed in with_another(&lines, &addresses[pick.index(addresses.len())]) {
                others.extend(serde_json::from_value(changed));
            }
            let place = pick.index(export.lines.len());
            let [mut dropped, mut twice, mut swapped] = [(); 3].map(|()| export.lines.clone());
            dropped.remove(place);
            twice.insert(place, export.lines[place].clone());
            swapped.swap(place, (place + 1) % export.lines.len());
            others.extend([dropped, twice, swapped]);
            for lines in others.into_iter().filter(|lines| *lines != export.lines) {
                let forged = Export { lines, ..export.clone() };
                let sealed = verify(&forged).iter().any(|finding| matches!(finding, Finding::Seal { .. }));
                prop_assert!(sealed, "{:#?}", forged);
            }
        }
    }

    // Harm prevented: whoever keeps the seals changes a bill, seals it again, and it is believed.
    #[test]
    fn figures_that_do_not_follow_are_found_although_they_are_sealed(happenings in lived()) {
        let life = live(happenings);
        for export in exports(&life) {
            let (end, before) = export.lines.split_last().unwrap();
            for other in other_ends(end) {
                let forged = resealed(before.iter().cloned().chain([other]).collect());
                prop_assert_ne!(verify(&forged), vec![], "{:#?}", forged);
            }
            let capped = |line: &Line| match line {
                Line::Started { terms, .. } | Line::Upgraded { terms, .. } => terms.daily_cap_hours.is_some(),
                // What was corrected counts no more.
                Line::Corrected { .. } => true,
                Line::Window { .. } | Line::Ended { .. } => false,
            };
            if !before.iter().any(capped) {
                for lines in other_windows(&export.lines) {
                    let forged = resealed(lines);
                    prop_assert_ne!(verify(&forged), vec![], "{:#?}", forged);
                }
            }
        }
    }
}
