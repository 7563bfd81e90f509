//! What is done with panels at their servers: set up, opened, copied, restored, removed.

use harness::{Panel, Persona, Stage, terms};
use hourglass_tests as harness;
use serde_json::{Value, json};
use std::sync::Arc;

harness::stories!(
    an_owner_comes_in_signed_in_once,
    a_panel_is_copied_and_restored,
    a_removed_panel_leaves_a_copy_and_a_free_address,
    one_thing_at_a_time_is_done_at_a_panel,
    a_full_server_takes_no_more,
    a_server_shows_no_secret,
    a_database_that_was_there_is_adopted,
);

async fn jobs(owner: &Persona, panel: &Panel) -> Vec<(String, String)> {
    let page = owner.get(&panel.path("jobs")).await.ok(200);
    let word = |row: &Value, name: &str| row[name].as_str().unwrap_or("-").to_owned();
    page["items"].as_array().unwrap().iter().rev().map(|row| (word(row, "kind"), word(row, "state"))).collect()
}

async fn servers(operator: &Persona) -> Vec<Value> {
    operator.get("/api/v1/servers").await.ok(200)["items"].as_array().unwrap().clone()
}

/// What the panel is told of a token.
async fn asks(stage: &Stage, id: &str, token: &str) -> (u16, Value) {
    let nobody = stage.nobody();
    let request = nobody.request(reqwest::Method::GET, &format!("/entries/{id}"));
    let answer = nobody.send(request.header("authorization", format!("Bearer {token}"))).await;
    (answer.status, answer.json())
}

// Harm prevented: a link that signs in works twice, later, for another panel or another person, and whoever finds it is in.
async fn an_owner_comes_in_signed_in_once(stage: Arc<Stage>) {
    let (owner, stranger) = (stage.owner().await, stage.stranger().await);
    let panel = stage.active_panel(owner, "rahim", terms()).await;
    let theirs = stage.active_panel(stranger, "karim", terms()).await;
    let token = async || {
        let opened = owner.post(&panel.path("open")).await.ok(200);
        assert_eq!(opened["signed_in"], true);
        let url: reqwest::Url = opened["url"].as_str().unwrap().parse().unwrap();
        assert_eq!(url.host_str(), Some("rahim.localhost"));
        url.query_pairs().find(|(name, _)| name == "access_token").expect("a token").1.into_owned()
    };
    let first = token().await;
    let (status, said) = asks(&stage, &panel.id.to_string(), &first).await;
    assert_eq!((status, &said["user_id"]), (200, &json!(owner.get("/api/v1/me").await.ok(200)["user_id"])));
    assert_eq!(asks(&stage, &panel.id.to_string(), &first).await.0, 401, "once");
    let second = token().await;
    assert_eq!(asks(&stage, &theirs.id.to_string(), &second).await.0, 401, "not for another panel");
    assert_eq!(asks(&stage, &panel.id.to_string(), &second).await.0, 401, "and after that for none");
    let third = token().await;
    stage.wait(31);
    assert_eq!(asks(&stage, &panel.id.to_string(), &third).await.0, 401, "for seconds");
    assert_eq!(asks(&stage, &panel.id.to_string(), "").await.0, 401);
    assert!(!stage.database.dump(&["entries"]).await.contains(&token().await), "kept hashed");
    let operator = stage.operator().await.post(&panel.path("open")).await.ok(200);
    assert_eq!(operator["signed_in"], false, "the operator is nobody inside a customer's panel");
    owner.post(&panel.path("stop")).await.is(200);
    owner.post(&panel.path("open")).await.refused(409, "wrong_state");
    stage.work().await;
}

// Harm prevented: a copy that cannot be restored, or a restore that takes the panel away first.
async fn a_panel_is_copied_and_restored(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let panel = stage.active_panel(owner, "rahim", terms()).await;
    let begun = owner.post_keyed(&panel.path("backups"), "copy", &Value::Null).await.ok(202);
    assert_eq!(
        (&begun["kind"], &begun["state"], &begun["progress_percent"]),
        (&json!("back_up"), &json!("running"), &json!(0))
    );
    stage.work().await;
    let kept = owner.get(&panel.path("backups")).await.ok(200)["items"].clone();
    assert_eq!((kept.as_array().unwrap().len(), &kept[0]["kind"]), (1, &json!("asked")));
    assert!(kept[0]["bytes"].as_i64().unwrap() > 0);
    let file = stage.database.folder.join("copies").join(kept[0]["id"].as_str().unwrap());
    assert!(file.is_file(), "{}", file.display());

    let wanted = json!({ "backup_id": kept[0]["id"], "subdomain": "rahim" });
    owner.post_keyed(&panel.path("restore"), "first", &wanted).await.is(202);
    stage.work().await;
    let done = |kind: &str| (kind.to_owned(), "done".to_owned());
    assert_eq!(jobs(owner, &panel).await, [done("set_up"), done("back_up"), done("restore")]);
    assert_eq!(stage.visit(&panel).await, 200);

    // A copy that was changed on the shelf is never put in a panel's place.
    std::fs::write(&file, "not what was kept").unwrap();
    owner.post_keyed(&panel.path("restore"), "second", &wanted).await.is(202);
    stage.work().await;
    let failed = owner.get(&panel.path("jobs")).await.ok(200)["items"][0].clone();
    assert_eq!((&failed["kind"], &failed["state"]), (&json!("restore"), &json!("failed")));
    assert_eq!((&failed["trouble"], &failed["trouble_words"]), (&json!("copy_spoilt"), &Value::Null));
    assert_eq!(stage.visit(&panel).await, 200, "the panel is as it was");
}

// Harm prevented: one click takes a business's books away for good, or an address is never free again.
async fn a_removed_panel_leaves_a_copy_and_a_free_address(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let panel = stage.active_panel(owner, "rahim", terms()).await;
    let mistyped = json!({ "subdomain": "rahimm" });
    let refused = owner.post_json(&panel.path("delete"), &mistyped).await.refused(422, "invalid");
    assert_eq!(refused["errors"][0]["pointer"], "/subdomain");
    let status = owner.post_json(&panel.path("delete"), &json!({ "subdomain": "rahim" })).await.ok(200);
    assert_eq!(status["panel"]["status"], "deleting");
    assert_eq!(stage.visit(&panel).await, 404, "closed at once, and nobody learns that there was one");
    stage.work().await;
    assert_eq!(owner.status(&panel).await["panel"]["status"], "deleted");
    assert_eq!(owner.status(&panel).await["subdomain"], "rahim", "what it was is still shown");
    let kept = owner.get(&panel.path("backups")).await.ok(200)["items"].clone();
    assert_eq!(kept[0]["kind"], "last");
    let plan = stage.plan("Silver", &terms()).await;
    let again = stage.order_panel(owner, "rahim", &plan).await.expect("the address is free");
    stage.pay(owner, &again, "first").await;
    stage.set_up().await;
    assert_ne!(again.id, panel.id);
    assert_eq!(stage.gate(&again).await, (204, "active".to_owned()), "{}", owner.status(&again).await);
    assert_eq!(servers(stage.operator().await).await[0]["panels"], 1, "a removed panel takes no room");
}

// Harm prevented: a copy is made while a restore swaps the database under it.
async fn one_thing_at_a_time_is_done_at_a_panel(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let panel = stage.active_panel(owner, "rahim", terms()).await;
    owner.post_keyed(&panel.path("backups"), "one", &Value::Null).await.is(202);
    owner.post_keyed(&panel.path("backups"), "other", &Value::Null).await.refused(409, "job_under_way");
    owner.post_json(&panel.path("delete"), &json!({ "subdomain": "rahim" })).await.is(200);
    stage.work().await;
    // The removal waits for the copy, and is tried again after a while.
    stage.wait(10);
    stage.work().await;
    let done = |kind: &str| (kind.to_owned(), "done".to_owned());
    assert_eq!(jobs(owner, &panel).await, [done("set_up"), done("back_up"), done("remove")], "one after the other");
}

// Harm prevented: a server is filled beyond what it bears, and everybody on it is slow.
async fn a_full_server_takes_no_more(stage: Arc<Stage>) {
    let (owner, operator) = (stage.owner().await, stage.operator().await);
    let server = servers(operator).await[0].clone();
    let settings = json!({
        "name": server["name"], "url": server["url"], "template": server["template"], "capacity": 1,
    });
    let path = format!("/api/v1/servers/{}", server["id"].as_str().unwrap());
    let edit = async |tag: &str, settings: &Value| {
        let request = operator.request(reqwest::Method::PUT, &path).header("if-match", tag);
        operator.send(request.json(settings)).await
    };
    edit("\"1\"", &settings).await.is(200);
    edit("\"1\"", &settings).await.refused(412, "edited_meanwhile");
    let first = stage.active_panel(owner, "first", terms()).await;
    let second = stage.panel(owner, "second", terms()).await;
    stage.pay(owner, &second, "second").await;
    let status = owner.status(&second).await;
    assert_eq!(status["panel"]["status"], "creating");
    assert_eq!(status["job"]["trouble"], "no_room");
    let roomy = json!({
        "name": server["name"], "url": server["url"], "template": server["template"], "capacity": 2,
    });
    edit("\"2\"", &roomy).await.is(200);
    stage.set_up().await;
    assert_eq!(owner.status(&second).await["panel"]["status"], "active");
    assert_eq!(servers(operator).await[0]["panels"], 2);
    assert_eq!(owner.status(&first).await["panel"]["status"], "active");
}

// Harm prevented: a server's passwords lie in the database, in an answer or in the audit log for everybody to read.
async fn a_server_shows_no_secret(stage: Arc<Stage>) {
    let operator = stage.operator().await;
    let new = json!({
        "name": "Dhaka 2", "url": "http://127.0.0.1:1", "template": "template", "capacity": 10,
        "admin_password": "hunter2hunter2", "database_url": "postgres://odoo:hunter2hunter2@127.0.0.1:1/postgres",
    });
    let answer = operator.post_json("/api/v1/servers", &new).await;
    let server = answer.ok(201);
    assert_eq!(server["secrets"], json!(["admin_password", "database_url"]));
    assert!(server["trouble"].as_str().is_some(), "it does not answer, and is kept all the same: {server}");
    assert!(!server.to_string().contains("hunter2"));
    let kept = stage.database.dump(harness::EVERYTHING).await;
    assert!(kept.contains("Dhaka 2") && !kept.contains("hunter2"), "locked");
    operator.post_json("/api/v1/servers", &new).await.refused(422, "invalid");
    for (field, value) in
        [("url", "ftp://x"), ("template", "Not A Database"), ("files_folder", "relative"), ("name", " ")]
    {
        let mut bad = new.clone();
        bad["name"] = json!("Dhaka 3");
        bad[field] = json!(value);
        let refused = operator.post_json("/api/v1/servers", &bad).await.refused(422, "invalid");
        assert_eq!(refused["errors"][0]["pointer"], format!("/{field}"));
    }
}

// Harm prevented: somebody's books of years are taken for a panel that failed, and are removed.
async fn a_database_that_was_there_is_adopted(stage: Arc<Stage>) {
    let (owner, operator) = (stage.owner().await, stage.operator().await);
    stage.plan("Silver", &terms()).await;
    stage.odoo.set_panel("veteran", sandbox::odoo::PanelState::Up);
    let server = servers(operator).await[0]["id"].as_str().unwrap().to_owned();
    let there = operator.get(&format!("/api/v1/servers/{server}/databases")).await.ok(200)["items"].clone();
    assert!(there.as_array().unwrap().iter().any(|it| it["name"] == "veteran" && it["tenant_id"].is_null()), "{there}");
    let adopt = |database: &str| json!({ "database": database, "name": "An old hand", "owner_email": "rahim@example.com", "plan": "Silver" });
    let path = format!("/api/v1/servers/{server}/adopt");
    operator.post_json(&path, &adopt("nothing")).await.refused(422, "invalid");
    let adopted = operator.post_json(&path, &adopt("veteran")).await.ok(201);
    operator.post_json(&path, &adopt("veteran")).await.refused(422, "invalid");
    let panel = Panel { id: adopted["tenant_id"].as_str().unwrap().parse().unwrap(), subdomain: "veteran".to_owned() };
    assert_eq!(owner.status(&panel).await["panel"]["status"], "pending");
    stage.pay(owner, &panel, "first").await;
    assert_eq!(owner.status(&panel).await["panel"]["status"], "active");
    assert_eq!(stage.visit(&panel).await, 200);
}
