//! A customer orders a panel, finds an address for it, or gives it up before it was paid for.

use harness::{Answer, Panel, Persona, Plan, Stage, Terms, terms};
use hourglass_tests as harness;
use sandbox::gateway::{Action, Faults};
use serde_json::{Value, json};
use std::sync::Arc;

harness::stories!(
    a_panel_is_ordered_paid_for_and_comes_up,
    what_is_wrong_with_an_order_is_named,
    whoever_may_only_look_orders_nothing,
    two_who_want_one_address_are_told_apart,
    an_account_has_so_many_panels_that_wait,
    an_address_says_whether_it_can_be_had,
    what_is_suggested_can_be_ordered,
    a_panel_that_was_never_paid_for_is_given_up_at_once,
    credit_in_a_panel_that_is_given_up_is_free_again,
    money_for_a_panel_that_was_given_up_is_credit,
    what_was_paid_for_is_not_given_up,
    what_stands_at_a_server_is_not_given_up,
);

fn wanted(name: &str, subdomain: &str, plan: &Plan) -> Value {
    json!({ "name": name, "subdomain": subdomain, "plan_id": plan.id })
}

async fn order(who: &Persona, key: &str, body: &Value) -> Answer {
    who.post_keyed("/api/v1/tenants", key, body).await
}

/// A panel on this plan, ordered by its customer.
async fn ordered(who: &Persona, subdomain: &str, plan: &Plan) -> Panel {
    let status = order(who, subdomain, &wanted(&format!("Panel {subdomain}"), subdomain, plan)).await.ok(201);
    Panel { id: status["tenant_id"].as_str().unwrap().parse().unwrap(), subdomain: subdomain.to_owned() }
}

async fn subdomain(who: &Persona, name: &str) -> Value {
    who.get(&format!("/api/v1/subdomains/{name}")).await.ok(200)
}

/// Somebody else of the owner's account.
async fn member(stage: &Stage, role: &str) -> Persona {
    let account = stage.owner().await.account_id();
    stage.nobody().sign_up("Nadia", "nadia@example.com").await.is(201);
    let joins = format!("UPDATE users SET account_id = '{account}', role = '{role}' WHERE email = 'nadia@example.com'");
    stage.database.meddle(&joins).await;
    stage.again("nadia@example.com").await
}

// Harm prevented: a customer orders twice with one click, at a price that nobody sold, or waits for a panel that never comes.
async fn a_panel_is_ordered_paid_for_and_comes_up(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let silver = stage.plan("Silver", &Terms { trial_days: 7, ..terms() }).await;
    let body = wanted(" Rahim Traders ", "rahim", &silver);
    owner.post_json("/api/v1/tenants", &body).await.refused(400, "idempotency_key_missing");
    let status = order(owner, "one", &body).await.ok(201);
    assert_eq!((&status["name"], &status["subdomain"]), (&json!("Rahim Traders"), &json!("rahim")));
    assert_eq!((&status["panel"]["status"], &status["billing"]["state"]), (&json!("pending"), &json!("none")));
    assert_eq!(status["actions"], json!(["pay_now", "start_trial", "manage"]));
    assert_eq!(status["plan"]["id"], json!(silver.id));
    let again = order(owner, "one", &body).await;
    assert_eq!((again.header("idempotency-replayed"), again.ok(201)), (Some("true"), status.clone()));
    order(owner, "one", &wanted("Rahim", "other", &silver)).await.refused(422, "idempotency_mismatch");
    assert_eq!(stage.database.count("tenants", "1 = 1").await, 1);
    let panel = Panel { id: status["tenant_id"].as_str().unwrap().parse().unwrap(), subdomain: "rahim".to_owned() };
    assert_eq!(owner.status(&panel).await, status, "it stands as it was answered");
    assert_eq!(stage.history(owner, &panel).await, ["panel_ordered - rahim -"]);
    for nothing in ["orders", "payments", "jobs", "usage_windows"] {
        assert_eq!(stage.database.count(nothing, "1 = 1").await, 0, "{nothing}");
    }
    // The next version is another price; what was ordered stays as it was sold.
    stage.next_version(&silver, 2, &Terms { included_hours: 1, ..terms() }).await;
    stage.pay(owner, &panel, "first").await;
    stage.set_up().await;
    let status = owner.status(&panel).await;
    assert_eq!(status["panel"]["status"], "active");
    assert_eq!(status["billing"]["cycle"]["allowance_seconds"], 36_000);
    assert_eq!(stage.visit(&panel).await, 200);
    stage.assert_balanced().await;
}

// Harm prevented: a form says only that something is wrong; or a plan is bought that is not sold.
async fn what_is_wrong_with_an_order_is_named(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let silver = stage.plan("Silver", &terms()).await;
    let draft = stage.draft_plan("Draft", &terms()).await;
    let old = stage.plan("Old", &terms()).await;
    stage.operator().await.post(&old.path("archive")).await.is(200);
    let unheard = Plan { id: "pln_01937b1c8f2e7c3d9a4b5c6d7e8f9012".to_owned(), name: String::new() };
    stage.panel(owner, "karim", terms()).await;
    let before = stage.database.dump(harness::EVERYTHING).await;
    let long = "x".repeat(81);
    for (body, pointer, code) in [
        (wanted(" ", "rahim", &silver), "/name", "length"),
        (wanted(&long, "rahim", &silver), "/name", "length"),
        (wanted("a\u{0}b", "rahim", &silver), "/name", "length"),
        (wanted("Rahim", "r", &silver), "/subdomain", "format"),
        (wanted("Rahim", "ra\u{0}him", &silver), "/subdomain", "format"),
        (wanted("Rahim", "postgres", &silver), "/subdomain", "reserved"),
        (wanted("Rahim", "www", &silver), "/subdomain", "reserved"),
        (wanted("Rahim", " Karim ", &silver), "/subdomain", "taken"),
        (wanted("Rahim", "rahim", &draft), "/plan_id", "unknown"),
        (wanted("Rahim", "rahim", &old), "/plan_id", "unknown"),
        (wanted("Rahim", "rahim", &unheard), "/plan_id", "unknown"),
        (json!({ "name": "Rahim", "subdomain": "rahim", "plan_id": "silver" }), "/plan_id", "unreadable"),
        (json!({ "name": "Rahim", "subdomain": "rahim" }), "/plan_id", "unreadable"),
        (json!({ "name": "Rahim", "subdomain": "rahim", "plan_id": silver.id, "price": 1 }), "/price", "unreadable"),
    ] {
        let problem = order(owner, "key", &body).await.refused(422, "invalid");
        assert_eq!((&problem["errors"][0]["pointer"], &problem["errors"][0]["code"]), (&json!(pointer), &json!(code)));
    }
    assert_eq!(stage.database.dump(harness::EVERYTHING).await, before, "nothing of it left a trace");
    // What was refused under a key frees it.
    order(owner, "key", &wanted("Rahim", "rahim", &silver)).await.is(201);
}

// Harm prevented: whoever may only read the figures orders what others pay for.
async fn whoever_may_only_look_orders_nothing(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let silver = stage.plan("Silver", &terms()).await;
    let waits = ordered(owner, "waits", &silver).await;
    let viewer = member(&stage, "viewer").await;
    let (operator, stranger) = (stage.operator().await, stage.stranger().await);
    let before = stage.database.dump(harness::EVERYTHING).await;
    for person in [&viewer, operator] {
        order(person, "key", &wanted("Mine", "mine", &silver)).await.refused(404, "not_found");
        person.post(&waits.path("discard")).await.refused(404, "not_found");
    }
    stranger.post(&waits.path("discard")).await.refused(404, "not_found");
    assert_eq!(subdomain(&viewer, "mine").await["trouble"], Value::Null, "looking is free");
    let now = stage.database.dump(harness::EVERYTHING).await;
    assert_eq!(before, now, "nothing of it left a trace");
    stage.database.meddle("UPDATE users SET role = 'billing' WHERE email = 'nadia@example.com'").await;
    let billing = stage.again("nadia@example.com").await;
    let panel = ordered(&billing, "mine", &silver).await;
    assert_eq!(billing.post(&panel.path("discard")).await.ok(200)["panel"]["status"], "deleted");
}

// Harm prevented: two customers pay for one address.
async fn two_who_want_one_address_are_told_apart(stage: Arc<Stage>) {
    let (owner, stranger) = (stage.owner().await, stage.stranger().await);
    let silver = stage.plan("Silver", &terms()).await;
    let body = wanted("Ours", "ours", &silver);
    let (one, two) = tokio::join!(order(owner, "key", &body), order(stranger, "key", &body));
    let (won, lost) = if one.status == 201 { (one, two) } else { (two, one) };
    won.is(201);
    assert_eq!(lost.refused(422, "invalid")["errors"][0]["code"], "taken");
    assert_eq!(stage.database.count("tenants", "1 = 1").await, 1);
}

// Harm prevented: one account takes every good address, and pays for none.
async fn an_account_has_so_many_panels_that_wait(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let silver = stage.plan("Silver", &terms()).await;
    let mut first = None;
    for number in 1..=19 {
        let panel = ordered(owner, &format!("shop-{number}"), &silver).await;
        first.get_or_insert(panel);
    }
    // Two at once are not both the twentieth.
    let (one, two) = (wanted("One", "one", &silver), wanted("Two", "two", &silver));
    let (one, two) = tokio::join!(order(owner, "one", &one), order(owner, "two", &two));
    let (won, lost) = if one.status == 201 { (one, two) } else { (two, one) };
    won.is(201);
    lost.refused(409, "wrong_state");
    assert_eq!(stage.database.count("tenants", "panel = 'pending'").await, 20);
    ordered(stage.stranger().await, "theirs", &silver).await;
    let first = first.expect("a panel");
    stage.pay(owner, &first, "first").await;
    let again = ordered(owner, "one-more", &silver).await;
    owner.post(&again.path("discard")).await.is(200);
    ordered(owner, "and-another", &silver).await;
    stage.set_up().await;
}

// Harm prevented: what is typed beforehand is good, and refused when it is ordered; or the page hangs on an odd name.
async fn an_address_says_whether_it_can_be_had(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let panel = stage.panel(owner, "rahim", terms()).await;
    let free = subdomain(owner, "karim").await;
    assert_eq!((&free["subdomain"], &free["trouble"]), (&json!("karim"), &Value::Null));
    assert_eq!(free["suggestions"], json!([]));
    assert!(free["url"].as_str().unwrap().starts_with("http://karim.localhost"), "{free}");
    let taken = subdomain(owner, "Rahim").await;
    assert_eq!((&taken["subdomain"], &taken["trouble"]), (&json!("rahim"), &json!("taken")));
    assert_eq!(taken["suggestions"], json!(["rahim-2", "rahim-bd", "rahim-erp"]));
    stage.panel(owner, "rahim-2", terms()).await;
    assert_eq!(subdomain(owner, "rahim").await["suggestions"], json!(["rahim-bd", "rahim-erp", "rahim-3"]));
    for name in ["postgres", "www", "template"] {
        assert_eq!(subdomain(owner, name).await["trouble"], "reserved", "{name}");
    }
    let long = "x".repeat(2_000);
    let odd = [
        "r",
        "-",
        "a--b",
        "rahim.com",
        "%00",
        "%ff%fe",
        "a%2Fb",
        "%E0%A6%B0%E0%A6%B9%E0%A6%BF%E0%A6%AE",
        "%20",
        "'%22;--",
        &long,
    ];
    for name in odd {
        let view = subdomain(owner, name).await;
        assert_eq!(view["trouble"], "format", "{name}");
        assert_eq!(view["suggestions"].as_array().unwrap().len(), 3, "{view}");
    }
    stage.nobody().get("/api/v1/subdomains/karim").await.refused(401, "unauthenticated");
    // What is removed is free again.
    owner.post_json(&panel.path("delete"), &json!({ "subdomain": "rahim" })).await.is(200);
    assert_eq!(subdomain(owner, "rahim").await["trouble"], "taken", "not before it is gone");
    stage.work().await;
    assert_eq!(subdomain(owner, "rahim").await["trouble"], Value::Null);
}

// Harm prevented: a suggestion is refused, and the customer gives up.
async fn what_is_suggested_can_be_ordered(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let silver = stage.plan("Silver", &terms()).await;
    stage.panel(owner, "rahim", terms()).await;
    for (at, name) in ["rahim", "admin", "9 lives", "রহিম", "Rahim & Sons Ltd."].into_iter().enumerate() {
        let view = subdomain(owner, name).await;
        assert_eq!(view, subdomain(owner, name).await, "the same each time");
        for (nth, suggested) in view["suggestions"].as_array().unwrap().iter().enumerate() {
            let body = wanted("A shop", suggested.as_str().unwrap(), &silver);
            order(owner, &format!("{at}-{nth}"), &body).await.is(201);
            assert_eq!(subdomain(owner, suggested.as_str().unwrap()).await["trouble"], "taken");
        }
    }
    assert_eq!(stage.database.count("tenants", "panel = 'pending'").await, 16);
}

// Harm prevented: whoever mistypes an address has the wrong panel on the page for ever, and nobody can have the address.
async fn a_panel_that_was_never_paid_for_is_given_up_at_once(stage: Arc<Stage>) {
    let (owner, stranger) = (stage.owner().await, stage.stranger().await);
    let silver = stage.plan("Silver", &terms()).await;
    let panel = ordered(owner, "rahim", &silver).await;
    let gone = owner.post(&panel.path("discard")).await.ok(200);
    assert_eq!((&gone["panel"]["status"], &gone["actions"]), (&json!("deleted"), &json!([])));
    assert_eq!(gone["subdomain"], "rahim", "what it was is still shown");
    assert_eq!(owner.status(&panel).await, gone);
    let history = stage.history(owner, &panel).await;
    assert_eq!(history, ["panel_ordered - rahim -", "panel_moved pending deleted by_customer"]);
    assert_eq!(stage.database.count("outbox", "1 = 1").await, 0, "there is nothing to take away");
    assert_eq!(stage.gate(&panel).await.1, stage.gate(&Panel { id: panel.id, subdomain: "nobody".into() }).await.1);
    let before = stage.database.dump(harness::EVERYTHING).await;
    owner.post(&panel.path("discard")).await.refused(409, "wrong_state");
    owner.checkout(&panel, "late").await.refused(409, "wrong_state");
    assert_eq!(stage.database.dump(harness::EVERYTHING).await, before);
    assert_eq!(subdomain(stranger, "rahim").await["trouble"], Value::Null);
    let theirs = ordered(stranger, "rahim", &silver).await;
    stage.pay(stranger, &theirs, "first").await;
    stage.set_up().await;
    assert_eq!(stage.visit(&theirs).await, 200);
    assert_eq!(owner.status(&panel).await["panel"]["status"], "deleted");
}

/// A customer who paid one order twice: the second payment is credit.
async fn with_credit(stage: &Stage) -> &Persona {
    let owner = stage.owner().await;
    let panel = stage.panel(owner, "first", terms()).await;
    let payments = [stage.checkout(owner, &panel, "one").await, stage.checkout(owner, &panel, "two").await];
    for payment in &payments {
        stage.act(payment, Action::Pay).await;
    }
    stage.work().await;
    assert_eq!(stage.database.balance("customer_credit").await, -120_000);
    owner
}

// Harm prevented: credit stays bound in an order that nobody can pay any more.
async fn credit_in_a_panel_that_is_given_up_is_free_again(stage: Arc<Stage>) {
    let owner = with_credit(&stage).await;
    let price = shared::money::Money::new(200_000, shared::money::Currency::Bdt);
    let gold = stage.plan("Gold", &Terms { price, ..terms() }).await;
    let panel = ordered(owner, "second", &gold).await;
    let checkout = owner.checkout(&panel, "three").await.ok(201);
    assert_eq!(checkout["credit_used"]["minor"], 120_000);
    assert_eq!(stage.database.balance("customer_credit").await, 0);
    owner.post(&panel.path("discard")).await.is(200);
    assert_eq!(stage.database.balance("customer_credit").await, -120_000);
    assert_eq!(stage.database.count("orders", "settled_at IS NULL AND withdrawn_at IS NULL").await, 0);
    stage.act(checkout["payment_id"].as_str().unwrap(), Action::Cancel).await;
    stage.work().await;
    stage.assert_balanced().await;
}

// Harm prevented: somebody pays on a page that was open when the panel was given up, and the money is nobody's.
async fn money_for_a_panel_that_was_given_up_is_credit(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let silver = stage.plan("Silver", &terms()).await;
    let panel = ordered(owner, "rahim", &silver).await;
    let payment = stage.checkout(owner, &panel, "first").await;
    owner.post(&panel.path("discard")).await.is(200);
    stage.act(&payment, Action::Pay).await;
    stage.work().await;
    assert_eq!(owner.payment(&payment).await["state"], "credited");
    assert_eq!(stage.database.balance("customer_credit").await, -120_000);
    assert_eq!(owner.status(&panel).await["panel"]["status"], "deleted");
    assert_eq!(owner.notices().await, ["payment_credited"]);
    assert_eq!(stage.database.count("jobs", "1 = 1").await + stage.database.count("invoices", "1 = 1").await, 0);
    // It pays for the next one.
    let next = order(owner, "once-more", &wanted("Rahim", "rahim", &silver)).await.ok(201);
    let next = Panel { id: next["tenant_id"].as_str().unwrap().parse().unwrap(), subdomain: "rahim".to_owned() };
    let paid = owner.checkout(&next, "second").await.ok(201);
    assert_eq!((&paid["amount"]["minor"], &paid["credit_used"]["minor"]), (&json!(0), &json!(120_000)));
    stage.work().await;
    stage.set_up().await;
    assert_eq!(owner.status(&next).await["panel"]["status"], "active");
    stage.assert_balanced().await;
}

// Harm prevented: hours that were paid for are gone with one click; or a charge that somebody looks at loses its order.
async fn what_was_paid_for_is_not_given_up(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let active = stage.active_panel(owner, "rahim", terms()).await;
    owner.post(&active.path("discard")).await.refused(409, "wrong_state");
    let silver = stage.plan("Silver", &terms()).await;
    let panel = ordered(owner, "karim", &silver).await;
    stage.gateway.set_faults(Faults { risky: true, ..Faults::default() });
    let held = stage.pay(owner, &panel, "held").await;
    stage.gateway.set_faults(Faults::default());
    assert_eq!(owner.payment(&held).await["state"], "held");
    let before = stage.database.dump(harness::EVERYTHING).await;
    let problem = owner.post(&panel.path("discard")).await.refused(409, "wrong_state");
    assert!(problem["detail"].as_str().unwrap().contains("waits for a person"), "{problem}");
    assert_eq!(stage.database.dump(harness::EVERYTHING).await, before);
    let receipt = stage.operator().await.payment(&held).await["receipts"][0]["receipt_id"].as_str().unwrap().to_owned();
    stage.operator().await.post(&format!("/api/v1/receipts/{receipt}/accept")).await.is(200);
    stage.work().await;
    stage.set_up().await;
    assert_eq!(owner.status(&panel).await["panel"]["status"], "active");
    owner.post(&panel.path("discard")).await.refused(409, "wrong_state");
    stage.assert_balanced().await;
}

// Harm prevented: a database with somebody's books is forgotten at its server, and its address is given to another.
async fn what_stands_at_a_server_is_not_given_up(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let silver = stage.plan("Silver", &terms()).await;
    let panel = ordered(owner, "rahim", &silver).await;
    let placed = format!("UPDATE tenants SET server_id = (SELECT MIN(id) FROM servers) WHERE id = '{}'", panel.id);
    stage.database.meddle(&placed).await;
    let before = stage.database.dump(harness::EVERYTHING).await;
    let problem = owner.post(&panel.path("discard")).await.refused(409, "wrong_state");
    assert!(problem["detail"].as_str().unwrap().starts_with("Remove the panel"), "{problem}");
    assert_eq!(stage.database.dump(harness::EVERYTHING).await, before);
}
