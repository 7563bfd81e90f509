//! Money on its way back: by the operator, and by rule; whole and in part; and whatever the gateway says to it.

use harness::{Panel, Persona, Stage, Terms, terms};
use hourglass_tests as harness;
use sandbox::gateway::{Action, Answer, Faults, Operation, RefundEnd};
use serde_json::{Value, json};
use shared::billing::refund::RunningCycle;
use std::sync::Arc;

harness::stories!(
    a_cycle_that_waits_is_withdrawn_with_its_refund,
    a_cycle_that_waits_goes_back_in_two_steps,
    part_of_a_running_cycle_goes_back_and_the_cycle_runs_on,
    what_has_begun_is_not_refunded_where_the_operator_says_so,
    never_more_goes_back_than_came,
    a_refund_whose_answer_was_lost_is_paid_once,
    a_refund_that_the_gateway_gives_up_is_credit_and_somebody_hears_of_it,
    what_was_paid_twice_goes_back_by_rule,
    a_held_charge_is_accepted,
    a_held_charge_is_sent_back,
    a_charge_of_another_amount_is_accepted_as_credit,
    a_charge_whose_amount_cannot_be_read_waits_until_it_can,
);

/// The one charge under a payment.
async fn receipt(operator: &Persona, payment: &str) -> String {
    let view = operator.payment(payment).await;
    let receipts = view["receipts"].as_array().unwrap();
    assert_eq!(receipts.len(), 1, "{view}");
    receipts[0]["receipt_id"].as_str().unwrap().to_owned()
}

async fn refund(operator: &Persona, receipt: &str, amount_minor: Option<i64>, key: &str) -> harness::Answer {
    let body = json!({ "amount_minor": amount_minor, "reason": "The customer asked for it." });
    operator.post_keyed(&format!("/api/v1/receipts/{receipt}/refunds"), key, &body).await
}

async fn refunded(stage: &Stage, refund: &Value) -> Value {
    // The gateway is at it for a while; asked soon, and then rarer.
    for _ in 0..4 {
        stage.work().await;
        stage.wait(3_600);
    }
    stage.work().await;
    stage
        .again("rahim@example.com")
        .await
        .get(&format!("/api/v1/refunds/{}", refund["refund_id"].as_str().unwrap()))
        .await
        .ok(200)
}

/// What the gateway has taken and sent back, less its fees, is what our books say.
async fn assert_books_agree(stage: &Stage) {
    let books = stage.gateway.books();
    let sum = |all: Vec<i64>| all.into_iter().sum::<i64>();
    let taken = sum(books.charges.iter().map(|charge| charge.store_amount.minor).collect());
    let back = |refund: &&sandbox::gateway::Refund| refund.status == sandbox::gateway::RefundStatus::Refunded;
    let sent = sum(books.refunds.iter().filter(back).map(|refund| refund.amount.minor).collect());
    assert_eq!(stage.database.balance("gateway_cash").await, taken - sent);
    assert_eq!(stage.database.balance("refunds_pending").await, 0);
    stage.assert_balanced().await;
}

async fn with_waiting_cycle(stage: &Stage) -> (Panel, String) {
    let owner = stage.owner().await;
    let panel = stage.active_panel(owner, "rahim", Terms { early_renewal_percent: 100, ..terms() }).await;
    let payment = stage.pay(owner, &panel, "early").await;
    assert_eq!(owner.status(&panel).await["billing"]["queued_cycles"], 1);
    (panel, payment)
}

// Harm prevented: the customer has the money back and the cycle as well; or neither.
async fn a_cycle_that_waits_is_withdrawn_with_its_refund(stage: Arc<Stage>) {
    let (owner, operator) = (stage.owner().await, stage.operator().await);
    let (panel, payment) = with_waiting_cycle(&stage).await;
    let receipt = receipt(operator, &payment).await;
    let asked = refund(operator, &receipt, None, "back").await.ok(201);
    assert_eq!(asked["state"], "requested");
    assert_eq!(refund(operator, &receipt, None, "back").await.ok(201), asked, "the same key, the same answer");
    assert_eq!(owner.status(&panel).await["billing"]["queued_cycles"], 0);
    let done = refunded(&stage, &asked).await;
    let owner = &stage.again("rahim@example.com").await;
    assert_eq!((&done["state"], &done["amount"]["minor"]), (&json!("refunded"), &json!(120_000)));
    let note = owner.get(&format!("/api/v1/invoices/{}", done["credit_note_id"].as_str().unwrap())).await.ok(200);
    assert_eq!((&note["kind"], &note["gross"]["minor"]), (&json!("credit_note"), &json!(120_000)));
    // The first cycle's price is still to be earned, in part; nothing is left of the second's.
    let earned = -stage.database.balance("revenue").await;
    assert_eq!(-stage.database.balance("deferred_revenue").await, 120_000 - earned);
    assert_eq!(stage.database.balance("customer_credit").await, 0);
    assert_eq!(owner.notices().await, ["renewed", "renewed", "credit_note_issued", "refunded"]);
    assert_books_agree(&stage).await;
    // The next one that is bought is the second again.
    stage.pay(owner, &panel, "after-all").await;
    assert_eq!(owner.status(&panel).await["billing"]["queued_cycles"], 1);
    stage.pass_hours(11).await;
    assert_eq!(owner.status(&panel).await["billing"]["cycle"]["number"], 2);
}

// Harm prevented: goodwill of 100 taka closes the panel, or is paid without a paper for the tax office.
async fn part_of_a_running_cycle_goes_back_and_the_cycle_runs_on(stage: Arc<Stage>) {
    let (owner, operator) = (stage.owner().await, stage.operator().await);
    let panel = stage.active_panel(owner, "rahim", terms()).await;
    let payment = operator.get("/api/v1/payments?state=settled").await.ok(200);
    let payment = payment["items"][0]["payment_id"].as_str().unwrap().to_owned();
    let receipt = receipt(operator, &payment).await;
    let asked = refund(operator, &receipt, Some(10_000), "part").await.ok(201);
    let done = refunded(&stage, &asked).await;
    let owner = &stage.again("rahim@example.com").await;
    assert_eq!((&done["state"], &done["amount"]["minor"]), (&json!("refunded"), &json!(10_000)));
    assert_eq!(owner.status(&panel).await["panel"]["status"], "active");
    assert_eq!(owner.payment(&payment).await["receipts"][0]["refunded"]["minor"], 10_000);
    assert_eq!(stage.database.count("invoices", "corrects_id IS NOT NULL").await, 1);
    assert_books_agree(&stage).await;
}

// Harm prevented: a rule of the operator's is a word in a manual.
async fn what_has_begun_is_not_refunded_where_the_operator_says_so(stage: Arc<Stage>) {
    let (owner, operator) = (stage.owner().await, stage.operator().await);
    let (_, payment) = with_waiting_cycle(&stage).await;
    let first = owner.get("/api/v1/payments").await.ok(200)["items"][1]["payment_id"].as_str().unwrap().to_owned();
    let (_, elsewhere) = stage.another(|settings| settings.refund_running_cycle = RunningCycle::Refuse).await;
    let strict = elsewhere.with(operator.keys().clone());
    let before = stage.database.dump(harness::MONEY).await;
    let running = receipt(operator, &first).await;
    refund(&strict, &running, None, "no").await.refused(409, "not_refundable");
    let waiting = receipt(operator, &payment).await;
    refund(&strict, &waiting, Some(1), "part-of-what-waits").await.is(201);
    assert_ne!(stage.database.dump(harness::MONEY).await, before, "what waits has not begun");
    stage.work().await;
    stage.leaves_work();
}

// Harm prevented: two people refund one charge, and more goes back than came.
async fn never_more_goes_back_than_came(stage: Arc<Stage>) {
    let (owner, operator) = (stage.owner().await, stage.operator().await);
    stage.active_panel(owner, "rahim", terms()).await;
    let payments = owner.get("/api/v1/payments").await.ok(200);
    let receipt = receipt(operator, payments["items"][0]["payment_id"].as_str().unwrap()).await;
    for (amount, why) in [(Some(0), "nothing"), (Some(-5), "less"), (Some(120_001), "more")] {
        refund(operator, &receipt, amount, why).await.refused(409, "not_refundable");
    }
    let body = json!({ "amount_minor": 1, "reason": " " });
    operator
        .post_keyed(&format!("/api/v1/receipts/{receipt}/refunds"), "no-reason", &body)
        .await
        .refused(422, "invalid");
    let mut all = tokio::task::JoinSet::new();
    for number in 0..6 {
        let (operator, receipt) = (operator.clone(), receipt.clone());
        all.spawn(async move { refund(&operator, &receipt, Some(50_000), &format!("at-once-{number}")).await.status });
    }
    let mut answers: Vec<u16> = all.join_all().await;
    answers.sort_unstable();
    assert_eq!(answers, [201, 201, 409, 409, 409, 409]);
    refund(operator, &receipt, None, "the-rest").await.is(201);
    for _ in 0..4 {
        stage.work().await;
        stage.wait(3_600);
    }
    assert_books_agree(&stage).await;
    assert_eq!(stage.gateway.books().refunds.len(), 3);
}

// Harm prevented: the answer is lost, the refund is asked for again, and the customer gets it twice.
async fn a_refund_whose_answer_was_lost_is_paid_once(stage: Arc<Stage>) {
    let (owner, operator) = (stage.owner().await, stage.operator().await);
    stage.active_panel(owner, "rahim", terms()).await;
    let payments = owner.get("/api/v1/payments").await.ok(200);
    let receipt = receipt(operator, payments["items"][0]["payment_id"].as_str().unwrap()).await;
    let lost = Faults { answer: Answer::HangUp, only: Some(vec![Operation::Refund]), ..Faults::default() };
    stage.gateway.set_faults(lost);
    let asked = refund(operator, &receipt, None, "back").await.ok(201);
    stage.work().await;
    let refund = owner.get(&format!("/api/v1/refunds/{}", asked["refund_id"].as_str().unwrap())).await.ok(200);
    assert_eq!(refund["state"], "requested", "nothing is known");
    assert_eq!(stage.database.balance("refunds_pending").await, -120_000);
    stage.gateway.set_faults(Faults::default());
    assert_eq!(refunded(&stage, &asked).await["state"], "refunded");
    assert_eq!(stage.gateway.books().refunds.len(), 1);
    assert_books_agree(&stage).await;
}

// Harm prevented: a refund that came to nothing is forgotten: the customer has neither the money nor the credit.
async fn a_refund_that_the_gateway_gives_up_is_credit_and_somebody_hears_of_it(stage: Arc<Stage>) {
    let (owner, operator) = (stage.owner().await, stage.operator().await);
    stage.active_panel(owner, "rahim", terms()).await;
    let payments = owner.get("/api/v1/payments").await.ok(200);
    let receipt = receipt(operator, payments["items"][0]["payment_id"].as_str().unwrap()).await;
    let asked = refund(operator, &receipt, Some(20_000), "back").await.ok(201);
    stage.work().await;
    let reference = stage.gateway.books().refunds[0].refund_ref_id.clone();
    assert!(stage.gateway.settle_refund(&reference, RefundEnd::Cancelled));
    let done = refunded(&stage, &asked).await;
    let operator = &stage.again("operator@example.com").await;
    assert_eq!(done["state"], "cancelled");
    assert_eq!(stage.database.balance("customer_credit").await, -20_000);
    let alerts = operator.get("/api/v1/alerts?open=true").await.ok(200);
    assert_eq!((&alerts["open"], &alerts["items"][0]["kind"]), (&json!(1), &json!("refund_failed")));
    assert_books_agree(&stage).await;
    // Once more, as it was: what it took back is credit by now, and is not taken back again.
    let path = format!("/api/v1/alerts/{}/resolve", alerts["items"][0]["alert_id"].as_str().unwrap());
    operator.post_json(&path, &json!({ "remedy": "refund", "note": "The bank is back." })).await.is(200);
    let again = operator.get("/api/v1/refunds").await.ok(200)["items"][0].clone();
    assert_eq!(refunded(&stage, &again).await["state"], "refunded");
    assert_eq!((&again["amount"]["minor"], &again["credit_note_id"]), (&json!(20_000), &json!(null)));
    assert_eq!(stage.database.count("invoices", "corrects_id IS NOT NULL").await, 1);
    assert_eq!(stage.database.balance("customer_credit").await, 0);
    assert_books_agree(&stage).await;
}

// Harm prevented: what was taken back of a cycle in two steps stays deferred for ever, and revenue is short by it.
async fn a_cycle_that_waits_goes_back_in_two_steps(stage: Arc<Stage>) {
    let (owner, operator) = (stage.owner().await, stage.operator().await);
    let (panel, payment) = with_waiting_cycle(&stage).await;
    let receipt = receipt(operator, &payment).await;
    refund(operator, &receipt, Some(40_000), "a-part").await.is(201);
    assert_eq!(owner.status(&panel).await["billing"]["queued_cycles"], 1);
    refund(operator, &receipt, None, "the-rest").await.is(201);
    assert_eq!(owner.status(&panel).await["billing"]["queued_cycles"], 0);
    for _ in 0..4 {
        stage.work().await;
        stage.wait(3_600);
    }
    // The first cycle ends, and all of its price is earned: nothing is left that was paid beforehand.
    stage.pass_hours(11).await;
    assert_eq!(stage.database.balance("deferred_revenue").await, 0);
    assert_eq!(stage.database.balance("revenue").await, -120_000);
    assert_books_agree(&stage).await;
}

// Harm prevented: the operator promises to send back what was paid twice, and somebody has to think of it.
async fn what_was_paid_twice_goes_back_by_rule(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let panel = stage.panel(owner, "rahim", terms()).await;
    let (_, elsewhere) = stage.another(|settings| settings.refund_second_charges = true).await;
    let payment = stage.checkout(&elsewhere.with(owner.keys().clone()), &panel, "one").await;
    stage.gateway.set_faults(Faults::skip_ipn());
    for action in [Action::Pay, Action::PayAgain] {
        let back = stage.act(&payment, action).await;
        // Heard by the process that has the rule.
        elsewhere.post_form("/pay/sslcommerz/ipn", &back.fields).await.is(200);
    }
    let refunds = owner.get("/api/v1/refunds").await.ok(200);
    assert_eq!(refunds["items"].as_array().unwrap().len(), 1);
    let done = refunded(&stage, &refunds["items"][0]).await;
    assert_eq!((&done["state"], &done["amount"]["minor"]), (&json!("refunded"), &json!(120_000)));
    assert_eq!(stage.database.balance("customer_credit").await, 0);
    assert_books_agree(&stage).await;
}

async fn held(stage: &Stage, faults: Faults) -> (Panel, String, String) {
    let owner = stage.owner().await;
    let panel = stage.panel(owner, "rahim", terms()).await;
    stage.gateway.set_faults(faults);
    let payment = stage.pay(owner, &panel, "one").await;
    stage.gateway.set_faults(Faults::default());
    let alerts = stage.operator().await.get("/api/v1/alerts?open=true").await.ok(200);
    assert_eq!(alerts["items"][0]["kind"], "payment_held");
    let receipt = receipt(stage.operator().await, &payment).await;
    (panel, payment, receipt)
}

/// What somebody who is about to pay for a panel is told of a payment that a person is looking at.
async fn held_payment(who: &Persona, panel: &Panel) -> Value {
    who.get(&panel.path("next-order")).await.ok(200)["held_payment_id"].clone()
}

// Harm prevented: a genuine customer whose card looked risky has paid, and nobody can open the panel.
async fn a_held_charge_is_accepted(stage: Arc<Stage>) {
    let (owner, operator) = (stage.owner().await, stage.operator().await);
    let (panel, payment, receipt) = held(&stage, Faults { risky: true, ..Faults::default() }).await;
    assert_eq!(stage.database.balance("held_payments").await, -120_000);
    assert_eq!(held_payment(owner, &panel).await, json!(payment), "who would pay again is told");
    let accepted = operator.post(&format!("/api/v1/receipts/{receipt}/accept")).await.ok(200);
    assert_eq!((&accepted["state"], &accepted["receipts"][0]["state"]), (&json!("settled"), &json!("settled")));
    operator.post(&format!("/api/v1/receipts/{receipt}/accept")).await.refused(409, "already_decided");
    stage.work().await;
    assert_eq!(owner.status(&panel).await["panel"]["status"], "creating");
    assert_eq!(owner.payment(&payment).await["state"], "settled");
    assert_eq!(held_payment(owner, &panel).await, Value::Null);
    assert_eq!(stage.database.balance("held_payments").await, 0);
    assert_eq!(stage.database.balance("receivable").await, 0);
    assert_eq!(operator.get("/api/v1/alerts?open=true").await.ok(200)["open"], 0);
    assert_books_agree(&stage).await;
}

// Harm prevented: a stolen card's money is kept.
async fn a_held_charge_is_sent_back(stage: Arc<Stage>) {
    let (owner, operator) = (stage.owner().await, stage.operator().await);
    let (panel, payment, receipt) = held(&stage, Faults { risky: true, ..Faults::default() }).await;
    refund(operator, &receipt, Some(60_000), "half").await.refused(409, "not_refundable");
    let alert = operator.get("/api/v1/alerts?open=true").await.ok(200)["items"][0].clone();
    assert_eq!(alert["remedies"], json!(["accept", "refund"]));
    let path = format!("/api/v1/alerts/{}/resolve", alert["alert_id"].as_str().unwrap());
    operator.post_json(&path, &json!({ "remedy": "refund", "note": "" })).await.refused(422, "invalid");
    operator.post_json(&path, &json!({ "remedy": "book", "note": "" })).await.refused(422, "invalid");
    let resolved = operator
        .post_json(&path, &json!({ "remedy": "refund", "note": "This looked like somebody else's card." }))
        .await
        .ok(200);
    assert_eq!(
        (&resolved["remedy"], &resolved["note"]),
        (&json!("refund"), &json!("This looked like somebody else's card."))
    );
    operator.post_json(&path, &json!({ "remedy": "accept", "note": "" })).await.refused(409, "already_decided");
    let asked = owner.get("/api/v1/refunds").await.ok(200)["items"][0].clone();
    assert_eq!(refunded(&stage, &asked).await["state"], "refunded");
    let owner = &stage.again("rahim@example.com").await;
    assert_eq!(owner.payment(&payment).await["state"], "refunded");
    assert_eq!(held_payment(owner, &panel).await, Value::Null, "what was sent back stands in nobody's way");
    assert_eq!(owner.status(&panel).await["panel"]["status"], "pending");
    assert_eq!(stage.database.count("invoices", "1 = 1").await, 0);
    assert_books_agree(&stage).await;
}

// Harm prevented: twelve hundred taka are ordered, ten are charged, and the panel opens.
async fn a_charge_of_another_amount_is_accepted_as_credit(stage: Arc<Stage>) {
    let (owner, operator) = (stage.owner().await, stage.operator().await);
    let faults = Faults { charged_amount: Some("10.00".to_owned()), ..Faults::default() };
    let (panel, payment, receipt) = held(&stage, faults).await;
    assert_eq!(owner.payment(&payment).await["state"], "mismatch");
    assert_eq!(held_payment(owner, &panel).await, json!(payment));
    let accepted = operator.post(&format!("/api/v1/receipts/{receipt}/accept")).await.ok(200);
    assert_eq!(accepted["state"], "credited");
    assert_eq!(stage.database.balance("customer_credit").await, -1_000);
    assert_eq!(owner.status(&panel).await["panel"]["status"], "pending");
    let checkout = owner.checkout(&panel, "the-rest").await.ok(201);
    assert_eq!(checkout["amount"]["minor"], 119_000);
    stage.act(checkout["payment_id"].as_str().unwrap(), Action::Pay).await;
    stage.work().await;
    assert_eq!(owner.status(&panel).await["panel"]["status"], "creating");
    assert_books_agree(&stage).await;
}

// Harm prevented: a charge whose amount is unreadable is booked as nothing, or can never be dealt with.
async fn a_charge_whose_amount_cannot_be_read_waits_until_it_can(stage: Arc<Stage>) {
    let (owner, operator) = (stage.owner().await, stage.operator().await);
    let panel = stage.panel(owner, "rahim", terms()).await;
    stage.gateway.set_faults(Faults { charged_amount: Some("1.2e3".to_owned()), ..Faults::default() });
    let payment = stage.pay(owner, &panel, "one").await;
    stage.gateway.set_faults(Faults::default());
    let receipt = receipt(operator, &payment).await;
    assert_eq!(owner.payment(&payment).await["receipts"][0]["charged"], Value::Null);
    assert_eq!(stage.database.count("ledger_entries", "1 = 1").await, 0);
    operator.post(&format!("/api/v1/receipts/{receipt}/accept")).await.refused(503, "gateway_unavailable");
    refund(operator, &receipt, None, "back").await.refused(503, "gateway_unavailable");
    assert_eq!(operator.get("/api/v1/alerts?open=true").await.ok(200)["open"], 1);
}
