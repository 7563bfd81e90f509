//! Usage by civil day: days that are longer or shorter, hours that begin at half past, and what may be asked for.

use harness::{Panel, Persona, Stage, Terms, terms};
use hourglass::port::clock::Clock as _;
use hourglass_tests as harness;
use serde_json::{Value, json};
use shared::time::{DAY, HOUR, Timestamp};
use std::sync::Arc;

harness::stories!(
    a_day_on_which_clocks_change_is_as_long_as_it_is,
    hours_that_begin_at_half_past_belong_to_their_day,
    a_report_says_what_may_be_asked_for,
    another_plan_would_have_cost_nothing_before_the_panel_was_there,
);

async fn live_in(stage: &Stage, zone: &str) {
    stage.database.meddle(&format!("UPDATE accounts SET zone = '{zone}'")).await;
}

fn skip_to(stage: &Stage, instant: &str) {
    let instant: Timestamp = instant.parse().unwrap();
    stage.skip(instant.seconds_since(stage.clock.now()));
}

async fn report(who: &Persona, panel: &Panel, query: &str) -> Value {
    who.get(&panel.path(&format!("usage?{query}"))).await.ok(200)
}

async fn recorded(stage: &Stage) -> i64 {
    let sum = "SELECT CAST(COALESCE(SUM(to_at - from_at), 0) AS BIGINT) AS seconds FROM usage_windows";
    stage.database.number(sum).await
}

fn days(report: &Value, field: &str) -> Vec<i64> {
    report["days"].as_array().unwrap().iter().map(|day| day[field].as_i64().unwrap()).collect()
}

// Harm prevented: twice a year a chart loses an hour, or shows more hours of use than the day has.
async fn a_day_on_which_clocks_change_is_as_long_as_it_is(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    live_in(&stage, "Europe/Berlin").await;
    let plan = || Terms { included_hours: 300, ..terms() };
    skip_to(&stage, "2026-03-28T22:00:00Z");
    let spring = stage.active_panel(owner, "spring", plan()).await;
    stage.pass_hours(25).await;
    let seen = report(owner, &spring, "from=2026-03-28&to=2026-03-30").await;
    assert_eq!(seen["zone"], "Europe/Berlin");
    assert_eq!(days(&seen, "seconds"), [DAY, 23 * HOUR, DAY]);
    assert_eq!(days(&seen, "up_seconds"), [HOUR - 5, 23 * HOUR, HOUR + 5]);
    assert_eq!(seen["days"][1]["starts_at"], "2026-03-28T23:00:00Z");
    assert_eq!(seen["totals"]["up_seconds"], recorded(&stage).await, "nothing is lost, nothing is there twice");
    owner.post(&spring.path("stop")).await.is(200);
    stage.work().await;
    skip_to(&stage, "2026-10-24T21:00:00Z");
    stage.work().await;
    let before = recorded(&stage).await;
    let autumn = stage.active_panel(owner, "autumn", plan()).await;
    stage.pass_hours(27).await;
    let seen = report(owner, &autumn, "from=2026-10-24&to=2026-10-26").await;
    assert_eq!(days(&seen, "seconds"), [DAY, 25 * HOUR, DAY]);
    assert_eq!(days(&seen, "billable_seconds"), [HOUR - 5, 25 * HOUR, HOUR + 5]);
    assert_eq!(seen["totals"]["up_seconds"], recorded(&stage).await - before);
    assert_eq!(seen["totals"]["seconds"], 2 * DAY + 25 * HOUR);
}

// Harm prevented: where clocks are half an hour off, half an hour of every midnight is on the wrong day.
async fn hours_that_begin_at_half_past_belong_to_their_day(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    live_in(&stage, "Asia/Kolkata").await;
    let panel = stage.active_panel(owner, "rahim", Terms { included_hours: 100, ..terms() }).await;
    stage.pass_hours(14).await;
    stage.odoo.set_panel("rahim", sandbox::odoo::PanelState::Broken);
    stage.pass_hours(1).await;
    stage.odoo.set_down(true);
    stage.pass_hours(1).await;
    stage.odoo.set_down(false);
    let seen = report(owner, &panel, "from=2026-01-05&to=2026-01-06").await;
    // Noon in Dhaka is 11:30 there: midnight is twelve and a half hours later.
    let first = 12 * HOUR + HOUR / 2 - 5;
    assert_eq!(days(&seen, "up_seconds"), [first, 14 * HOUR - first]);
    assert_eq!(days(&seen, "down_seconds"), [0, HOUR]);
    assert_eq!(days(&seen, "unknown_seconds"), [0, HOUR]);
    assert_eq!(seen["days"][1]["starts_at"], "2026-01-05T18:30:00Z");
    assert_eq!(seen["days"][0]["users_peak"], 1, "its owner, who was let in when it was set up");
    // By other clocks the same seconds lie on other days, and are as many.
    let kabul = report(owner, &panel, "from=2026-01-05&to=2026-01-06&zone=Asia/Kabul").await;
    assert_eq!(days(&kabul, "up_seconds"), [first + HOUR, 13 * HOUR - first]);
    // Where an hour of the account's reaches over midnight, it belongs to the day in which it begins.
    let dhaka = report(owner, &panel, "from=2026-01-05&to=2026-01-06&zone=Asia/Dhaka").await;
    assert_eq!(days(&dhaka, "up_seconds"), days(&seen, "up_seconds"));
    assert_eq!(dhaka["totals"]["up_seconds"], seen["totals"]["up_seconds"]);
}

// Harm prevented: a mistyped day is taken for another, or one request reads years.
async fn a_report_says_what_may_be_asked_for(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let panel = stage.panel(owner, "rahim", terms()).await;
    let usual = owner.get(&panel.path("usage")).await.ok(200);
    assert_eq!((&usual["from"], &usual["to"]), (&json!("2025-12-07"), &json!("2026-01-05")), "the last thirty days");
    assert_eq!(days(&usual, "seconds"), [DAY; 30]);
    assert_eq!(usual["totals"]["billable_seconds"], 0);
    let year = report(owner, &panel, "from=2028-01-01&to=2028-12-31").await;
    assert_eq!(days(&year, "seconds").len(), 366);
    for (query, field) in [
        ("from=2026-02-30", "/from"),
        ("to=tomorrow", "/to"),
        ("zone=Asia/Dacca-by-night", "/zone"),
        ("from=2026-01-02&to=2026-01-01", "/to"),
        ("from=2028-01-01&to=2029-01-01", "/to"),
    ] {
        let problem = owner.get(&panel.path(&format!("usage?{query}"))).await.refused(422, "invalid");
        assert_eq!(problem["errors"][0]["pointer"], field, "{query}");
    }
}

// Harm prevented: a customer who has been here for a week is told that another plan would have cost three months; the payment of
// a cycle that is over is said to have bought one that is still to come.
async fn another_plan_would_have_cost_nothing_before_the_panel_was_there(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let larger = stage.plan("Larger", &Terms { included_hours: 720, ..terms() }).await;
    let bill = |panel: &Panel| panel.path(&format!("shadow-bill?plan_id={}&days=90", larger.id));
    let waiting = stage.panel(owner, "waiting", terms()).await;
    let none = owner.get(&bill(&waiting)).await.ok(200);
    assert_eq!(none["cycles"], json!([]), "nothing to reckon with");

    let panel = stage.active_panel(owner, "padma", Terms { included_hours: 10, ..terms() }).await;
    stage.pass_hours(12).await;
    let cycle = owner.get(&panel.path("cycles")).await.ok(200)["items"][0].clone();
    let seen = owner.get(&bill(&panel)).await.ok(200);
    assert_eq!(seen["from"], cycle["starts_at"]);
    let [rated] = &seen["cycles"].as_array().unwrap()[..] else { panic!("one cycle: {seen}") };
    assert_eq!([&rated["gross"]; 2], [&seen["gross"], &rated["lines"][0]["gross"]]);
    let table = owner.get(&bill(&panel).replace("shadow-bill?", "shadow-bill.csv?")).await.is(200);
    let name = format!("attachment; filename=\"shadow-bill-{}.csv\"", panel.id);
    assert_eq!(table.header("content-disposition"), Some(&*name));
    let words = |field: &str| rated[field].as_str().unwrap_or_default().to_owned();
    let (from, to, why) = (words("starts_at"), words("ended_at"), words("ended_reason"));
    let used = rated["used_seconds"].as_i64().unwrap();
    assert_eq!(used, 11 * HOUR, "the ten that were paid for, and what it was up until the next look");
    let head = "plan,starts_at,ended_at,ended_reason,hours_used,hours_beyond,used_seconds,overage_seconds,currency,gross,gross_minor";
    let row = format!("Larger,{from},{to},{why},11.00,0.00,{used},0,BDT,1200.00,120000");
    assert_eq!(table.lines(), [head, &row]);

    let payment = owner.get("/api/v1/payments").await.ok(200)["items"][0]["payment_id"].clone();
    let bought = owner.get(&format!("/api/v1/payments/{}", payment.as_str().unwrap())).await.ok(200)["cycle"].clone();
    assert_eq!((&bought["starts_at"], &bought["ends_at"]), (&cycle["starts_at"], &cycle["ended_at"]));
}
