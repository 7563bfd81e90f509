//! Starting to pay.

use harness::{Stage, Terms, terms};
use hourglass_tests as harness;
use sandbox::gateway::{Action, Answer, Faults, StoreState};
use serde_json::json;
use std::sync::Arc;

harness::stories!(
    a_checkout_may_be_repeated_and_costs_what_the_server_says,
    a_key_is_for_one_request_of_one_person,
    a_renewal_opens_only_when_little_is_left,
    as_many_cycles_wait_as_the_plan_allows,
    a_gateway_that_is_down_loses_nothing,
    a_gateway_that_refuses_is_told_apart,
    only_who_may_pay_pays,
);

// Harm prevented: a customer whose network hiccups is charged twice; a browser names its own price.
async fn a_checkout_may_be_repeated_and_costs_what_the_server_says(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let panel = stage.panel(owner, "rahim", terms()).await;
    let first = owner.checkout(&panel, "one").await;
    let checkout = first.ok(201);
    assert_eq!(checkout["amount"], json!({ "minor": 120_000, "currency": "BDT" }));
    assert_eq!(first.header("idempotency-replayed"), None);
    let page = stage.nobody().at("").get(checkout["redirect_url"].as_str().unwrap()).await;
    assert!(page.body.contains("1,200.00"), "the gateway asks for the same: {page:?}");

    let before = stage.database.dump(harness::EVERYTHING).await;
    let again = owner.checkout(&panel, "one").await;
    assert_eq!((again.status, &again.body), (201, &first.body));
    assert_eq!(again.header("idempotency-replayed"), Some("true"));
    assert_eq!(stage.database.dump(harness::EVERYTHING).await, before);

    let request = owner.request(reqwest::Method::POST, &panel.path("checkout")).header("idempotency-key", "priced");
    let haggled = owner.send(request.json(&json!({ "amount": { "minor": 1, "currency": "BDT" } }))).await.ok(201);
    assert_eq!(haggled["amount"]["minor"], 120_000);
    assert_eq!(haggled["order_id"], checkout["order_id"], "an order that waits for its money is paid, not made again");
    assert_eq!(stage.database.count("orders", "amount_minor <> 120000").await, 0);
}

// Harm prevented: one request's answer is given to another request, or to another person.
async fn a_key_is_for_one_request_of_one_person(stage: Arc<Stage>) {
    let (owner, stranger) = (stage.owner().await, stage.stranger().await);
    let panel = stage.panel(owner, "rahim", terms()).await;
    let other = stage.panel(owner, "karim", terms()).await;
    let theirs = stage.panel(stranger, "mallory", terms()).await;
    owner.post(&panel.path("checkout")).await.refused(400, "idempotency_key_missing");
    for key in ["", "with space", &"x".repeat(101)] {
        owner.checkout(&panel, key).await.refused(400, "idempotency_key_missing");
    }
    let before = stage.database.dump(harness::MONEY).await;
    stage.checkout(owner, &panel, "one").await;
    assert_ne!(stage.database.dump(harness::MONEY).await, before);
    owner.checkout(&other, "one").await.refused(422, "idempotency_mismatch");
    let checkout = stranger.checkout(&theirs, "one").await;
    assert_eq!(checkout.header("idempotency-replayed"), None, "a key is its sender's own");
    assert_eq!(checkout.status, 201);
}

// Harm prevented: months are sold in advance by a mistaken click.
async fn a_renewal_opens_only_when_little_is_left(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let panel = stage.active_panel(owner, "rahim", terms()).await;
    let before = stage.database.dump(harness::EVERYTHING).await;
    owner.checkout(&panel, "early").await.refused(409, "renewal_not_due");
    assert_eq!(stage.database.dump(harness::EVERYTHING).await, before, "not even the key is kept");
    stage.pass_hours(5).await;
    let status = owner.status(&panel).await;
    assert_eq!(status["billing"]["can_renew_early"], true, "half of the hours are used");
    assert!(status["actions"].as_array().unwrap().contains(&json!("renew_early")));
    stage.pay(owner, &panel, "early").await;
    let billing = owner.status(&panel).await["billing"].clone();
    assert_eq!((&billing["queued_cycles"], &billing["cycle"]["number"]), (&json!(1), &json!(1)));

    stage.pass_hours(6).await;
    let billing = owner.status(&panel).await["billing"].clone();
    assert_eq!((&billing["queued_cycles"], &billing["cycle"]["number"]), (&json!(0), &json!(2)), "no second was lost");
    assert_eq!(billing["cycle"]["used_seconds"], 3_600);
    assert_eq!(stage.gate(&panel).await.0, 204);
}

// Harm prevented: a customer pays for cycles that nobody will remember.
async fn as_many_cycles_wait_as_the_plan_allows(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let plan = Terms { early_renewal_percent: 100, queued_cycles_max: 1, ..terms() };
    let panel = stage.active_panel(owner, "rahim", plan).await;
    stage.pay(owner, &panel, "second").await;
    owner.checkout(&panel, "third").await.refused(409, "queue_full");
    let status = owner.status(&panel).await;
    assert_eq!((&status["billing"]["can_renew"], &status["billing"]["amount_due"]), (&json!(false), &json!(null)));
    assert_eq!(stage.database.balance("deferred_revenue").await, -240_000, "both cycles are owed");
}

// Harm prevented: an outage of the gateway leaves an order that can never be paid, or a key that blocks the customer.
async fn a_gateway_that_is_down_loses_nothing(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let panel = stage.panel(owner, "rahim", terms()).await;
    for answer in [Answer::HangUp, Answer::ServerError, Answer::Html, Answer::Truncated] {
        stage.gateway.set_faults(Faults { answer, ..Faults::default() });
        let problem = owner.checkout(&panel, "one").await.refused(503, "gateway_unavailable");
        assert!(problem["retry_after_seconds"].as_u64().is_some());
    }
    stage.gateway.set_faults(Faults::default());
    assert_eq!(owner.checkout(&panel, "one").await.ok(201)["amount"]["minor"], 120_000, "with the very same key");
    assert_eq!(stage.database.count("orders", "1 = 1").await, 1);
    stage.pay(owner, &panel, "two").await;
    assert_eq!(owner.status(&panel).await["panel"]["status"], "creating");
    // Sessions that may have been opened without our knowing are asked about until they are over.
    stage.wait(2_000);
    stage.work().await;
    assert_eq!(stage.database.count("payments", "state = 'settled'").await, 1);
    assert_eq!(stage.database.count("payments", "state = 'expired'").await, 5);
}

// Harm prevented: a refusal for good is repeated for ever.
async fn a_gateway_that_refuses_is_told_apart(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let panel = stage.panel(owner, "rahim", terms()).await;
    stage.gateway.set_faults(Faults { store: StoreState::Inactive, ..Faults::default() });
    owner.checkout(&panel, "one").await.refused(502, "gateway_refused");
    assert_eq!(stage.database.count("payments", "state = 'failed' AND look_at IS NULL").await, 1);
    stage.gateway.set_faults(Faults::default());
    stage.pay(owner, &panel, "one").await;
    assert_eq!(owner.status(&panel).await["panel"]["status"], "creating");
}

// Harm prevented: an operator or a mere onlooker spends a customer's money.
async fn only_who_may_pay_pays(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let panel = stage.panel(owner, "rahim", terms()).await;
    let before = stage.database.dump(harness::EVERYTHING).await;
    stage.nobody().checkout(&panel, "one").await.refused(401, "unauthenticated");
    let operator = stage.operator().await;
    let with_operator = stage.database.dump(harness::EVERYTHING).await;
    assert_ne!(with_operator, before);
    operator.checkout(&panel, "one").await.refused(404, "not_found");
    assert_eq!(stage.database.dump(harness::EVERYTHING).await, with_operator);
    let payment = stage.checkout(owner, &panel, "one").await;
    assert_eq!(operator.payment(&payment).await["state"], "open", "but the operator may look");
    stage.act(&payment, Action::Cancel).await;
}
