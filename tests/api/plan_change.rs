//! A customer changes the plan: up within the cycle for the difference, anything else with the next cycle.

use harness::{Panel, Persona, Plan, Stage, Terms, beginning, terms};
use hourglass_tests as harness;
use sandbox::gateway::Action;
use serde_json::{Value, json};
use shared::billing::terms::Limits;
use shared::money::{Currency, Money};
use shared::time::HOUR;
use std::sync::Arc;

harness::stories!(
    an_upgrade_is_paid_and_gives_more_hours_at_once,
    what_is_shown_is_what_is_charged,
    a_downgrade_comes_with_the_next_cycle,
    what_is_upgraded_is_the_running_cycle,
    an_upgrade_that_comes_too_late_is_credit,
    a_change_is_refused_with_its_reason,
);

fn selling(price: i64, included_hours: u32) -> Terms {
    Terms { price: Money::new(price * 100, Currency::Bdt), included_hours, ..terms() }
}

async fn preview(owner: &Persona, panel: &Panel, plan: &Plan) -> Value {
    owner.get(&panel.path(&format!("plan-change?plan_id={}", plan.id))).await.ok(200)
}

fn wanted(plan: &Plan, when: &str) -> Value {
    json!({ "plan_id": plan.id, "when": when })
}

/// The lines of the invoice of a payment's order.
async fn invoiced(stage: &Stage, owner: &Persona, payment: &str) -> Value {
    let order = owner.payment(payment).await["order_id"].as_str().unwrap().to_owned();
    let rows = stage.database.rows(&format!("SELECT document FROM invoices WHERE order_id = '{order}'")).await;
    assert_eq!(rows.len(), 1, "one invoice for one settled order");
    let document: Value = serde_json::from_str(rows[0]["document"].as_str().unwrap()).unwrap();
    document["lines"].clone()
}

// Harm prevented: an upgrade charges for hours that are used, or is paid and gives nothing.
async fn an_upgrade_is_paid_and_gives_more_hours_at_once(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let panel = stage.active_panel(owner, "rahim", terms()).await;
    let gold = stage.plan("Gold", &selling(2_400, 20)).await;
    stage.pass_hours(5).await;
    let before = stage.database.dump(harness::EVERYTHING).await;
    let quote = preview(owner, &panel, &gold).await;
    assert_eq!(stage.database.dump(harness::EVERYTHING).await, before, "asking changes nothing");
    // Half of the hours are left, so half of the difference of 1,200.00 is due, and half of ten hours are added.
    assert_eq!(quote["effect"], "upgrade_now");
    assert_eq!(quote["amount_due"], json!({ "minor": 60_000, "currency": "BDT" }));
    assert_eq!(quote["share"], json!({ "left_seconds": 5 * HOUR, "of_seconds": 10 * HOUR }));
    assert_eq!((&quote["allowance_added_seconds"], &quote["plan"]["name"]), (&json!(5 * HOUR), &json!("Gold")));
    let what = json!({ "kind": "upgrade", "from_plan": "Plan of rahim", "to_plan": "Gold", "cycle_number": 1 });
    assert_eq!(quote["lines"][0]["what"], what);

    let path = panel.path("plan-change");
    let first = owner.post_keyed(&path, "up", &wanted(&gold, "now")).await;
    let checkout = first.ok(201);
    assert_eq!(checkout["amount"], quote["amount_due"]);
    let again = owner.post_keyed(&path, "up", &wanted(&gold, "now")).await;
    assert_eq!((again.status, again.header("idempotency-replayed")), (201, Some("true")));
    assert_eq!(again.body, first.body);
    assert_eq!(owner.status(&panel).await["billing"]["cycle"]["allowance_seconds"], 10 * HOUR, "not before it is paid");
    let payment = checkout["payment_id"].as_str().unwrap();
    stage.act(payment, Action::Pay).await;
    stage.work().await;
    assert_eq!(owner.payment(payment).await["state"], "settled");
    assert_eq!(owner.payment(payment).await["cycle"]["number"], 1);
    let status = owner.status(&panel).await;
    let cycle = &status["billing"]["cycle"];
    assert_eq!((&cycle["number"], &cycle["allowance_seconds"]), (&json!(1), &json!(15 * HOUR)));
    assert_eq!((&cycle["used_seconds"], &status["plan"]["name"]), (&json!(5 * HOUR), &json!("Gold")));
    assert_eq!(invoiced(&stage, owner, payment).await, quote["lines"], "what was shown is what is invoiced");
    assert_eq!(stage.database.count("invoices", "1 = 1").await, 2);
    assert_eq!(stage.database.balance("deferred_revenue").await, -180_000, "owed in hours: both payments");
    assert_eq!(stage.database.balance("receivable").await, 0);
    assert!(owner.notices().await.contains(&"upgraded".to_owned()));
    let history = stage.history(owner, &panel).await;
    assert!(history.contains(&"cycle_upgraded - cycle 1 -".to_owned()), "{history:?}");
    owner.post_keyed(&path, "up-again", &wanted(&gold, "now")).await.refused(409, "no_upgrade");

    stage.pass_hours(9).await;
    assert_eq!(stage.gate(&panel).await.0, 204, "ten hours are over, fifteen are not");
    stage.pass_hours(2).await;
    assert_eq!(owner.status(&panel).await["panel"]["reason"], "billing_expired");
    assert_eq!(owner.checkout(&panel, "next").await.ok(201)["amount"]["minor"], 240_000, "and the next is on Gold");
    assert_eq!(stage.database.balance("revenue").await, -180_000, "everything that was paid is earned");
    stage.assert_balanced().await;
}

// Harm prevented: the page says one amount, and the gateway asks for another.
async fn what_is_shown_is_what_is_charged(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let panel = stage.active_panel(owner, "rahim", terms()).await;
    let gold = stage.plan("Gold", &selling(2_400, 20)).await;
    stage.pass_hours(5).await;
    let path = panel.path("plan-change");
    let first = owner.post_keyed(&path, "one", &wanted(&gold, "now")).await.ok(201);
    stage.pass(HOUR / 2).await;
    let quote = preview(owner, &panel, &gold).await;
    assert_eq!(quote["amount_due"]["minor"], 60_000, "a quote stands for an hour");
    let second = owner.post_keyed(&path, "two", &wanted(&gold, "now")).await.ok(201);
    assert_eq!((&second["order_id"], &second["amount"]), (&first["order_id"], &quote["amount_due"]));
    stage.pass(HOUR / 2).await;
    let quote = preview(owner, &panel, &gold).await;
    assert_eq!(quote["amount_due"]["minor"], 48_000, "four of ten hours are left by now");
    let third = owner.post_keyed(&path, "three", &wanted(&gold, "now")).await.ok(201);
    assert_eq!(third["amount"], quote["amount_due"]);
    for payment in [&third, &first] {
        stage.act(payment["payment_id"].as_str().unwrap(), Action::Pay).await;
    }
    stage.work().await;
    for (payment, state) in [(&third, "settled"), (&first, "credited")] {
        assert_eq!(owner.payment(payment["payment_id"].as_str().unwrap()).await["state"], state);
    }
    assert_eq!(owner.status(&panel).await["billing"]["cycle"]["allowance_seconds"], 14 * HOUR);
    assert_eq!(stage.database.balance("customer_credit").await, -60_000, "nothing is lost");
    stage.act(second["payment_id"].as_str().unwrap(), Action::Cancel).await;
    stage.assert_balanced().await;
}

// Harm prevented: a cheaper plan takes hours away that are paid for; or never comes.
async fn a_downgrade_comes_with_the_next_cycle(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let panel = stage.active_panel(owner, "rahim", terms()).await;
    let limits = Limits { users: Some(2), ..Limits::default() };
    let bronze = stage.plan("Bronze", &Terms { limits, ..selling(600, 5) }).await;
    stage.pass_hours(5).await;
    let quote = preview(owner, &panel, &bronze).await;
    assert_eq!(quote["effect"], "with_next_cycle");
    assert_eq!(quote["amount_due"], json!({ "minor": 0, "currency": "BDT" }));
    assert_eq!((&quote["lines"], &quote["share"]), (&json!([]), &Value::Null));
    let old = stage.checkout(owner, &panel, "old-price").await;
    let path = panel.path("plan-change");
    owner.post_keyed(&path, "now", &wanted(&bronze, "now")).await.refused(409, "no_upgrade");

    let first = owner.post_keyed(&path, "down", &wanted(&bronze, "next_cycle")).await;
    let status = first.ok(200);
    assert_eq!(
        (&status["plan"]["name"], &status["billing"]["amount_due"]["minor"]),
        (&json!("Bronze"), &json!(60_000))
    );
    assert_eq!(status["billing"]["cycle"]["allowance_seconds"], 10 * HOUR, "what is paid stays");
    assert_eq!(status["limits"]["users"]["limit"], 10);
    assert_eq!(stage.database.count("orders", "withdrawn_at IS NOT NULL").await, 1, "nobody pays the old price");
    let history = stage.history(owner, &panel).await;
    assert!(history.contains(&"plan_moved Plan of rahim version 1 Bronze version 1 -".to_owned()), "{history:?}");
    let before = stage.database.dump(harness::EVERYTHING).await;
    let again = owner.post_keyed(&path, "down", &wanted(&bronze, "next_cycle")).await;
    assert_eq!((again.ok(200), again.header("idempotency-replayed")), (status, Some("true")));
    owner.post_keyed(&path, "down", &wanted(&bronze, "now")).await.refused(422, "idempotency_mismatch");
    assert_eq!(stage.database.dump(harness::EVERYTHING).await, before);
    let before = stage.database.dump(harness::MONEY).await;
    owner.post_keyed(&path, "down-again", &wanted(&bronze, "next_cycle")).await.is(200);
    assert_eq!(stage.database.dump(harness::MONEY).await, before, "again changes nothing");

    stage.act(&old, Action::Cancel).await;
    let payment = stage.pay(owner, &panel, "new-price").await;
    let lines = invoiced(&stage, owner, &payment).await;
    assert_eq!((&lines[0]["what"]["plan"], &lines[0]["gross"]["minor"]), (&json!("Bronze"), &json!(60_000)));
    stage.pass_hours(6).await;
    let status = owner.status(&panel).await;
    let cycle = &status["billing"]["cycle"];
    assert_eq!((&cycle["number"], &cycle["allowance_seconds"]), (&json!(2), &json!(5 * HOUR)), "as it was bought");
    assert_eq!(status["limits"]["users"]["limit"], 2);
    stage.assert_balanced().await;
}

// Harm prevented: an invoice names a plan that was never running.
async fn what_is_upgraded_is_the_running_cycle(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let panel = stage.active_panel(owner, "rahim", terms()).await;
    let bronze = stage.plan("Bronze", &selling(600, 5)).await;
    let gold = stage.plan("Gold", &selling(2_400, 20)).await;
    stage.pass_hours(5).await;
    owner.post_keyed(&panel.path("plan-change"), "down", &wanted(&bronze, "next_cycle")).await.is(200);
    let quote = preview(owner, &panel, &gold).await;
    assert_eq!(quote["lines"][0]["what"]["from_plan"], "Plan of rahim");
    let checkout = owner.post_keyed(&panel.path("plan-change"), "up", &wanted(&gold, "now")).await.ok(201);
    let payment = checkout["payment_id"].as_str().unwrap();
    stage.act(payment, Action::Pay).await;
    stage.work().await;
    assert_eq!(invoiced(&stage, owner, payment).await, quote["lines"]);
    assert_eq!(owner.status(&panel).await["plan"]["name"], "Gold", "who pays for more goes on with more");
    stage.assert_balanced().await;
}

// Harm prevented: money for an upgrade of a cycle that is over vanishes, or revives what is over.
async fn an_upgrade_that_comes_too_late_is_credit(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let panel = stage.active_panel(owner, "rahim", terms()).await;
    let gold = stage.plan("Gold", &selling(2_400, 20)).await;
    stage.pass_hours(9).await;
    let path = panel.path("plan-change");
    let checkout = owner.post_keyed(&path, "up", &wanted(&gold, "now")).await.ok(201);
    assert_eq!(checkout["amount"]["minor"], 12_000);
    stage.next_version(&gold, 2, &selling(9_999, 20)).await;
    let again = owner.post_keyed(&path, "up", &wanted(&gold, "now")).await;
    assert_eq!((again.ok(201), again.header("idempotency-replayed")), (checkout.clone(), Some("true")));
    stage.pass_hours(2).await;
    let before = owner.status(&panel).await["billing"].clone();
    let payment = checkout["payment_id"].as_str().unwrap();
    stage.act(payment, Action::Pay).await;
    stage.work().await;
    assert_eq!(owner.payment(payment).await["state"], "credited");
    assert_eq!(owner.status(&panel).await["billing"], before);
    assert_eq!(stage.database.balance("customer_credit").await, -12_000);
    stage.assert_balanced().await;
}

// Harm prevented: a plan that is not sold is bought; somebody else changes a customer's plan.
async fn a_change_is_refused_with_its_reason(stage: Arc<Stage>) {
    let (owner, stranger, operator) = (stage.owner().await, stage.stranger().await, stage.operator().await);
    let panel = stage.panel(owner, "rahim", terms()).await;
    let gold = stage.plan("Gold", &selling(2_400, 20)).await;
    let draft = stage.draft_plan("Not yet", &terms()).await;
    let gone = stage.plan("Gone", &terms()).await;
    operator.post(&gone.path("archive")).await.is(200);
    let path = panel.path("plan-change");
    let before = stage.database.dump(harness::EVERYTHING).await;
    let nowhere = Plan { id: "pln_01937b1c8f2e7c3d9a4b5c6d7e8f9012".to_owned(), name: String::new() };
    for plan in [&draft, &gone, &nowhere] {
        let asked = owner.get(&format!("{path}?plan_id={}", plan.id)).await;
        assert_eq!(asked.refused(422, "invalid")["errors"][0]["pointer"], "/plan_id");
        for when in ["now", "next_cycle"] {
            let answer = owner.post_keyed(&path, "one", &wanted(plan, when)).await;
            assert_eq!(answer.refused(422, "invalid")["errors"][0]["pointer"], "/plan_id");
        }
    }
    for query in ["", "?plan_id=", "?plan_id=ten_01937b1c8f2e7c3d9a4b5c6d7e8f9012"] {
        let asked = owner.get(&format!("{path}{query}")).await;
        assert_eq!(asked.refused(422, "invalid")["errors"][0]["pointer"], "/plan_id");
    }
    let odd = [
        (json!({ "plan_id": gold.id, "when": "later" }), "/when"),
        (json!({ "plan_id": gold.id }), "/when"),
        (json!({ "plan_id": gold.id, "when": "now", "price": 1 }), "/price"),
    ];
    for (body, pointer) in odd {
        let answer = owner.post_keyed(&path, "one", &body).await;
        assert_eq!(answer.refused(422, "invalid")["errors"][0]["pointer"], pointer);
    }
    for body in [wanted(&gold, "now"), wanted(&gold, "next_cycle")] {
        owner.post_json(&path, &body).await.refused(400, "idempotency_key_missing");
        for person in [stranger, operator] {
            person.post_keyed(&path, "one", &body).await.refused(404, "not_found");
            person.get(&format!("{path}?plan_id={}", gold.id)).await.refused(404, "not_found");
        }
    }
    assert_eq!(preview(owner, &panel, &gold).await["effect"], "with_next_cycle", "nothing runs that could be upgraded");
    owner.post_keyed(&path, "one", &wanted(&gold, "now")).await.refused(409, "no_upgrade");
    assert_eq!(stage.database.dump(harness::EVERYTHING).await, before);
    assert_eq!(owner.status(&panel).await["panel"]["since"], json!(beginning()));
}
