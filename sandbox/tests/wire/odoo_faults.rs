//! What goes wrong on purpose.

use std::time::Duration;

use sandbox::odoo::Fault;
use serde_json::json;

use crate::odoo_world::{LOGIN, MASTER, PASSWORD, World};

// Harm prevented: a step is done twice, or given up, because nobody rehearsed what an answer that is lost may mean.
#[tokio::test]
async fn an_answer_is_lost_before_or_after_the_deed() {
    let world = World::version(17);
    let panel = world.panel("acme").await;
    let create = json!([MASTER, "new", false, "en_US", PASSWORD, LOGIN, "BD"]);
    world.odoo.fault(Fault::AnswerLost { call: "db.create_database".into(), times: Some(1) });
    assert!(world.asks("db", "create_database", create.clone()).await.is_err());
    assert_eq!(world.login("new", LOGIN, PASSWORD).await, Ok(json!(2)), "it was done");
    assert_eq!(world.db("create_database", create).await, Err("odoo.service.db.DatabaseExists".into()));

    world.odoo.fault(Fault::HangUp { call: "db.drop".into(), times: Some(1) });
    assert!(world.asks("db", "drop", json!([MASTER, "new"])).await.is_err());
    assert_eq!(world.login("new", LOGIN, PASSWORD).await, Ok(json!(2)), "it was not done");
    assert_eq!(world.db("drop", json!([MASTER, "new"])).await, Ok(json!(true)));

    world.odoo.fault(Fault::AnswerLost { call: "res.users.write".into(), times: Some(1) });
    let write = json!([panel, 2, PASSWORD, "res.users", "write", [[2], { "login": "salma" }]]);
    assert!(world.asks("object", "execute_kw", write).await.is_err());
    assert_eq!(world.login(&panel, "salma", PASSWORD).await, Ok(json!(2)));

    world.odoo.fault(Fault::AnswerLost { call: "/web/database/*".into(), times: None });
    let form = [("master_pwd", MASTER), ("name", "acme"), ("new_name", "copy")];
    assert!(world.client.post(world.at("/web/database/duplicate")).form(&form).send().await.is_err());
    world.odoo.end_faults();
    assert_eq!(world.login("copy", "salma", PASSWORD).await, Ok(json!(2)));
    assert!(world.odoo.faults().is_empty());
}

// Harm prevented: a slow server is taken for a dead one, or one broken panel for all of them.
#[tokio::test]
async fn some_calls_are_slow_and_some_panels_broken() {
    let world = World::version(17);
    let (panel, other) = (world.panel("acme").await, world.panel("other").await);
    // Longer than any test may take: only who does not wait gets an end.
    world.odoo.fault(Fault::Slow { call: "db.list".into(), millis: 3_600_000, times: None });
    let asked = tokio::time::timeout(Duration::from_millis(50), world.db("list", json!([]))).await;
    assert!(asked.is_err(), "no answer yet");
    assert_eq!(world.db("db_exist", json!([panel])).await, Ok(json!(true)));
    world.odoo.fault(Fault::Broken { database: panel.clone() });
    assert_eq!(world.visit(&panel, "/web/login").await.status(), 500);
    assert_eq!(world.visit(&other, "/web/login").await.status(), 200);
    assert_eq!(world.visit(&panel, "/web/health").await.status(), 200, "health knows nothing of it");
    world.odoo.set_down(true);
    let asked = world.client.get(world.at("/web/health")).send().await;
    assert!(asked.is_err());
    let state = world.client.get(world.at("/sandbox/api/state")).send().await.unwrap();
    assert_eq!(state.json::<serde_json::Value>().await.unwrap()["down"], true);
}
