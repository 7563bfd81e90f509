//! Panels that were ordered and never paid for: when their addresses are free again, and which of them wait on.

use harness::{Panel, Persona, Stage, terms};
use hourglass::flow::tenants::discard_unpaid::discard_unpaid;
use hourglass::port::clock::Clock as _;
use hourglass::worker::turn;
use hourglass_tests as harness;
use sandbox::gateway::{Action, Faults};
use serde_json::{Value, json};
use shared::time::DAY;
use std::sync::Arc;

harness::stories!(
    a_panel_that_nobody_pays_for_is_given_up_in_time,
    as_long_as_money_may_come_the_panel_waits,
    what_was_ever_paid_for_is_not_given_up,
    credit_in_what_is_given_up_is_free_again,
    an_account_gives_up_by_its_own_clock,
);

/// So long a panel awaits its first payment on this stage.
const WAITS: i64 = 14 * DAY;

/// How many panels the worker gives up.
async fn given_up(stage: &Stage) -> usize {
    let (due, failed) = discard_unpaid(&stage.app, 64).await.unwrap();
    assert_eq!(failed, 0);
    due
}

async fn status(who: &Persona, panel: &Panel) -> Value {
    who.status(panel).await["panel"]["status"].clone()
}

// Harm prevented: whoever orders once and never pays keeps a good address from everybody else for ever; or a customer finds the panel gone,
// and nothing says why.
async fn a_panel_that_nobody_pays_for_is_given_up_in_time(stage: Arc<Stage>) {
    let (owner, stranger) = (stage.owner().await, stage.stranger().await);
    let panel = stage.panel(owner, "rahim", terms()).await;
    let active = stage.active_panel(owner, "karim", terms()).await;
    stage.skip(DAY);
    let young = stage.panel(stranger, "young", terms()).await;
    // Five seconds went by while the other panel was set up.
    stage.skip(WAITS - DAY - 6);
    assert_eq!(given_up(&stage).await, 0);
    let waits = owner.status(&panel).await;
    assert_eq!(waits["panel"]["status"], "pending");
    assert_eq!(waits["panel"]["kept_until"], json!(stage.clock.now().plus(1)), "as it says");
    assert_eq!(owner.status(&active).await["panel"]["kept_until"], Value::Null);
    stage.skip(1);
    // The worker's own timetable has it, every so many turns.
    turn(&stage.app, 240).await;
    let gone = owner.status(&panel).await;
    assert_eq!((&gone["panel"]["status"], &gone["actions"]), (&json!("deleted"), &json!([])));
    assert_eq!(gone["subdomain"], "rahim", "what it was is still shown");
    assert_eq!(stage.history(owner, &panel).await, ["panel_moved pending deleted never_paid"]);
    let by_itself = "what = 'panel_moved' AND why = 'never_paid' AND actor = 'system' AND actor_id IS NULL";
    assert_eq!(stage.database.count("audit_log", by_itself).await, 1);
    let about = format!("tenant_id = '{}'", panel.id);
    for nothing in ["outbox", "orders"] {
        assert_eq!(stage.database.count(nothing, &about).await, 0, "{nothing}");
    }
    let told = owner.get("/api/v1/notices").await.ok(200)["items"][0].clone();
    assert_eq!((&told["kind"], &told["tenant_id"]), (&json!("given_up"), &json!(panel.id)), "and is told why");
    assert_eq!((status(stranger, &young).await, status(owner, &active).await), (json!("pending"), json!("active")));
    // The address is free, at the gate as well, and once is enough.
    assert_eq!(stage.gate(&panel).await.1, stage.gate(&Panel { id: panel.id, subdomain: "nobody".into() }).await.1);
    assert_eq!(stranger.get("/api/v1/subdomains/rahim").await.ok(200)["trouble"], Value::Null);
    let before = stage.database.dump(harness::EVERYTHING).await;
    assert_eq!(given_up(&stage).await, 0);
    assert_eq!(stage.database.dump(harness::EVERYTHING).await, before);
    owner.checkout(&panel, "late").await.refused(409, "wrong_state");
    stage.work().await;
}

// Harm prevented: somebody pays, and while the gateway or a person takes their time the panel is gone and its address another's.
async fn as_long_as_money_may_come_the_panel_waits(stage: Arc<Stage>) {
    let (owner, operator) = (stage.owner().await, stage.operator().await);
    let opened = stage.panel(owner, "opened", terms()).await;
    let payment = stage.checkout(owner, &opened, "opened").await;
    let held = stage.panel(owner, "held", terms()).await;
    stage.gateway.set_faults(Faults { risky: true, ..Faults::default() });
    let risky = stage.pay(owner, &held, "held").await;
    stage.gateway.set_faults(Faults::default());
    let recorded = stage.panel(owner, "recorded", terms()).await;
    let transfer = json!({ "method": "bank_transfer", "amount_minor": 120_000, "reference": "DBBL-1" });
    operator.post_keyed(&recorded.path("manual-payments"), "recorded", &transfer).await.is(201);
    let adopted = stage.panel(owner, "adopted", terms()).await;
    let placed = format!("UPDATE tenants SET server_id = (SELECT MIN(id) FROM servers) WHERE id = '{}'", adopted.id);
    stage.database.meddle(&placed).await;
    let kept_until = async |panel: &Panel| owner.status(panel).await["panel"]["kept_until"].clone();
    assert_ne!(kept_until(&held).await, Value::Null);
    assert_eq!(kept_until(&adopted).await, Value::Null, "what stands at a server is not given up");
    stage.skip(2 * WAITS);
    assert_eq!(kept_until(&held).await, Value::Null, "what waits on is not said to be gone");
    assert_eq!(owner.payment(&risky).await["state"], "held");
    let before = stage.database.dump(harness::EVERYTHING).await;
    assert_eq!(given_up(&stage).await, 0);
    assert_eq!(stage.database.dump(harness::EVERYTHING).await, before, "nothing of it left a trace");
    // Whoever turned back is under way no more. Their order goes with the panel.
    stage.act(&payment, Action::Cancel).await;
    stage.work().await;
    assert_eq!(owner.payment(&payment).await["state"], "cancelled");
    assert_eq!(stage.database.count("orders", "settled_at IS NULL AND withdrawn_at IS NULL").await, 3);
    // But they tried just now, and may be about to try again.
    assert_eq!(given_up(&stage).await, 0);
    stage.wait(DAY);
    assert_eq!(given_up(&stage).await, 1);
    let owner = &stage.again("rahim@example.com").await;
    assert_eq!(status(owner, &opened).await, "deleted");
    assert_eq!(owner.payment(&payment).await["can_retry"], false, "there is nothing to pay for");
    assert_eq!(stage.database.count("orders", "settled_at IS NULL AND withdrawn_at IS NULL").await, 2);
    for panel in [&held, &recorded, &adopted] {
        assert_eq!(status(owner, panel).await, "pending", "{}", panel.subdomain);
    }
    stage.work().await;
    stage.assert_balanced().await;
}

// Harm prevented: somebody whose panel could not be set up, and who has their money back, loses the address while they think it over.
async fn what_was_ever_paid_for_is_not_given_up(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let panel = stage.panel(owner, "rahim", terms()).await;
    stage.pay(owner, &panel, "one").await;
    stage.wait(900);
    stage.work().await;
    let owner = &stage.again("rahim@example.com").await;
    let back = owner.post_keyed(&panel.path("refund"), "back", &Value::Null).await.ok(200);
    assert_eq!(back["panel"]["status"], "pending");
    stage.work().await;
    stage.skip(2 * WAITS);
    assert_eq!(given_up(&stage).await, 0);
    assert_eq!(status(owner, &panel).await, "pending");
    stage.leaves_work();
}

// Harm prevented: credit stays bound in the order of a panel that is gone.
async fn credit_in_what_is_given_up_is_free_again(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let first = stage.panel(owner, "first", terms()).await;
    let payments = [stage.checkout(owner, &first, "one").await, stage.checkout(owner, &first, "two").await];
    for payment in &payments {
        stage.act(payment, Action::Pay).await;
    }
    stage.set_up().await;
    assert_eq!(stage.database.balance("customer_credit").await, -120_000);
    let price = shared::money::Money::new(200_000, shared::money::Currency::Bdt);
    let panel = stage.panel(owner, "second", harness::Terms { price, ..terms() }).await;
    let checkout = owner.checkout(&panel, "three").await.ok(201);
    assert_eq!(stage.database.balance("customer_credit").await, 0);
    let payment = checkout["payment_id"].as_str().unwrap();
    stage.act(payment, Action::Cancel).await;
    stage.work().await;
    stage.skip(WAITS);
    stage.wait(DAY);
    assert_eq!(given_up(&stage).await, 1);
    let owner = &stage.again("rahim@example.com").await;
    assert_eq!(status(owner, &panel).await, "deleted");
    assert_eq!(stage.database.balance("customer_credit").await, -120_000);
    // The page was closed long ago, and the customer finds a way to pay all the same: for a panel that is gone.
    stage.act(payment, Action::PayLate).await;
    stage.work().await;
    let late = owner.payment(payment).await;
    assert_eq!((&late["state"], &late["can_retry"]), (&json!("credited"), &json!(false)));
    assert_eq!(stage.database.balance("customer_credit").await, -200_000, "nothing of it is lost");
    let told = owner.get("/api/v1/notices").await.ok(200)["items"].clone();
    assert!(told.as_array().unwrap().iter().any(|notice| notice["kind"] == "payment_credited"), "{told}");
    stage.assert_balanced().await;
}

// Harm prevented: an operator tries out what two weeks bring to one account, and other customers lose their addresses.
async fn an_account_gives_up_by_its_own_clock(stage: Arc<Stage>) {
    let (owner, stranger, operator) = (stage.owner().await, stage.stranger().await, stage.operator().await);
    let (mine, theirs) = (stage.panel(owner, "rahim", terms()).await, stage.panel(stranger, "karim", terms()).await);
    let path = format!("/api/v1/accounts/{}/clock", owner.account_id());
    operator.post_keyed(&path, "nearly", &json!({ "advance_seconds": WAITS - 1 })).await.is(200);
    assert_eq!(given_up(&stage).await, 0);
    operator.post_keyed(&path, "and-more", &json!({ "advance_seconds": 1 })).await.is(200);
    assert_eq!(given_up(&stage).await, 1);
    assert_eq!((status(owner, &mine).await, status(stranger, &theirs).await), (json!("deleted"), json!("pending")));
    let history = owner.get(&mine.path("history?limit=1")).await.ok(200);
    let now = owner.get(&format!("/api/v1/accounts/{}", owner.account_id())).await.ok(200)["now"].clone();
    assert_eq!(history["items"][0]["at"], now, "by its own time");
    stage.work().await;
}
