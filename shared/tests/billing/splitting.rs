//! How often somebody looks changes nothing that anybody pays, nothing that is proved, and nothing that is booked.

use crate::metering::{live, small_plans, stretch};
use crate::tenants::{FAR, open, start, take};
use proptest::prelude::*;
use shared::billing::event::Event;
use shared::billing::gauge::Sample;
use shared::billing::proof::Line;
use shared::billing::rating::{Aggregation, Charge, Meter, PriceModel};
use shared::billing::state::{Billing, Tenant};
use shared::billing::step::Step;
use shared::billing::terms::Terms;
use shared::billing::usage::{Seen, Window};
use shared::money::{Currency, Money};
use shared::time::Span;

/// Charges on everything that is measured.
fn charged(plan: Terms) -> Terms {
    let charge = |meter, aggregation, per| {
        let price = PriceModel::PerUnit { price: Money::new(700, Currency::Bdt), per };
        Charge { meter, aggregation, included: 1, price }
    };
    let charges = vec![
        charge(Meter::ActiveSeconds, Aggregation::Sum, 3_600),
        charge(Meter::Users, Aggregation::Peak, 1),
        charge(Meter::StorageBytes, Aggregation::TimeWeightedAverage, 1_000),
    ];
    Terms { charges, ..plan }
}

/// What several steps in a row came to. When a panel moves depends on who looked when; nothing that costs money does.
fn together(steps: Vec<Step>) -> Step {
    let mut steps = steps.into_iter();
    let mut all = steps.next().unwrap();
    for step in steps {
        all.tenant = step.tenant;
        all.windows.extend(step.windows);
        all.ended.extend(step.ended);
        all.earned.extend(step.earned);
        all.postpaid.extend(step.postpaid);
        all.lines.extend(step.lines);
        all.billed.extend(step.billed);
    }
    // A panel that was served too long is still seen up, by whoever looks.
    let closed_at = match &all.tenant.billing {
        Billing::Expired { ended } => ended.at,
        Billing::None | Billing::Running { .. } | Billing::Grace { .. } => all.tenant.accounted_until.unwrap(),
    };
    let windows = merged(all.windows).into_iter().map(|window| window.within(start(), closed_at));
    let windows = windows.filter(|window| !window.span.is_empty()).collect();
    let tenant = Tenant { panel_since: start(), ..all.tenant };
    let billed = whole_days(&all.billed);
    Step { tenant, windows, billed, lines: merged_lines(all.lines), moves: vec![], effects: vec![], ..all }
}

/// Charged spans as they are if nobody looks in between: adjacent ones are one, unless a cycle or its day begins.
fn whole_days(billed: &[Span]) -> Vec<Span> {
    let mut all: Vec<Span> = vec![];
    for span in billed {
        match all.last().filter(|last| last.to() == span.from()) {
            Some(last) => *all.last_mut().unwrap() = Span::new(last.from(), span.to()),
            None => all.push(*span),
        }
    }
    all
}

fn joined(first: &Window, second: &Window) -> Option<Window> {
    let adjacent = first.span.to() == second.span.from() && first.seen == second.seen && first.sample == second.sample;
    adjacent.then(|| Window { span: Span::new(first.span.from(), second.span.to()), ..*first })
}

fn merged(windows: Vec<Window>) -> Vec<Window> {
    let mut all: Vec<Window> = vec![];
    for window in windows {
        match all.last().and_then(|last| joined(last, &window)) {
            Some(both) => *all.last_mut().unwrap() = both,
            None => all.push(window),
        }
    }
    all
}

fn merged_lines(lines: Vec<(u32, Line)>) -> Vec<(u32, Line)> {
    let window = |line: &Line| match line {
        Line::Window { from, to, seen, sample } => {
            Some(Window { span: Span::new(*from, *to), seen: *seen, sample: *sample })
        }
        Line::Started { .. } | Line::Upgraded { .. } | Line::Corrected { .. } | Line::Ended { .. } => None,
    };
    let mut all: Vec<(u32, Line)> = vec![];
    for (number, line) in lines {
        let last = all.last().filter(|(before, _)| *before == number).and_then(|(_, last)| window(last));
        match last.zip(window(&line)).and_then(|(last, this)| joined(&last, &this)) {
            Some(both) => *all.last_mut().unwrap() = (number, Line::window(&both)),
            None => all.push((number, line)),
        }
    }
    all
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    // Harm prevented: a slow worker, or a second one, changes what a customer pays, what is booked as earned, or the
    // lines from which the bill is proved.
    #[test]
    fn splitting_an_observation_changes_nothing(
        plan in small_plans(), queued in 0_u32..=2, before in prop::collection::vec(stretch(), 0..5),
        seconds in 1_i64..=400_000, cuts in prop::collection::vec(0_i64..=400_000, 0..12),
        seen in prop_oneof![3 => Just(Seen::Up), 1 => Just(Seen::Down), 1 => Just(Seen::Unknown)],
        users in prop::option::of(0_i64..9), storage_bytes in prop::option::of(0_i64..9_000),
    ) {
        let mut tenant = open(&charged(plan), queued);
        live(&mut tenant, &before);
        let from = tenant.accounted_until.unwrap();
        let look = Event::Observed { seen, sample: Sample { users, storage_bytes }, reach_seconds: FAR };
        let last = from.plus(seconds);
        let whole = take(&tenant, &look, last);
        let mut cuts: Vec<i64> = cuts.into_iter().filter(|cut| *cut < seconds).collect();
        cuts.sort_unstable();
        let mut pieces = vec![];
        for at in cuts.into_iter().map(|cut| from.plus(cut)).chain([last]) {
            pieces.push(take(&tenant, &look, at));
            tenant = pieces.last().unwrap().tenant.clone();
        }
        prop_assert_eq!(together(vec![whole]), together(pieces));
    }
}
