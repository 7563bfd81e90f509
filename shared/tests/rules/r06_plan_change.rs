//! Rule 6: an upgrade takes effect when its prorated difference is settled, anything else with the next cycle; and who
//! cancels has what is paid, and then nothing.

use crate::story::{Act, bdt, overage, plan, start, story};
use shared::api::tenants::EndedReason::{HoursUsedUp, TimeElapsed};
use shared::api::tenants::{BillingState, PanelStatus};
use shared::billing::event::Event;
use shared::billing::order::upgrade_lines;
use shared::billing::plan_change::{NotChangeable, plan_change};
use shared::billing::step::Refusal;
use shared::billing::terms::Terms;
use shared::billing::vat::Vat;
use shared::ids::OrderId;
use shared::money::{Currency, Money};
use shared::time::{DAY, HOUR};
use uuid::Uuid;

/// 5,000.00 for 720 h without a cap.
fn bigger() -> Terms {
    plan(|t| (t.price, t.included_hours, t.daily_cap_hours) = (bdt(500_000), 720, None))
}

// Harm prevented: somebody pays for days that are over or for hours that are used, or gets hours for nothing.
#[test]
fn an_upgrade_costs_the_difference_for_what_is_left() {
    let default = plan(|_| ());
    let uncapped = plan(|t| t.daily_cap_hours = None);
    let six_a_day: Vec<Act> = (0..20).flat_map(|_| [Act::Up(6 * HOUR), Act::Down(18 * HOUR)]).collect();
    for (name, plan, acts, price, added) in [
        ("at once: all of it", &default, vec![], 250_000, 360 * HOUR),
        // 20 of 30 days and 240 of 360 h.
        ("two thirds of both", &default, vec![Act::Up(10 * DAY)], 166_667, 240 * HOUR),
        // 25 of 30 days, but 240 of 360 h.
        ("fewer hours than days", &uncapped, vec![Act::Up(5 * DAY)], 166_667, 240 * HOUR),
        // 10 of 30 days, although 240 of 360 h.
        ("fewer days than hours", &default, six_a_day, 83_333, 120 * HOUR),
        // A poisha is 10.368 s of the difference; half of the allowance that grows a second a second and two.
        ("a minute of days", &default, vec![Act::Down(30 * DAY - 60)], 6, 30),
        ("a second of days", &default, vec![Act::Down(30 * DAY - 1)], 0, 0),
        ("a minute of hours", &uncapped, vec![Act::Up(360 * HOUR - 60)], 12, 60),
        // 250,000 / 1,296,000 and 1 / 1.
        ("a second of hours", &uncapped, vec![Act::Up(360 * HOUR - 1)], 0, 1),
    ] {
        let quote = story(plan, &acts).quote(&bigger()).unwrap();
        assert_eq!((quote.price.minor, quote.allowance_added_seconds), (price, added), "{name}: {quote:?}");
    }
}

#[test]
fn the_line_of_an_upgrade_has_the_new_plans_vat() {
    let taxed = Terms { vat: Vat::Exclusive { basis_points: 1_500 }, ..bigger() };
    let quote = story(&plan(|_| ()), &[Act::Up(10 * DAY)]).quote(&taxed).unwrap();
    let lines = upgrade_lines("small", "big", &taxed, &quote).unwrap();
    let got: Vec<_> = lines.iter().map(|it| (it.position, it.net.minor, it.tax.minor, it.gross.minor)).collect();
    assert_eq!(got, [(1, 166_667, 25_000, 191_667)], "25,000.05 poisha of VAT");
}

// Harm prevented: a cheaper plan cuts a running cycle short, or a plan of other cycles is sold by the day.
#[test]
fn anything_but_a_dearer_plan_of_equal_cycles_comes_with_the_next_cycle() {
    let default = plan(|_| ());
    let uncapped = plan(|t| t.daily_cap_hours = None);
    let extra = overage(30, 360, 10_000);
    let ended = plan(|t| (t.included_hours, t.daily_cap_hours, t.grace_hours) = (5, None, 9));
    for (name, plan, other, acts, upgrades) in [
        ("dearer", &default, Terms { price: bdt(250_001), ..default.clone() }, vec![], true),
        ("as dear", &default, Terms { included_hours: 300, ..default.clone() }, vec![], false),
        ("cheaper", &default, Terms { price: bdt(249_999), ..default.clone() }, vec![], false),
        ("longer cycles", &default, Terms { cycle_days: 31, ..bigger() }, vec![], false),
        ("shorter cycles", &default, Terms { cycle_days: 29, ..bigger() }, vec![], false),
        ("a second left", &uncapped, bigger(), vec![Act::Up(360 * HOUR - 1)], true),
        ("no hours left", &uncapped, bigger(), vec![Act::Up(360 * HOUR)], false),
        ("in overage", &extra, bigger(), vec![Act::Up(361 * HOUR)], false),
        ("in grace", &ended, bigger(), vec![Act::Up(6 * HOUR)], false),
        ("expired", &ended, bigger(), vec![Act::Up(20 * HOUR)], false),
        ("stopped", &default, bigger(), vec![Act::Does(Event::Stopped)], true),
    ] {
        assert_eq!(story(plan, &acts).quote(&other).is_some(), upgrades, "{name}");
    }
    let over = story(&default, &[]);
    assert_eq!(over.quote(&bigger()).map(|it| it.cycle_number), Some(1));
    let mut late = over;
    late.now = start().plus(30 * DAY);
    assert_eq!(late.quote(&bigger()), None, "the days are over, and nobody has looked yet");
}

#[test]
fn a_change_of_plan_is_refused_in_another_currency_and_for_what_is_gone() {
    let dollars = Terms { price: Money::new(500_000, Currency::Usd), ..bigger() };
    let running = story(&plan(|_| ()), &[]);
    assert_eq!(plan_change(&running.tenant, &dollars, running.now), Err(NotChangeable::Currency));
    let gone = running.then(&[Act::Does(Event::DeletionRequested)]);
    assert_eq!(plan_change(&gone.tenant, &bigger(), gone.now), Err(NotChangeable::Gone));
}

// Harm prevented: an upgrade works before it is paid, takes hours away that were paid for, or shortens the cycle.
#[test]
fn an_upgrade_takes_effect_when_it_is_settled() {
    let default = plan(|_| ());
    let fewer_hours = Terms { price: bdt(500_000), included_hours: 100, ..default.clone() };
    let more_cap = Terms { daily_cap_hours: Some(24), ..bigger() };
    let up = |days: i64| Act::Up(days * DAY);
    for (name, to, acts, allowance, used) in [
        ("quoted only", &bigger(), vec![up(10), up(2)], 360, 144),
        ("settled", &bigger(), vec![up(10), Act::Upgrades(bigger()), up(2)], 600, 168),
        ("its cap counts from now on", &more_cap, vec![up(10), Act::Upgrades(more_cap.clone()), up(2)], 600, 168),
        ("no hours are taken away", &fewer_hours, vec![up(10), Act::Upgrades(fewer_hours.clone())], 360, 120),
        ("it lasts its days", &bigger(), vec![up(10), Act::Upgrades(bigger()), up(20)], 600, 600),
    ] {
        let got = story(&default, &acts);
        let cycle = got.cycle();
        assert_eq!((cycle.allowance_seconds, cycle.used_seconds), (allowance * HOUR, used * HOUR), "{name}: {to:?}");
        assert_eq!(cycle.ends_at, start().plus(30 * DAY), "{name}");
    }
}

fn upgrades(order: u128, cycle_number: u32) -> Act {
    Act::Does(Event::UpgradeSettled {
        order_id: OrderId::new(Uuid::from_u128(order)),
        cycle_number,
        terms: bigger(),
        allowance_added_seconds: HOUR,
        paid_net_added: bdt(1_000),
    })
}

// Harm prevented: an upgrade is counted twice, or for a cycle that it was not quoted for.
#[test]
fn an_upgrade_that_does_not_fit_is_refused() {
    let default = plan(|_| ());
    for (name, acts, refusal, allowance) in [
        ("as quoted", vec![upgrades(9, 1)], None, 361),
        ("twice", vec![upgrades(9, 1), upgrades(9, 1)], Some(Refusal::AlreadyBought), 361),
        ("another one", vec![upgrades(9, 1), upgrades(8, 1)], None, 362),
        ("for another cycle", vec![upgrades(9, 2)], Some(Refusal::CycleOver), 360),
        ("too late", vec![Act::Up(30 * DAY), upgrades(9, 1)], Some(Refusal::CycleOver), 360),
    ] {
        let got = story(&default, &acts);
        assert_eq!((got.refused, got.cycle().allowance_seconds), (refusal, allowance * HOUR), "{name}");
    }
}

// Harm prevented: extra hours are used at their price, and then had for that of another plan, or for nothing.
#[test]
fn extra_hours_keep_their_price() {
    let extra = overage(30, 100, 10_000);
    let quoted = story(&extra, &[Act::Up(99 * HOUR)]);
    let late = story(&extra, &[Act::Up(106 * HOUR), upgrades(9, 1), Act::Down(30 * DAY)]);
    assert!(quoted.quote(&bigger()).is_some(), "quoted in time, and paid too late");
    assert_eq!(late.refused, Some(Refusal::CycleOver));
    assert_eq!((late.charges(), late.ended[0].cycle.terms.price), (vec![60_000], bdt(250_000)), "six hours");
    let bought = story(&extra, &[Act::Up(106 * HOUR), Act::Pays(bigger()), Act::Up(HOUR)]);
    assert_eq!((bought.charges(), bought.cycle().used_seconds), (vec![60_000], HOUR), "the other plan, at once");
}

// Harm prevented: a downgrade that was paid early cuts what is paid already, or never comes.
#[test]
fn a_downgrade_comes_with_the_next_cycle() {
    let small = plan(|t| (t.price, t.included_hours, t.daily_cap_hours) = (bdt(100_000), 30, Some(1)));
    let got = story(&plan(|_| ()), &[Act::Up(16 * DAY), Act::Pays(small), Act::Up(15 * DAY)]);
    assert_eq!(got.over(), [(0, 30 * DAY, TimeElapsed, 1_296_000)]);
    assert_eq!(got.cycle().used_seconds, HOUR, "one hour of the first day of the small plan");
}

// Harm prevented: who cancels is cut off at once, is given grace and asked for money, or cannot change their mind.
#[test]
fn who_cancels_has_what_is_paid_and_no_grace() {
    let ten = plan(|t| (t.included_hours, t.daily_cap_hours, t.grace_hours) = (10, None, 5));
    let (cancels, withdraws) = (|| Act::Does(Event::Cancelled), || Act::Does(Event::CancellationWithdrawn));
    let pays = || Act::Pays(ten.clone());
    let up = |hours: i64| Act::Up(hours * HOUR);
    let active = (PanelStatus::Active, BillingState::Active);
    let grace = (PanelStatus::Active, BillingState::Grace);
    let closed = (PanelStatus::Suspended, BillingState::Expired);
    for (name, acts, expected, cancelled) in [
        ("goes on to the end", vec![cancels(), up(10)], active, true),
        ("then ends", vec![cancels(), up(11)], closed, true),
        ("by its days", vec![cancels(), Act::Down(30 * DAY)], closed, true),
        ("what is queued is paid", vec![pays(), cancels(), up(11)], active, true),
        ("and then ends", vec![pays(), cancels(), up(21)], closed, true),
        ("withdrawn", vec![cancels(), up(10), withdraws(), up(1)], grace, false),
        ("withdrawn by paying", vec![cancels(), up(5), pays(), up(6)], active, false),
        (
            "paid again after the end",
            vec![cancels(), up(11), pays()],
            (PanelStatus::Suspended, BillingState::Active),
            false,
        ),
        ("cancelled twice", vec![cancels(), cancels(), withdraws(), up(11)], grace, false),
    ] {
        let got = story(&ten, &acts);
        let state = (got.tenant.panel.status(), got.tenant.billing.state());
        assert_eq!((state, got.tenant.cancelled, got.refused), (expected, cancelled, None), "{name}");
    }
    let ended = story(&ten, &[cancels(), up(11)]);
    assert_eq!(ended.over(), [(0, 10 * HOUR, HoursUsedUp, 10 * HOUR)]);
    for late in [cancels(), withdraws()] {
        let refused = ended.clone().then(&[late]).refused;
        let (panel, billing) = (PanelStatus::Suspended, BillingState::Expired);
        assert_eq!(refused, Some(Refusal::WrongState { panel, billing }), "nothing runs");
    }
}
