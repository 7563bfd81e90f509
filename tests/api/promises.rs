//! What was promised of a panel and does not happen: the operator is told once, and it comes right once it does.

use harness::{Panel, Persona, Stage};
use hourglass_tests as harness;
use sandbox::odoo::PanelState;
use serde_json::{Value, json};
use std::sync::Arc;

harness::stories!(a_panel_that_is_paid_for_and_does_not_open_is_said_once, a_panel_without_a_server_is_not_open,);

/// As often as that, whatever is promised still is tried again.
async fn tries(stage: &Stage, times: usize) {
    for _ in 0..times {
        stage.wait(300);
        stage.work().await;
    }
}

async fn back(stage: &Stage) -> Persona {
    stage.again("operator@example.com").await
}

/// What is said of promises, newest first.
async fn stuck(operator: &Persona, path: &str) -> Vec<Value> {
    let page = operator.get(path).await.ok(200);
    page["items"].as_array().unwrap().iter().filter(|row| row["kind"] == "promise_stuck").cloned().collect()
}

const OPEN: &str = "/api/v1/alerts?open=true";
const ALL: &str = "/api/v1/alerts";

fn is_about(alert: &Value, panel: &Panel, promise: &str) {
    assert_eq!((&alert["tenant_id"], &alert["here"]), (&json!(panel.id), &json!(promise)), "{alert}");
    assert!(alert["there"].as_str().is_some_and(|words| !words.is_empty()), "{alert}");
    assert_eq!(alert["remedies"], json!(["acknowledge"]));
}

// Harm prevented: somebody has paid, their panel never opens, and the only one who knows is the log.
async fn a_panel_that_is_paid_for_and_does_not_open_is_said_once(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    stage.operator().await;
    let panel = stage.expired_panel(owner, "rahim").await;
    stage.odoo.set_panel(&panel.subdomain, PanelState::Broken);
    stage.pay(owner, &panel, "again").await;
    tries(&stage, 8).await;
    assert_eq!(stuck(&back(&stage).await, OPEN).await, Vec::<Value>::new(), "not at once");
    tries(&stage, 1).await;
    let operator = &back(&stage).await;
    let said = stuck(operator, OPEN).await;
    assert_eq!(said.len(), 1, "{said:?}");
    is_about(&said[0], &panel, "open_panel");
    // Somebody is at it.
    let path = format!("/api/v1/alerts/{}/resolve", said[0]["alert_id"].as_str().unwrap());
    operator.post_json(&path, &json!({ "remedy": "acknowledge", "note": "The disk is being replaced." })).await.is(200);
    tries(&stage, 3).await;
    assert_eq!(stuck(&back(&stage).await, ALL).await.len(), 1, "once");
    stage.odoo.set_panel(&panel.subdomain, PanelState::Up);
    tries(&stage, 1).await;
    assert_eq!(stage.again("rahim@example.com").await.status(&panel).await["panel"]["status"], "active");
}

// Harm prevented: the gate lets people through to a panel that nobody has opened.
async fn a_panel_without_a_server_is_not_open(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let panel = stage.expired_panel(owner, "rahim").await;
    let rows = stage.database.rows(&format!("SELECT server_id FROM tenants WHERE id = '{}'", panel.id)).await;
    let server = rows[0]["server_id"].as_str().unwrap().to_owned();
    stage.database.meddle(&format!("UPDATE tenants SET server_id = NULL WHERE id = '{}'", panel.id)).await;
    stage.pay(owner, &panel, "again").await;
    assert_eq!(owner.status(&panel).await["panel"]["status"], "suspended");
    stage.database.meddle(&format!("UPDATE tenants SET server_id = '{server}' WHERE id = '{}'", panel.id)).await;
    tries(&stage, 1).await;
    assert_eq!(owner.status(&panel).await["panel"]["status"], "active");
    assert_eq!(stage.visit(&panel).await, 200);
}
