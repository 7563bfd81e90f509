//! Who belongs to an account: asked, joined, made more or less of, and gone. The letters are written and stay where they are.

use harness::{Answer, Keys, PASSWORD, Persona, Stage, terms};
use hourglass_tests as harness;
use serde_json::{Value, json};
use std::sync::Arc;

harness::stories!(
    a_viewer_who_was_invited_looks_and_does_nothing_else,
    only_an_owner_asks_and_changes,
    whoever_signs_in_already_is_not_asked,
    asking_again_sends_another_link,
    an_invitation_ends_when_it_is_revoked_or_old,
    of_two_who_join_by_one_link_one_does,
    the_last_owner_stays_one,
    two_owners_who_make_less_of_each_other_leave_one,
    two_owners_who_leave_at_once_leave_one,
    whoever_is_removed_is_signed_in_no_more,
    what_an_owner_asked_for_ends_with_them,
    nobody_joins_on_the_word_of_who_is_no_owner,
    owners_hear_who_owns_the_account_with_them,
    another_role_counts_from_the_next_renewal,
);

pub(crate) const ASKED: &str = "nadia@example.com";

pub(crate) async fn invite(who: &Persona, email: &str, role: &str) -> Answer {
    who.post_json("/api/v1/invitations", &proven(json!({ "email": email, "role": role }))).await
}

/// Whoever makes somebody an owner shows their password.
fn proven(mut body: Value) -> Value {
    if body["role"] == "owner" {
        body["password"] = json!(PASSWORD);
    }
    body
}

async fn look(stage: &Stage, token: &str) -> Answer {
    stage.nobody().post_json("/api/v1/invitations/look", &json!({ "token": token })).await
}

async fn join(nobody: &Persona, token: &str) -> Answer {
    let body = json!({ "token": token, "name": "Nadia", "password": PASSWORD, "language": "bn" });
    nobody.post_json("/api/v1/invitations/join", &body).await
}

/// Somebody who was invited, and joined.
pub(crate) async fn joined(stage: &Stage, owner: &Persona, email: &str, role: &str) -> Persona {
    invite(owner, email, role).await.is(201);
    let answer = join(&stage.nobody(), &stage.link_to(email).await).await.is(201);
    stage.nobody().with(Keys::of(&answer))
}

pub(crate) fn id_of(who: &Persona) -> String {
    who.keys().me["user_id"].as_str().unwrap().to_owned()
}

pub(crate) async fn change(who: &Persona, id: &str, role: &str) -> Answer {
    who.put_json(&format!("/api/v1/members/{id}"), "*", &proven(json!({ "role": role }))).await
}

pub(crate) async fn remove(who: &Persona, id: &str) -> Answer {
    who.post(&format!("/api/v1/members/{id}/remove")).await
}

pub(crate) async fn members(who: &Persona) -> Value {
    who.get("/api/v1/members").await.ok(200)
}

async fn owners(stage: &Stage) -> i64 {
    stage.database.count("users", "role = 'owner' AND removed_at IS NULL").await
}

// Harm prevented: somebody who was let in to look spends the shop's money, or lets others in.
async fn a_viewer_who_was_invited_looks_and_does_nothing_else(stage: Arc<Stage>) {
    stage.leaves_work();
    let owner = stage.owner().await;
    let panel = stage.active_panel(owner, "rahim", terms()).await;
    let asked = invite(owner, " Nadia@Example.com", "viewer").await.ok(201);
    assert_eq!((&asked["email"], &asked["role"]), (&json!(ASKED), &json!("viewer")));
    let token = stage.link_to(ASKED).await;
    let to = json!({ "account_name": "Rahim Traders", "email": ASKED, "role": "viewer" });
    assert_eq!(look(&stage, &token).await.ok(200), to);
    assert_eq!(look(&stage, &token).await.ok(200), to, "looking uses nothing up");
    let nobody = stage.nobody();
    let nameless = json!({ "token": token, "name": "", "password": "short", "language": "bn" });
    let problem = nobody.post_json("/api/v1/invitations/join", &nameless).await.refused(422, "invalid");
    assert_eq!(problem["errors"].as_array().unwrap().len(), 2, "all of them at once");
    let reset = json!({ "token": token, "password": PASSWORD });
    nobody.post_json("/api/v1/auth/reset", &reset).await.refused(410, "link_spent");

    let viewer = nobody.with(Keys::of(&join(&stage.nobody(), &token).await.is(201)));
    assert_eq!((&viewer.keys().me["role"], &viewer.keys().me["language"]), (&json!("viewer"), &json!("bn")));
    assert_eq!(viewer.account_id(), owner.account_id());
    join(&stage.nobody(), &token).await.refused(410, "link_spent");
    look(&stage, &token).await.refused(410, "link_spent");
    assert_eq!(viewer.status(&panel).await["actions"], json!(["open_panel", "manage"]));
    viewer.checkout(&panel, "mine").await.refused(404, "not_found");
    invite(&viewer, "more@example.com", "viewer").await.refused(404, "not_found");
    change(&viewer, &id_of(&viewer), "owner").await.refused(404, "not_found");
    remove(&viewer, &id_of(owner)).await.refused(404, "not_found");
    let seen = members(&viewer).await;
    assert_eq!((&seen["may_change"], &seen["invitations"]), (&json!(false), &json!([])));
    assert_eq!(seen["members"].as_array().unwrap().len(), 2);
    assert_eq!((&seen["members"][0]["this"], &seen["members"][1]["this"]), (&json!(false), &json!(true)));
    assert_eq!(members(owner).await["invitations"], json!([]), "it is open no more");
    for what in ["member_invited", "member_joined"] {
        assert_eq!(stage.database.count("audit_log", &format!("what = '{what}'")).await, 1, "{what}");
    }
    stage.again(ASKED).await.status(&panel).await;
}

// Harm prevented: an accountant makes themselves an owner, or the operator's people meddle with an account's.
async fn only_an_owner_asks_and_changes(stage: Arc<Stage>) {
    stage.leaves_work();
    let (owner, stranger, operator) = (stage.owner().await, stage.stranger().await, stage.operator().await);
    let billing = joined(&stage, owner, ASKED, "billing").await;
    let asked = invite(owner, "open@example.com", "viewer").await.ok(201);
    let revoke = format!("/api/v1/invitations/{}/revoke", asked["invitation_id"].as_str().unwrap());
    for other in [&billing, stranger, operator] {
        change(other, &id_of(owner), "viewer").await.refused(404, "not_found");
        remove(other, &id_of(owner)).await.refused(404, "not_found");
        other.post(&revoke).await.refused(404, "not_found");
    }
    for other in [&billing, operator] {
        invite(other, "more@example.com", "viewer").await.refused(404, "not_found");
    }
    operator.get("/api/v1/members").await.refused(404, "not_found");
    assert_eq!(members(stranger).await["members"].as_array().unwrap().len(), 1);
    let problem = invite(owner, "more@example.com", "operator").await.refused(422, "invalid");
    assert_eq!(problem["errors"][0]["pointer"], "/role");
    change(owner, &id_of(&billing), "operator").await.refused(422, "invalid");
    change(owner, &id_of(stranger), "viewer").await.refused(404, "not_found");
    invite(owner, "no address", "viewer").await.refused(422, "invalid");
    assert_eq!(members(owner).await["invitations"], json!([asked]));
    assert_eq!(stage.database.count("users", "role = 'operator'").await, 1);
}

// Harm prevented: somebody's address is taken from their own account.
async fn whoever_signs_in_already_is_not_asked(stage: Arc<Stage>) {
    stage.leaves_work();
    let owner = stage.owner().await;
    stage.stranger().await;
    for taken in ["mallory@example.com", "rahim@example.com"] {
        invite(owner, taken, "viewer").await.refused(409, "email_taken");
    }
    invite(owner, ASKED, "viewer").await.is(201);
    let token = stage.link_to(ASKED).await;
    stage.nobody().sign_up("Nadia's own", ASKED).await.is(201);
    join(&stage.nobody(), &token).await.refused(409, "email_taken");
    assert_eq!(members(owner).await["members"].as_array().unwrap().len(), 1);
    assert_eq!(stage.letters_to("mallory@example.com").await, Vec::<String>::new());
}

// Harm prevented: a letter that went astray lets somebody in after another was sent, or a mailbox is filled.
async fn asking_again_sends_another_link(stage: Arc<Stage>) {
    stage.leaves_work();
    let owner = stage.owner().await;
    let first = invite(owner, ASKED, "viewer").await.ok(201);
    let astray = stage.link_to(ASKED).await;
    let again = invite(owner, ASKED, "billing").await.ok(201);
    assert_eq!((&again["invitation_id"], &again["sent_at"]), (&first["invitation_id"], &first["sent_at"]));
    assert_eq!(stage.letters_to(ASKED).await.len(), 1, "one in two minutes");
    assert_eq!(look(&stage, &astray).await.ok(200)["role"], "billing", "what counts is what was said last");
    stage.wait(120);
    let again = invite(owner, ASKED, "viewer").await.ok(201);
    assert_eq!(again["invitation_id"], first["invitation_id"]);
    assert_ne!(again["sent_at"], first["sent_at"]);
    assert_eq!(stage.letters_to(ASKED).await.len(), 2);
    look(&stage, &astray).await.refused(410, "link_spent");
    join(&stage.nobody(), &astray).await.refused(410, "link_spent");
    assert_eq!(members(owner).await["invitations"].as_array().unwrap().len(), 1);
    let joined = join(&stage.nobody(), &stage.link_to(ASKED).await).await.ok(201);
    assert_eq!(joined["me"]["role"], "viewer");
}

// Harm prevented: somebody was asked by mistake, and joins a year later.
async fn an_invitation_ends_when_it_is_revoked_or_old(stage: Arc<Stage>) {
    stage.leaves_work();
    let owner = stage.owner().await;
    let asked = invite(owner, ASKED, "owner").await.ok(201);
    let token = stage.link_to(ASKED).await;
    let path = format!("/api/v1/invitations/{}/revoke", asked["invitation_id"].as_str().unwrap());
    owner.post(&path).await.is(204);
    owner.post(&path).await.is(204);
    look(&stage, &token).await.refused(410, "link_spent");
    join(&stage.nobody(), &token).await.refused(410, "link_spent");
    assert_eq!(members(owner).await["invitations"], json!([]));
    assert_eq!(stage.database.count("audit_log", "what = 'invitation_revoked'").await, 1);
    invite(owner, ASKED, "viewer").await.refused(429, "rate_limited");
    stage.wait(120);
    let anew = invite(owner, ASKED, "viewer").await.ok(201);
    assert_ne!(anew["invitation_id"], asked["invitation_id"]);
    let token = stage.link_to(ASKED).await;
    stage.wait(7 * 86_400 - 1);
    look(&stage, &token).await.is(200);
    stage.wait(1);
    look(&stage, &token).await.refused(410, "link_spent");
    join(&stage.nobody(), &token).await.refused(410, "link_spent");
    assert_eq!(stage.database.count("users", "1 = 1").await, 1);
}

// Harm prevented: one invitation lets two people in.
async fn of_two_who_join_by_one_link_one_does(stage: Arc<Stage>) {
    stage.leaves_work();
    let owner = stage.owner().await;
    invite(owner, ASKED, "viewer").await.is(201);
    let token = stage.link_to(ASKED).await;
    let mut all = tokio::task::JoinSet::new();
    for _ in 0..4 {
        let (nobody, token) = (stage.nobody(), token.clone());
        all.spawn(async move { join(&nobody, &token).await.status });
    }
    let mut statuses = all.join_all().await;
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 410, 410, 410]);
    assert_eq!(members(owner).await["members"].as_array().unwrap().len(), 2);
    assert_eq!(stage.database.count("sessions", "1 = 1").await, 2);
}

// Harm prevented: an account belongs to nobody, and no one can pay, cancel or let anybody in.
async fn the_last_owner_stays_one(stage: Arc<Stage>) {
    stage.leaves_work();
    let owner = stage.owner().await;
    let me = id_of(owner);
    joined(&stage, owner, ASKED, "billing").await;
    change(owner, &me, "viewer").await.refused(409, "last_owner");
    remove(owner, &me).await.refused(409, "last_owner");
    change(owner, &me, "owner").await.is(200);
    let second = joined(&stage, owner, "second@example.com", "owner").await;
    assert_eq!(change(owner, &me, "viewer").await.ok(200)["role"], "viewer");
    // The access token still says owner; the store knows better.
    invite(owner, "more@example.com", "viewer").await.refused(404, "not_found");
    change(owner, &me, "owner").await.refused(404, "not_found");
    remove(&second, &id_of(&second)).await.refused(409, "last_owner");
    assert_eq!(owners(&stage).await, 1);
}

// Harm prevented: two owners fall out, and the account has none.
async fn two_owners_who_make_less_of_each_other_leave_one(stage: Arc<Stage>) {
    stage.leaves_work();
    let first = stage.owner().await.clone();
    let second = joined(&stage, &first, "second@example.com", "owner").await;
    let (one, other) = (id_of(&first), id_of(&second));
    let (a, b) = tokio::join!(change(&first, &other, "viewer"), change(&second, &one, "viewer"));
    let mut statuses = [a.status, b.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409], "{a:?} {b:?}");
    let refused = if a.status == 409 { a } else { b };
    refused.refused(409, "last_owner");
    assert_eq!(owners(&stage).await, 1);
}

// Harm prevented: two owners leave in the same moment, each believing that the other stays.
async fn two_owners_who_leave_at_once_leave_one(stage: Arc<Stage>) {
    stage.leaves_work();
    let first = stage.owner().await.clone();
    let second = joined(&stage, &first, "second@example.com", "owner").await;
    let (one, other) = (id_of(&first), id_of(&second));
    let (a, b) = tokio::join!(remove(&first, &one), remove(&second, &other));
    let mut statuses = [a.status, b.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [204, 409], "{a:?} {b:?}");
    assert_eq!(owners(&stage).await, 1);
}

// Harm prevented: somebody who was let go still reads the shop's figures.
async fn whoever_is_removed_is_signed_in_no_more(stage: Arc<Stage>) {
    stage.leaves_work();
    let owner = stage.owner().await;
    let member = joined(&stage, owner, ASKED, "billing").await;
    remove(owner, &id_of(&member)).await.is(204);
    member.refresh(member.keys()).await.refused(401, "session_ended");
    member.get("/api/v1/me").await.refused(401, "session_ended");
    member.get("/api/v1/members").await.refused(401, "session_ended");
    stage.nobody().sign_in(ASKED, PASSWORD).await.refused(401, "wrong_credentials");
    remove(owner, &id_of(&member)).await.refused(404, "not_found");
    change(owner, &id_of(&member), "owner").await.refused(404, "not_found");
    assert_eq!(members(owner).await["members"].as_array().unwrap().len(), 1);
    assert_eq!(stage.database.count("audit_log", "what = 'member_removed' AND from_state = 'billing'").await, 1);
    // The address is anybody's to use, and a member may leave by themselves.
    stage.wait(120);
    let again = joined(&stage, owner, ASKED, "viewer").await;
    assert_ne!(id_of(&again), id_of(&member));
    remove(&again, &id_of(&again)).await.is(204);
    again.refresh(again.keys()).await.refused(401, "session_ended");
    stage.nobody().sign_up("Nadia's own", ASKED).await.is(201);
}

// Harm prevented: an owner who is let go has asked themselves back in, as an owner, before anybody looks.
async fn what_an_owner_asked_for_ends_with_them(stage: Arc<Stage>) {
    stage.leaves_work();
    let owner = stage.owner().await;
    let second = joined(&stage, owner, "second@example.com", "owner").await;
    let third = joined(&stage, owner, "third@example.com", "owner").await;
    invite(&second, "of-second@example.com", "owner").await.is(201);
    invite(&third, "of-third@example.com", "owner").await.is(201);
    let kept = invite(owner, ASKED, "viewer").await.ok(201);
    remove(owner, &id_of(&second)).await.is(204);
    change(owner, &id_of(&third), "billing").await.is(200);
    for address in ["of-second@example.com", "of-third@example.com"] {
        let token = stage.link_to(address).await;
        look(&stage, &token).await.refused(410, "link_spent");
        join(&stage.nobody(), &token).await.refused(410, "link_spent");
    }
    assert_eq!(members(owner).await["invitations"], json!([kept]), "what the others asked for stays");
    join(&stage.nobody(), &stage.link_to(ASKED).await).await.is(201);
    assert_eq!(stage.database.count("audit_log", "what = 'invitation_revoked'").await, 2);
    assert_eq!(owners(&stage).await, 1);
}

// Harm prevented: an invitation that was overlooked lets somebody in whom no owner asks.
async fn nobody_joins_on_the_word_of_who_is_no_owner(stage: Arc<Stage>) {
    stage.leaves_work();
    let owner = stage.owner().await;
    invite(owner, ASKED, "owner").await.is(201);
    let token = stage.link_to(ASKED).await;
    stage.database.meddle("UPDATE users SET role = 'viewer' WHERE email = 'rahim@example.com'").await;
    join(&stage.nobody(), &token).await.refused(410, "link_spent");
    stage.database.meddle("UPDATE users SET role = 'owner' WHERE email = 'rahim@example.com'").await;
    join(&stage.nobody(), &token).await.is(201);
}

// Harm prevented: whoever found one owner's page open makes themselves an owner, removes the others, and nobody hears of it in time.
async fn owners_hear_who_owns_the_account_with_them(stage: Arc<Stage>) {
    stage.leaves_work();
    let owner = stage.owner().await;
    let second = joined(&stage, owner, "second@example.com", "owner").await;
    assert_eq!(stage.letters_to("rahim@example.com").await, ["owner_added"]);
    invite(&second, ASKED, "owner").await.is(201);
    invite(&second, "viewer@example.com", "viewer").await.is(201);
    assert_eq!(stage.letters_to("rahim@example.com").await, ["owner_added", "owner_invited"]);
    let third = joined(&stage, owner, "third@example.com", "billing").await;
    assert_eq!(stage.letters_to("rahim@example.com").await.len(), 2, "who pays or looks is no news");
    change(&second, &id_of(&third), "owner").await.is(200);
    remove(&second, &id_of(owner)).await.is(204);
    let told = ["owner_added", "owner_invited", "owner_added", "owner_removed"];
    assert_eq!(stage.letters_to("rahim@example.com").await, told, "whoever is removed hears it as well");
    assert_eq!(stage.letters_to("third@example.com").await, ["invitation", "owner_removed"]);
    change(&second, &id_of(&third), "viewer").await.is(200);
    assert_eq!(stage.letters_to("third@example.com").await, ["invitation", "owner_removed", "owner_removed"]);
    assert_eq!(
        stage.letters_to("second@example.com").await,
        ["invitation"],
        "nobody hears of what they did themselves"
    );
}

// Harm prevented: somebody who may no longer pay goes on paying for as long as their page is open.
async fn another_role_counts_from_the_next_renewal(stage: Arc<Stage>) {
    stage.leaves_work();
    let owner = stage.owner().await;
    let panel = stage.panel(owner, "rahim", terms()).await;
    let member = joined(&stage, owner, ASKED, "billing").await;
    assert_eq!(change(owner, &id_of(&member), "viewer").await.ok(200)["role"], "viewer");
    stage.wait(600);
    member.get("/api/v1/me").await.refused(401, "unauthenticated");
    let renewed = member.with(Keys::of(&member.refresh(member.keys()).await.is(200)));
    assert_eq!(renewed.keys().me["role"], "viewer");
    renewed.checkout(&panel, "mine").await.refused(404, "not_found");
    let row = "what = 'member_changed' AND from_state = 'billing' AND to_state = 'viewer'";
    assert_eq!(stage.database.count("audit_log", row).await, 1);
}
