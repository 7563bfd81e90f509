//! The servers on which panels run: what they hold, how they are watched, and what is brought in from before.

use harness::{Panel, Persona, Stage, terms};
use hourglass::flow::servers::{due_surveys::due_surveys, keep_asking::keep_asking};
use hourglass_tests as harness;
use sandbox::odoo::PanelState;
use serde_json::{Value, json};
use std::sync::Arc;

harness::stories!(
    the_first_server_takes_in_what_stands_nowhere,
    some_names_are_no_panels,
    a_silent_server_gets_no_new_panels,
    where_it_failed_is_not_tried_first,
    a_list_of_databases_is_imported,
    a_panel_with_other_providers_asks_in_the_query,
    what_a_server_does_not_have_is_not_placed_there,
    secrets_stay_at_their_address,
    secrets_that_cannot_be_read_are_given_anew,
    what_the_host_refuses_is_no_panel,
);

async fn operator(stage: &Stage) -> Persona {
    stage.operator().await;
    stage.again("operator@example.com").await
}

async fn servers(stage: &Stage) -> Vec<Value> {
    operator(stage).await.get("/api/v1/servers").await.ok(200)["items"].as_array().unwrap().clone()
}

/// Alerts that wait: the kind of each, and which panel or server it is about.
async fn alerts(stage: &Stage) -> Vec<(String, Value)> {
    let page = operator(stage).await.get("/api/v1/alerts?open=true").await.ok(200);
    let about =
        |row: &Value| if row["tenant_id"].is_null() { row["server_id"].clone() } else { row["tenant_id"].clone() };
    let word = |row: &Value| (row["kind"].as_str().unwrap().to_owned(), about(row));
    page["items"].as_array().unwrap().iter().map(word).collect()
}

/// Five minutes pass, and the timetable asks every server.
async fn asked(stage: &Stage) -> usize {
    stage.wait(300);
    let due = due_surveys(&stage.app, 64).await.unwrap();
    assert_eq!(due_surveys(&stage.app, 64).await.unwrap(), [], "no other worker asks at the same time");
    for id in &due {
        keep_asking(&stage.app, *id).await.unwrap();
    }
    due.len()
}

/// A panel's row: `None` is a column that holds nothing.
async fn column(stage: &Stage, panel: &Panel, name: &str) -> Option<String> {
    let rows = stage.database.rows(&format!("SELECT {name} AS it FROM tenants WHERE id = '{}'", panel.id)).await;
    rows[0]["it"].as_str().map(str::to_owned)
}

// Harm prevented: after an upgrade no panel is at any server: none is measured, copied, closed or opened any more, and whoever paid
// while the program was down waits for ever.
async fn the_first_server_takes_in_what_stands_nowhere(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let active = stage.active_panel(owner, "active", terms()).await;
    let stopped = stage.active_panel(owner, "stopped", terms()).await;
    owner.post(&stopped.path("stop")).await.is(200);
    let pending = stage.panel(owner, "pending", terms()).await;
    let creating = stage.panel(owner, "creating", terms()).await;
    stage.pay(owner, &creating, "creating").await;
    assert_eq!(owner.status(&creating).await["panel"]["status"], "creating");
    // As they were before there were servers.
    for statement in [
        "UPDATE tenants SET server_id = NULL, avoid_server_id = NULL, copy_due_at = NULL",
        "DELETE FROM jobs",
        "DELETE FROM servers",
    ] {
        stage.database.meddle(statement).await;
    }
    let (_, _) = stage.another(|_| ()).await;
    assert_eq!(servers(&stage).await.len(), 1, "named on the command line");
    // What is to be set up gets a server when it is.
    for (panel, is_placed) in [(&active, true), (&stopped, true), (&creating, false), (&pending, false)] {
        assert_eq!(column(&stage, panel, "server_id").await.is_some(), is_placed, "{}", panel.subdomain);
    }
    assert_eq!(stage.database.count("tenants", "copy_due_at IS NOT NULL").await, 2, "what has data is copied tonight");
    stage.set_up().await;
    assert_eq!(owner.status(&creating).await["panel"]["status"], "active");
    assert_eq!(stage.database.count("jobs", "kind = 'set_up'").await, 1, "once");
    assert_eq!(owner.status(&active).await["panel"]["status"], "active");

    // A second server is not where they were.
    stage.database.meddle(&format!("UPDATE tenants SET server_id = NULL WHERE id = '{}'", stopped.id)).await;
    let second = json!({ "name": "Dhaka 2", "url": "http://127.0.0.1:1", "template": "template", "capacity": 10 });
    operator(&stage).await.post_json("/api/v1/servers", &second).await.is(201);
    assert_eq!(column(&stage, &stopped, "server_id").await, None);
    stage.leaves_work();
}

// Harm prevented: a customer's panel is called like the cluster's own database, and removing it takes the cluster's away.
async fn some_names_are_no_panels(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let plan = stage.plan("Silver", &terms()).await;
    for name in ["postgres", "template0", "template1", "template"] {
        let refused = stage.order_panel(owner, name, &plan).await.expect_err(name);
        assert!(refused.to_string().contains("no panel"), "{name}: {refused}");
    }
    let server = servers(&stage).await[0]["id"].as_str().unwrap().to_owned();
    stage.odoo.set_panel("template1", PanelState::Up);
    let adopt =
        json!({ "database": "template1", "name": "Mine", "owner_email": "rahim@example.com", "plan": "Silver" });
    let path = format!("/api/v1/servers/{server}/adopt");
    let refused = operator(&stage).await.post_json(&path, &adopt).await.refused(422, "invalid");
    assert_eq!(refused["errors"][0]["code"], "reserved");
    // Nor does a panel become a template, which would be taken for nobody's.
    stage.order_panel(owner, "acme", &plan).await.expect("a panel");
    let second = json!({ "name": "Dhaka 2", "url": "http://127.0.0.1:1", "template": "acme", "capacity": 10 });
    let refused = operator(&stage).await.post_json("/api/v1/servers", &second).await.refused(422, "invalid");
    assert_eq!(refused["errors"][0]["pointer"], "/template");
}

// Harm prevented: a dead server is the emptiest, so every new customer is sent there and waits for nothing.
async fn a_silent_server_gets_no_new_panels(stage: Arc<Stage>) {
    assert_eq!(asked(&stage).await, 1);
    let server = servers(&stage).await[0].clone();
    assert_eq!((&server["trouble"], &server["silent"]), (&Value::Null, &json!(false)), "{server}");
    assert!(server["surveyed_at"].is_string() && server["version"].is_string(), "{server}");
    assert_eq!((&server["free"], &server["nearly_full"], &server["active"]), (&json!(200), &json!(false), &json!(0)));

    stage.odoo.set_down(true);
    asked(&stage).await;
    let path = format!("/api/v1/servers/{}/survey", server["id"].as_str().unwrap());
    let by_hand = operator(&stage).await.post(&path).await.ok(200);
    assert_eq!(
        (by_hand["trouble"].is_string(), &by_hand["silent"]),
        (true, &json!(false)),
        "a person's haste counts not"
    );
    assert_eq!(alerts(&stage).await, []);
    asked(&stage).await;
    asked(&stage).await;
    assert_eq!(servers(&stage).await[0]["silent"], true);
    assert_eq!(servers(&stage).await[0]["version"], server["version"], "what it said before stays");
    let silent = ("server_silent".to_owned(), server["id"].clone());
    assert_eq!(alerts(&stage).await, std::slice::from_ref(&silent), "said once");

    stage.owner().await;
    let owner = &stage.again("rahim@example.com").await;
    let panel = stage.panel(owner, "rahim", terms()).await;
    stage.pay(owner, &panel, "first").await;
    assert_eq!(column(&stage, &panel, "server_id").await, None);
    let no_room = ("no_room".to_owned(), json!(panel.id));
    assert_eq!(alerts(&stage).await, [no_room, silent]);

    stage.odoo.set_down(false);
    asked(&stage).await;
    assert_eq!(servers(&stage).await[0]["silent"], false);
    stage.wait(60);
    stage.set_up().await;
    assert_eq!(stage.again("rahim@example.com").await.status(&panel).await["panel"]["status"], "active");
    assert_eq!(alerts(&stage).await, [], "both came right by themselves");
    let all = operator(&stage).await.get("/api/v1/alerts").await.ok(200);
    assert_eq!((&all["items"][0]["resolved_by"], all["items"].as_array().unwrap().len()), (&Value::Null, 2));
}

// Harm prevented: a server that cannot set a panel up is the emptiest one again at every further try.
async fn where_it_failed_is_not_tried_first(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let (url, admin_password) = (stage.odoo.url(), "master of the stage");
    let second = json!({ "name": "Dhaka 2", "url": url, "template": "template", "capacity": 5, "admin_password": admin_password });
    operator(&stage).await.post_json("/api/v1/servers", &second).await.is(201);
    let ids: Vec<String> = servers(&stage).await.iter().map(|it| it["id"].as_str().unwrap().to_owned()).collect();
    // What is called so already is somebody else's: nothing is set up over it.
    stage.odoo.set_panel("rahim", PanelState::Up);
    let panel = stage.panel(owner, "rahim", terms()).await;
    stage.pay(owner, &panel, "first").await;
    assert_eq!(owner.status(&panel).await["panel"]["status"], "failed");
    let first = column(&stage, &panel, "avoid_server_id").await.expect("where it failed");
    owner.post(&panel.path("retry")).await.is(200);
    stage.set_up().await;
    let then = column(&stage, &panel, "avoid_server_id").await.expect("where it failed again");
    let jobs = operator(&stage).await.get(&panel.path("jobs")).await.ok(200);
    assert_ne!(first, then, "the one with less room was tried: {jobs}");
    assert!(ids.contains(&first) && ids.contains(&then));
}

// Harm prevented: of a hundred databases one is misspelt, and nobody knows which of the others are panels now.
async fn a_list_of_databases_is_imported(stage: Arc<Stage>) {
    let (owner, stranger) = (stage.owner().await, stage.stranger().await);
    let plan = stage.plan("Silver", &terms()).await;
    let server = servers(&stage).await[0]["id"].as_str().unwrap().to_owned();
    for name in ["veteran", "second"] {
        stage.odoo.set_panel(name, PanelState::Up);
    }
    let row = |database: &str| json!({ "database": database, "account_email": "Rahim@example.com", "plan_id": plan.id, "name": "An old hand" });
    let with = |database: &str, field: &str, value: Value| {
        let mut row = row(database);
        row[field] = value;
        row
    };
    let by_id = json!({
        "database": "second", "account_id": owner.account_id(), "plan_id": plan.id, "name": "Second", "starts": "none",
    });
    let path = format!("/api/v1/servers/{server}/import");
    let import = async |rows: Vec<Value>| operator(&stage).await.post_json(&path, &json!({ "rows": rows })).await;
    let outcomes = async |rows: Vec<Value>| {
        let done = import(rows).await.ok(200);
        let word = |row: &Value| (row["outcome"].as_str().unwrap().to_owned(), row["code"].clone());
        done["rows"].as_array().unwrap().iter().map(word).collect::<Vec<_>>()
    };
    let refused = |code: &str| ("refused".to_owned(), json!(code));
    let rows = vec![
        row("veteran"),
        by_id,
        row("veteran"),
        row("nothing"),
        row("template"),
        with("other", "account_id", json!(owner.account_id())),
        with("other2", "account_email", json!("nobody@example.com")),
    ];
    let adopted = ("adopted".to_owned(), Value::Null);
    let said = outcomes(rows.clone()).await;
    assert_eq!(said[..2], [adopted.clone(), adopted]);
    let codes = ["twice", "unknown", "unknown", "one_of", "unknown"].map(refused);
    assert_eq!(said[2..], codes);
    assert_eq!(stage.database.count("tenants", "adopted").await, 2, "and nothing of the others");
    // Sent again, it changes nothing.
    let before = stage.database.dump(&["tenants", "audit_log"]).await;
    let already = ("already".to_owned(), Value::Null);
    assert_eq!(outcomes(rows).await[..2], [already.clone(), already]);
    let theirs = stage.stranger().await.get("/api/v1/me").await.ok(200)["email"].clone();
    assert_eq!(outcomes(vec![with("veteran", "account_email", theirs)]).await, [refused("taken")]);
    assert_eq!(stage.database.dump(&["tenants", "audit_log"]).await, before);
    assert_eq!(stranger.get("/api/v1/tenants").await.ok(200)["items"], json!([]));
    let mine = owner.get("/api/v1/tenants").await.ok(200);
    let pending = mine["items"].as_array().unwrap().iter().filter(|it| it["panel"]["status"] == "pending");
    assert_eq!(pending.count(), 2, "they await their first payment");

    import(Vec::new()).await.refused(422, "invalid");
    import((0..201).map(|at| row(&format!("database{at}"))).collect()).await.refused(422, "invalid");
    stage.odoo.set_down(true);
    import(vec![row("veteran")]).await.refused(503, "host_unavailable");
}

// Harm prevented: people of an adopted panel cannot come in any more, because their own provider is asked in our way.
async fn a_panel_with_other_providers_asks_in_the_query(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let panel = stage.active_panel(owner, "rahim", terms()).await;
    let opened = owner.post(&panel.path("open")).await.ok(200);
    let url: reqwest::Url = opened["url"].as_str().unwrap().parse().unwrap();
    let token = url.query_pairs().find(|(name, _)| name == "access_token").expect("a token").1.into_owned();
    let path = format!("/entries/{}?access_token={token}", panel.id);
    let said = stage.nobody().get(&path).await.ok(200);
    assert_eq!(said["user_id"], owner.get("/api/v1/me").await.ok(200)["user_id"]);
    assert_eq!(stage.nobody().get(&path).await.status, 401, "once");
}

// Harm prevented: the first server that is registered is the wrong one, and removing a panel drops there what is not ours.
async fn what_a_server_does_not_have_is_not_placed_there(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let here = stage.active_panel(owner, "here", terms()).await;
    let gone = stage.active_panel(owner, "gone", terms()).await;
    stage.odoo.set_panel("gone", PanelState::Missing);
    for statement in
        ["UPDATE tenants SET server_id = NULL, avoid_server_id = NULL", "DELETE FROM jobs", "DELETE FROM servers"]
    {
        stage.database.meddle(statement).await;
    }
    let (_, _) = stage.another(|_| ()).await;
    assert_eq!(column(&stage, &here, "server_id").await.as_deref(), servers(&stage).await[0]["id"].as_str());
    assert_eq!(column(&stage, &gone, "server_id").await, None);
    // As soon as it is there.
    stage.odoo.set_panel("gone", PanelState::Up);
    asked(&stage).await;
    assert!(column(&stage, &gone, "server_id").await.is_some());
    stage.leaves_work();
}

/// A server's settings as they would be sent again, without secrets.
fn settings_of(server: &Value) -> Value {
    let fields = ["name", "url", "template", "capacity", "draining"];
    Value::Object(fields.iter().map(|field| ((*field).to_owned(), server[*field].clone())).collect())
}

async fn edit(stage: &Stage, server: &Value, new: &Value) -> harness::Answer {
    let path = format!("/api/v1/servers/{}", server["id"].as_str().unwrap());
    operator(stage).await.put_json(&path, &format!("\"{}\"", server["revision"]), new).await
}

// Harm prevented: whoever has an operator's session names a machine of their own, and is told the master password.
async fn secrets_stay_at_their_address(stage: Arc<Stage>) {
    let server = servers(&stage).await[0].clone();
    let mut new = settings_of(&server);
    new["capacity"] = json!(7);
    let same = edit(&stage, &server, &new).await.ok(200);
    assert_eq!((&same["secrets"], &same["capacity"]), (&server["secrets"], &json!(7)));
    new["url"] = json!("http://127.0.0.1:1");
    let refused = edit(&stage, &same, &new).await.refused(422, "invalid");
    let pointers: Vec<_> = refused["errors"].as_array().unwrap().iter().map(|it| it["pointer"].clone()).collect();
    assert_eq!(pointers, ["/admin_password", "/service_login", "/service_password"]);
    assert_eq!(servers(&stage).await[0]["url"], server["url"], "nothing was changed");
    for name in ["admin_password", "service_login", "service_password"] {
        new[name] = json!("given anew");
    }
    assert_eq!(edit(&stage, &same, &new).await.ok(200)["url"], "http://127.0.0.1:1");
}

// Harm prevented: the deployment's secret is lost, and no page shows any server, nor takes what would mend it.
async fn secrets_that_cannot_be_read_are_given_anew(stage: Arc<Stage>) {
    stage.database.meddle("UPDATE servers SET secrets = 'locked by another'").await;
    let server = servers(&stage).await[0].clone();
    assert_eq!(server["secrets"], json!([]));
    assert!(server["trouble"].as_str().unwrap().contains("give them anew"), "{server}");
    let mut new = settings_of(&server);
    new["service_login"] = json!("hourglass-service");
    let mended = edit(&stage, &server, &new).await.ok(200);
    assert_eq!(mended["secrets"], json!(["service_login"]));
    assert!(!mended["trouble"].to_string().contains("give them anew"), "{mended}");
}

// Harm prevented: a database that its host refuses stays a panel that somebody pays for; or one that was a panel can never be one again.
async fn what_the_host_refuses_is_no_panel(stage: Arc<Stage>) {
    stage.owner().await;
    stage.plan("Silver", &terms()).await;
    let server = servers(&stage).await[0]["id"].as_str().unwrap().to_owned();
    stage.odoo.set_panel("veteran", PanelState::Up);
    let known = stage.odoo.databases().add_user("veteran", harness::SERVICE_LOGIN, harness::SERVICE_PASSWORD, false);
    known.await.unwrap();
    let path = format!("/api/v1/servers/{server}/adopt");
    let body =
        json!({ "database": "veteran", "name": "An old hand", "owner_email": "rahim@example.com", "plan": "Silver" });
    let adopt = async || operator(&stage).await.post_json(&path, &body).await;
    let first = adopt().await.ok(201);
    assert_eq!(first["trouble"], Value::Null);
    let remove = format!("/api/v1/tenants/{}/delete", first["tenant_id"].as_str().unwrap());
    operator(&stage).await.post_json(&remove, &json!({ "subdomain": "veteran" })).await.is(200);
    stage.work().await;
    // As if it had been another's: its marker is then nobody's of ours.
    stage.database.meddle("UPDATE tenants SET shown_subdomain = 'other'").await;
    let refused = adopt().await.refused(422, "invalid");
    assert_eq!(
        (&refused["errors"][0]["pointer"], &refused["errors"][0]["code"]),
        (&json!("/database"), &json!("refused"))
    );
    stage.work().await;
    assert_eq!(stage.database.count("tenants", "panel = 'deleted'").await, 2, "nothing is left that could be paid");
    stage.database.meddle("UPDATE tenants SET shown_subdomain = 'veteran'").await;
    assert_eq!(adopt().await.ok(201)["trouble"], Value::Null, "it was ours, and may be again");
}
