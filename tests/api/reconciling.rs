//! Our books beside the gateway's, every day; and what a person does about a difference.

use harness::{Stage, terms};
use hourglass_tests as harness;
use sandbox::gateway::{Action, Answer, Faults, Operation};
use serde_json::{Value, json};
use shared::time::DAY;
use std::sync::Arc;

harness::stories!(
    what_agrees_is_not_reported,
    what_was_paid_there_and_is_open_here_is_booked_with_one_click,
    a_second_charge_that_nobody_told_of_is_found,
    another_fee_is_taken_over,
    what_our_books_alone_have_is_reported,
    a_gateway_that_does_not_answer_is_no_difference,
    every_day_by_itself_and_one_at_a_time,
);

async fn compared(stage: &Stage) -> Value {
    stage.operator().await;
    // What is paid right now may be changing while it is compared.
    stage.wait(1_000);
    stage.work().await;
    let operator = stage.again("operator@example.com").await;
    let begun = operator.post("/api/v1/reconciliations").await;
    begun.is(201);
    stage.work().await;
    operator.get("/api/v1/reconciliations").await.ok(200)["items"][0].clone()
}

async fn alerts(stage: &Stage) -> Vec<Value> {
    let operator = stage.again("operator@example.com").await;
    operator.get("/api/v1/alerts?open=true").await.ok(200)["items"].as_array().unwrap().clone()
}

async fn resolve(stage: &Stage, alert: &Value, remedy: &str, note: &str) -> harness::Answer {
    let path = format!("/api/v1/alerts/{}/resolve", alert["alert_id"].as_str().unwrap());
    let operator = stage.again("operator@example.com").await;
    operator.post_json(&path, &json!({ "remedy": remedy, "note": note })).await
}

/// Nothing was ever compared by itself yet: the day's comparison is over and done with.
async fn settled(stage: &Stage) {
    stage.work().await;
}

// Harm prevented: books that agree are reported until nobody reads reports.
async fn what_agrees_is_not_reported(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    settled(&stage).await;
    stage.active_panel(owner, "rahim", terms()).await;
    let other = stage.panel(owner, "other", terms()).await;
    let declined = stage.checkout(owner, &other, "declined").await;
    stage.act(&declined, Action::Decline).await;
    let run = compared(&stage).await;
    assert_eq!(
        (&run["asked"], &run["agreed"], &run["differences"], &run["unknown"]),
        (&json!(2), &json!(2), &json!(0), &json!(0))
    );
    assert_eq!(alerts(&stage).await, Vec::<Value>::new());
    stage.leaves_work();
}

// Harm prevented: a customer has paid, nobody was told, and the panel stays closed until they complain.
async fn what_was_paid_there_and_is_open_here_is_booked_with_one_click(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    settled(&stage).await;
    let panel = stage.panel(owner, "rahim", terms()).await;
    let payment = stage.checkout(owner, &panel, "one").await;
    let unheard = Faults { answer: Answer::Html, only: Some(vec![Operation::Validate]), ..Faults::skip_ipn() };
    stage.gateway.set_faults(unheard);
    stage.act(&payment, Action::Pay).await;
    let run = compared(&stage).await;
    assert_eq!(run["differences"], 1);
    let alert = alerts(&stage).await[0].clone();
    assert_eq!(
        (&alert["kind"], &alert["here"], &alert["there"]),
        (&json!("paid_there"), &json!(null), &json!("1200.00 BDT"))
    );
    resolve(&stage, &alert, "book", "").await.refused(503, "gateway_unavailable");
    let again = compared(&stage).await;
    assert_eq!(again["differences"], 1, "still so");
    assert_eq!(alerts(&stage).await.len(), 1, "and said once");
    let operator = stage.again("operator@example.com").await;
    let table = format!("/api/v1/reconciliations/{}/differences.csv", run["reconciliation_id"].as_str().unwrap());
    let head = "at,kind,reference,panel,payment_id,here,there,resolved_at,remedy,note";
    let told = ["at", "reference"].map(|field| alert[field].as_str().unwrap().to_owned());
    let row = format!("{},paid_there,{},Panel rahim,{payment},,1200.00 BDT", told[0], told[1]);
    assert_eq!(operator.get(&table).await.is(200).lines(), [head, &format!("{row},,,")]);
    stage.gateway.set_faults(Faults::skip_ipn());
    let resolved = resolve(&stage, &alert, "book", "").await.ok(200);
    assert_eq!((&resolved["remedies"], &resolved["resolved_by"].is_string()), (&json!([]), &true));
    let at = resolved["resolved_at"].as_str().unwrap();
    assert_eq!(operator.get(&table).await.is(200).lines(), [head, &format!("{row},{at},book,")]);
    stage.work().await;
    let owner = stage.again("rahim@example.com").await;
    assert_eq!(owner.payment(&payment).await["state"], "settled");
    assert_eq!(stage.database.count("audit_log", "what = 'alert_resolved'").await, 1);
    assert_eq!(compared(&stage).await["differences"], 0);
    stage.assert_balanced().await;
}

// Harm prevented: a customer pays twice in one session, both notices of the second charge are lost, and so is the money.
async fn a_second_charge_that_nobody_told_of_is_found(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    settled(&stage).await;
    let panel = stage.active_panel(owner, "rahim", terms()).await;
    let payments = owner.get("/api/v1/payments").await.ok(200);
    let payment = payments["items"][0]["payment_id"].as_str().unwrap();
    stage.gateway.set_faults(Faults::skip_ipn());
    stage.act(payment, Action::PayAgain).await;
    assert_eq!(compared(&stage).await["differences"], 1);
    let alert = alerts(&stage).await[0].clone();
    resolve(&stage, &alert, "book", "").await.is(200);
    assert_eq!(-stage.database.balance("customer_credit").await, 120_000);
    let second = alerts(&stage).await;
    assert_eq!(second[0]["kind"], "second_charge", "and somebody decides what becomes of it");
    resolve(&stage, &second[0], "acknowledge", "").await.refused(422, "invalid");
    resolve(&stage, &second[0], "acknowledge", "The customer keeps it as credit.").await.is(200);
    assert_eq!(compared(&stage).await["differences"], 0);
    let owner = stage.again("rahim@example.com").await;
    assert_eq!(owner.status(&panel).await["billing"]["queued_cycles"], 0);
    stage.assert_balanced().await;
}

// Harm prevented: the gateway keeps more than it said at first, and the operator's bank statement never fits.
async fn another_fee_is_taken_over(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    settled(&stage).await;
    stage.active_panel(owner, "rahim", terms()).await;
    stage.database.meddle("UPDATE receipts SET fee_minor = 100").await;
    let cash = stage.database.balance("gateway_cash").await;
    assert_eq!(compared(&stage).await["differences"], 1);
    let alert = alerts(&stage).await[0].clone();
    assert_eq!(
        (&alert["kind"], &alert["here"], &alert["there"]),
        (&json!("fee_differs"), &json!("1.00 BDT"), &json!("30.00 BDT"))
    );
    resolve(&stage, &alert, "take_fee", "").await.is(200);
    assert_eq!(cash - stage.database.balance("gateway_cash").await, 2_900);
    assert_eq!(compared(&stage).await["differences"], 0);
    stage.assert_balanced().await;
}

// Harm prevented: somebody writes a charge into our books that nobody ever paid.
async fn what_our_books_alone_have_is_reported(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    settled(&stage).await;
    stage.active_panel(owner, "rahim", terms()).await;
    stage.database.meddle("UPDATE receipts SET val_id = 'made up'").await;
    assert_eq!(compared(&stage).await["differences"], 2);
    let found = alerts(&stage).await;
    let mut kinds: Vec<&str> = found.iter().map(|alert| alert["kind"].as_str().unwrap()).collect();
    kinds.sort_unstable();
    assert_eq!(kinds, ["paid_there", "unknown_there"]);
    let unknown = found.iter().find(|alert| alert["kind"] == "unknown_there").unwrap();
    resolve(&stage, unknown, "ask_again", "").await.refused(409, "still_differs");
    resolve(&stage, unknown, "acknowledge", "Under investigation.").await.is(200);
    stage.leaves_work();
}

// Harm prevented: on the day on which the gateway is down, every payment is reported as missing there.
async fn a_gateway_that_does_not_answer_is_no_difference(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    settled(&stage).await;
    stage.active_panel(owner, "rahim", terms()).await;
    stage.gateway.set_faults(Faults { answer: Answer::ServerError, ..Faults::default() });
    let run = compared(&stage).await;
    assert_eq!((&run["asked"], &run["unknown"], &run["differences"]), (&json!(1), &json!(1), &json!(0)));
    assert_eq!(alerts(&stage).await, Vec::<Value>::new());
}

// Harm prevented: nobody presses the button, or two workers compare the same books at once.
async fn every_day_by_itself_and_one_at_a_time(stage: Arc<Stage>) {
    stage.operator().await;
    settled(&stage).await;
    let count = async || {
        let operator = stage.again("operator@example.com").await;
        operator.get("/api/v1/reconciliations").await.ok(200)["items"].as_array().unwrap().len()
    };
    assert_eq!(count().await, 1, "the first comes at once");
    stage.wait(DAY - 1);
    stage.work().await;
    assert_eq!(count().await, 1);
    stage.wait(1);
    stage.work().await;
    assert_eq!(count().await, 2);
    let operator = stage.again("operator@example.com").await;
    operator.post("/api/v1/reconciliations").await.is(201);
    operator.post("/api/v1/reconciliations").await.refused(409, "reconciliation_running");
    stage.work().await;
    assert_eq!(stage.database.count("reconciliations", "finished_at IS NULL").await, 0);
}
