//! Wanting no further cycle, and going on after all.

use harness::{Panel, Stage, Terms, terms};
use hourglass_tests as harness;
use serde_json::{Value, json};
use std::sync::Arc;

harness::stories!(
    a_cancelled_cycle_runs_to_its_end_and_stops_without_grace,
    whoever_keeps_the_panel_has_their_grace_again,
    a_renewal_takes_a_cancellation_back,
    a_cancellation_is_refused_with_its_reason,
);

fn with_grace() -> Terms {
    Terms { grace_hours: 24, ..terms() }
}

/// Does the same twice; the second time changes nothing.
async fn twice(stage: &Stage, panel: &Panel, what: &str, cancels: bool) {
    let owner = stage.owner().await;
    let status = owner.post(&panel.path(what)).await.ok(200);
    assert_eq!(status["billing"]["cancels_at_end"], cancels);
    let tables = ["cycles", "usage_windows", "audit_log", "outbox", "journals", "ledger_entries", "notices"];
    let before = stage.database.dump(&tables).await;
    assert_eq!(owner.post(&panel.path(what)).await.ok(200), status);
    assert_eq!(stage.database.dump(&tables).await, before, "{what} again changes nothing");
    assert_eq!(owner.status(panel).await, status);
}

// Harm prevented: who cancels loses hours that are paid for, or is served and charged on.
async fn a_cancelled_cycle_runs_to_its_end_and_stops_without_grace(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let panel = stage.active_panel(owner, "rahim", with_grace()).await;
    stage.pass_hours(2).await;
    assert_eq!(owner.status(&panel).await["billing"]["cancels_at_end"], false);
    twice(&stage, &panel, "cancel", true).await;
    stage.pass_hours(7).await;
    assert_eq!(stage.gate(&panel).await.0, 204, "what is paid still runs");
    stage.pass_hours(2).await;
    let status = owner.status(&panel).await;
    assert_eq!(status["billing"]["state"], "expired", "and no grace follows");
    assert_eq!((&status["panel"]["reason"], stage.gate(&panel).await.0), (&json!("billing_expired"), 403));
    assert_eq!((&status["billing"]["cancels_at_end"], &status["billing"]["can_renew"]), (&json!(false), &json!(true)));
    owner.post(&panel.path("keep")).await.refused(409, "wrong_state");
    owner.post(&panel.path("cancel")).await.refused(409, "wrong_state");
    let history = stage.history(owner, &panel).await;
    assert_eq!(history.iter().filter(|row| row.starts_with("cancelled ")).count(), 1, "{history:?}");

    // Who comes back after all is a customer like any other.
    stage.pay(owner, &panel, "again").await;
    assert_eq!(owner.status(&panel).await["billing"]["cancels_at_end"], false);
    stage.pass_hours(11).await;
    assert_eq!(owner.status(&panel).await["billing"]["state"], "grace");
    stage.assert_balanced().await;
}

// Harm prevented: a cancellation that was taken back shuts the panel all the same.
async fn whoever_keeps_the_panel_has_their_grace_again(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let panel = stage.active_panel(owner, "rahim", with_grace()).await;
    twice(&stage, &panel, "keep", false).await;
    twice(&stage, &panel, "cancel", true).await;
    stage.pass_hours(1).await;
    twice(&stage, &panel, "keep", false).await;
    let history = stage.history(owner, &panel).await;
    let last_two: Vec<&str> = history.iter().map(String::as_str).filter(|row| row.starts_with("cancel")).collect();
    assert_eq!(last_two, ["cancelled - - -", "cancellation_withdrawn - - -"]);
    stage.pass_hours(10).await;
    assert_eq!(owner.status(&panel).await["billing"]["state"], "grace");
    stage.assert_balanced().await;
}

// Harm prevented: who pays for another month is shut out at its end as if they had not come back.
async fn a_renewal_takes_a_cancellation_back(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let panel = stage.active_panel(owner, "rahim", with_grace()).await;
    stage.pass_hours(6).await;
    twice(&stage, &panel, "cancel", true).await;
    stage.pay(owner, &panel, "on").await;
    let billing: Value = owner.status(&panel).await["billing"].clone();
    assert_eq!((&billing["cancels_at_end"], &billing["queued_cycles"]), (&json!(false), &json!(1)));
    stage.pass_hours(15).await;
    assert_eq!(owner.status(&panel).await["billing"]["state"], "grace");
    stage.assert_balanced().await;
}

// Harm prevented: somebody else ends a customer's service; or what never began is ended.
async fn a_cancellation_is_refused_with_its_reason(stage: Arc<Stage>) {
    let (owner, stranger, operator) = (stage.owner().await, stage.stranger().await, stage.operator().await);
    let pending = stage.panel(owner, "pending", terms()).await;
    let panel = stage.active_panel(owner, "rahim", terms()).await;
    let before = stage.database.dump(harness::EVERYTHING).await;
    for what in ["cancel", "keep"] {
        owner.post(&pending.path(what)).await.refused(409, "wrong_state");
        for person in [stranger, operator] {
            person.post(&panel.path(what)).await.refused(404, "not_found");
        }
        stage.nobody().post(&panel.path(what)).await.refused(401, "unauthenticated");
    }
    assert_eq!(stage.database.dump(harness::EVERYTHING).await, before);
}
