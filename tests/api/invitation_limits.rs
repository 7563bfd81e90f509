//! How often an account may ask, and for how long what it asked is kept. The letters are written and stay where they are.

use crate::invitations::{ASKED, id_of, invite, joined, members, remove};
use harness::Stage;
use hourglass::flow::billing::forget::forget;
use hourglass_tests as harness;
use serde_json::{Value, json};
use std::sync::Arc;

harness::stories!(
    an_account_is_no_way_to_write_to_strangers,
    an_address_gets_one_letter_in_two_minutes_whoever_asks,
    what_came_to_nothing_counts_as_well,
    who_was_asked_and_signed_in_is_forgotten,
);

// Harm prevented: an account that costs nothing writes to a whole town.
async fn an_account_is_no_way_to_write_to_strangers(stage: Arc<Stage>) {
    stage.leaves_work();
    let owner = stage.owner().await;
    let mut last = Value::Null;
    for number in 0..50 {
        last = invite(owner, &format!("asked-{number}@example.com"), "viewer").await.ok(201);
    }
    invite(owner, ASKED, "viewer").await.refused(409, "wrong_state");
    owner.post(&format!("/api/v1/invitations/{}/revoke", last["invitation_id"].as_str().unwrap())).await.is(204);
    invite(owner, ASKED, "viewer").await.refused(409, "wrong_state");
    stage.wait(120);
    invite(owner, "asked-0@example.com", "billing").await.refused(409, "wrong_state");
    stage.wait(86_400);
    let owner = stage.again("rahim@example.com").await;
    invite(&owner, ASKED, "viewer").await.is(201);
    invite(&owner, "more@example.com", "viewer").await.refused(409, "wrong_state");
}

// Harm prevented: asking and revoking in turn, from many accounts, fills somebody's mailbox.
async fn an_address_gets_one_letter_in_two_minutes_whoever_asks(stage: Arc<Stage>) {
    stage.leaves_work();
    let (owner, stranger) = (stage.owner().await, stage.stranger().await);
    let asked = invite(owner, ASKED, "viewer").await.ok(201);
    owner.post(&format!("/api/v1/invitations/{}/revoke", asked["invitation_id"].as_str().unwrap())).await.is(204);
    for who in [owner, stranger] {
        let refused = invite(who, ASKED, "viewer").await.refused(429, "rate_limited");
        assert_eq!(refused["retry_after_seconds"], 120);
    }
    assert_eq!(members(stranger).await["invitations"], json!([]));
    assert_eq!(stage.letters_to(ASKED).await.len(), 1);
    stage.wait(120);
    invite(stranger, ASKED, "viewer").await.is(201);
    invite(owner, ASKED, "viewer").await.refused(429, "rate_limited");
    assert_eq!(stage.letters_to(ASKED).await.len(), 2);
}

// Harm prevented: an account that costs nothing finds out who signs in here, one address after the other, or the day begins anew
// with each that is renewed.
async fn what_came_to_nothing_counts_as_well(stage: Arc<Stage>) {
    stage.leaves_work();
    let owner = stage.owner().await;
    stage.stranger().await;
    for _ in 0..25 {
        invite(owner, "mallory@example.com", "viewer").await.refused(409, "email_taken");
        invite(owner, ASKED, "viewer").await.is(201);
    }
    invite(owner, "mallory@example.com", "viewer").await.refused(409, "wrong_state");
    invite(owner, ASKED, "viewer").await.refused(409, "wrong_state");
    assert_eq!(stage.letters_to(ASKED).await.len(), 1);
    assert_eq!(members(owner).await["invitations"].as_array().unwrap().len(), 1);
}

// Harm prevented: addresses of people who never joined, and of the browsers of who left, are kept for ever.
async fn who_was_asked_and_signed_in_is_forgotten(stage: Arc<Stage>) {
    stage.leaves_work();
    let owner = stage.owner().await;
    let member = joined(&stage, owner, ASKED, "viewer").await;
    remove(owner, &id_of(&member)).await.is(204);
    invite(owner, "never@example.com", "viewer").await.is(201);
    let count = async |table: &str| stage.database.count(table, "1 = 1").await;
    stage.wait(30 * 86_400);
    forget(&stage.app).await.unwrap();
    assert_eq!((count("invitations").await, count("sessions").await), (2, 2), "not yet");
    assert_eq!((count("invitation_tries").await, count("invitation_letters").await), (0, 0));
    stage.wait(1);
    forget(&stage.app).await.unwrap();
    assert_eq!((count("invitations").await, count("sessions").await), (1, 1), "who joined, and left");
    assert_eq!(stage.database.count("invitations", "email = 'never@example.com'").await, 1);
    stage.wait(7 * 86_400);
    forget(&stage.app).await.unwrap();
    assert_eq!((count("invitations").await, count("sessions").await), (0, 1), "a sign-in that goes on stays");
}
