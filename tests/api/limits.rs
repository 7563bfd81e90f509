//! What a plan includes, and panels that hold more of it.

use harness::{Panel, Persona, Stage, Terms, terms};
use hourglass_tests as harness;
use sandbox::gateway::Action;
use sandbox::odoo::PanelState;
use serde_json::{Value, json};
use shared::billing::terms::{Limits, OnReached};
use shared::money::{Currency, Money};
use shared::time::HOUR;
use std::sync::Arc;

harness::stories!(
    each_share_of_a_limit_is_told_once,
    two_workers_tell_it_once,
    a_plan_that_blocks_renews_no_panel_that_holds_more,
    what_was_measured_long_ago_blocks_nothing,
    an_upgrade_to_a_plan_with_room_is_sold,
);

/// A plan for so many users.
fn for_users(users: i64, on_reached: OnReached) -> Terms {
    let limits = Limits { users: Some(users), on_reached, ..Limits::default() };
    Terms { limits, early_renewal_percent: 100, ..terms() }
}

/// So many more people work in a panel, beside its owner and those who came before.
async fn hires(stage: &Stage, panel: &Panel, names: &[&str]) {
    for name in names {
        let login = format!("{name}@rahim.example");
        let databases = stage.odoo.databases();
        databases.add_user(&panel.subdomain, &login, "made up for a clerk", false).await.expect("a person");
    }
    stage.pass_hours(1).await;
}

async fn users(owner: &Persona, panel: &Panel) -> (i64, String) {
    let limit = owner.status(panel).await["limits"]["users"].clone();
    (limit["used"].as_i64().unwrap(), limit["level"].as_str().unwrap().to_owned())
}

/// The shares that were told, oldest first.
async fn told(owner: &Persona) -> Vec<i64> {
    let page = owner.get("/api/v1/notices").await.ok(200);
    let about = |row: &&Value| row["kind"] == "users_percent";
    page["items"].as_array().unwrap().iter().rev().filter(about).map(|row| row["value"].as_i64().unwrap()).collect()
}

// Harm prevented: a customer learns from their people that the plan is too small; or is told it every hour.
async fn each_share_of_a_limit_is_told_once(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let panel = stage.active_panel(owner, "rahim", for_users(5, OnReached::Notice)).await;
    stage.pass_hours(1).await;
    assert_eq!((users(owner, &panel).await, told(owner).await), ((1, "ok".to_owned()), vec![]));
    hires(&stage, &panel, &["one", "two", "three"]).await;
    assert_eq!((users(owner, &panel).await, told(owner).await), ((4, "near".to_owned()), vec![80]));
    stage.pass_hours(2).await;
    assert_eq!(told(owner).await, [80]);
    hires(&stage, &panel, &["four"]).await;
    assert_eq!((users(owner, &panel).await, told(owner).await), ((5, "reached".to_owned()), vec![80, 100]));
    hires(&stage, &panel, &["five"]).await;
    assert_eq!((users(owner, &panel).await, told(owner).await), ((6, "over".to_owned()), vec![80, 100]));
    // A plan that only tells sells its next cycle all the same, and that begins anew.
    stage.pay(owner, &panel, "next").await;
    stage.pass_hours(5).await;
    assert_eq!(owner.status(&panel).await["billing"]["cycle"]["number"], 2);
    assert_eq!(told(owner).await, [80, 100, 100]);
}

// Harm prevented: with every process more the same is told once more.
async fn two_workers_tell_it_once(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let (other, _) = stage.another(|_| ()).await;
    let panel = stage.active_panel(owner, "rahim", for_users(1, OnReached::Notice)).await;
    for _ in 0..3 {
        stage.skip(HOUR);
        let mut all = tokio::task::JoinSet::new();
        for number in 1..=6_u64 {
            let app = Arc::clone(if number % 2 == 0 { &stage.app } else { &other });
            all.spawn(async move { hourglass::worker::turn(&app, number).await });
        }
        assert!(all.join_all().await.iter().all(|report| report.failed == 0));
        stage.work().await;
    }
    assert_eq!((users(owner, &panel).await, told(owner).await), ((1, "reached".to_owned()), vec![100]));
}

// Harm prevented: a plan for two people is renewed for twenty without a word; or the button says another thing than the checkout;
// or a panel that is closed can never be paid for again, and nobody can sign in to make it smaller.
async fn a_plan_that_blocks_renews_no_panel_that_holds_more(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let panel = stage.active_panel(owner, "rahim", for_users(2, OnReached::BlockRenewal)).await;
    hires(&stage, &panel, &["one"]).await;
    let status = owner.status(&panel).await;
    assert_eq!(
        (users(owner, &panel).await, &status["billing"]["can_renew"]),
        ((2, "reached".to_owned()), &json!(true))
    );
    hires(&stage, &panel, &["two"]).await;
    let closed = async |paying: &str| {
        let status = owner.status(&panel).await;
        assert_eq!((&status["billing"]["can_renew"], &status["billing"]["amount_due"]), (&json!(false), &Value::Null));
        assert!(!status["actions"].as_array().unwrap().contains(&json!(paying)), "{status}");
        assert_eq!(owner.get(&panel.path("next-order")).await.ok(200)["can_order"], false);
    };
    closed("renew_early").await;
    let before = stage.database.dump(harness::MONEY).await;
    owner.checkout(&panel, "early").await.refused(409, "over_limit");
    assert_eq!(stage.database.dump(harness::MONEY).await, before, "nothing is ordered");
    let why = owner.get(&panel.path("explain")).await.ok(200);
    let codes: Vec<&Value> = why["steps"].as_array().unwrap().iter().map(|step| &step["code"]).collect();
    assert!(codes.contains(&&json!("no_renewal_over_limit")), "{codes:?}");
    // What is paid runs to its end. Closed, it is not measured any more, and comes back with a cycle like any other.
    stage.pass_hours(11).await;
    let status = owner.status(&panel).await;
    assert_eq!(
        (&status["panel"]["reason"], &status["billing"]["can_renew"]),
        (&json!("billing_expired"), &json!(true))
    );
    assert!(status["actions"].as_array().unwrap().contains(&json!("pay_to_renew")), "{status}");
    stage.pay(owner, &panel, "late").await;
    assert_eq!(owner.status(&panel).await["panel"]["status"], "active");
    // Open, it is measured again, and none is sold for it in advance.
    stage.pass_hours(1).await;
    closed("renew_early").await;
    owner.checkout(&panel, "in-advance").await.refused(409, "over_limit");
    // On a plan with room one is.
    let gold = stage.plan("Gold", &for_users(3, OnReached::BlockRenewal)).await;
    let change = json!({ "plan_id": gold.id, "when": "next_cycle" });
    let status = owner.post_keyed(&panel.path("plan-change"), "gold", &change).await.ok(200);
    assert_eq!(
        (&status["billing"]["can_renew"], &status["limits"]["users"]["level"]),
        (&json!(true), &json!("over")),
        "the next cycle has room, this one has not"
    );
    stage.pay(owner, &panel, "gold-cycle").await;
    assert_eq!(owner.status(&panel).await["panel"]["status"], "active");
    stage.assert_balanced().await;
}

// Harm prevented: a figure from last week, which nobody can check, keeps a panel from being paid for until it closes.
async fn what_was_measured_long_ago_blocks_nothing(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let panel = stage.active_panel(owner, "rahim", for_users(1, OnReached::BlockRenewal)).await;
    hires(&stage, &panel, &["one"]).await;
    let can_renew = async || owner.status(&panel).await["billing"]["can_renew"].clone();
    assert_eq!(can_renew().await, json!(false));
    stage.odoo.set_panel(&panel.subdomain, PanelState::Broken);
    stage.pass_hours(24).await;
    assert_eq!(can_renew().await, json!(false), "a day old");
    stage.skip(1);
    assert_eq!(can_renew().await, json!(true));
    stage.odoo.set_panel(&panel.subdomain, PanelState::Up);
    stage.pass_hours(1).await;
    assert_eq!(can_renew().await, json!(false), "and measured again");
}

// Harm prevented: whoever wants to pay for more room is turned away because they need it; or pays for room that is not there.
async fn an_upgrade_to_a_plan_with_room_is_sold(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let panel = stage.active_panel(owner, "rahim", for_users(1, OnReached::BlockRenewal)).await;
    hires(&stage, &panel, &["one", "two"]).await;
    let dearer =
        |users, minor| Terms { price: Money::new(minor, Currency::Bdt), ..for_users(users, OnReached::BlockRenewal) };
    let (silver, gold) =
        (stage.plan("Silver", &dearer(2, 200_000)).await, stage.plan("Gold", &dearer(3, 240_000)).await);
    let path = panel.path("plan-change");
    let now = |id: &str| json!({ "plan_id": id, "when": "now" });
    owner.get(&format!("{path}?plan_id={}", silver.id)).await.refused(409, "over_limit");
    owner.post_keyed(&path, "silver", &now(&silver.id)).await.refused(409, "over_limit");
    let checkout = owner.post_keyed(&path, "gold", &now(&gold.id)).await.ok(201);
    stage.act(checkout["payment_id"].as_str().unwrap(), Action::Pay).await;
    stage.work().await;
    let status = owner.status(&panel).await;
    assert_eq!((&status["plan"]["name"], &status["billing"]["can_renew"]), (&json!("Gold"), &json!(true)));
    stage.assert_balanced().await;
}
