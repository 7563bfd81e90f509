//! Notices: who wants to see what, and who has read what.

use crate::invitations::joined;
use crate::letters::{CHOICES, NADIA, RAHIM, choose, switch};
use harness::{PASSWORD, Persona, Stage, terms};
use hourglass_tests as harness;
use serde_json::{Value, json};
use std::sync::Arc;

harness::stories!(
    what_is_hidden_is_neither_listed_nor_counted,
    who_reads_a_notice_reads_it_for_themselves,
    what_was_told_before_somebody_joined_is_no_news_to_them,
    choices_that_break_a_rule_are_refused,
);

// Harm prevented: what somebody does not want to see is counted on their card for ever.
async fn what_is_hidden_is_neither_listed_nor_counted(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let panel = stage.expired_panel(owner, "rahim").await;
    let all = owner.notices().await;
    assert!(all.contains(&"renewed".to_owned()) && all.contains(&"expired".to_owned()), "{all:?}");
    let unread = owner.status(&panel).await["notices_unread"].as_u64().unwrap();
    choose(owner, |choices| switch(choices, "in_app", &["paid"], false)).await;
    let seen = owner.notices().await;
    let hidden = all.len() - seen.len();
    assert!(hidden > 0 && !seen.contains(&"renewed".to_owned()) && seen.contains(&"expired".to_owned()), "{seen:?}");
    let left = owner.status(&panel).await["notices_unread"].as_u64().unwrap();
    assert_eq!(left + u64::try_from(hidden).unwrap(), unread);
    // One of them is read.
    let first = owner.get("/api/v1/notices").await.ok(200)["items"][0]["id"].as_str().unwrap().to_owned();
    let path = format!("/api/v1/notices/{first}/read");
    stage.stranger().await.post(&path).await.refused(404, "not_found");
    for _ in 0..2 {
        owner.post(&path).await.is(204);
        assert_eq!(owner.status(&panel).await["notices_unread"].as_u64().unwrap(), left - 1);
    }
    assert_eq!(owner.get("/api/v1/notices").await.ok(200)["items"][0]["read"], true);
}

// Harm prevented: a colleague looks at the notices, and whoever pays never learns that the panel was closed.
async fn who_reads_a_notice_reads_it_for_themselves(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    owner.post_json("/api/v1/invitations", &json!({ "email": NADIA, "role": "viewer" })).await.is(201);
    let token = stage.link_to(NADIA).await;
    let join = json!({ "token": token, "name": "Nadia", "password": PASSWORD, "language": "en" });
    stage.nobody().post_json("/api/v1/invitations/join", &join).await.is(201);
    let panel = stage.active_panel(owner, "rahim", terms()).await;
    stage.pass_hours(8).await;
    stage.pass_hours(3).await;
    let (owner, viewer) = (stage.again(RAHIM).await, stage.again(NADIA).await);
    // There is one panel: its count is that of the list, however short the list's page is.
    let unread = async |who: &Persona| {
        let told = who.status(&panel).await["notices_unread"].as_u64().unwrap();
        assert_eq!(who.get("/api/v1/notices?limit=1").await.ok(200)["unread"], told);
        told
    };
    let listed = async |who: &Persona| who.get("/api/v1/notices").await.ok(200)["items"].as_array().unwrap().clone();
    let hints = async || stage.database.count("tenant_changes", "1 = 1").await;
    let all = u64::try_from(listed(&owner).await.len()).unwrap();
    assert_eq!((unread(&owner).await, unread(&viewer).await), (all, all));
    // One, twice.
    let path = format!("/api/v1/notices/{}/read", listed(&viewer).await[0]["id"].as_str().unwrap());
    let before = hints().await;
    for _ in 0..2 {
        viewer.post(&path).await.is(204);
        assert_eq!((unread(&owner).await, unread(&viewer).await), (all, all - 1));
        assert_eq!(hints().await, before + 1, "only what is new is a change");
    }
    assert_eq!((&listed(&owner).await[0]["read"], &listed(&viewer).await[0]["read"]), (&json!(false), &json!(true)));
    // All, but for what the reader does not want to see.
    choose(&viewer, |choices| switch(choices, "in_app", &["paid"], false)).await;
    for _ in 0..2 {
        viewer.post("/api/v1/notices/read").await.is(204);
        assert_eq!((unread(&owner).await, unread(&viewer).await), (all, 0));
        assert_eq!(hints().await, before + 2, "only what is new is a change");
    }
    choose(&viewer, |choices| switch(choices, "in_app", &["paid"], true)).await;
    assert!(unread(&viewer).await > 0, "what was hidden was not read");
    assert!(listed(&owner).await.iter().all(|notice| notice["read"] == false));
    // What was read before marks were each person's own was read by all.
    stage.database.meddle("UPDATE notices SET read_at = 1").await;
    assert_eq!((unread(&owner).await, unread(&viewer).await), (0, 0));
    assert!(listed(&owner).await.iter().all(|notice| notice["read"] == true));
}

// Harm prevented: a colleague who joins after a year is met by a year of notices as if they were new, and overlooks the one that is.
async fn what_was_told_before_somebody_joined_is_no_news_to_them(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let panel = stage.expired_panel(owner, "rahim").await;
    let unread = async |who: &Persona| who.status(&panel).await["notices_unread"].as_u64().unwrap();
    let listed = async |who: &Persona| who.get("/api/v1/notices?limit=100").await.ok(200)["items"].clone();
    let old = u64::try_from(listed(owner).await.as_array().unwrap().len()).unwrap();
    let oldest = listed(owner).await.as_array().unwrap().last().unwrap()["id"].as_str().unwrap().to_owned();
    let viewer = joined(&stage, owner, NADIA, "viewer").await;
    assert!(old > 0);
    assert_eq!((unread(owner).await, unread(&viewer).await), (old, 0));
    assert!(listed(&viewer).await.as_array().unwrap().iter().all(|notice| notice["read"] == true));
    assert!(listed(owner).await.as_array().unwrap().iter().all(|notice| notice["read"] == false));
    // Reading what is read is no change, and leaves no mark.
    let before = stage.database.dump(&["notice_reads", "tenant_changes"]).await;
    viewer.post(&format!("/api/v1/notices/{oldest}/read")).await.is(204);
    viewer.post("/api/v1/notices/read").await.is(204);
    assert_eq!(stage.database.dump(&["notice_reads", "tenant_changes"]).await, before);
    // What happens from now on is news to both.
    stage.pay(owner, &panel, "again").await;
    let new = u64::try_from(listed(owner).await.as_array().unwrap().len()).unwrap() - old;
    assert!(new > 0, "the renewal is told");
    assert_eq!((unread(owner).await, unread(&viewer).await), (old + new, new));
    assert_eq!(listed(&viewer).await[0]["read"], false);
    viewer.post("/api/v1/notices/read").await.is(204);
    assert_eq!((unread(owner).await, unread(&viewer).await), (old + new, 0));
}

// Harm prevented: somebody chooses not to be told that their panel was closed, or hours that no clock shows.
async fn choices_that_break_a_rule_are_refused(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let before = owner.get(CHOICES).await.ok(200);
    let breaks: [fn(&mut Value); 4] = [
        |choices| switch(choices, "in_app", &["ended"], false),
        |choices| drop(choices["topics"].as_array_mut().unwrap().pop()),
        |choices| choices["quiet"] = json!({ "from_hour": 7, "to_hour": 7 }),
        |choices| choices["quiet"] = json!({ "from_hour": 7, "to_hour": 24 }),
    ];
    for broken in breaks {
        let mut choices = before.clone();
        broken(&mut choices);
        owner.put_json(CHOICES, "*", &choices).await.refused(422, "invalid");
    }
    assert_eq!(owner.get(CHOICES).await.ok(200), before);
}
