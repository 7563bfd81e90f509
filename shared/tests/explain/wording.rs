//! Sentences: every step has one in both languages, with its figures in the language's own digits.

use crate::{bdt, hours, lines, start, terms, window};
use shared::api::auth::Language;
use shared::api::explain::{Basis, Fact, RenewalKind, WindowView};
use shared::api::invoices::{LineWhat, Unit};
use shared::api::tenants::EndedReason;
use shared::billing::cycle::{Cycle, End, QueuedCycle};
use shared::billing::explain::{amount_chain, base_price, charge_chain, charges_of, count, cycle_chain, standing};
use shared::billing::gauge::Sample;
use shared::billing::rating::{Aggregation, Charge, Meter, PriceModel, Tier};
use shared::billing::state::{Billing, Panel, Suspension, Tenant};
use shared::billing::terms::{OnExhaustion, Terms};
use shared::billing::usage::Seen;
use shared::billing::vat::Vat;
use shared::civil::Zone;
use shared::ids::{CorrectionId, OrderId};
use shared::time::{DAY, HOUR};
use shared::wording::explain::sentence;
use uuid::Uuid;

fn tiers() -> Vec<Tier> {
    let tier = |up_to, price| Tier { up_to, price: bdt(price) };
    vec![tier(Some(2), 5_000), tier(Some(5), 4_000), tier(None, 3_000)]
}

/// A cycle with everything in it, and its charges.
fn charged() -> Vec<Fact> {
    let metered = |meter, aggregation, price| Charge { meter, aggregation, included: 2, price };
    let price = |per| PriceModel::PerUnit { price: bdt(333), per };
    let terms = Terms {
        included_hours: 5,
        cycle_days: 2,
        daily_cap_hours: None,
        on_exhaustion: OnExhaustion::Overage { price_per_hour: bdt(1_001) },
        vat: Vat::Exclusive { basis_points: 750 },
        charges: vec![
            metered(Meter::ActiveSeconds, Aggregation::Sum, price(3_601)),
            metered(Meter::Users, Aggregation::Peak, PriceModel::Graduated { per: 1, tiers: tiers() }),
            metered(Meter::Users, Aggregation::TimeWeightedAverage, price(1)),
            metered(Meter::StorageBytes, Aggregation::Peak, price(1 << 30)),
        ],
        ..terms()
    };
    let counted =
        count(&lines(&terms, &[window(hours(0, 20), Seen::Up, Some(9)), window(hours(20, 21), Seen::Down, None)]))
            .unwrap();
    let at = counted.cycle.ends_at;
    let end = End { at, reason: EndedReason::TimeElapsed };
    let mut facts = cycle_chain(&counted, Some(end), at, |_| None);
    for charge in charges_of(&counted.cycle, at).unwrap() {
        facts.extend(charge_chain(&counted, at, &charge));
    }
    let what = LineWhat::BasePrice { plan: "Basic".to_owned(), cycle_number: 1, cycle_days: 2, included_hours: 5 };
    for vat in [Vat::None, Vat::Inclusive { basis_points: 1_500 }] {
        facts.extend(amount_chain(&base_price(what.clone(), &Terms { vat, ..terms.clone() }).unwrap()));
    }
    facts
}

/// Every standing that there is.
fn standings() -> Vec<Fact> {
    let terms = Terms { grace_hours: 5, ..terms() };
    let cycle = Cycle::paid(3, OrderId::new(Uuid::nil()), terms.clone(), start());
    let ended = |reason| shared::billing::cycle::EndedCycle { cycle: cycle.clone(), at: start().plus(9), reason };
    let queued = |many: u32| {
        (0..many).map(|n| QueuedCycle { number: 4 + n, order_id: OrderId::new(Uuid::nil()), terms: terms.clone() })
    };
    let running = |many| Billing::Running { cycle: cycle.clone(), queued: queued(many).collect() };
    let grace = Billing::Grace { ended: ended(EndedReason::HoursUsedUp), until: start().plus(99) };
    let expired = Billing::Expired { ended: ended(EndedReason::TimeElapsed) };
    let by_operator = Suspension::ByOperator { message: "Call us.".to_owned() };
    let states = [
        (Panel::Pending, Billing::None),
        (Panel::Creating, running(0)),
        (Panel::Active, running(1)),
        (Panel::Stopped, running(2)),
        (Panel::Suspended(Suspension::BillingExpired), expired),
        (Panel::Suspended(Suspension::BillingExpired), running(0)),
        (Panel::Suspended(Suspension::Opening { closed_with: None }), running(0)),
        (Panel::Suspended(by_operator), grace),
        (Panel::Failed { reason: "No space.".to_owned() }, running(0)),
        (Panel::Deleting, running(0)),
        (Panel::Deleted, Billing::None),
    ];
    let tenant = |(panel, billing)| Tenant { panel, billing, cancelled: true, ..Tenant::new(crate::tenant(), start()) };
    let mut facts = vec![];
    for state in states {
        facts.extend(standing(&tenant(state), &terms, Sample::default(), bdt(250_000), start()));
        facts.extend(standing(
            &tenant((Panel::Active, running(0))),
            &terms,
            Sample::default(),
            bdt(250_000),
            start().plus(20 * DAY),
        ));
    }
    facts
}

/// Those that neither comes across.
fn others() -> Vec<Fact> {
    let (order_id, correction_id) = (OrderId::new(Uuid::nil()), CorrectionId::new(Uuid::nil()));
    let (from, to) = (start(), start().plus(HOUR));
    let window = WindowView::from(&window(hours(0, 1), Seen::Up, Some(1)));
    let upgraded = |basis| Fact::UpgradePriced {
        from_plan: "Basic".to_owned(),
        to_plan: "Large".to_owned(),
        from_price: bdt(100_000),
        to_price: bdt(200_000),
        left_seconds: DAY,
        of_seconds: 30 * DAY,
        basis,
    };
    let corrected = |seen| Fact::UsageCorrected {
        correction_id,
        from,
        to,
        seen,
        seconds_taken_back: HOUR,
        reason: Some("Wrong.".to_owned()),
    };
    vec![
        Fact::CycleUpgraded { order_id, allowance_added_seconds: HOUR, paid_net_added: bdt(5_000) },
        corrected(Seen::Up),
        corrected(Seen::Down),
        corrected(Seen::Unknown),
        Fact::CycleRuns { as_of: from, ends_at: to },
        Fact::EndedHoursUsedUp { at: to, allowance_seconds: HOUR },
        Fact::NothingBeyondPrice { number: 12 },
        Fact::PeakMeasured { cycle_number: 1, unit: Unit::Bytes, peak: 5 << 30, window },
        Fact::BasePrice {
            plan: "Basic".to_owned(),
            cycle_number: 3,
            cycle_days: 30,
            included_hours: 360,
            price: bdt(1),
        },
        upgraded(Basis::Days),
        upgraded(Basis::Hours),
        Fact::TakenBack {
            corrects: "INV-1".to_owned(),
            reason: "Too dear.".to_owned(),
            net: bdt(1),
            tax: bdt(0),
            gross: bdt(1),
        },
        Fact::Differs { figures: 2 },
        Fact::NoRenewalOverLimit,
        Fact::RenewalOpen { kind: RenewalKind::InGrace, due: bdt(1) },
        Fact::RenewalOpen { kind: RenewalKind::Lapsed, due: bdt(1) },
    ]
}

fn code(fact: &Fact) -> String {
    serde_json::to_value(fact).unwrap()["code"].as_str().unwrap().to_owned()
}

// Harm prevented: a customer is shown an empty line, or half a sentence in the other language.
#[test]
fn every_fact_has_a_sentence_in_both_languages() {
    let facts = [charged(), standings(), others()].concat();
    let named: std::collections::BTreeSet<String> = facts.iter().map(code).collect();
    assert_eq!(named.len(), 43, "a new fact needs a sentence, and a place here: {named:?}");
    let zone = Zone::default();
    for fact in &facts {
        let (en, bn) = (sentence(Language::En, zone, fact), sentence(Language::Bn, zone, fact));
        let whole = |text: &str| text.chars().count() > 12 && !text.contains("  ") && !text.contains('{');
        assert!(whole(&en) && whole(&bn), "{fact:?}: {en} / {bn}");
        let names = matches!(fact, Fact::TakenBack { .. });
        assert!(names || !bn.contains(|c: char| c.is_ascii_digit()), "Bangla has digits of its own: {bn}");
        assert!(!en.contains(|c: char| ('\u{980}'..='\u{9ff}').contains(&c) && c != '৳'), "{en}");
    }
}

// Harm prevented: figures in a sentence are not those of the fact.
#[test]
fn a_sentence_says_the_figures_of_its_fact() {
    let zone = Zone::default();
    let not_due = Fact::RenewalNotDue {
        days_at_most: 15,
        percent_at_most: 50,
        seconds_left: 21 * DAY,
        remaining_seconds: 257 * HOUR,
        allowance_seconds: 360 * HOUR,
        opens_at: "2026-11-22T09:30:05Z".parse().unwrap(),
    };
    assert_eq!(
        sentence(Language::En, zone, &not_due),
        "No renewal yet: it opens when 15 days or 50% of the hours are left. Now 21\u{a0}days and 71.4% (257\u{a0}h) are \
         left. It opens on 22 Nov 2026, 15:30:05 at the latest."
    );
    assert_eq!(
        sentence(Language::Bn, zone, &not_due),
        "এখনো নবায়নের সময় হয়নি: ১৫ দিন অথবা ঘণ্টার ৫০% বাকি থাকলে নবায়ন করা যায়। এখন বাকি ২১\u{a0}দিন এবং ৭১.৪% (২৫৭\u{a0}ঘণ্টা)। দেরিতে \
         হলেও ২২ নভেম্বর ২০২৬, ১৫:৩০:০৫ থেকে নবায়ন করা যাবে।"
    );
    let day =
        &count(&lines(&terms(), &[window(hours(0, 20), Seen::Up, None), window(hours(20, 21), Seen::Unknown, None)]))
            .unwrap()
            .days[&0];
    assert_eq!(
        sentence(Language::En, zone, &Fact::CycleDay(day.clone())),
        "Day 1, from 15 Jan 2027, 14:00:00: up 20\u{a0}h, charged 12\u{a0}h, 8\u{a0}h free by the daily cap, 1\u{a0}h unknown and free."
    );
}
