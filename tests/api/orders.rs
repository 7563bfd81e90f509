//! The list of what was ordered: with its lines, its payment, its invoice, and also what nobody paid.

use harness::{Persona, Stage, Terms, terms};
use hourglass_tests as harness;
use sandbox::gateway::{Action, Faults};
use serde_json::{Value, json};
use shared::money::{Currency, Money};
use shared::time::DAY;
use std::sync::Arc;

harness::stories!(
    an_order_says_what_became_of_it,
    an_order_that_a_person_looks_at_waits_for_no_money,
    what_nobody_paid_stands_in_the_list,
    money_without_an_order_is_no_order,
    orders_come_page_by_page,
);

async fn orders(who: &Persona) -> Vec<Value> {
    who.get("/api/v1/orders").await.ok(200)["items"].as_array().unwrap().clone()
}

// Harm prevented: what was ordered is found only by what was paid; or the list names another payment or another invoice than the
// order's own.
async fn an_order_says_what_became_of_it(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let panel = stage.panel(owner, "rahim", terms()).await;
    assert_eq!(orders(owner).await, Vec::<Value>::new(), "one is made with its first payment");
    let declined = stage.checkout(owner, &panel, "one").await;
    let [order] = &orders(owner).await[..] else { panic!("one order") };
    assert_eq!((&order["state"], &order["payment_id"]), (&json!("open"), &json!(declined)));
    assert_eq!((&order["tenant_name"], &order["amount"]["minor"]), (&json!("Panel rahim"), &json!(120_000)));
    assert_eq!(order["lines"][0]["what"]["kind"], "base_price");
    assert_eq!([&order["invoice_id"], &order["settled_at"], &order["withdrawn_at"]], [&Value::Null; 3]);

    stage.act(&declined, Action::Decline).await;
    let paid = stage.checkout(owner, &panel, "two").await;
    assert_eq!(orders(owner).await[0]["payment_id"], json!(paid), "the last that was tried");
    let third = stage.checkout(owner, &panel, "three").await;
    stage.act(&paid, Action::Pay).await;
    stage.work().await;
    let [order] = &orders(owner).await[..] else { panic!("still one order") };
    assert_ne!(third, paid);
    assert_eq!(
        (&order["state"], &order["payment_id"]),
        (&json!("settled"), &json!(paid)),
        "not the last that was tried"
    );
    let payment = owner.payment(&paid).await;
    assert_eq!((&order["order_id"], &order["invoice_id"]), (&payment["order_id"], &payment["invoice_id"]));
    assert_eq!(order["settled_at"], payment["settled_at"]);
    let invoice = owner.get(&format!("/api/v1/invoices/{}", order["invoice_id"].as_str().unwrap())).await.ok(200);
    assert_eq!((&order["lines"], &order["amount"]), (&invoice["lines"], &invoice["gross"]));
    stage.act(&third, Action::Cancel).await;
}

// Harm prevented: somebody has paid, a person looks at it, and the list asks for the money again.
async fn an_order_that_a_person_looks_at_waits_for_no_money(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let panel = stage.panel(owner, "rahim", terms()).await;
    stage.gateway.set_faults(Faults { risky: true, ..Faults::default() });
    let held = stage.pay(owner, &panel, "held").await;
    stage.gateway.set_faults(Faults::default());
    let later = stage.checkout(owner, &panel, "later").await;
    let order = orders(owner).await[0].clone();
    assert_eq!((&order["state"], &order["payment_id"]), (&json!("held"), &json!(held)), "not the last that was tried");
    stage.act(&later, Action::Cancel).await;
    stage.leaves_work();
}

// Harm prevented: money came that nobody had asked for, and the customer finds an order that they never made.
async fn money_without_an_order_is_no_order(stage: Arc<Stage>) {
    let (owner, operator) = (stage.owner().await, stage.operator().await);
    let panel = stage.active_panel(owner, "rahim", terms()).await;
    assert_eq!(owner.status(&panel).await["billing"]["can_renew"], false);
    let before = orders(owner).await;
    let cash = json!({ "method": "cash", "amount_minor": 50_000, "reference": "one" });
    operator.post_keyed(&panel.path("manual-payments"), "cash", &cash).await.is(201);
    assert_eq!(stage.database.count("orders", "1 = 1").await, 2, "the books have one");
    assert_eq!((before.len(), orders(owner).await), (1, before));
    stage.leaves_work();
}

// Harm prevented: an order that nobody paid is gone without a trace, or keeps credit on paper that is free again.
async fn what_nobody_paid_stands_in_the_list(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let panel = stage.panel(owner, "first", terms()).await;
    for payment in [stage.checkout(owner, &panel, "one").await, stage.checkout(owner, &panel, "two").await] {
        stage.act(&payment, Action::Pay).await;
    }
    stage.work().await;
    let large = Terms { price: Money::new(200_000, Currency::Bdt), ..terms() };
    let second = stage.panel(owner, "second", large).await;
    let unpaid = stage.checkout(owner, &second, "three").await;
    let newest = orders(owner).await[0].clone();
    assert_eq!((&newest["tenant_id"], &newest["credit_used"]["minor"]), (&json!(second.id), &json!(120_000)));

    stage.wait(DAY);
    stage.work().await;
    let owner = &stage.again("rahim@example.com").await;
    let seen = orders(owner).await;
    let states: Vec<&Value> = seen.iter().map(|order| &order["state"]).collect();
    assert_eq!(states, ["withdrawn", "settled"]);
    assert_eq!((&seen[0]["payment_id"], &seen[0]["invoice_id"]), (&json!(unpaid), &Value::Null));
    assert_eq!((&seen[0]["amount"]["minor"], &seen[0]["credit_used"]["minor"]), (&json!(200_000), &json!(0)));
    assert_ne!(seen[0]["withdrawn_at"], Value::Null);
    stage.leaves_work();
}

// Harm prevented: a list ends where its first page does, or shows a stranger what others buy.
async fn orders_come_page_by_page(stage: Arc<Stage>) {
    let (owner, stranger) = (stage.owner().await, stage.stranger().await);
    for name in ["one", "two", "three"] {
        stage.active_panel(owner, name, terms()).await;
    }
    let all = orders(owner).await;
    let mut turned = Vec::new();
    let mut path = "/api/v1/orders?limit=2".to_owned();
    loop {
        let page = owner.get(&path).await.ok(200);
        turned.extend(page["items"].as_array().unwrap().clone());
        let Some(cursor) = page["next_cursor"].as_str() else { break };
        path = format!("/api/v1/orders?limit=2&cursor={cursor}");
    }
    assert_eq!((all.len(), &turned), (3, &all));
    let names: Vec<&Value> = all.iter().map(|order| &order["tenant_name"]).collect();
    assert_eq!(names, ["Panel three", "Panel two", "Panel one"], "newest first");
    assert_eq!(stage.operator().await.get("/api/v1/orders").await.ok(200)["items"], json!(all));
    assert_eq!(orders(stranger).await, Vec::<Value>::new());
}
