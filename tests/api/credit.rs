//! What was paid for nothing yet is used first.

use harness::{Panel, Persona, Stage, Terms, terms};
use hourglass_tests as harness;
use sandbox::gateway::Action;
use serde_json::{Value, json};
use shared::money::{Currency, Money};
use shared::time::DAY;
use std::sync::Arc;

harness::stories!(
    credit_comes_first,
    credit_that_covers_everything_settles_at_once,
    credit_leaves_no_less_than_the_gateway_takes,
    credit_in_an_order_that_nobody_pays_is_free_again,
    one_credit_is_not_used_twice,
    an_open_page_is_offered_again,
);

fn costs(minor: i64) -> Terms {
    Terms { price: Money::new(minor, Currency::Bdt), ..terms() }
}

/// A customer whose second payment for one order became 1,200.00 taka of credit.
async fn with_credit(stage: &Stage) -> &Persona {
    let owner = stage.owner().await;
    let panel = stage.panel(owner, "first", terms()).await;
    let payments = [stage.checkout(owner, &panel, "one").await, stage.checkout(owner, &panel, "two").await];
    for payment in &payments {
        stage.act(payment, Action::Pay).await;
    }
    stage.work().await;
    assert_eq!(statement(owner).await["balances"], json!([{ "minor": 120_000, "currency": "BDT" }]));
    owner
}

async fn statement(owner: &Persona) -> Value {
    owner.get(&format!("/api/v1/accounts/{}/credit", owner.account_id())).await.ok(200)
}

async fn second_panel(stage: &Stage, owner: &Persona, minor: i64) -> Panel {
    stage.panel(owner, "second", costs(minor)).await
}

// Harm prevented: a customer with credit is charged in full, or the invoice is short by what credit paid.
async fn credit_comes_first(stage: Arc<Stage>) {
    let owner = with_credit(&stage).await;
    let panel = second_panel(&stage, owner, 200_000).await;
    let shown = owner.get(&panel.path("next-order")).await.ok(200);
    assert_eq!((&shown["due"]["minor"], &shown["credit"]["minor"]), (&json!(80_000), &json!(120_000)));
    let checkout = owner.checkout(&panel, "three").await.ok(201);
    assert_eq!((&checkout["amount"]["minor"], &checkout["credit_used"]["minor"]), (&json!(80_000), &json!(120_000)));
    let shown = owner.get(&panel.path("next-order")).await.ok(200);
    assert_eq!(shown["due"]["minor"], 80_000, "and it stays what it was shown as");
    let payment = checkout["payment_id"].as_str().unwrap();
    stage.act(payment, Action::Pay).await;
    stage.work().await;
    let view = owner.payment(payment).await;
    assert_eq!((&view["state"], &view["credit_used"]["minor"]), (&json!("settled"), &json!(120_000)));
    let invoice = owner.get(&format!("/api/v1/invoices/{}", view["invoice_id"].as_str().unwrap())).await.ok(200);
    assert_eq!(invoice["gross"]["minor"], 200_000);
    for (account, minor) in [("customer_credit", 0), ("receivable", 0)] {
        assert_eq!(stage.database.balance(account).await, minor, "{account}");
    }
    let credit = statement(owner).await;
    assert_eq!(credit["balances"][0]["minor"], 0);
    let moved = |row: &Value| (row["kind"].clone(), row["amount"]["minor"].clone(), row["balance"]["minor"].clone());
    let moves: Vec<_> = credit["items"].as_array().unwrap().iter().map(moved).collect();
    let expected = [("credit_applied", -120_000, 0), ("payment_credited", 120_000, 120_000)];
    assert_eq!(moves, expected.map(|(kind, amount, balance)| (json!(kind), json!(amount), json!(balance))));
    stage.assert_balanced().await;
}

// Harm prevented: a customer whose credit is enough is sent to a gateway that charges nothing, and refuses.
async fn credit_that_covers_everything_settles_at_once(stage: Arc<Stage>) {
    let owner = with_credit(&stage).await;
    let panel = second_panel(&stage, owner, 100_000).await;
    let checkout = owner.checkout(&panel, "three").await.ok(201);
    assert_eq!((&checkout["amount"]["minor"], &checkout["credit_used"]["minor"]), (&json!(0), &json!(100_000)));
    let payment = checkout["payment_id"].as_str().unwrap();
    let page = checkout["redirect_url"].as_str().unwrap();
    assert!(page.contains(&format!("/pay/{payment}?token=")), "{page}");
    let view = owner.payment(payment).await;
    assert_eq!((&view["state"], &view["gateway"]), (&json!("settled"), &json!("credit")));
    assert_eq!(owner.checkout(&panel, "three").await.ok(201), checkout, "the same key, the same answer");
    stage.work().await;
    assert_eq!(owner.status(&panel).await["panel"]["status"], "creating");
    assert_eq!(stage.database.balance("customer_credit").await, -20_000);
    assert_eq!(stage.database.count("invoices", "1 = 1").await, 2);
}

// Harm prevented: four taka are left to pay, and the gateway takes no less than ten.
async fn credit_leaves_no_less_than_the_gateway_takes(stage: Arc<Stage>) {
    let owner = with_credit(&stage).await;
    let panel = second_panel(&stage, owner, 120_400).await;
    let checkout = owner.checkout(&panel, "three").await.ok(201);
    assert_eq!((&checkout["amount"]["minor"], &checkout["credit_used"]["minor"]), (&json!(1_000), &json!(119_400)));
    stage.act(checkout["payment_id"].as_str().unwrap(), Action::Pay).await;
    stage.work().await;
    assert_eq!(stage.database.balance("customer_credit").await, -600);
    assert_eq!(stage.database.balance("receivable").await, 0);
}

// Harm prevented: an order that nobody pays keeps the customer's credit for ever; or money that comes late is lost.
async fn credit_in_an_order_that_nobody_pays_is_free_again(stage: Arc<Stage>) {
    let owner = with_credit(&stage).await;
    let panel = second_panel(&stage, owner, 200_000).await;
    let checkout = owner.checkout(&panel, "three").await.ok(201);
    assert_eq!(statement(owner).await["balances"][0]["minor"], 0);
    let payment = checkout["payment_id"].as_str().unwrap();
    stage.wait(DAY - 1);
    stage.work().await;
    let owner = &stage.again("rahim@example.com").await;
    assert_eq!(statement(owner).await["balances"][0]["minor"], 0);
    stage.wait(1);
    stage.work().await;
    assert_eq!(statement(owner).await["balances"][0]["minor"], 120_000);
    assert_eq!(statement(owner).await["items"][0]["kind"], "credit_released");
    assert_eq!(stage.database.balance("receivable").await, 0);
    // The page was closed long ago, and the customer finds a way to pay all the same.
    stage.act(payment, Action::PayLate).await;
    stage.work().await;
    assert_eq!(owner.payment(payment).await["state"], "credited");
    assert_eq!(statement(owner).await["balances"][0]["minor"], 200_000);
    let checkout = owner.checkout(&panel, "four").await.ok(201);
    assert_eq!(checkout["amount"]["minor"], 0, "and then it is enough");
    stage.work().await;
    stage.assert_balanced().await;
}

// Harm prevented: two panels are renewed in the same moment, with the same credit.
async fn one_credit_is_not_used_twice(stage: Arc<Stage>) {
    let owner = with_credit(&stage).await;
    let mut all = tokio::task::JoinSet::new();
    for number in 0..8 {
        let panel = stage.panel(owner, &format!("panel{number}"), costs(100_000)).await;
        let owner = owner.clone();
        all.spawn(async move { owner.checkout(&panel, &format!("at-once-{number}")).await.ok(201) });
    }
    let mut used = 0;
    while let Some(checkout) = all.join_next().await {
        used += checkout.unwrap()["credit_used"]["minor"].as_i64().unwrap();
    }
    assert_eq!(used, 120_000);
    assert_eq!(stage.database.balance("customer_credit").await, 0);
    assert_eq!(stage.database.count("customer_credits", "balance_minor = 0").await, 1);
    stage.work().await;
}

// Harm prevented: two tabs open two pages, both are paid, and one of the payments buys nothing.
async fn an_open_page_is_offered_again(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let panel = stage.panel(owner, "rahim", terms()).await;
    let (_, elsewhere) = stage.another(|settings| settings.resume_seconds = 600).await;
    let owner = elsewhere.with(owner.keys().clone());
    let first = owner.checkout(&panel, "one").await.ok(201);
    assert_eq!(owner.checkout(&panel, "two").await.ok(201), first, "another tab, the same page");
    let view = owner.payment(first["payment_id"].as_str().unwrap()).await;
    assert_eq!(view["resume_url"], first["redirect_url"]);
    stage.wait(600);
    let owner = elsewhere.with(stage.again("rahim@example.com").await.keys().clone());
    let later = owner.checkout(&panel, "three").await.ok(201);
    assert_ne!(later["payment_id"], first["payment_id"], "the page may be closed by now");
    assert_eq!(later["order_id"], first["order_id"]);
    stage.act(later["payment_id"].as_str().unwrap(), Action::Decline).await;
    let after = owner.checkout(&panel, "four").await.ok(201);
    assert_ne!(after["payment_id"], later["payment_id"], "what was declined is not gone on with");
    stage.leaves_work();
}
