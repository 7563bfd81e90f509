//! Who makes somebody an owner shows their password. The letters are written and stay where they are.

use crate::invitations::{ASKED, change, id_of, invite, joined, members};
use harness::{Answer, PASSWORD, Persona, Stage};
use hourglass_tests as harness;
use serde_json::{Value, json};
use std::sync::Arc;

harness::stories!(
    a_page_that_was_left_open_makes_nobody_an_owner,
    whoever_guesses_to_make_an_owner_is_made_to_wait,
    whoever_may_not_make_an_owner_hears_nothing_of_passwords,
);

const NEW: &str = "new@example.com";

async fn raise(who: &Persona, id: &str, password: &Value) -> Answer {
    who.put_json(&format!("/api/v1/members/{id}"), "*", &json!({ "role": "owner", "password": password })).await
}

async fn ask(who: &Persona, password: &Value) -> Answer {
    who.post_json("/api/v1/invitations", &json!({ "email": NEW, "role": "owner", "password": password })).await
}

fn at_fault(answer: &Answer) -> (Value, Value) {
    let problem = answer.refused(422, "invalid");
    (problem["errors"][0]["pointer"].clone(), problem["errors"][0]["code"].clone())
}

// Harm prevented: whoever finds an owner's page open makes themselves an owner, and the account is theirs for ever.
async fn a_page_that_was_left_open_makes_nobody_an_owner(stage: Arc<Stage>) {
    stage.leaves_work();
    let owner = stage.owner().await;
    let id = id_of(&joined(&stage, owner, ASKED, "billing").await);
    for (password, code) in [(Value::Null, "required"), (json!(""), "required"), (json!("a guess"), "wrong")] {
        for answer in [raise(owner, &id, &password).await, ask(owner, &password).await] {
            assert_eq!(at_fault(&answer), (json!("/password"), json!(code)), "{password}");
        }
    }
    let bare = json!({ "role": "owner" });
    let answer = owner.put_json(&format!("/api/v1/members/{id}"), "*", &bare).await;
    assert_eq!(at_fault(&answer), (json!("/password"), json!("required")));
    let seen = members(owner).await;
    assert_eq!((&seen["members"][1]["role"], &seen["invitations"]), (&json!("billing"), &json!([])));
    assert_eq!(stage.letters_to(NEW).await, Vec::<String>::new());
    assert_eq!(stage.database.count("audit_log", "what = 'member_changed'").await, 0);
    // What was missing was no guess; what was wrong was one.
    let failed = "email = 'rahim@example.com' AND failures = 2";
    assert_eq!(stage.database.count("sign_in_failures", failed).await, 1);
    // An invitation does not become an owner's without it, either.
    invite(owner, NEW, "viewer").await.is(201);
    assert_eq!(at_fault(&ask(owner, &Value::Null).await).1, "required");
    assert_eq!(members(owner).await["invitations"][0]["role"], "viewer");
    assert_eq!(ask(owner, &json!(PASSWORD)).await.ok(201)["role"], "owner");
    assert_eq!(raise(owner, &id, &json!(PASSWORD)).await.ok(200)["role"], "owner");
    // To make less of somebody it is not asked for.
    let less = json!({ "role": "viewer" });
    owner.put_json(&format!("/api/v1/members/{id}"), "*", &less).await.is(200);
}

// Harm prevented: the page for roles is a place to guess at the password all day.
async fn whoever_guesses_to_make_an_owner_is_made_to_wait(stage: Arc<Stage>) {
    stage.leaves_work();
    let owner = stage.owner().await;
    let id = id_of(&joined(&stage, owner, ASKED, "billing").await);
    for _ in 0..3 {
        assert_eq!(at_fault(&raise(owner, &id, &json!("a guess")).await).1, "wrong");
    }
    for _ in 0..2 {
        assert_eq!(at_fault(&ask(owner, &json!("a guess")).await).1, "wrong");
    }
    for answer in [raise(owner, &id, &json!(PASSWORD)).await, ask(owner, &json!(PASSWORD)).await] {
        assert_eq!(answer.refused(429, "locked_out")["retry_after_seconds"], 30);
    }
    stage.nobody().sign_in("rahim@example.com", PASSWORD).await.refused(429, "locked_out");
    assert_eq!(change(owner, &id, "viewer").await.ok(200)["role"], "viewer", "what takes no password goes on");
    stage.wait(30);
    assert_eq!(raise(owner, &id, &json!(PASSWORD)).await.ok(200)["role"], "owner");
    let (_, nobody) = stage.another(|settings| settings.sign_ins_per_minute = 2).await;
    let here = nobody.with(owner.keys().clone());
    for _ in 0..2 {
        raise(&here, &id, &json!(PASSWORD)).await.is(200);
    }
    raise(&here, &id, &json!(PASSWORD)).await.refused(429, "rate_limited");
}

// Harm prevented: an accountant makes themselves an owner with a password of their own, or learns what takes one.
async fn whoever_may_not_make_an_owner_hears_nothing_of_passwords(stage: Arc<Stage>) {
    stage.leaves_work();
    let (owner, stranger, operator) = (stage.owner().await, stage.stranger().await, stage.operator().await);
    let billing = joined(&stage, owner, ASKED, "billing").await;
    let id = id_of(&billing);
    let before = stage.database.dump(harness::EVERYTHING).await;
    for who in [&billing, operator] {
        for password in [Value::Null, json!("a guess"), json!(PASSWORD)] {
            raise(who, &id, &password).await.refused(404, "not_found");
            ask(who, &password).await.refused(404, "not_found");
        }
    }
    raise(owner, &id_of(stranger), &json!(PASSWORD)).await.refused(404, "not_found");
    assert_eq!(stage.database.dump(harness::EVERYTHING).await, before, "nothing of it left a trace");
}
