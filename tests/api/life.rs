//! The whole life of a panel, as its customer sees it.

use harness::{Panel, Stage, Terms, beginning, terms};
use hourglass_tests as harness;
use sandbox::gateway::Action;
use serde_json::json;
use shared::time::HOUR;
use std::sync::Arc;

harness::stories!(a_panel_lives_from_sign_up_to_its_second_cycle, a_day_uses_no_more_than_its_cap);

// Harm prevented: a customer pays and gets nothing, gets it twice, or is shut out although they paid.
async fn a_panel_lives_from_sign_up_to_its_second_cycle(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let panel = stage.panel(owner, "rahim", terms()).await;
    let status = owner.status(&panel).await;
    assert_eq!((&status["panel"]["status"], &status["billing"]["cycle"]), (&json!("pending"), &json!(null)));
    assert_eq!(stage.gate(&panel).await, (403, "pending".to_owned()));

    let payment = stage.checkout(owner, &panel, "first").await;
    stage.act(&payment, Action::Pay).await;
    assert_eq!(owner.payment(&payment).await["state"], "settled");
    assert_eq!(owner.status(&panel).await["panel"]["status"], "creating");
    stage.pass(5).await;
    assert_eq!(stage.gate(&panel).await, (403, "creating".to_owned()), "the host has not set it up");
    stage.set_up().await;
    assert_eq!(stage.gate(&panel).await, (204, "active".to_owned()));
    assert_eq!(stage.visit(&panel).await, 200);

    for hour in 1..=10 {
        stage.pass_hours(1).await;
        assert_eq!(stage.used(owner, &panel).await, hour * HOUR);
    }
    assert_eq!(stage.visit(&panel).await, 200, "the last paid second is over, and none was used after it");
    stage.pass_hours(1).await;
    closed_for_billing(&stage, &panel).await;
    assert_eq!(stage.database.balance("deferred_revenue").await, 0, "the cycle is over and earned");
    assert_eq!(stage.database.balance("revenue").await, -120_000);

    // A lapsed week is nobody's.
    stage.pass_hours(7 * 24).await;
    let paid_at = beginning().plus(10 + (11 + 7 * 24) * HOUR);
    let payment = stage.pay(owner, &panel, "second").await;
    let cycle = owner.status(&panel).await["billing"]["cycle"].clone();
    assert_eq!((&cycle["number"], &cycle["used_seconds"]), (&json!(2), &json!(0)), "a full new cycle");
    assert_eq!(cycle["starts_at"], json!(paid_at), "from settlement on: a lapsed panel never pays for the past");
    assert_eq!(owner.payment(&payment).await["cycle"]["number"], 2);
    assert_eq!(stage.gate(&panel).await, (204, "active".to_owned()));
    assert_eq!(stage.visit(&panel).await, 200, "it came back by itself");
    stage.pass_hours(3).await;
    assert_eq!(stage.used(owner, &panel).await, 3 * HOUR);

    stage.assert_balanced().await;
    assert_eq!(stage.database.balance("deferred_revenue").await, -120_000, "the price of the running cycle");
    let held = stage.database.balance("gateway_cash").await + stage.database.balance("gateway_fees").await;
    assert_eq!(held, 240_000);
    assert_eq!(owner.notices().await, ["renewed", "used_percent", "expired", "renewed", "resumed"]);
}

async fn closed_for_billing(stage: &Stage, panel: &Panel) {
    let owner = stage.owner().await;
    let status = owner.status(panel).await;
    assert_eq!(status["panel"]["status"], "suspended");
    assert_eq!(status["panel"]["reason"], "billing_expired");
    assert_eq!(status["billing"]["state"], "expired");
    assert_eq!(status["billing"]["cycle"]["ended_reason"], "hours_used_up");
    assert_eq!(status["billing"]["cycle"]["used_seconds"], 10 * HOUR, "not a second more than was paid");
    assert_eq!(status["billing"]["cycle"]["ends_at"], json!(beginning().plus(10 + 10 * HOUR)), "where they ran out");
    assert_eq!(stage.gate(panel).await, (403, "suspended".to_owned()));
    assert_eq!(stage.visit(panel).await, 402, "not even past the gate");
}

// Harm prevented: a panel that is never switched off loses in two weeks what it bought for a month.
async fn a_day_uses_no_more_than_its_cap(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let plan = Terms { included_hours: 36, daily_cap_hours: Some(12), cycle_days: 3, early_renewal_days: 1, ..terms() };
    let panel = stage.active_panel(owner, "capped", plan).await;
    // It came up five seconds into the cycle, so each day's first five seconds are seen by the look at the day's end.
    let expected = [(11, 11, 0), (1, 12, 0), (11, 12, 0), (1, 12, 5), (23, 24, 0), (1, 24, 5), (22, 36, 0)];
    for (hours, used_hours, and_seconds) in expected {
        stage.pass_hours(hours).await;
        assert_eq!(stage.used(owner, &panel).await, used_hours * HOUR + and_seconds, "after {hours} h more");
    }
    assert_eq!(stage.gate(&panel).await.0, 204, "the rest of a day whose hours are used is free");
    stage.pass_hours(2).await;
    let cycle = owner.status(&panel).await["billing"]["cycle"].clone();
    assert_eq!((&cycle["ended_reason"], &cycle["used_seconds"]), (&json!("time_elapsed"), &json!(36 * HOUR)));
    let cycles = owner.get(&panel.path("cycles")).await.ok(200);
    assert_eq!(cycles["items"][0]["daily_cap_hours"], 12, "the line that its chart draws");
    stage.assert_balanced().await;
}
