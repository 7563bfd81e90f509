//! Whose panel is opened, copied, restored, stopped or removed? With ids that are real, and somebody else's.

use harness::{Answer, Panel, Persona, Stage, terms};
use hourglass_tests as harness;
use reqwest::Method;
use serde_json::{Value, json};
use std::sync::Arc;

harness::stories!(nobody_lays_hands_on_anothers_panel_by_its_real_ids, who_may_only_look_changes_nothing);

/// What can be done at panels and servers: method, address and body, each with something of the panel's own.
fn deeds(panel: &Panel, backup: &str, server: &str) -> Vec<(Method, String, Value)> {
    let settings = json!({ "name": "Mine", "url": "http://127.0.0.1:1", "template": "template", "capacity": 1 });
    let adopt =
        json!({ "database": panel.subdomain, "name": "Mine", "owner_email": "mallory@example.com", "plan": "Any" });
    let restore = json!({ "backup_id": backup, "subdomain": panel.subdomain });
    let at = |what: &str| format!("/api/v1/servers{what}");
    vec![
        (Method::POST, panel.path("open"), Value::Null),
        (Method::POST, panel.path("stop"), Value::Null),
        (Method::POST, panel.path("start"), Value::Null),
        (Method::POST, panel.path("retry"), Value::Null),
        (Method::GET, panel.path("jobs"), Value::Null),
        (Method::GET, panel.path("backups"), Value::Null),
        (Method::POST, panel.path("backups"), Value::Null),
        (Method::POST, panel.path("restore"), restore),
        (Method::POST, panel.path("delete"), json!({ "subdomain": panel.subdomain })),
        (Method::GET, at(""), Value::Null),
        (Method::POST, at(""), settings.clone()),
        (Method::PUT, at(&format!("/{server}")), settings),
        (Method::POST, at(&format!("/{server}/survey")), Value::Null),
        (Method::GET, at(&format!("/{server}/databases")), Value::Null),
        (Method::POST, at(&format!("/{server}/adopt")), adopt),
    ]
}

async fn does(who: &Persona, (method, path, body): &(Method, String, Value)) -> Answer {
    // Under a key of its own each: nothing is answered from memory.
    let key = format!("{method}-{path}").replace('/', "-");
    let request = who.request(method.clone(), path).header("idempotency-key", &key[key.len().saturating_sub(60)..]);
    let request = request.header("if-match", "*");
    who.send(if body.is_null() { request } else { request.json(body) }).await
}

/// An active panel and a copy of it that is kept.
async fn copied_panel(stage: &Stage, owner: &Persona, name: &str) -> (Panel, String) {
    let panel = stage.active_panel(owner, name, terms()).await;
    let request = owner.request(Method::POST, &panel.path("backups")).header("idempotency-key", format!("copy-{name}"));
    owner.send(request).await.is(202);
    stage.work().await;
    let kept = owner.get(&panel.path("backups")).await.ok(200)["items"].clone();
    assert_eq!(kept.as_array().unwrap().len(), 1, "{kept}");
    (panel, kept[0]["id"].as_str().unwrap().to_owned())
}

async fn server(stage: &Stage) -> String {
    let servers = stage.operator().await.get("/api/v1/servers").await.ok(200);
    servers["items"][0]["id"].as_str().unwrap().to_owned()
}

// Harm prevented: whoever learns an id reads another business's books: opens its panel, or restores its copy into their own.
async fn nobody_lays_hands_on_anothers_panel_by_its_real_ids(stage: Arc<Stage>) {
    let (owner, stranger) = (stage.owner().await, stage.stranger().await);
    let (theirs, their_copy) = copied_panel(&stage, owner, "rahim").await;
    let (own, own_copy) = copied_panel(&stage, stranger, "mallory").await;
    let server = server(&stage).await;
    let jobs = owner.get(&theirs.path("jobs")).await.ok(200)["items"].clone();
    let their_job = jobs[0]["id"].as_str().unwrap();
    let before = stage.database.dump(harness::EVERYTHING).await;

    for deed in deeds(&theirs, &their_copy, &server) {
        does(stranger, &deed).await.refused(404, "not_found");
        does(&stage.nobody(), &deed).await.refused(401, "unauthenticated");
    }
    // Another's copy into one's own panel, one's own into another's, and one that is none.
    let none = format!("bak_{}", "0".repeat(32));
    for (into, copy) in [(&own, &their_copy), (&theirs, &own_copy), (&own, &none)] {
        let body = json!({ "backup_id": copy, "subdomain": into.subdomain });
        does(stranger, &(Method::POST, into.path("restore"), body)).await.refused(404, "not_found");
    }
    // The operator may do both, but never with one account's copy at another's panel.
    let body = json!({ "backup_id": their_copy, "subdomain": own.subdomain });
    let mixed = (Method::POST, own.path("restore"), body);
    does(stage.operator().await, &mixed).await.refused(404, "not_found");
    // A page of one's own list that begins at another's row holds nothing of theirs.
    for (list, cursor) in [("jobs", their_job), ("backups", their_copy.as_str())] {
        let page = stranger.get(&own.path(&format!("{list}?cursor={cursor}"))).await;
        assert!(!page.body.contains(&theirs.id.to_string()), "{list}: {}", page.body);
    }
    // Nor does the list of all of one's copies, from wherever it begins, or that of what can be put into another's panel.
    for path in
        ["/api/v1/backups".to_owned(), format!("/api/v1/backups?cursor={their_copy}"), own.path("backups?others=true")]
    {
        let page = stranger.get(&path).await.is(200);
        assert!(!page.body.contains(&theirs.id.to_string()), "{path}: {}", page.body);
    }
    stranger.get(&theirs.path("backups?others=true")).await.refused(404, "not_found");
    let everybodys = stage.operator().await.get("/api/v1/backups").await.ok(200);
    let all: Vec<_> = everybodys["items"].as_array().unwrap().iter().map(|it| it["id"].as_str().unwrap()).collect();
    assert_eq!(all, [own_copy.as_str(), their_copy.as_str()]);
    // A token that was made up opens nothing, and nobody learns which panels there are.
    let nothing =
        Panel { id: "ten_01937b1c8f2e7c3d9a4b5c6d7e8f9012".parse().unwrap(), subdomain: "nothing".to_owned() };
    let asked = async |panel: &Panel| {
        let request = stage.nobody().request(Method::GET, &format!("/entries/{}", panel.id));
        let answer = stage.nobody().send(request.header("authorization", "Bearer made-up")).await;
        (answer.status, answer.body)
    };
    assert_eq!(asked(&theirs).await, asked(&nothing).await);
    assert_eq!(asked(&theirs).await.0, 401);

    assert_eq!(stage.database.dump(harness::EVERYTHING).await, before, "nothing of it left a trace");
    assert_eq!((stage.visit(&theirs).await, stage.visit(&own).await), (200, 200));
}

// Harm prevented: a bookkeeper who may read the bills removes the panel, or comes in as its owner.
async fn who_may_only_look_changes_nothing(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let (panel, copy) = copied_panel(&stage, owner, "rahim").await;
    stage.nobody().sign_up("Nadia", "nadia@example.com").await.is(201);
    let account = owner.account_id();
    let server = server(&stage).await;
    for role in ["viewer", "billing"] {
        // Nobody invites anybody yet.
        let joins =
            format!("UPDATE users SET account_id = '{account}', role = '{role}' WHERE email = 'nadia@example.com'");
        stage.database.meddle(&joins).await;
        let member = stage.again("nadia@example.com").await;
        let before = stage.database.dump(harness::EVERYTHING).await;
        for deed in deeds(&panel, &copy, &server) {
            let (method, path, _) = &deed;
            let answer = does(&member, &deed).await;
            if path.ends_with("/open") {
                let opened = answer.ok(200);
                assert_eq!(opened["signed_in"], false, "{role}: {opened}");
                assert!(!opened["url"].as_str().unwrap().contains("access_token"), "{role}: {opened}");
            } else if *method == Method::GET && !path.contains("/servers") {
                assert_eq!(answer.ok(200)["items"][0]["tenant_id"], panel.id.to_string(), "{role} {path}");
            } else {
                answer.refused(404, "not_found");
            }
        }
        assert_eq!(stage.database.dump(harness::EVERYTHING).await, before, "{role}");
    }
    assert_eq!(stage.visit(&panel).await, 200);
}
