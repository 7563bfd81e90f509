//! Trying a plan: a first cycle at no charge, once per account and plan.

use harness::{Stage, Terms, beginning, terms};
use hourglass_tests as harness;
use serde_json::json;
use shared::time::{DAY, HOUR};
use std::sync::Arc;

harness::stories!(
    a_trial_gives_a_first_cycle_at_no_charge,
    a_plan_is_tried_once_by_an_account,
    two_trials_in_the_same_moment_are_one,
    a_trial_that_cannot_begin_is_not_used_up,
);

fn trial() -> Terms {
    Terms { trial_days: 7, ..terms() }
}

// Harm prevented: a trial costs something, never ends, or cannot be gone on with.
async fn a_trial_gives_a_first_cycle_at_no_charge(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let panel = stage.panel(owner, "rahim", trial()).await;
    assert_eq!(owner.status(&panel).await["actions"], json!(["pay_now", "start_trial", "manage"]));
    let status = owner.post(&panel.path("trial")).await.ok(200);
    assert_eq!((&status["panel"]["status"], &status["billing"]["state"]), (&json!("creating"), &json!("trial")));
    let cycle = &status["billing"]["cycle"];
    assert_eq!((&cycle["number"], &cycle["ends_at"]), (&json!(1), &json!(beginning().plus(7 * DAY))));
    assert_eq!(cycle["allowance_seconds"], 10 * HOUR);
    assert!(!status["actions"].as_array().unwrap().contains(&json!("start_trial")));
    assert_eq!(stage.database.count("cycles", "plan_version_id IS NOT NULL AND order_id IS NULL").await, 1);
    let history = stage.history(owner, &panel).await;
    assert!(history.contains(&"billing_moved none trial trial_started".to_owned()), "{history:?}");
    let before = stage.database.dump(harness::EVERYTHING).await;
    owner.post(&panel.path("trial")).await.refused(409, "trial_used");
    assert_eq!(stage.database.dump(harness::EVERYTHING).await, before);

    stage.work().await;
    stage.set_up().await;
    assert_eq!(stage.gate(&panel).await.0, 204);
    stage.pass_hours(11).await;
    assert_eq!(owner.status(&panel).await["panel"]["reason"], "billing_expired");
    for nothing in ["orders", "payments", "invoices", "ledger_entries"] {
        assert_eq!(stage.database.count(nothing, "1 = 1").await, 0, "{nothing}");
    }
    owner.post(&panel.path("trial")).await.refused(409, "trial_used");
    stage.pay(owner, &panel, "for-good").await;
    let billing = owner.status(&panel).await["billing"].clone();
    assert_eq!((&billing["state"], &billing["cycle"]["number"]), (&json!("active"), &json!(2)));
    stage.assert_balanced().await;
}

// Harm prevented: panel after panel is ordered, and nothing is ever paid.
async fn a_plan_is_tried_once_by_an_account(stage: Arc<Stage>) {
    let (owner, stranger) = (stage.owner().await, stage.stranger().await);
    let (silver, gold) = (stage.plan("Silver", &trial()).await, stage.plan("Gold", &trial()).await);
    let first = stage.order_panel(owner, "first", &silver).await.unwrap();
    let second = stage.order_panel(owner, "second", &silver).await.unwrap();
    let theirs = stage.order_panel(stranger, "theirs", &silver).await.unwrap();
    let other = stage.order_panel(owner, "other", &gold).await.unwrap();
    let offers = |status: &serde_json::Value| status["actions"].as_array().unwrap().contains(&json!("start_trial"));
    assert!(offers(&owner.status(&second).await));
    owner.post(&first.path("trial")).await.is(200);
    owner.post(&second.path("trial")).await.refused(409, "trial_used");
    assert!(!offers(&owner.status(&second).await), "no button that only refuses");
    stage.next_version(&silver, 2, &trial()).await;
    let third = stage.order_panel(owner, "third", &silver).await.unwrap();
    owner.post(&third.path("trial")).await.refused(409, "trial_used");
    let page = owner.get("/api/v1/tenants").await.ok(200);
    let offered: Vec<bool> = page["items"].as_array().unwrap().iter().map(offers).collect();
    assert_eq!(offered, [false, false, true, false], "the list says the same");
    stranger.post(&theirs.path("trial")).await.is(200);
    owner.post(&other.path("trial")).await.is(200);
    assert_eq!(stage.database.count("trials", "1 = 1").await, 3);
    stage.work().await;
    stage.assert_balanced().await;
}

// Harm prevented: two clicks at once are two trials.
async fn two_trials_in_the_same_moment_are_one(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let silver = stage.plan("Silver", &trial()).await;
    let one = stage.order_panel(owner, "one", &silver).await.unwrap();
    let two = stage.order_panel(owner, "two", &silver).await.unwrap();
    let (one, two) = (one.path("trial"), two.path("trial"));
    let (first, second) = tokio::join!(owner.post(&one), owner.post(&two));
    let (won, lost) = if first.status == 200 { (first, second) } else { (second, first) };
    won.is(200);
    lost.refused(409, "trial_used");
    assert_eq!(stage.database.count("cycles", "1 = 1").await, 1);
    stage.work().await;
}

// Harm prevented: a click in the wrong moment uses the trial up; or somebody else uses it up.
async fn a_trial_that_cannot_begin_is_not_used_up(stage: Arc<Stage>) {
    let (owner, stranger, operator) = (stage.owner().await, stage.stranger().await, stage.operator().await);
    let without = stage.panel(owner, "without", terms()).await;
    assert_eq!(owner.status(&without).await["actions"], json!(["pay_now", "manage"]));
    let panel = stage.panel(owner, "rahim", trial()).await;
    let paid = stage.active_panel(owner, "paid", trial()).await;
    let before = stage.database.dump(harness::EVERYTHING).await;
    owner.post(&without.path("trial")).await.refused(409, "wrong_state");
    owner.post(&paid.path("trial")).await.refused(409, "wrong_state");
    for person in [stranger, operator] {
        person.post(&panel.path("trial")).await.refused(404, "not_found");
    }
    assert_eq!(operator.status(&panel).await["actions"], json!(["manage"]));
    assert_eq!(stage.database.dump(harness::EVERYTHING).await, before);
    owner.post(&panel.path("trial")).await.is(200);
    stage.work().await;
}
