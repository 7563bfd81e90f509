//! A panel that never came up: its owner has the money back, once, or another try.

use harness::{Panel, Persona, Stage, Terms, terms};
use hourglass_tests as harness;
use serde_json::{Value, json};
use std::sync::Arc;

harness::stories!(
    a_failed_creation_is_refunded_once,
    all_that_waits_goes_back_too,
    what_is_tried_again_is_not_refunded,
    what_was_given_back_before_is_passed_over,
    where_nothing_is_left_the_hours_stay,
);

async fn failed(stage: &Stage, terms: Terms, keys: &[&str]) -> Panel {
    let owner = stage.owner().await;
    let panel = stage.panel(owner, "rahim", terms).await;
    for key in keys {
        stage.pay(owner, &panel, key).await;
    }
    stage.wait(900);
    stage.work().await;
    panel
}

async fn sent_back(stage: &Stage) {
    for _ in 0..4 {
        stage.work().await;
        stage.wait(3_600);
    }
    stage.work().await;
}

// Harm prevented: somebody has paid for nothing and can only try again; or has the money back, and the cycle, or it twice.
async fn a_failed_creation_is_refunded_once(stage: Arc<Stage>) {
    let panel = failed(&stage, terms(), &["one"]).await;
    let owner = &stage.again("rahim@example.com").await;
    assert_eq!(owner.status(&panel).await["actions"], json!(["retry", "manage", "refund"]));
    let path = panel.path("refund");
    stage.stranger().await.post_keyed(&path, "theirs", &Value::Null).await.refused(404, "not_found");
    stage.operator().await.post_keyed(&path, "operator", &Value::Null).await.refused(404, "not_found");
    owner.post(&path).await.refused(400, "idempotency_key_missing");
    let (first, second) =
        tokio::join!(owner.post_keyed(&path, "back", &Value::Null), owner.post_keyed(&path, "back-too", &Value::Null));
    let (won, lost, key) = if first.status == 200 { (first, second, "back") } else { (second, first, "back-too") };
    lost.refused(409, "not_refundable");
    let status = won.ok(200);
    assert_eq!((&status["panel"]["status"], &status["billing"]["state"]), (&json!("pending"), &json!("none")));
    assert_eq!((&status["billing"]["cycle"], &status["actions"]), (&Value::Null, &json!(["pay_now", "manage"])));
    let again = owner.post_keyed(&path, key, &Value::Null).await;
    assert_eq!((again.header("idempotency-replayed"), again.ok(200)), (Some("true"), status));
    owner.post(&panel.path("retry")).await.refused(409, "wrong_state");

    sent_back(&stage).await;
    let owner = &stage.again("rahim@example.com").await;
    let refunds = owner.get("/api/v1/refunds").await.ok(200)["items"].clone();
    assert_eq!(refunds.as_array().unwrap().len(), 1);
    assert_eq!((&refunds[0]["state"], &refunds[0]["amount"]["minor"]), (&json!("refunded"), &json!(120_000)));
    assert_eq!(stage.gateway.books().refunds.len(), 1);
    for nothing in ["customer_credit", "deferred_revenue", "revenue", "refunds_pending", "receivable"] {
        assert_eq!(stage.database.balance(nothing).await, 0, "{nothing}");
    }
    assert_eq!(stage.database.count("invoices", "corrects_id IS NOT NULL").await, 1);
    assert_eq!(owner.notices().await, ["renewed", "creation_failed", "credit_note_issued", "refunded"]);
    let history = stage.history(owner, &panel).await;
    for row in
        ["cycle_withdrawn cycle 1 - -", "panel_moved failed pending refunded", "billing_moved active none refunded"]
    {
        assert!(history.contains(&row.to_owned()), "{row}: {history:?}");
    }

    // Paid for once more, it is the first cycle again.
    stage.pay(owner, &panel, "after-all").await;
    stage.set_up().await;
    let status = owner.status(&panel).await;
    assert_eq!((&status["panel"]["status"], &status["billing"]["cycle"]["number"]), (&json!("active"), &json!(1)));
    owner.post_keyed(&path, "later", &Value::Null).await.refused(409, "not_refundable");
    stage.assert_balanced().await;
}

// Harm prevented: the first cycle goes back, and a second stays paid with nothing to wait for.
async fn all_that_waits_goes_back_too(stage: Arc<Stage>) {
    let panel = failed(&stage, Terms { early_renewal_percent: 100, ..terms() }, &["one", "two"]).await;
    let owner = &stage.again("rahim@example.com").await;
    assert_eq!(owner.status(&panel).await["billing"]["queued_cycles"], 1);
    let status = owner.post_keyed(&panel.path("refund"), "back", &Value::Null).await.ok(200);
    assert_eq!((&status["panel"]["status"], &status["billing"]["queued_cycles"]), (&json!("pending"), &json!(0)));
    sent_back(&stage).await;
    assert_eq!(stage.gateway.books().refunds.len(), 2);
    for nothing in ["customer_credit", "deferred_revenue", "revenue", "refunds_pending", "receivable"] {
        assert_eq!(stage.database.balance(nothing).await, 0, "{nothing}");
    }
    assert_eq!(stage.database.count("cycles", "1 = 1").await, 0);
    stage.assert_balanced().await;
}

// Harm prevented: the money goes back while the panel comes up.
async fn what_is_tried_again_is_not_refunded(stage: Arc<Stage>) {
    let panel = failed(&stage, terms(), &["one"]).await;
    let owner = &stage.again("rahim@example.com").await;
    let status = owner.post(&panel.path("retry")).await.ok(200);
    assert!(!status["actions"].as_array().unwrap().contains(&json!("refund")), "{status}");
    let before = stage.database.dump(harness::MONEY).await;
    owner.post_keyed(&panel.path("refund"), "back", &Value::Null).await.refused(409, "not_refundable");
    assert_eq!(stage.database.dump(harness::MONEY).await, before);
    stage.set_up().await;
    let before = stage.database.dump(harness::MONEY).await;
    owner.post_keyed(&panel.path("refund"), "back-now", &Value::Null).await.refused(409, "not_refundable");
    assert_eq!(stage.database.dump(harness::MONEY).await, before);
    stage.assert_balanced().await;
}

/// The operator sends back everything that was paid with the oldest payment.
async fn goodwill(stage: &Stage, owner: &Persona) {
    let operator = stage.operator().await;
    let payments = owner.get("/api/v1/payments").await.ok(200)["items"].clone();
    let oldest = payments.as_array().unwrap().last().unwrap()["payment_id"].as_str().unwrap().to_owned();
    let receipt = operator.payment(&oldest).await["receipts"][0]["receipt_id"].as_str().unwrap().to_owned();
    let body = json!({ "amount_minor": null, "reason": "For the trouble." });
    operator.post_keyed(&format!("/api/v1/receipts/{receipt}/refunds"), "goodwill", &body).await.is(201);
    sent_back(stage).await;
}

// Harm prevented: one order was given back as goodwill, and so nothing else ever is; or the books wait for ever to earn it.
async fn what_was_given_back_before_is_passed_over(stage: Arc<Stage>) {
    let panel = failed(&stage, Terms { early_renewal_percent: 100, ..terms() }, &["one", "two"]).await;
    goodwill(&stage, &stage.again("rahim@example.com").await).await;
    assert_eq!(stage.gateway.books().refunds.len(), 1);
    let owner = &stage.again("rahim@example.com").await;
    let status = owner.post_keyed(&panel.path("refund"), "back", &Value::Null).await.ok(200);
    assert_eq!((&status["panel"]["status"], &status["billing"]["queued_cycles"]), (&json!("pending"), &json!(0)));
    sent_back(&stage).await;
    assert_eq!(stage.gateway.books().refunds.len(), 2);
    for nothing in ["customer_credit", "deferred_revenue", "revenue", "refunds_pending", "receivable", "tax_payable"] {
        assert_eq!(stage.database.balance(nothing).await, 0, "{nothing}");
    }
    assert_eq!(stage.database.count("invoices", "corrects_id IS NOT NULL").await, 2);
    stage.assert_balanced().await;
}

// Harm prevented: whoever asks once more loses the hours as well, for nothing.
async fn where_nothing_is_left_the_hours_stay(stage: Arc<Stage>) {
    let panel = failed(&stage, terms(), &["one"]).await;
    goodwill(&stage, &stage.again("rahim@example.com").await).await;
    let owner = &stage.again("rahim@example.com").await;
    let before = stage.database.dump(harness::MONEY).await;
    owner.post_keyed(&panel.path("refund"), "back", &Value::Null).await.refused(409, "not_refundable");
    assert_eq!(stage.database.dump(harness::MONEY).await, before);
    owner.post(&panel.path("retry")).await.is(200);
    stage.set_up().await;
    assert_eq!(owner.status(&panel).await["panel"]["status"], "active");
}
