//! Usage that was seen wrongly is taken back, by the operator alone, once, and only in the customer's favour.

use harness::{Answer, Panel, Persona, Stage, beginning, terms};
use hourglass_tests as harness;
use reqwest::Method;
use serde_json::{Value, json};
use shared::billing::proof::{Export, Line, verify};
use shared::time::{HOUR, Timestamp};
use std::sync::Arc;

harness::stories!(
    an_hour_that_was_seen_wrongly_is_given_back,
    a_correction_that_is_repeated_takes_back_once,
    what_takes_nothing_back_is_refused,
);

/// So many seconds after the panel was up.
fn at(seconds: i64) -> Timestamp {
    beginning().plus(5 + seconds)
}

async fn correct(by: &Persona, panel: &Panel, key: &str, body: &Value) -> Answer {
    let request = by.request(Method::POST, &panel.path("corrections")).header("idempotency-key", key);
    by.send(request.json(body)).await
}

fn hours(from: i64, to: i64, seen: &str) -> Value {
    json!({ "from": at(from * HOUR), "to": at(to * HOUR), "seen": seen, "reason": " The host's clock stood still. " })
}

// Harm prevented: the operator admits a mistake, and the customer's hours, charts, proof and end of cycle do not follow.
async fn an_hour_that_was_seen_wrongly_is_given_back(stage: Arc<Stage>) {
    let (owner, operator) = (stage.owner().await, stage.operator().await);
    let panel = stage.active_panel(owner, "rahim", terms()).await;
    stage.pass_hours(4).await;
    stage.skip(HOUR / 2);
    let windows = stage.database.count("usage_windows", "seen = 'up'").await;
    let answer = correct(operator, &panel, "one", &hours(1, 2, "down")).await.ok(201);
    assert_eq!((&answer["seconds_taken_back"], &answer["cycle_number"]), (&json!(HOUR), &json!(1)));
    assert_eq!(answer["reason"], "The host's clock stood still.");
    assert_eq!(stage.used(owner, &panel).await, 3 * HOUR + HOUR / 2, "the last half hour was looked at first");
    assert_eq!(stage.database.count("usage_windows", "seen = 'up'").await, windows + 1, "what was recorded stays");
    // A second one takes back what is left of its span.
    let second = correct(operator, &panel, "two", &hours(1, 3, "unknown")).await.ok(201);
    assert_eq!(second["seconds_taken_back"], HOUR);
    let listed = owner.get(&panel.path("corrections")).await.ok(200);
    assert_eq!(listed, json!({ "items": [answer, second] }), "the customer reads why");
    let other = owner.get(&panel.path("corrections?cycle=2")).await.ok(200);
    assert_eq!(other, json!({ "items": [] }));
    let report = owner.get(&panel.path("usage?from=2026-01-05&to=2026-01-05")).await.ok(200);
    let totals = &report["totals"];
    let seconds =
        ["up_seconds", "down_seconds", "unknown_seconds", "billable_seconds"].map(|it| totals[it].as_i64().unwrap());
    assert_eq!(seconds, [2 * HOUR + HOUR / 2, 0, 2 * HOUR, 2 * HOUR + HOUR / 2]);
    let history = stage.history(owner, &panel).await;
    assert!(history.contains(&"usage_corrected 16200 s 12600 s -".to_owned()), "{history:?}");
    // Ten hours are ten hours: the cycle ends two hours later than it would have.
    stage.pass_hours(9).await;
    let ended = owner.status(&panel).await["billing"]["cycle"].clone();
    assert_eq!((&ended["ended_reason"], &ended["ends_at"]), (&json!("hours_used_up"), &json!(at(12 * HOUR))));
    let explained = owner.get(&panel.path("cycles/1/explain")).await.ok(200);
    assert_eq!(explained["differs"], json!([]), "counted again it is the same");
    let told: Vec<&Value> =
        explained["steps"].as_array().unwrap().iter().filter(|step| step["code"] == "usage_corrected").collect();
    assert_eq!(told.len(), 2);
    assert!(told[0]["bn"].as_str().unwrap().ends_with("কারণ: The host's clock stood still."), "{}", told[0]["bn"]);
    let export: Export = serde_json::from_value(owner.get(&panel.path("cycles/1/export")).await.ok(200)).unwrap();
    assert_eq!(export.lines.iter().filter(|line| matches!(line, Line::Corrected { .. })).count(), 2);
    assert_eq!(verify(&export), [], "the corrections are part of the proof");
    stage.assert_balanced().await;
}

// Harm prevented: an operator's browser sends twice, and two hours are given back for one.
async fn a_correction_that_is_repeated_takes_back_once(stage: Arc<Stage>) {
    let (owner, operator) = (stage.owner().await, stage.operator().await);
    let panel = stage.active_panel(owner, "rahim", terms()).await;
    stage.pass_hours(3).await;
    let body = hours(0, 1, "down");
    let first = correct(operator, &panel, "one", &body).await;
    assert_eq!(first.header("idempotency-replayed"), None);
    let again = correct(operator, &panel, "one", &body).await;
    assert_eq!(again.header("idempotency-replayed"), Some("true"));
    assert_eq!(first.ok(201), again.ok(201));
    assert_eq!(stage.used(owner, &panel).await, 2 * HOUR);
    correct(operator, &panel, "one", &hours(1, 2, "down")).await.refused(422, "idempotency_mismatch");
    operator.post_json(&panel.path("corrections"), &body).await.refused(400, "idempotency_key_missing");
    assert_eq!(stage.database.count("corrections", "1 = 1").await, 1);
}

// Harm prevented: a correction makes a customer pay more, or reaches into what is settled.
async fn what_takes_nothing_back_is_refused(stage: Arc<Stage>) {
    let (owner, operator) = (stage.owner().await, stage.operator().await);
    let panel = stage.active_panel(owner, "rahim", terms()).await;
    stage.pass_hours(3).await;
    stage.odoo.set_panel("rahim", sandbox::odoo::PanelState::Broken);
    stage.pass_hours(1).await;
    let before = stage.database.dump(harness::EVERYTHING).await;
    correct(owner, &panel, "mine", &hours(0, 1, "down")).await.refused(404, "not_found");
    for (field, value) in [
        ("/seen", json!({ "from": at(0), "to": at(HOUR), "seen": "up", "reason": "Why not." })),
        ("/to", json!({ "from": at(HOUR), "to": at(HOUR), "seen": "down", "reason": "Nothing." })),
        ("/reason", json!({ "from": at(0), "to": at(HOUR), "seen": "down", "reason": " " })),
        ("/reason", json!({ "from": at(0), "to": at(HOUR), "seen": "down", "reason": "ক".repeat(501) })),
        ("/from", json!({ "from": "yesterday", "to": at(HOUR), "seen": "down", "reason": "Unreadable." })),
    ] {
        let problem = correct(operator, &panel, "wrong", &value).await.refused(422, "invalid");
        assert_eq!(problem["errors"][0]["pointer"], field, "{problem}");
    }
    assert_eq!(stage.database.dump(harness::EVERYTHING).await, before);
    // It was down already; it begins before the cycle; it lies in the future.
    for body in [hours(3, 4, "unknown"), hours(-1, 1, "down"), hours(3, 9, "down")] {
        correct(operator, &panel, "no", &body).await.refused(409, "not_a_correction");
    }
    assert_eq!(stage.used(owner, &panel).await, 3 * HOUR);
    stage.odoo.set_panel("rahim", sandbox::odoo::PanelState::Up);
    stage.pass_hours(8).await;
    assert_eq!(owner.status(&panel).await["billing"]["state"], "expired");
    correct(operator, &panel, "late", &hours(0, 1, "down")).await.refused(409, "not_a_correction");
}
