//! The hours on the card, in every report, in the explanation and on the bill are one figure, whatever happened.
//!
//! Histories are made up from a seed: panels on odd plans that run, break, fall silent, are stopped, renewed and corrected.

use harness::{Panel, Persona, Stage, Terms, terms};
use hourglass::port::clock::Clock as _;
use hourglass_tests as harness;
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use sandbox::odoo::PanelState;
use serde_json::{Value, json};
use shared::billing::rating::{Aggregation, Charge, Meter, PriceModel};
use shared::billing::terms::OnExhaustion;
use shared::money::{Currency, Money};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

harness::stories!(
    the_first_histories_have_one_figure,
    the_second_histories_have_one_figure,
    a_figure_that_was_changed_is_noticed,
);

const PANELS: usize = 5;
const DEEDS: usize = 40;
/// Longer than any of these histories.
const DAYS: &str = "from=2026-01-05&to=2026-02-04";

/// What happens next; to which panel stands beside it.
#[derive(Debug, Clone, Copy)]
enum Deed {
    Pass { minutes: i64 },
    Break,
    Mend,
    Silence,
    Speak,
    Stop,
    Start,
    Renew,
    Correct { back: i64, long: i64 },
}

fn deeds() -> impl Strategy<Value = Vec<(usize, Deed)>> {
    let deed = prop_oneof![
        8 => (1_i64..=480).prop_map(|minutes| Deed::Pass { minutes }),
        1 => Just(Deed::Break),
        2 => Just(Deed::Mend),
        1 => Just(Deed::Silence),
        2 => Just(Deed::Speak),
        1 => Just(Deed::Stop),
        2 => Just(Deed::Start),
        4 => Just(Deed::Renew),
        3 => (1_i64..=300, 1_i64..=200).prop_map(|(back, long)| Deed::Correct { back, long }),
    ];
    prop::collection::vec((0..PANELS, deed), DEEDS)
}

/// A second costs a poisha: what a cycle used stands on the next bill, as seconds and as money.
fn by_the_second() -> Charge {
    let price = PriceModel::PerUnit { price: Money::new(3_600, Currency::Bdt), per: 3_600 };
    Charge { meter: Meter::ActiveSeconds, aggregation: Aggregation::Sum, included: 0, price }
}

/// An odd plan.
fn plans() -> impl Strategy<Value = Terms> {
    (2_u32..=12, 1_u32..=3, prop::option::of(12_u32..=16), 0_u32..=8, any::<bool>()).prop_map(
        |(included_hours, cycle_days, daily_cap_hours, grace_hours, goes_on)| {
            let beyond = OnExhaustion::Overage { price_per_hour: Money::new(3_600, Currency::Bdt) };
            Terms {
                included_hours,
                cycle_days,
                daily_cap_hours,
                grace_hours,
                on_exhaustion: if goes_on { beyond } else { OnExhaustion::Suspend },
                charges: vec![by_the_second()],
                early_renewal_days: cycle_days,
                early_renewal_percent: 100,
                ..terms()
            }
        },
    )
}

/// What was made up from a seed.
fn made_up<T>(seed: u8, strategy: impl Strategy<Value = T>) -> T {
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[seed; 32]);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    strategy.new_tree(&mut runner).expect("a value").current()
}

// Harm prevented: the card says one thing, the chart another, and the invoice a third.
async fn the_first_histories_have_one_figure(stage: Arc<Stage>) {
    histories(&stage, 1).await;
}

// Harm prevented: the same, in other histories.
async fn the_second_histories_have_one_figure(stage: Arc<Stage>) {
    histories(&stage, 2).await;
}

async fn histories(stage: &Stage, seed: u8) {
    let owner = stage.owner().await;
    let plans = made_up(seed, prop::collection::vec(plans(), PANELS));
    let mut panels = Vec::new();
    for (number, plan) in plans.into_iter().enumerate() {
        panels.push(stage.active_panel(owner, &format!("panel-{number}"), plan).await);
    }
    let mut reached = BTreeSet::new();
    for (number, (which, deed)) in made_up(seed, deeds()).into_iter().enumerate() {
        let panel = &panels[which];
        does(stage, owner, panel, deed, &format!("{number}")).await;
        let place = format!("seed {seed}, deed {number}: {deed:?} to {}", panel.subdomain);
        compare(owner, panel, &place, &mut reached).await;
    }
    for panel in &panels {
        compare(owner, panel, &format!("seed {seed}, {} at the end", panel.subdomain), &mut reached).await;
    }
    // A history without these would be no test.
    let wanted =
        ["a cycle that runs has a bill", "a cycle that is over is billed", "hours beyond", "something is free"];
    assert!(wanted.iter().all(|it| reached.contains(it)), "seed {seed} only reached {reached:?}");
    stage.assert_balanced().await;
}

// Harm prevented: the comparison above compares nothing, and stays green when a figure is another.
async fn a_figure_that_was_changed_is_noticed(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let plan = Terms { included_hours: 2, charges: vec![by_the_second()], ..terms() };
    let panel = stage.active_panel(owner, "rahim", plan).await;
    stage.pass_hours(3).await;
    assert!(!is_noticed(owner, &panel).await, "two hours were used up, and everybody says so");
    for (set, back) in [
        ("cycles SET used_seconds = 7199", "cycles SET used_seconds = 7200"),
        (
            "usage_hours SET quantity = quantity - 1 WHERE meter = 'billable_seconds' AND quantity > 3000",
            "usage_hours SET quantity = quantity + 1 WHERE meter = 'billable_seconds' AND quantity > 3000",
        ),
        ("usage_windows SET seen = 'down' WHERE seen = 'up'", "usage_windows SET seen = 'up' WHERE seen = 'down'"),
        (
            r#"charges SET line = REPLACE(line, '"quantity":7200', '"quantity":7199')"#,
            r#"charges SET line = REPLACE(line, '"quantity":7199', '"quantity":7200')"#,
        ),
    ] {
        stage.database.meddle(&format!("UPDATE {set}")).await;
        assert!(is_noticed(owner, &panel).await, "{set}");
        stage.database.meddle(&format!("UPDATE {back}")).await;
        assert!(!is_noticed(owner, &panel).await, "{back}");
    }
}

async fn is_noticed(owner: &Persona, panel: &Panel) -> bool {
    let (owner, panel) = (owner.clone(), panel.clone());
    let compared = tokio::spawn(async move { compare(&owner, &panel, "as it is", &mut BTreeSet::new()).await });
    compared.await.is_err()
}

/// A refusal is an outcome like any other.
async fn does(stage: &Stage, owner: &Persona, panel: &Panel, deed: Deed, key: &str) {
    match deed {
        Deed::Pass { minutes } => stage.pass(minutes * 60).await,
        Deed::Break => stage.odoo.set_panel(&panel.subdomain, PanelState::Broken),
        Deed::Mend => stage.odoo.set_panel(&panel.subdomain, PanelState::Up),
        Deed::Silence => stage.odoo.set_down(true),
        Deed::Speak => stage.odoo.set_down(false),
        Deed::Stop | Deed::Start => {
            let path = panel.path(if matches!(deed, Deed::Stop) { "stop" } else { "start" });
            owner.post(&path).await;
        }
        Deed::Renew => {
            let checkout = owner.checkout(panel, key).await;
            if checkout.status == 201 {
                let payment = checkout.json()["payment_id"].as_str().expect("a payment").to_owned();
                stage.act(&payment, sandbox::gateway::Action::Pay).await;
            }
        }
        Deed::Correct { back, long } => {
            let from = stage.clock.now().plus(-back * 60);
            let body = json!({ "from": from, "to": from.plus(long * 60), "seen": "down", "reason": "It was not so." });
            stage.operator().await.post_keyed(&panel.path("corrections"), key, &body).await;
        }
    }
    // A host that did not answer is asked again after a while. Sign-ins last longer than these histories.
    stage.wait(10);
    stage.work().await;
}

/// What the panel's cycles used, by number: all that was charged, and how much of it beyond the allowance.
type Used = BTreeMap<u64, (i64, i64)>;

/// Every place at which the panel's hours stand.
async fn compare(owner: &Persona, panel: &Panel, place: &str, reached: &mut BTreeSet<&'static str>) {
    let billing = owner.status(panel).await["billing"].clone();
    let cycles = owner.get(&panel.path("cycles?limit=100")).await.ok(200);
    let used: Used = cycles["items"].as_array().unwrap().iter().map(of_cycle).collect();
    let card = &billing["cycle"];
    let number = card["number"].as_u64().expect("a cycle");
    let (charged, beyond) = used[&number];
    assert_eq!(number_of(card, "used_seconds"), charged - beyond, "the card, {place}");
    let left = number_of(card, "allowance_seconds") - number_of(card, "used_seconds");
    assert_eq!(number_of(card, "remaining_seconds"), left, "the card, {place}");
    let all: i64 = used.values().map(|(charged, _)| charged).sum();
    reports(owner, panel, all, place, reached).await;
    explained(owner, panel, number, used[&number], place).await;
    bills(owner, panel, &billing, &used, place, reached).await;
}

fn of_cycle(item: &Value) -> (u64, (i64, i64)) {
    let beyond = number_of(item, "overage_seconds");
    (item["number"].as_u64().expect("a number"), (number_of(item, "used_seconds") + beyond, beyond))
}

fn number_of(value: &Value, field: &str) -> i64 {
    value[field].as_i64().unwrap_or_else(|| panic!("{field} in {value}"))
}

/// The reports by day and by hour, of the panel and of the account, as figures and as tables.
async fn reports(owner: &Persona, panel: &Panel, all: i64, place: &str, reached: &mut BTreeSet<&'static str>) {
    let days = owner.get(&panel.path(&format!("usage?{DAYS}"))).await.ok(200);
    assert_eq!(number_of(&days["totals"], "billable_seconds"), all, "the report by day, {place}");
    if number_of(&days["totals"], "up_seconds") > all {
        reached.insert("something is free");
    }
    let hours = owner.get(&panel.path(&format!("usage/hours?{DAYS}"))).await.ok(200);
    let charged = hours["hours"].as_array().unwrap().iter().map(|hour| number_of(hour, "billable_seconds"));
    assert_eq!(charged.sum::<i64>(), all, "the report by hour, {place}");
    let account = owner.get(&format!("/api/v1/usage?{DAYS}")).await.ok(200);
    let id = panel.id.to_string();
    let shown = account["panels"].as_array().unwrap().iter().find(|it| it["tenant_id"] == *id).expect("the panel");
    assert_eq!(shown["totals"], days["totals"], "the account's report, {place}");
    let by_day = shown["billable_seconds"].as_array().unwrap().iter().map(|it| it.as_i64().unwrap());
    assert_eq!(by_day.sum::<i64>(), all, "the account's report by day, {place}");
    for path in [panel.path(&format!("usage.csv?{DAYS}")), format!("/api/v1/usage.csv?{DAYS}")] {
        let table = owner.get(&path).await.is(200);
        let own = table.body.lines().skip(1).filter(|line| path.contains(&id) || line.contains(&id));
        let seconds = own.map(|line| line.rsplit(',').next().unwrap().parse::<i64>().unwrap());
        assert_eq!(seconds.sum::<i64>(), all, "{path}, {place}");
    }
}

/// The cycle, counted again from its windows.
async fn explained(owner: &Persona, panel: &Panel, number: u64, (charged, beyond): (i64, i64), place: &str) {
    let explained = owner.get(&panel.path(&format!("cycles/{number}/explain"))).await.ok(200);
    let cycle = &explained["cycle"];
    assert_eq!(number_of(cycle, "used_seconds"), charged - beyond, "the explanation, {place}");
    assert_eq!(number_of(cycle, "overage_seconds"), beyond, "the explanation, {place}");
    let days = cycle["days"].as_array().unwrap().iter().map(|day| number_of(day, "billable_seconds"));
    assert_eq!(days.sum::<i64>(), charged, "the days of the explanation, {place}");
    assert_eq!(explained["differs"], json!([]), "{place}");
}

/// What the running cycle has come to, what the next order says, and what was invoiced: each cycle stands on one of them.
async fn bills(
    owner: &Persona,
    panel: &Panel,
    billing: &Value,
    used: &Used,
    place: &str,
    reached: &mut BTreeSet<&'static str>,
) {
    let next = owner.get(&panel.path("next-order")).await.ok(200);
    let mut lines: Vec<Value> =
        [next["accruing"].as_array(), next["lines"].as_array()].into_iter().flatten().flatten().cloned().collect();
    if next["accruing"] != json!([]) {
        reached.insert("a cycle that runs has a bill");
    }
    let invoices = owner.get("/api/v1/invoices?limit=100").await.ok(200);
    let own = invoices["items"].as_array().unwrap().iter().filter(|it| it["tenant_id"] == *panel.id.to_string());
    for line in own.flat_map(|invoice| invoice["lines"].as_array().unwrap()) {
        if line["what"]["kind"] != "base_price" {
            reached.insert("a cycle that is over is billed");
        }
        lines.push(line.clone());
    }
    let of = |kind: &str, number: u64| {
        let about = |line: &&Value| line["what"]["kind"] == kind && line["what"]["cycle_number"] == number;
        let found: Vec<&Value> = lines.iter().filter(about).collect();
        assert!(found.len() <= 1, "cycle {number} is billed twice, {place}: {found:?}");
        // A second costs a poisha.
        let line = found.first().map(|line| (number_of(line, "quantity"), number_of(&line["gross"], "minor")));
        line.unwrap_or_default()
    };
    for (number, (charged, beyond)) in used {
        assert_eq!(of("metered", *number), (*charged, *charged), "the bill of cycle {number}, {place}: {billing}");
        assert_eq!(of("overage", *number), (*beyond, *beyond), "the bill of cycle {number}, {place}: {billing}");
        if *beyond > 0 {
            reached.insert("hours beyond");
        }
    }
}
