//! Money that came past every gateway: one person records, another approves.

use harness::{Keys, PASSWORD, Persona, Stage, terms};
use hourglass::adapter::system::SystemIds;
use hourglass::flow::auth::create_operator::{NewOperator, create_operator};
use hourglass_tests as harness;
use serde_json::{Value, json};
use std::sync::Arc;

harness::stories!(
    two_people_make_a_payment,
    what_is_rejected_was_never_money,
    a_reference_is_used_once,
    more_or_less_than_was_asked_for_is_never_lost,
    a_refund_by_hand_needs_a_second_person_too,
);

/// Another person of the operator.
async fn colleague(stage: &Stage) -> Persona {
    let new = NewOperator { name: "Colleague", email: "colleague@example.com", password: PASSWORD };
    create_operator(&stage.app.store, &SystemIds::default(), &*stage.wall, new).await.expect("an operator");
    let answer = stage.nobody().sign_in(new.email, PASSWORD).await.is(200);
    stage.nobody().with(Keys::of(&answer))
}

fn transfer(amount_minor: i64, reference: &str) -> Value {
    json!({ "method": "bank_transfer", "amount_minor": amount_minor, "reference": reference })
}

// Harm prevented: one person alone makes money out of nothing.
async fn two_people_make_a_payment(stage: Arc<Stage>) {
    let (owner, operator, colleague) = (stage.owner().await, stage.operator().await, colleague(&stage).await);
    let panel = stage.panel(owner, "rahim", terms()).await;
    let path = panel.path("manual-payments");
    owner.post_keyed(&path, "mine", &transfer(120_000, "DBBL-1")).await.refused(404, "not_found");
    let recorded = operator.post_keyed(&path, "one", &transfer(120_000, "DBBL-1")).await.ok(201);
    assert_eq!(operator.post_keyed(&path, "one", &transfer(120_000, "DBBL-1")).await.ok(201), recorded);
    stage.work().await;
    let payment = recorded["payment_id"].as_str().unwrap();
    assert_eq!(owner.payment(payment).await["state"], "open", "recorded is not approved");
    let decide = format!("/api/v1/manual-payments/{}", recorded["manual_payment_id"].as_str().unwrap());
    operator.post(&format!("{decide}/approve")).await.refused(409, "second_person_needed");
    let list = colleague.get("/api/v1/manual-payments").await.ok(200);
    assert_eq!((&list["items"][0]["state"], &list["items"][0]["can_decide"]), (&json!("recorded"), &json!(true)));
    let approved = colleague.post(&format!("{decide}/approve")).await.ok(200);
    assert_eq!(approved["state"], "approved");
    colleague.post(&format!("{decide}/approve")).await.is(200);
    colleague.post(&format!("{decide}/reject")).await.refused(409, "already_decided");
    stage.work().await;
    let view = owner.payment(payment).await;
    assert_eq!((&view["state"], &view["gateway"]), (&json!("settled"), &json!("manual")));
    assert_eq!(view["method"], "Bank transfer DBBL-1");
    assert_eq!(owner.status(&panel).await["panel"]["status"], "creating");
    assert_eq!(stage.database.count("audit_log", "what LIKE 'manual_payment_%'").await, 2);
    // Nothing is posted in the name of people; least of all does it show whoever posts it a payment.
    stage.nobody().post_form("/pay/manual/ipn", &[]).await.refused(404, "not_found");
    let claimed = [("tran_id".to_owned(), stage.tran_id(payment).await)];
    let sent = stage.nobody().post_form("/pay/manual/return", &claimed).await.is(303);
    assert_eq!(sent.header("location"), Some("/"));
    stage.assert_balanced().await;
}

// Harm prevented: what was typed by mistake opens a panel.
async fn what_is_rejected_was_never_money(stage: Arc<Stage>) {
    let (owner, operator, colleague) = (stage.owner().await, stage.operator().await, colleague(&stage).await);
    let panel = stage.panel(owner, "rahim", terms()).await;
    let recorded = operator.post_keyed(&panel.path("manual-payments"), "one", &transfer(120_000, "X")).await.ok(201);
    let decide = format!("/api/v1/manual-payments/{}", recorded["manual_payment_id"].as_str().unwrap());
    colleague.post(&format!("{decide}/reject")).await.is(200);
    assert_eq!(owner.payment(recorded["payment_id"].as_str().unwrap()).await["state"], "failed");
    assert_eq!(stage.database.count("ledger_entries", "1 = 1").await, 0);
    assert_eq!(owner.status(&panel).await["panel"]["status"], "pending");
}

// Harm prevented: one transfer pays for two panels.
async fn a_reference_is_used_once(stage: Arc<Stage>) {
    let (owner, operator) = (stage.owner().await, stage.operator().await);
    let first = stage.panel(owner, "first", terms()).await;
    let second = stage.panel(owner, "second", terms()).await;
    operator.post_keyed(&first.path("manual-payments"), "one", &transfer(120_000, "DBBL-1")).await.is(201);
    let again = operator.post_keyed(&second.path("manual-payments"), "two", &transfer(120_000, " dbbl -1 ")).await;
    again.refused(409, "reference_taken");
    assert_eq!(stage.database.count("payments", "1 = 1").await, 1);
    for (amount, reference) in [(0, "Y"), (-1, "Y"), (1, " ")] {
        let path = second.path("manual-payments");
        operator.post_keyed(&path, "odd", &transfer(amount, reference)).await.refused(422, "invalid");
    }
}

// Harm prevented: the bank keeps 15 taka of a transfer, and the rest of it is refused or forgotten.
async fn more_or_less_than_was_asked_for_is_never_lost(stage: Arc<Stage>) {
    let (owner, operator, colleague) = (stage.owner().await, stage.operator().await, colleague(&stage).await);
    let panel = stage.panel(owner, "rahim", terms()).await;
    for (amount, reference, state, credit) in [(118_500, "short", "credited", 118_500), (2_000, "rest", "settled", 500)]
    {
        let new = transfer(amount, reference);
        let recorded = operator.post_keyed(&panel.path("manual-payments"), reference, &new).await.ok(201);
        let decide = format!("/api/v1/manual-payments/{}/approve", recorded["manual_payment_id"].as_str().unwrap());
        colleague.post(&decide).await.is(200);
        stage.work().await;
        assert_eq!(owner.payment(recorded["payment_id"].as_str().unwrap()).await["state"], state);
        assert_eq!(-stage.database.balance("customer_credit").await, credit, "{reference}");
    }
    assert_eq!(stage.database.balance("receivable").await, 0);
    assert_eq!(owner.status(&panel).await["panel"]["status"], "creating");
    stage.assert_balanced().await;
}

// Harm prevented: one person alone sends the operator's money away.
async fn a_refund_by_hand_needs_a_second_person_too(stage: Arc<Stage>) {
    let (owner, operator, colleague) = (stage.owner().await, stage.operator().await, colleague(&stage).await);
    let panel = stage.panel(owner, "rahim", terms()).await;
    let recorded = operator.post_keyed(&panel.path("manual-payments"), "one", &transfer(120_000, "Z")).await.ok(201);
    let decide = format!("/api/v1/manual-payments/{}/approve", recorded["manual_payment_id"].as_str().unwrap());
    colleague.post(&decide).await.is(200);
    stage.work().await;
    let view = operator.payment(recorded["payment_id"].as_str().unwrap()).await;
    let receipt = view["receipts"][0]["receipt_id"].as_str().unwrap();
    let new = json!({ "amount_minor": 20_000, "reason": "Goodwill." });
    let path = format!("/api/v1/receipts/{receipt}/refunds");
    let asked = operator.post_keyed(&path, "back", &new).await.ok(201);
    stage.work().await;
    let path = format!("/api/v1/refunds/{}", asked["refund_id"].as_str().unwrap());
    assert_eq!(owner.get(&path).await.ok(200)["state"], "processing");
    let paid = json!({ "reference": "DBBL-OUT-1" });
    operator.post_json(&format!("{path}/paid-out"), &paid).await.refused(409, "second_person_needed");
    colleague.post_json(&format!("{path}/paid-out"), &json!({ "reference": "" })).await.refused(422, "invalid");
    assert_eq!(colleague.post_json(&format!("{path}/paid-out"), &paid).await.ok(200)["state"], "refunded");
    assert_eq!(colleague.post_json(&format!("{path}/paid-out"), &paid).await.ok(200)["state"], "refunded");
    assert_eq!(stage.database.balance("gateway_cash").await, 100_000);
    assert_eq!(stage.database.balance("refunds_pending").await, 0);
    stage.work().await;
    stage.assert_balanced().await;
}
