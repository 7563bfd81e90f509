//! A copy of one panel, brought back into another one of the same account.

use harness::{Answer, Panel, Persona, Stage, terms};
use hourglass_tests as harness;
use serde_json::{Value, json};
use std::sync::Arc;

harness::stories!(
    a_removed_panel_lives_on_in_a_new_one,
    a_clone_leaves_the_first_one_alone,
    what_is_not_there_yet_takes_no_copy,
);

/// The copies of all the caller's panels: of which panel, under which address, and why.
async fn all(who: &Persona) -> Vec<(Value, Value, Value)> {
    let page = who.get("/api/v1/backups").await.ok(200);
    let row = |it: &Value| (it["tenant_id"].clone(), it["subdomain"].clone(), it["kind"].clone());
    page["items"].as_array().unwrap().iter().map(row).collect()
}

async fn newest(who: &Persona) -> Value {
    who.get("/api/v1/backups?limit=1").await.ok(200)["items"][0]["id"].clone()
}

async fn restore(who: &Persona, panel: &Panel, copy: &Value, key: &str) -> Answer {
    let wanted = json!({ "backup_id": copy, "subdomain": panel.subdomain });
    who.post_keyed(&panel.path("restore"), key, &wanted).await
}

async fn parameter(stage: &Stage, panel: &Panel, key: &str) -> String {
    stage.odoo.databases().parameter(&panel.subdomain, key).await.unwrap().unwrap_or_default()
}

/// The owner opens the panel: whether their browser is signed in there.
async fn comes_in(stage: &Stage, who: &Persona, panel: &Panel) -> bool {
    let opened = who.post(&panel.path("open")).await.ok(200);
    assert_eq!(opened["signed_in"], true);
    let url: reqwest::Url = opened["url"].as_str().unwrap().parse().unwrap();
    let host = format!("{}.localhost", panel.subdomain);
    assert_eq!(url.host_str(), Some(&*host));
    let visitor = stage.nobody().at(stage.front.url());
    let path = format!("{}?{}", url.path(), url.query().unwrap());
    let answer = visitor.send(visitor.request(reqwest::Method::GET, &path).header("host", host)).await;
    let led = answer.header("location").unwrap_or_default();
    answer.status == 303 && !led.contains("oauth_error") && answer.header("set-cookie").is_some()
}

// Harm prevented: the last copy of a removed panel is kept, paid for and of no use, since it fits nowhere.
async fn a_removed_panel_lives_on_in_a_new_one(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let gone = stage.active_panel(owner, "rahim", terms()).await;
    stage.odoo.databases().set_parameter("rahim", "books", "of rahim").await.unwrap();
    owner.post_json(&gone.path("delete"), &json!({ "subdomain": "rahim" })).await.is(200);
    stage.work().await;
    assert_eq!(all(owner).await, [(json!(gone.id), json!("rahim"), json!("last"))], "it is found");
    let panel = stage.active_panel(owner, "karim", terms()).await;
    assert_eq!(owner.get(&panel.path("backups")).await.ok(200)["items"], json!([]), "it has none of its own");
    let others = owner.get(&panel.path("backups?others=true")).await.ok(200)["items"].clone();
    assert_eq!(others[0]["tenant_id"], json!(gone.id));
    restore(owner, &panel, &others[0]["id"], "back").await.is(202);
    stage.work().await;
    let job = owner.get(&panel.path("jobs")).await.ok(200)["items"][0].clone();
    assert_eq!((&job["kind"], &job["state"]), (&json!("restore"), &json!("done")), "{job}");
    assert_eq!(parameter(&stage, &panel, "books").await, "of rahim");
    assert_eq!(parameter(&stage, &panel, "hourglass.tenant").await, panel.id.to_string());
    assert!(comes_in(&stage, owner, &panel).await);
    assert_eq!(stage.visit(&panel).await, 200);
    // What it held before is kept as its own.
    assert_eq!(all(owner).await[0], (json!(panel.id), json!("karim"), json!("before_restore")));
}

// Harm prevented: two panels take each other's visitors or tokens, or a copy of one changes the other.
async fn a_clone_leaves_the_first_one_alone(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let first = stage.active_panel(owner, "rahim", terms()).await;
    let second = stage.active_panel(owner, "karim", terms()).await;
    let keys = ["web.base.url", "hourglass.tenant", "database.uuid", "database.secret"];
    let people = async || format!("{:?}", stage.odoo.databases().users("rahim").await.unwrap());
    let told = async |panel: &Panel| {
        let mut all = Vec::new();
        for key in keys {
            all.push(parameter(&stage, panel, key).await);
        }
        all
    };
    let before = (told(&first).await, people().await);
    let was = parameter(&stage, &second, "web.base.url").await;
    owner.post_keyed(&first.path("backups"), "copy", &Value::Null).await.is(202);
    stage.work().await;
    restore(owner, &second, &newest(owner).await, "clone").await.is(202);
    stage.work().await;
    assert_eq!((told(&first).await, people().await), before, "nothing was done to it");
    assert_eq!(parameter(&stage, &second, "web.base.url").await, was);
    assert!(was.contains("karim.localhost"), "{was}");
    for (key, (one, other)) in keys.iter().zip(told(&first).await.iter().zip(told(&second).await)) {
        assert!(!other.is_empty() && *one != other, "{key}: {other}");
    }
    assert!(comes_in(&stage, owner, &second).await && comes_in(&stage, owner, &first).await);
    assert_eq!((stage.visit(&first).await, stage.visit(&second).await), (200, 200));
    // The clone's copies are its own, and so it is put back to them as any panel is.
    owner.post_keyed(&second.path("backups"), "copy-2", &Value::Null).await.is(202);
    stage.work().await;
    assert_eq!(all(owner).await[0], (json!(second.id), json!("karim"), json!("asked")));
    restore(owner, &second, &newest(owner).await, "again").await.is(202);
    stage.work().await;
    assert!(comes_in(&stage, owner, &second).await);
}

// Harm prevented: a copy is put where a panel is about to be built, and one of the two is lost.
async fn what_is_not_there_yet_takes_no_copy(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let first = stage.active_panel(owner, "rahim", terms()).await;
    owner.post_keyed(&first.path("backups"), "copy", &Value::Null).await.is(202);
    stage.work().await;
    let (copy, second) = (newest(owner).await, stage.panel(owner, "karim", terms()).await);
    restore(owner, &second, &copy, "pending").await.refused(409, "wrong_state");
    stage.pay(owner, &second, "first").await;
    restore(owner, &second, &copy, "creating").await.refused(409, "wrong_state");
    stage.set_up().await;
    restore(owner, &second, &copy, "active").await.is(202);
    stage.work().await;
    assert!(comes_in(&stage, owner, &second).await);
}
