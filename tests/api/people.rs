//! What people say of themselves, and the passwords that they change or forget. The letters are written and stay where they are.

use harness::{Answer, PASSWORD, Persona, Stage};
use hourglass_tests as harness;
use serde_json::{Value, json};
use std::sync::Arc;

harness::stories!(
    people_say_what_they_are_called_and_who_speaks_how,
    a_new_password_ends_the_other_sign_ins,
    whoever_finds_a_page_open_does_not_guess_the_password,
    forgetting_tells_nobody_who_signs_in,
    a_link_resets_the_password_once,
    a_link_is_good_for_an_hour_and_until_the_next,
    of_two_who_use_one_link_at_once_one_wins,
    a_password_that_changed_spends_its_links,
    whoever_asks_without_end_is_made_to_wait,
    whoever_shows_passwords_without_end_is_made_to_wait,
);

const EMAIL: &str = "rahim@example.com";
const NEW: &str = "another battery, stapled";

async fn change(who: &Persona, current: &str, new: &str) -> Answer {
    who.post_json("/api/v1/me/password", &json!({ "current": current, "new": new })).await
}

async fn forgot(who: &Persona, email: &str) -> Answer {
    who.post_json("/api/v1/auth/forgot", &json!({ "email": email })).await
}

async fn reset(who: &Persona, token: &str, password: &str) -> Answer {
    who.post_json("/api/v1/auth/reset", &json!({ "token": token, "password": password })).await
}

fn at_fault(problem: &Value) -> &Value {
    &problem["errors"][0]["pointer"]
}

// Harm prevented: somebody is spoken to in a language that they do not read, under a name that is not theirs.
async fn people_say_what_they_are_called_and_who_speaks_how(stage: Arc<Stage>) {
    for who in [stage.owner().await, stage.operator().await] {
        let before = who.get("/api/v1/me/profile").await.ok(200);
        assert_eq!((&before["email"], &before["language"]), (&who.keys().me["email"], &json!("en")));
        assert_eq!((&before["has_second_factor"], &before["recovery_codes_left"]), (&json!(false), &json!(0)));
        let edit = json!({ "name": " রহিম উদ্দিন ", "language": "bn" });
        let after = who.put_json("/api/v1/me/profile", "*", &edit).await.ok(200);
        assert_eq!((&after["name"], &after["language"]), (&json!("রহিম উদ্দিন"), &json!("bn")));
        assert_eq!(who.get("/api/v1/me/profile").await.ok(200), after);
        assert_eq!(who.get("/api/v1/me").await.ok(200)["name"], after["name"]);
        let nameless = json!({ "name": " ", "language": "bn" });
        let problem = who.put_json("/api/v1/me/profile", "*", &nameless).await.refused(422, "invalid");
        assert_eq!(at_fault(&problem), "/name");
    }
    assert_eq!(stage.database.count("audit_log", "what = 'profile_edited'").await, 2);
    assert_eq!(stage.database.count("audit_log", "what = 'profile_edited' AND account_id IS NULL").await, 1);
    let account = stage.owner().await.account_id();
    let owner = stage.owner().await.get(&format!("/api/v1/accounts/{account}")).await.ok(200);
    assert_eq!(owner["name"], "Rahim Traders", "the account is called as before");
}

// Harm prevented: whoever learnt the old password stays signed in after it was changed.
async fn a_new_password_ends_the_other_sign_ins(stage: Arc<Stage>) {
    stage.leaves_work();
    let owner = stage.owner().await;
    let elsewhere = stage.again(EMAIL).await;
    assert_eq!(at_fault(&change(owner, "a guess", NEW).await.refused(422, "invalid")), "/current");
    assert_eq!(at_fault(&change(owner, PASSWORD, "short").await.refused(422, "invalid")), "/new");
    stage.again(EMAIL).await;
    change(owner, PASSWORD, NEW).await.is(204);
    elsewhere.refresh(elsewhere.keys()).await.refused(401, "session_ended");
    owner.refresh(owner.keys()).await.is(200);
    stage.nobody().sign_in(EMAIL, PASSWORD).await.refused(401, "wrong_credentials");
    stage.nobody().sign_in(EMAIL, NEW).await.is(200);
    assert_eq!(stage.letters_to(EMAIL).await, ["password_changed"]);
    assert_eq!(stage.database.count("audit_log", "what = 'password_changed'").await, 1);
    let stored = stage.database.dump(harness::EVERYTHING).await;
    assert!(!stored.contains(NEW), "no password is kept");
}

// Harm prevented: a page that was left open is a place to guess at the password all day.
async fn whoever_finds_a_page_open_does_not_guess_the_password(stage: Arc<Stage>) {
    stage.leaves_work();
    let owner = stage.owner().await;
    for _ in 0..5 {
        assert_eq!(at_fault(&change(owner, "a guess", NEW).await.refused(422, "invalid")), "/current");
    }
    assert_eq!(change(owner, PASSWORD, NEW).await.refused(429, "locked_out")["retry_after_seconds"], 30);
    // Whoever waits is told so before anything else is looked at.
    change(owner, PASSWORD, "short").await.refused(429, "locked_out");
    stage.nobody().sign_in(EMAIL, PASSWORD).await.refused(429, "locked_out");
    stage.wait(30);
    change(owner, PASSWORD, NEW).await.is(204);
}

// Harm prevented: whoever wants to know who is a customer asks the page for forgotten passwords, or fills somebody's mailbox.
async fn forgetting_tells_nobody_who_signs_in(stage: Arc<Stage>) {
    stage.leaves_work();
    stage.owner().await;
    let nobody = stage.nobody();
    let names = |answer: &Answer| -> Vec<String> { answer.headers.keys().map(ToString::to_string).collect() };
    for _ in 0..2 {
        let known = forgot(&nobody, " Rahim@Example.com").await.is(202);
        let unknown = forgot(&nobody, "karim@example.com").await.is(202);
        assert_eq!((&known.body, names(&known)), (&unknown.body, names(&unknown)));
    }
    assert_eq!(stage.letters_to(EMAIL).await, ["reset_password"], "one in two minutes");
    assert_eq!(stage.letters_to("karim@example.com").await, Vec::<String>::new());
    assert_eq!(stage.database.count("links", "1 = 1").await, 1, "the unknown one left none");
    stage.wait(119);
    forgot(&nobody, EMAIL).await.is(202);
    assert_eq!(stage.letters_to(EMAIL).await.len(), 1);
    let token = stage.link_to(EMAIL).await;
    // Two minutes have passed, but the link is young.
    stage.wait(1);
    let known = forgot(&nobody, EMAIL).await.is(202);
    let unknown = forgot(&nobody, "karim@example.com").await.is(202);
    assert_eq!((&known.body, names(&known)), (&unknown.body, names(&unknown)));
    assert_eq!(stage.letters_to(EMAIL).await.len(), 1, "no other while the link is young");
    assert_eq!(stage.link_to(EMAIL).await, token);
    assert_eq!(stage.database.count("links", "used_at IS NULL").await, 1, "and it is good still");
    stage.wait(780);
    forgot(&nobody, EMAIL).await.is(202);
    assert_eq!(stage.letters_to(EMAIL).await.len(), 2, "after a quarter of an hour");
    assert_eq!(at_fault(&forgot(&nobody, "rahim").await.refused(422, "invalid")), "/email");
    let token = stage.link_to(EMAIL).await;
    let kept = stage.database.dump(&["letters", "links"]).await;
    assert!(!kept.contains(&token), "what the link carries is kept nowhere");
}

// Harm prevented: a letter that lies about opens the account again and again, or its thief stays signed in.
async fn a_link_resets_the_password_once(stage: Arc<Stage>) {
    stage.leaves_work();
    let (owner, nobody) = (stage.owner().await, stage.nobody());
    for _ in 0..5 {
        nobody.sign_in(EMAIL, "guess").await.refused(401, "wrong_credentials");
    }
    nobody.sign_in(EMAIL, PASSWORD).await.refused(429, "locked_out");
    forgot(&nobody, EMAIL).await.is(202);
    let token = stage.link_to(EMAIL).await;
    assert_eq!(at_fault(&reset(&nobody, &token, "short").await.refused(422, "invalid")), "/password");
    reset(&nobody, &token, NEW).await.is(204);
    owner.refresh(owner.keys()).await.refused(401, "session_ended");
    nobody.sign_in(EMAIL, NEW).await.is(200);
    nobody.sign_in(EMAIL, PASSWORD).await.refused(401, "wrong_credentials");
    reset(&nobody, &token, PASSWORD).await.refused(410, "link_spent");
    nobody.sign_in(EMAIL, NEW).await.is(200);
    assert_eq!(stage.letters_to(EMAIL).await, ["reset_password", "password_changed"]);
    assert_eq!(stage.database.count("audit_log", "what = 'password_reset'").await, 1);
}

// Harm prevented: a letter found a year later opens the account.
async fn a_link_is_good_for_an_hour_and_until_the_next(stage: Arc<Stage>) {
    stage.leaves_work();
    stage.owner().await;
    let nobody = stage.nobody();
    forgot(&nobody, EMAIL).await.is(202);
    let first = stage.link_to(EMAIL).await;
    stage.wait(3_600);
    reset(&nobody, &first, NEW).await.refused(410, "link_spent");
    forgot(&nobody, EMAIL).await.is(202);
    let second = stage.link_to(EMAIL).await;
    stage.wait(899);
    forgot(&nobody, EMAIL).await.is(202);
    assert_eq!(stage.link_to(EMAIL).await, second);
    stage.wait(121);
    forgot(&nobody, EMAIL).await.is(202);
    let third = stage.link_to(EMAIL).await;
    reset(&nobody, &second, NEW).await.refused(410, "link_spent");
    let (id, _) = third.split_once('.').expect("a token of two parts");
    let (_, proof) = second.split_once('.').expect("a token of two parts");
    for forged in ["", "guess", id, &format!("{id}."), &format!("{id}.{proof}")] {
        reset(&nobody, forged, NEW).await.refused(410, "link_spent");
    }
    stage.wait(3_599);
    reset(&nobody, &third, NEW).await.is(204);
    nobody.sign_in(EMAIL, NEW).await.is(200);
}

// Harm prevented: whoever reads along uses the link in the same moment as its reader, and both believe that it is theirs.
async fn of_two_who_use_one_link_at_once_one_wins(stage: Arc<Stage>) {
    stage.leaves_work();
    stage.owner().await;
    forgot(&stage.nobody(), EMAIL).await.is(202);
    let token = stage.link_to(EMAIL).await;
    let mut all = tokio::task::JoinSet::new();
    for number in 0..4 {
        let (nobody, token) = (stage.nobody(), token.clone());
        all.spawn(async move { (number, reset(&nobody, &token, &format!("{NEW} {number}")).await.status) });
    }
    let mut done = all.join_all().await;
    done.sort_by_key(|(_, status)| *status);
    assert_eq!(done.iter().map(|(_, status)| *status).collect::<Vec<_>>(), [204, 410, 410, 410]);
    let (winner, _) = done[0];
    stage.nobody().sign_in(EMAIL, &format!("{NEW} {winner}")).await.is(200);
    assert_eq!(stage.database.count("audit_log", "what = 'password_reset'").await, 1);
}

// Harm prevented: somebody changes their password because a letter was read by others, and the letter still works.
async fn a_password_that_changed_spends_its_links(stage: Arc<Stage>) {
    stage.leaves_work();
    let owner = stage.owner().await;
    forgot(&stage.nobody(), EMAIL).await.is(202);
    let token = stage.link_to(EMAIL).await;
    change(owner, PASSWORD, NEW).await.is(204);
    reset(&stage.nobody(), &token, PASSWORD).await.refused(410, "link_spent");
    stage.nobody().sign_in(EMAIL, NEW).await.is(200);
}

// Harm prevented: a machine asks for letters to everybody, or tries links until one fits.
async fn whoever_asks_without_end_is_made_to_wait(stage: Arc<Stage>) {
    let join = json!({ "token": "guess", "name": "A", "password": NEW, "language": "en" });
    let tries = [
        ("/api/v1/auth/forgot", json!({ "email": EMAIL }), 202),
        ("/api/v1/auth/reset", json!({ "token": "guess", "password": NEW }), 410),
        ("/api/v1/auth/reset/look", json!({ "token": "guess" }), 410),
        ("/api/v1/invitations/look", json!({ "token": "guess" }), 410),
        ("/api/v1/invitations/join", join, 410),
    ];
    for (path, body, status) in tries {
        let (_, nobody) = stage.another(|settings| settings.sign_ins_per_minute = 2).await;
        for _ in 0..2 {
            nobody.post_json(path, &body).await.is(status);
        }
        nobody.post_json(path, &body).await.refused(429, "rate_limited");
    }
}

// Harm prevented: a page that was left open keeps the server busy with hashing passwords, or writes to strangers without end.
async fn whoever_shows_passwords_without_end_is_made_to_wait(stage: Arc<Stage>) {
    let keys = stage.owner().await.keys().clone();
    let code = json!({ "password": PASSWORD, "code": "123456" });
    let tries = [
        ("/api/v1/me/password", json!({ "current": PASSWORD, "new": "short" }), 422),
        ("/api/v1/me/second-factor", json!({ "password": PASSWORD }), 200),
        ("/api/v1/me/second-factor/remove", code.clone(), 409),
        ("/api/v1/me/second-factor/recovery-codes", code, 409),
        ("/api/v1/invitations", json!({ "email": "no address", "role": "viewer" }), 422),
    ];
    for (path, body, status) in tries {
        let (_, nobody) = stage.another(|settings| settings.sign_ins_per_minute = 2).await;
        let owner = nobody.with(keys.clone());
        for _ in 0..2 {
            owner.post_json(path, &body).await.is(status);
        }
        owner.post_json(path, &body).await.refused(429, "rate_limited");
    }
}
