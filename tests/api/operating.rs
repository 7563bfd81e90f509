//! Hands on panels: the customer's own, and the operator's.

use harness::{Stage, Terms, terms};
use hourglass_tests as harness;
use serde_json::{Value, json};
use shared::time::HOUR;
use std::sync::Arc;

harness::stories!(
    the_operator_sees_everybodys_panels,
    the_operator_closes_and_opens_a_panel_with_words,
    what_runs_out_while_the_operator_keeps_it_closed_stays_closed,
    a_stopped_panel_uses_no_hours,
    what_the_host_has_not_opened_is_not_active_and_uses_nothing,
    hands_come_too_late_or_twice,
);

// Harm prevented: support cannot see what a customer sees; or counts notices that are not theirs.
async fn the_operator_sees_everybodys_panels(stage: Arc<Stage>) {
    let (owner, stranger, operator) = (stage.owner().await, stage.stranger().await, stage.operator().await);
    let panel = stage.active_panel(owner, "rahim", terms()).await;
    let other = stage.panel(stranger, "mallory", terms()).await;
    let page = operator.get("/api/v1/tenants").await.ok(200);
    let ids: Vec<_> = page["items"].as_array().unwrap().iter().map(|item| item["tenant_id"].clone()).collect();
    assert_eq!(ids, [json!(panel.id), json!(other.id)]);
    let (theirs, mine) = (owner.status(&panel).await, operator.status(&panel).await);
    assert_eq!(mine["billing"], theirs["billing"]);
    assert_eq!(mine["actions"], json!(["open_panel", "manage", "suspend"]));
    assert_eq!(operator.notices().await, Vec::<String>::new(), "notices are the customers'");
    operator.get("/api/v1/me").await.is(200);
    for act in ["stop", "start"] {
        operator.post(&panel.path(act)).await.refused(404, "not_found");
    }
}

// Harm prevented: a customer is shut out and nobody says why; or opens what the operator closed.
async fn the_operator_closes_and_opens_a_panel_with_words(stage: Arc<Stage>) {
    let (owner, operator) = (stage.owner().await, stage.operator().await);
    let panel = stage.active_panel(owner, "rahim", terms()).await;
    stage.pass_hours(1).await;
    for message in [String::new(), " \n".to_owned(), "x".repeat(501)] {
        let problem = operator.post_json(&panel.path("suspend"), &json!({ "message": message })).await;
        assert_eq!(problem.refused(422, "invalid")["errors"][0]["pointer"], "/message");
    }
    let words = "আপনার ট্রেড লাইসেন্স পাঠান।";
    owner.post_json(&panel.path("suspend"), &json!({ "message": words })).await.refused(404, "not_found");
    stage.skip(HOUR / 2);
    operator.post_json(&panel.path("suspend"), &json!({ "message": words })).await.is(200);
    assert_eq!(stage.gate(&panel).await, (403, "suspended".to_owned()), "at once");
    assert_eq!(stage.visit(&panel).await, 402);
    let status = owner.status(&panel).await;
    assert_eq!((&status["panel"]["reason"], &status["panel"]["message"]), (&json!("by_operator"), &json!(words)));
    assert_eq!(status["actions"], json!(["inactive", "contact_support", "manage"]));
    assert_eq!(status["billing"]["cycle"]["used_seconds"], HOUR + HOUR / 2, "up to the very second");
    for act in ["start", "resume"] {
        let refused = owner.post(&panel.path(act)).await;
        assert!([404, 409].contains(&refused.status), "{refused:?}");
    }
    stage.work().await;
    stage.pass_hours(5).await;
    assert_eq!(stage.used(owner, &panel).await, HOUR + HOUR / 2, "closed hours are free");
    let status = operator.post(&panel.path("resume")).await.ok(200);
    assert_eq!((&status["panel"]["reason"], &status["panel"]["message"]), (&json!("opening"), &Value::Null));
    assert_eq!(owner.notices().await, ["renewed", "suspended_by_operator"], "not open, so nobody is told that it is");
    stage.work().await;
    assert_eq!(stage.gate(&panel).await.0, 204);
    stage.pass_hours(1).await;
    assert_eq!(stage.used(owner, &panel).await, 2 * HOUR + HOUR / 2);
    assert_eq!(owner.notices().await, ["renewed", "suspended_by_operator", "resumed"]);
    let history = stage.history(owner, &panel).await;
    assert!(history.contains(&"panel_moved active suspended by_operator".to_owned()), "{history:?}");
}

// Harm prevented: the operator's resume gives away a panel that is no longer paid.
async fn what_runs_out_while_the_operator_keeps_it_closed_stays_closed(stage: Arc<Stage>) {
    let (owner, operator) = (stage.owner().await, stage.operator().await);
    let panel = stage.active_panel(owner, "rahim", terms()).await;
    operator.post_json(&panel.path("suspend"), &json!({ "message": "Wait." })).await.is(200);
    stage.work().await;
    stage.pass_hours(30 * 24).await;
    assert_eq!(owner.status(&panel).await["billing"]["state"], "expired");
    assert_eq!(owner.status(&panel).await["panel"]["reason"], "by_operator");
    let status = operator.post(&panel.path("resume")).await.ok(200);
    assert_eq!(status["panel"]["reason"], "billing_expired");
    assert_eq!(stage.gate(&panel).await.0, 403);
    stage.work().await;
    stage.pay(owner, &panel, "two").await;
    assert_eq!(stage.gate(&panel).await.0, 204);
}

// Harm prevented: a shop that is closed for Eid pays for it.
async fn a_stopped_panel_uses_no_hours(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let panel = stage.active_panel(owner, "rahim", Terms { cycle_days: 2, early_renewal_days: 0, ..terms() }).await;
    stage.pass_hours(2).await;
    stage.skip(600);
    let status = owner.post(&panel.path("stop")).await.ok(200);
    assert_eq!((&status["panel"]["status"], &status["actions"][0]), (&json!("stopped"), &json!("start")));
    assert_eq!(stage.gate(&panel).await, (403, "stopped".to_owned()), "nobody uses it for nothing");
    stage.work().await;
    stage.pass_hours(20).await;
    assert_eq!(owner.post(&panel.path("start")).await.ok(200)["panel"]["reason"], "opening");
    assert_eq!(stage.visit(&panel).await, 402, "the host has not opened it yet");
    stage.work().await;
    assert_eq!(stage.visit(&panel).await, 200);
    assert_eq!(stage.used(owner, &panel).await, 2 * HOUR + 600);
    stage.pass_hours(3).await;
    assert_eq!(stage.used(owner, &panel).await, 5 * HOUR + 600);
    // Its days run all the same.
    owner.post(&panel.path("stop")).await.is(200);
    stage.work().await;
    stage.pass_hours(24).await;
    let status = owner.status(&panel).await;
    assert_eq!(status["panel"]["reason"], "billing_expired");
    assert_eq!(status["billing"]["cycle"]["ended_reason"], "time_elapsed");
}

// Harm prevented: the card says that a panel runs while its server is silent, and its customer pays for hours in which nobody
// could come in; or it stays closed after the server is back.
async fn what_the_host_has_not_opened_is_not_active_and_uses_nothing(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let panel = stage.active_panel(owner, "rahim", terms()).await;
    stage.pass_hours(1).await;
    owner.post(&panel.path("stop")).await.is(200);
    stage.work().await;
    stage.odoo.set_down(true);
    let status = owner.post(&panel.path("start")).await.ok(200);
    assert_eq!((&status["panel"]["status"], &status["panel"]["reason"]), (&json!("suspended"), &json!("opening")));
    assert_eq!(status["actions"], json!(["manage", "stop"]));
    owner.post(&panel.path("start")).await.refused(409, "wrong_state");
    stage.pass_hours(2).await;
    assert_eq!(owner.status(&panel).await["panel"]["reason"], "opening", "however long it takes");
    assert_eq!(stage.gate(&panel).await, (403, "suspended".to_owned()));
    assert_eq!(stage.visit(&panel).await, 402);
    assert_eq!(stage.used(owner, &panel).await, HOUR);
    let why = owner.get(&panel.path("explain")).await.ok(200);
    assert_eq!(why["steps"][0]["code"], "being_started", "{why}");
    // Its owner thinks again, and again.
    assert_eq!(owner.post(&panel.path("stop")).await.ok(200)["panel"]["status"], "stopped");
    assert_eq!(owner.post(&panel.path("start")).await.ok(200)["panel"]["reason"], "opening");
    stage.odoo.set_down(false);
    stage.wait(600);
    stage.work().await;
    let owner = &stage.again("rahim@example.com").await;
    assert_eq!(owner.status(&panel).await["panel"]["status"], "active");
    assert_eq!((stage.visit(&panel).await, stage.used(owner, &panel).await), (200, HOUR));
    stage.pass_hours(1).await;
    assert_eq!(stage.used(owner, &panel).await, 2 * HOUR, "from the instant at which it was seen up");
    assert_eq!(owner.notices().await, ["renewed"], "whoever starts a panel knows");
    let history = stage.history(owner, &panel).await;
    let moved = |from: &str| history.iter().filter(|row| row.starts_with(&format!("panel_moved {from} "))).count();
    assert_eq!((moved("stopped suspended"), moved("suspended stopped"), moved("suspended active")), (2, 1, 1));
    assert!(history.contains(&"panel_moved suspended active panel_opened".to_owned()), "{history:?}");
}

// Harm prevented: a button pressed twice, or on an old page, does something else than it says.
async fn hands_come_too_late_or_twice(stage: Arc<Stage>) {
    let (owner, operator) = (stage.owner().await, stage.operator().await);
    let panel = stage.panel(owner, "rahim", terms()).await;
    let before = stage.database.dump(harness::MONEY).await;
    for act in ["stop", "start", "retry"] {
        owner.post(&panel.path(act)).await.refused(409, "wrong_state");
    }
    operator.post(&panel.path("resume")).await.refused(409, "wrong_state");
    operator.post_json(&panel.path("suspend"), &json!({ "message": "No." })).await.refused(409, "wrong_state");
    assert_eq!(stage.database.dump(harness::MONEY).await, before);
    let panel = stage.active_panel(owner, "karim", terms()).await;
    owner.post(&panel.path("start")).await.refused(409, "wrong_state");
    owner.post(&panel.path("stop")).await.is(200);
    owner.post(&panel.path("stop")).await.refused(409, "wrong_state");
    stage.work().await;
    let expired = stage.expired_panel(owner, "jamil").await;
    owner.post(&expired.path("start")).await.refused(409, "wrong_state");
    assert_eq!(stage.gate(&expired).await.0, 403, "what is not paid cannot be started");
}
