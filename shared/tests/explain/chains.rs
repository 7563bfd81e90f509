//! How a cycle and its amounts are told: fact after fact, with the figures of each.

use crate::{bdt, hours, lines, start, tenant, terms, window};
use shared::api::explain::{DayFigures, Fact, Fraction, Rounding};
use shared::api::invoices::LineWhat;
use shared::api::tenants::EndedReason;
use shared::billing::cycle::{Cycle, End};
use shared::billing::explain::{amount_chain, base_price, charge_chain, charges_of, count, cycle_chain, upgrade};
use shared::billing::plan_change::Upgrade;
use shared::billing::proof::Line;
use shared::billing::rating::{Aggregation, Charge, Meter, PriceModel};
use shared::billing::terms::{OnExhaustion, Terms};
use shared::billing::usage::Seen;
use shared::billing::vat::Vat;
use shared::ids::{CorrectionId, OrderId};
use shared::money::Money;
use shared::time::{DAY, HOUR};
use uuid::Uuid;

/// A day of which nothing was recorded yet.
fn day(number: u32, from_hour: i64) -> DayFigures {
    DayFigures {
        number,
        starts_at: hours(from_hour, from_hour).from(),
        up_seconds: 0,
        billable_seconds: 0,
        overage_seconds: 0,
        capped_seconds: 0,
        down_seconds: 0,
        unknown_seconds: 0,
    }
}

// Harm prevented: a day's figures stand beside another day, or the seconds of it do not add up.
#[test]
fn every_day_is_told_with_its_number_its_beginning_and_its_seconds() {
    let overage = OnExhaustion::Overage { price_per_hour: bdt(1_000) };
    let terms = Terms { included_hours: 14, on_exhaustion: overage, ..terms() };
    let seen = [
        window(hours(0, 15), Seen::Up, None),
        window(hours(15, 20), Seen::Down, None),
        window(hours(20, 50), Seen::Up, None),
        window(hours(50, 53), Seen::Unknown, None),
    ];
    let days: Vec<DayFigures> = count(&lines(&terms, &seen)).unwrap().days.into_values().collect();
    let expected = [
        // 12 of 19 h count, and 12 of 24; of these 10 are beyond the 14, and so are the last two.
        DayFigures {
            up_seconds: 19 * HOUR,
            billable_seconds: 12 * HOUR,
            capped_seconds: 7 * HOUR,
            down_seconds: 5 * HOUR,
            ..day(1, 0)
        },
        DayFigures {
            up_seconds: 24 * HOUR,
            billable_seconds: 12 * HOUR,
            overage_seconds: 10 * HOUR,
            capped_seconds: 12 * HOUR,
            ..day(2, 24)
        },
        DayFigures {
            up_seconds: 2 * HOUR,
            billable_seconds: 2 * HOUR,
            overage_seconds: 2 * HOUR,
            unknown_seconds: 3 * HOUR,
            ..day(3, 48)
        },
    ];
    assert_eq!(days, expected);
}

// Harm prevented: an explanation leaves out an upgrade or a correction, or counts an upgrade's hours as sold at first.
#[test]
fn a_cycle_is_told_from_its_terms_to_its_end() {
    let (order_id, correction_id) = (OrderId::new(Uuid::from_u128(5)), CorrectionId::new(Uuid::from_u128(7)));
    let (allowance_added_seconds, paid_net_added) = (10 * HOUR, bdt(5_000));
    let uncapped = Terms { daily_cap_hours: None, ..terms() };
    let mut booked = lines(&uncapped, &[window(hours(0, 30), Seen::Up, None)]);
    booked.push(Line::Upgraded { order_id, terms: uncapped, allowance_added_seconds, paid_net_added });
    let (from, to) = (hours(1, 3).from(), hours(1, 3).to());
    booked.push(Line::Corrected { correction_id, from, to, seen: Seen::Down });
    let counted = count(&booked).unwrap();
    let day_of_22 =
        DayFigures { up_seconds: 22 * HOUR, billable_seconds: 22 * HOUR, down_seconds: 2 * HOUR, ..day(1, 0) };
    let allowance_seconds = 370 * HOUR;
    let told = [
        Fact::CycleStarted {
            number: 1,
            starts_at: start(),
            is_trial: false,
            days: 30,
            allowance_seconds: 360 * HOUR,
            daily_cap_seconds: None,
        },
        Fact::CycleUpgraded { order_id, allowance_added_seconds, paid_net_added },
        Fact::UsageCorrected {
            correction_id,
            from,
            to,
            seen: Seen::Down,
            seconds_taken_back: 2 * HOUR,
            reason: Some("The host was wrong.".to_owned()),
        },
        Fact::CycleDay(day_of_22),
        Fact::CycleDay(DayFigures { up_seconds: 6 * HOUR, billable_seconds: 6 * HOUR, ..day(2, 24) }),
        Fact::UsedOfAllowance { used_seconds: 28 * HOUR, allowance_seconds, overage_seconds: 0 },
    ];
    let (as_of, ends_at) = (hours(30, 30).from(), counted.cycle.ends_at);
    let ended = |at, reason| Some(End { at, reason });
    for (end, last) in [
        (None, Fact::CycleRuns { as_of, ends_at }),
        (ended(as_of, EndedReason::HoursUsedUp), Fact::EndedHoursUsedUp { at: as_of, allowance_seconds }),
        (ended(ends_at, EndedReason::TimeElapsed), Fact::EndedTimeElapsed { at: ends_at, seconds: 30 * DAY }),
    ] {
        let reason = |id| (id == correction_id).then(|| "The host was wrong.".to_owned());
        assert_eq!(cycle_chain(&counted, end, as_of, reason), [&told[..], &[last]].concat());
    }
}

// Harm prevented: a trial is told as something that was bought, or as long as a paid cycle.
#[test]
fn a_trial_is_told_as_one() {
    let cycle = Cycle::trial(1, Terms { trial_days: 7, ..terms() }, start());
    let counted = count(&[Line::started(tenant(), &cycle)]).unwrap();
    let told = cycle_chain(&counted, None, start(), |_| None);
    assert!(matches!(told[0], Fact::CycleStarted { is_trial: true, days: 7, .. }), "{told:?}");
    assert_eq!(count(&[]).map(|it| it.cycle), None);
}

fn code(fact: &Fact) -> String {
    serde_json::to_value(fact).unwrap()["code"].as_str().unwrap().to_owned()
}

/// What is told of a charge if so many users were seen for 16 h, and so many for 8 h, in a cycle of two days.
fn told(terms: Terms, users: [Option<i64>; 2]) -> Vec<Vec<String>> {
    let terms = Terms { cycle_days: 2, daily_cap_hours: None, ..terms };
    let seen = [window(hours(0, 16), Seen::Up, users[0]), window(hours(16, 24), Seen::Up, users[1])];
    let counted = count(&lines(&terms, &seen)).unwrap();
    let at = counted.cycle.ends_at;
    let charges = charges_of(&counted.cycle, at).unwrap();
    charges.iter().map(|charge| charge_chain(&counted, at, charge).iter().map(code).collect()).collect()
}

// Harm prevented: an explanation takes off what is not included, prices nothing, or rounds what was exact.
#[test]
fn a_charge_is_told_in_the_steps_that_it_took_and_in_no_others() {
    use Aggregation::{Peak, Sum, TimeWeightedAverage};
    let charge = |meter, aggregation, included| {
        let price = PriceModel::PerUnit { price: bdt(10_000), per: 1 };
        Charge { meter, aggregation, included, price }
    };
    let of_users = |aggregation, included| charge(Meter::Users, aggregation, included);
    let (seen, nobody, never) = ([Some(8), Some(14)], [Some(0); 2], [None; 2]);
    for (name, charge, users, expected) in [
        ("nothing included", of_users(Peak, 0), seen, &["peak_measured", "priced_part", "vat_split"][..]),
        (
            "four more than included",
            of_users(Peak, 10),
            seen,
            &["peak_measured", "included_taken_off", "priced_part", "vat_split"],
        ),
        ("fewer than included", of_users(Peak, 20), seen, &["peak_measured", "included_taken_off"]),
        ("nobody was seen", of_users(Peak, 10), nobody, &["peak_measured"]),
        ("nobody looked", of_users(Peak, 10), never, &["nothing_measured"]),
        ("an average of 5", of_users(TimeWeightedAverage, 0), seen, &["average_weighted", "priced_part", "vat_split"]),
        (
            "an average of 31 / 6",
            of_users(TimeWeightedAverage, 1),
            [Some(8), Some(15)],
            &["average_weighted", "included_taken_off", "priced_part", "rounded_once", "vat_split"],
        ),
        ("seconds", charge(Meter::ActiveSeconds, Sum, 0), seen, &["seconds_summed", "priced_part", "vat_split"]),
    ] {
        assert_eq!(told(Terms { charges: vec![charge], included_hours: 24, ..terms() }, users), [expected], "{name}");
    }
    for (included_hours, expected) in
        [(24, &["overage_counted"][..]), (23, &["overage_counted", "priced_part", "rounded_once", "vat_split"])]
    {
        let on_exhaustion = OnExhaustion::Overage { price_per_hour: bdt(1_000) };
        assert_eq!(
            told(Terms { included_hours, on_exhaustion, ..terms() }, never),
            [expected],
            "24 of {included_hours} h"
        );
    }
}

fn exactly(numerator: i128, denominator: i128, rounded: i64) -> Rounding {
    Rounding { exact: Fraction::new(numerator, denominator), rounded }
}

// Harm prevented: the exact sum that is told is another than the one that was rounded.
#[test]
fn an_amount_is_told_exactly_before_it_is_rounded() {
    let price = PriceModel::PerUnit { price: bdt(10_000), per: 7 };
    let aggregation = Aggregation::TimeWeightedAverage;
    let charges = vec![Charge { meter: Meter::Users, aggregation, included: 0, price }];
    let on_exhaustion = OnExhaustion::Overage { price_per_hour: bdt(1_001) };
    let terms = Terms { cycle_days: 2, included_hours: 23, daily_cap_hours: None, charges, on_exhaustion, ..terms() };
    let seen = [window(hours(0, 16), Seen::Up, Some(8)), window(hours(16, 24), Seen::Up, Some(15))];
    let counted = count(&lines(&terms, &seen)).unwrap();
    let figures = charges_of(&counted.cycle, counted.cycle.ends_at).unwrap();
    let told: Vec<Rounding> = figures.into_iter().map(|charge| charge.amount).collect();
    // An hour of extra hours, in seconds; and 31 / 6 users at 100.00 for seven.
    assert_eq!(told, [exactly(1_001 * 3_600, 3_600, 1_001), exactly(310_000, 42, 7_381)]);
}

// Harm prevented: the amount that is told before VAT is the one after, or a rounding is told that was another.
#[test]
fn a_price_is_told_with_its_roundings_and_its_vat() {
    let what = LineWhat::Upgrade { from_plan: "Basic".to_owned(), to_plan: "Large".to_owned(), cycle_number: 1 };
    let allowance_added_seconds = 0;
    // Two sevenths of the difference of 1,000.00 are 285.714….
    let quote =
        Upgrade { cycle_number: 1, left_seconds: 2, of_seconds: 7, price: bdt(28_571), allowance_added_seconds };
    for (vat, rounding, [net, tax, gross]) in [
        (Vat::None, None, [28_571, 0, 28_571]),
        (Vat::Exclusive { basis_points: 1_500 }, Some(exactly(42_856_500, 10_000, 4_286)), [28_571, 4_286, 32_857]),
        (Vat::Inclusive { basis_points: 1_500 }, Some(exactly(285_710_000, 11_500, 24_844)), [24_844, 3_727, 28_571]),
    ] {
        let large = Terms { vat, price: bdt(350_000), ..terms() };
        let figures = upgrade(what.clone(), bdt(250_000), &large, &quote).unwrap();
        assert_eq!((figures.parts.len(), figures.parts[0].price), (1, bdt(100_000)));
        assert_eq!(figures.amount, exactly(200_000, 7, 28_571));
        assert_eq!(figures.vat.rounding, rounding, "{vat:?}");
        let split: [Money; 3] = [figures.vat.net, figures.vat.tax, figures.vat.gross];
        assert_eq!(split, [net, tax, gross].map(bdt), "{vat:?}");
        let amount = bdt(28_571);
        let rounded = Fact::RoundedOnce { rounding: figures.amount.clone(), amount };
        let split = Fact::VatSplit { amount, figures: figures.vat.clone() };
        assert_eq!(amount_chain(&figures), [rounded, split], "{vat:?}");
        let whole = base_price(what.clone(), &large).unwrap();
        assert_eq!(whole.amount, exactly(350_000, 1, 350_000));
        let split = Fact::VatSplit { amount: bdt(350_000), figures: whole.vat.clone() };
        assert_eq!(amount_chain(&whole), [split], "a whole price is neither put together nor rounded: {vat:?}");
    }
}
