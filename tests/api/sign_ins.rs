//! Where people are signed in, and how they end that from elsewhere.

use harness::{Keys, PASSWORD, Persona, Stage};
use hourglass::flow::billing::forget::forget;
use hourglass_tests as harness;
use reqwest::Method;
use serde_json::{Value, json};
use std::sync::Arc;

harness::stories!(
    sign_ins_are_listed_and_ended_from_elsewhere,
    the_others_end_all_at_once,
    what_has_ended_changes_nothing_any_more,
    what_lapsed_is_not_listed,
    what_lapsed_is_forgotten_in_time,
);

const EMAIL: &str = "rahim@example.com";
const PATH: &str = "/api/v1/me/sign-ins";

async fn at(stage: &Stage, browser: &str) -> Persona {
    let nobody = stage.nobody();
    let body = json!({ "email": EMAIL, "password": PASSWORD });
    let request = nobody.request(Method::POST, "/api/v1/auth/sign-in").header("user-agent", browser).json(&body);
    nobody.with(Keys::of(&nobody.send(request).await.is(200)))
}

async fn list(who: &Persona) -> Vec<Value> {
    who.get(PATH).await.ok(200)["items"].as_array().unwrap().clone()
}

fn end_of(item: &Value) -> String {
    format!("{PATH}/{}/end", item["session_id"].as_str().unwrap())
}

// Harm prevented: a phone is lost, and stays signed in; or a stranger signs somebody out.
async fn sign_ins_are_listed_and_ended_from_elsewhere(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    stage.wait(60);
    let phone = at(&stage, "A lost phone").await;
    let seen = list(owner).await;
    assert_eq!(seen.len(), 2, "{seen:?}");
    assert_eq!((&seen[0]["browser"], &seen[0]["this"]), (&json!("A lost phone"), &json!(false)));
    assert_eq!((&seen[1]["browser"], &seen[1]["this"]), (&json!(""), &json!(true)));
    assert_eq!(list(&phone).await[0]["this"], true);
    stage.wait(60);
    owner.refresh(owner.keys()).await.is(200);
    let seen = list(owner).await;
    assert_eq!(seen[0]["this"], true, "the last renewed first");
    assert_ne!(seen[0]["last_seen_at"], seen[0]["since"]);
    let path = end_of(&seen[1]);
    stage.stranger().await.post(&path).await.refused(404, "not_found");
    stage.operator().await.post(&path).await.refused(404, "not_found");
    phone.get("/api/v1/me").await.is(200);
    owner.post(&path).await.is(204);
    phone.refresh(phone.keys()).await.refused(401, "session_ended");
    owner.post(&path).await.is(204);
    assert_eq!(list(owner).await.len(), 1);
    assert_eq!(stage.database.count("audit_log", "what = 'sign_in_ended'").await, 1);
    assert_eq!(list(stage.operator().await).await.len(), 1, "operators see theirs");
}

// Harm prevented: somebody who fears that others are signed in has to find them one by one.
async fn the_others_end_all_at_once(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let others = [at(&stage, "One").await, at(&stage, "Two").await];
    stage.stranger().await;
    owner.post("/api/v1/me/sign-ins/end-others").await.is(204);
    for other in &others {
        other.refresh(other.keys()).await.refused(401, "session_ended");
    }
    owner.refresh(owner.keys()).await.is(200);
    stage.stranger().await.refresh(stage.stranger().await.keys()).await.is(200);
    assert_eq!(list(owner).await.len(), 1);
}

// Harm prevented: in the ten minutes for which an access token is believed a thief makes the account theirs.
async fn what_has_ended_changes_nothing_any_more(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let thief = at(&stage, "A thief's").await;
    owner.post("/api/v1/me/sign-ins/end-others").await.is(204);
    let leave = format!("/api/v1/members/{}/remove", owner.keys().me["user_id"].as_str().unwrap());
    let before = stage.database.dump(harness::EVERYTHING).await;
    let posts = [
        ("/api/v1/me/password", json!({ "current": PASSWORD, "new": "a thief's own choice" })),
        ("/api/v1/me/second-factor", json!({ "password": PASSWORD })),
        ("/api/v1/me/sign-ins/end-others", Value::Null),
        ("/api/v1/invitations", json!({ "email": "thief@example.com", "role": "owner" })),
        ("/api/v1/invitations", json!({ "email": "thief@example.com", "role": "owner", "password": PASSWORD })),
        (leave.as_str(), Value::Null),
    ];
    for (path, body) in posts {
        thief.post_json(path, &body).await.refused(401, "session_ended");
    }
    let edit = json!({ "name": "A thief", "language": "en" });
    thief.put_json("/api/v1/me/profile", "*", &edit).await.refused(401, "session_ended");
    assert_eq!(stage.database.dump(harness::EVERYTHING).await, before);
}

// Harm prevented: a list full of sign-ins that nobody can use hides the one that somebody does.
async fn what_lapsed_is_not_listed(stage: Arc<Stage>) {
    stage.owner().await;
    stage.wait(30 * 86_400 - 1);
    let late = stage.again(EMAIL).await;
    assert_eq!(list(&late).await.len(), 2);
    stage.wait(1);
    assert_eq!(list(&late).await.len(), 1);
}

// Harm prevented: every browser that somebody signed in at and never came back to is kept for ever, and where it was.
async fn what_lapsed_is_forgotten_in_time(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    stage.wait(60);
    let phone = at(&stage, "A phone").await;
    let stays = at(&stage, "A desk").await;
    let left = async || {
        forget(&stage.app).await.unwrap();
        let browsers = stage.database.rows("SELECT browser FROM sessions ORDER BY browser").await;
        browsers.iter().map(|row| row["browser"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    // The desk comes back now and then; the other two never do, and nobody ends them.
    stage.wait(20 * 86_400);
    let stays = stays.with(Keys::of(&stays.refresh(stays.keys()).await.is(200)));
    stage.wait(20 * 86_400);
    let stays = stays.with(Keys::of(&stays.refresh(stays.keys()).await.is(200)));
    phone.refresh(phone.keys()).await.refused(401, "session_ended");
    // The first lapsed ten days and a minute ago, and is forgotten thirty days after it did.
    stage.wait(20 * 86_400 - 60);
    assert_eq!(left().await, ["", "A desk", "A phone"]);
    stage.wait(1);
    assert_eq!(left().await, ["A desk", "A phone"]);
    owner.refresh(owner.keys()).await.refused(401, "session_ended");
    stage.wait(60);
    assert_eq!(left().await, ["A desk"]);
    assert_eq!(list(&stays.with(Keys::of(&stays.refresh(stays.keys()).await.is(200)))).await.len(), 1);
    assert_eq!(stage.database.count("refresh_tokens", "session_id NOT IN (SELECT id FROM sessions)").await, 0);
}
