//! Hints over the WebSocket.

use harness::{Persona, Socket, Stage, terms};
use hourglass_tests as harness;
use serde_json::json;
use std::sync::Arc;

harness::stories!(
    a_ticket_opens_one_connection,
    a_change_is_hinted_to_whom_it_concerns,
    a_page_of_another_site_does_not_get_in,
    whoever_may_look_no_more_hears_no_more,
);

async fn ticket(persona: &Persona) -> String {
    persona.post("/api/v1/live/ticket").await.ok(201)["ticket"].as_str().unwrap().to_owned()
}

async fn opened(persona: &Persona) -> Socket {
    let ticket = ticket(persona).await;
    Socket::open(persona, &ticket, None).await.unwrap_or_else(|refused| panic!("{refused:?}"))
}

async fn refused(persona: &Persona, ticket: &str, origin: Option<&str>, status: u16, code: &str) {
    match Socket::open(persona, ticket, origin).await {
        Ok(_) => panic!("it opened"),
        Err(answer) => drop(answer.refused(status, code)),
    }
}

// Harm prevented: an address that was seen in a log opens somebody's stream of hints.
async fn a_ticket_opens_one_connection(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let nobody = stage.nobody();
    let once = ticket(owner).await;
    let socket = Socket::open(&nobody, &once, None).await.unwrap_or_else(|refused| panic!("{refused:?}"));
    socket.close().await;
    refused(&nobody, &once, None, 401, "session_ended").await;
    refused(&nobody, "guess", None, 401, "session_ended").await;
    let late = ticket(owner).await;
    stage.wait(60);
    refused(&nobody, &late, None, 401, "session_ended").await;
    assert!(!stage.database.dump(&["live_tickets"]).await.contains(&ticket(owner).await), "only hashes are kept");
}

// Harm prevented: a page goes on showing what is no longer true; or hears of others' affairs.
async fn a_change_is_hinted_to_whom_it_concerns(stage: Arc<Stage>) {
    let (owner, stranger, operator) = (stage.owner().await, stage.stranger().await, stage.operator().await);
    let panel = stage.active_panel(owner, "rahim", terms()).await;
    let theirs = stage.active_panel(stranger, "mallory", terms()).await;
    let (mut of_owner, mut of_stranger, mut of_operator) =
        (opened(owner).await, opened(stranger).await, opened(operator).await);
    owner.post(&panel.path("stop")).await.is(200);
    stranger.post(&theirs.path("stop")).await.is(200);
    // Hints come in order: had the stranger been told of the first change, it would be their first hint.
    assert_eq!(of_owner.hint().await, json!({ "hint": "tenant", "tenant_id": panel.id }));
    assert_eq!(of_stranger.hint().await, json!({ "hint": "tenant", "tenant_id": theirs.id }));
    let mut seen = Vec::new();
    while !seen.contains(&json!(theirs.id)) {
        seen.push(of_operator.hint().await["tenant_id"].clone());
    }
    assert!(seen.contains(&json!(panel.id)), "the operator hears of everybody's: {seen:?}");
    // The next one that the owner hears of is their own again, though the stranger's came in between.
    owner.post(&panel.path("start")).await.is(200);
    assert_eq!(of_owner.hint().await["tenant_id"], json!(panel.id));
    for socket in [of_owner, of_stranger, of_operator] {
        socket.close().await;
    }
    stage.work().await;
}

// Harm prevented: a page of another site, open in the same browser, listens.
async fn a_page_of_another_site_does_not_get_in(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let good = ticket(owner).await;
    for origin in ["https://evil.example", "null", "http://127.0.0.1", &format!("{}.evil.example", stage.url)] {
        refused(owner, &good, Some(origin), 404, "not_found").await;
    }
    let socket = Socket::open(owner, &good, Some(&stage.url)).await.unwrap_or_else(|refused| panic!("{refused:?}"));
    socket.close().await;
}

// Harm prevented: somebody who was let go hears of the shop's affairs for as long as they leave the page open.
async fn whoever_may_look_no_more_hears_no_more(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let panel = stage.active_panel(owner, "rahim", terms()).await;
    let elsewhere = stage.again("rahim@example.com").await;
    let mut left_open = opened(&elsewhere).await;
    owner.post(&panel.path("stop")).await.is(200);
    assert_eq!(left_open.hint().await["tenant_id"], json!(panel.id));
    owner.post("/api/v1/me/sign-ins/end-others").await.is(204);
    elsewhere.post("/api/v1/live/ticket").await.refused(401, "session_ended");
    stage.wait(510);
    owner.post(&panel.path("start")).await.is(200);
    left_open.end().await;
    // Who may look comes back with another ticket.
    opened(owner).await.close().await;
    stage.work().await;
}
