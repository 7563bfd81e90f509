//! The control routes of the sandbox Odoo: for programs, for people, and against other sites.

use sandbox::odoo::Fault;
use serde_json::{Value, json};

use crate::odoo_world::{PASSWORD, World, led, wanted};

// Harm prevented: a rehearsal that is driven by a program does something else than one that is driven by hand.
#[tokio::test]
async fn programs_and_people_drive_alike() {
    let world = World::version(17);
    let post = async |path: &str, body: Value| {
        let answer = world.client.post(world.at(path)).json(&body).send().await.unwrap();
        (answer.status().as_u16(), answer.json::<Value>().await.unwrap_or_default())
    };
    let new = serde_json::to_value(wanted("acme")).unwrap();
    assert_eq!(post("/sandbox/api/databases", new.clone()).await.0, 204);
    assert_eq!(post("/sandbox/api/databases", new).await.0, 409);
    assert_eq!(post("/sandbox/api/databases/acme/cron", json!({})).await, (200, json!({ "ran": 2 })));
    assert_eq!(post("/sandbox/api/databases/acme/shut", json!({})).await.0, 200);
    assert_eq!(post("/sandbox/api/databases/acme/cron", json!({})).await.0, 409);
    assert_eq!(post("/sandbox/api/databases/acme/explode", json!({})).await.0, 404);
    assert!(world.count("acme").await.is_err());
    let form = [("name", "acme"), ("act", "open")];
    assert_eq!(led(&world.post("/sandbox/form/database", &form).await), (303, "/sandbox/#databases".into()));
    assert_eq!(world.count("acme").await, Ok(json!(1)));

    assert_eq!(post("/sandbox/api/faults", json!({ "fault": "disk_ful" })).await.0, 400, "misspelt");
    let slow = json!([{ "fault": "hang_up", "call": "db.drop", "times": 2 }]);
    assert_eq!(post("/sandbox/api/faults", slow[0].clone()).await, (200, slow));
    let form = [("fault", "answer_lost"), ("call", "db.drop"), ("times", ""), ("millis", "")];
    assert_eq!(world.post("/sandbox/form/fault", &form).await.status(), 303);
    assert_eq!(world.odoo.faults().last(), Some(&Fault::AnswerLost { call: "db.drop".into(), times: None }));
    assert_eq!(world.client.delete(world.at("/sandbox/api/faults")).send().await.unwrap().status(), 200);
    assert!(world.odoo.faults().is_empty());
    assert_eq!(post("/sandbox/panels", json!({ "name": "other", "state": "broken" })).await.0, 204);
    assert_eq!(world.visit("other", "/web/login").await.status(), 500);
}

// Harm prevented: what a customer calls himself runs in the browser of whoever watches the rehearsal, or a password is shown.
#[tokio::test]
async fn the_page_shows_and_escapes() {
    let world = World::version(17);
    let panel = world.panel("acme").await;
    world.odoo.databases().add_user(&panel, "<img src=x onerror=alert(1)>", "p", true).await.unwrap();
    world.odoo.fault(Fault::Slow { call: "<b>".into(), millis: 1, times: None });
    let shown = world.client.get(world.at("/sandbox/")).send().await.unwrap();
    assert!(shown.headers()["content-security-policy"].to_str().unwrap().starts_with("default-src 'none'"));
    let html = shown.text().await.unwrap();
    assert!(html.contains("acme.localhost") && html.contains("&lt;img") && html.contains("Slow: &lt;b&gt;"));
    assert!(
        !html.contains("<img") && !html.contains("<script") && !html.contains("style=") && !html.contains(PASSWORD)
    );
    assert_eq!(led(&world.client.get(world.at("/sandbox")).send().await.unwrap()), (303, "/sandbox/".into()));
    let state = world.client.get(world.at("/sandbox/api/state")).send().await.unwrap().text().await.unwrap();
    assert!(state.contains("rahima@example.com") && !state.contains("pbkdf2") && !state.contains(PASSWORD));
}

// Harm prevented: a page that is open in the same browser closes panels or drops them.
#[tokio::test]
async fn other_sites_do_not_drive() {
    let world = World::version(17);
    world.panel("acme").await;
    for said in [("sec-fetch-site", "cross-site"), ("sec-fetch-site", "same-site"), ("origin", "https://evil.example")]
    {
        for path in ["/sandbox/api/databases/acme/drop", "/sandbox/down", "/sandbox/api/faults"] {
            let request = world.client.post(world.at(path)).header(said.0, said.1).json(&json!({ "down": true }));
            assert_eq!(request.send().await.unwrap().status(), 403, "{path} {said:?}");
        }
    }
    assert_eq!(world.count("acme").await, Ok(json!(1)));
}
