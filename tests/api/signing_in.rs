//! Signing up, in and out, and staying signed in.

use harness::{Keys, PASSWORD, Persona, Stage, terms};
use hourglass::store::UserRecord;
use hourglass_tests as harness;
use serde_json::{Value, json};
use shared::api::auth::{Language, Role};
use shared::ids::UserId;
use std::sync::Arc;

harness::stories!(
    an_address_is_taken_once_and_names_what_is_wrong,
    a_wrong_password_and_an_unknown_address_read_alike,
    guessing_is_made_to_wait_longer_each_time,
    guesses_sent_at_once_do_not_slip_past_the_lock,
    one_address_may_not_try_without_end,
    an_access_token_lasts_ten_minutes,
    each_refresh_token_is_good_once,
    a_stolen_refresh_token_ends_the_sign_in_for_both,
    two_tabs_may_refresh_at_the_same_moment,
    what_the_cookie_authorises_needs_the_header_too,
    signing_out_ends_it_on_the_server,
    billing_and_viewer_see_alike_and_do_less,
);

const EMAIL: &str = "rahim@example.com";

// Harm prevented: two people share an account by accident, or a form is refused without saying why.
async fn an_address_is_taken_once_and_names_what_is_wrong(stage: Arc<Stage>) {
    let nobody = stage.nobody();
    nobody.sign_up("Rahim", " Rahim@Example.com ").await.is(201);
    nobody.sign_up("Another Rahim", "rahim@EXAMPLE.com").await.refused(409, "email_taken");
    assert_eq!(stage.database.count("accounts", "1 = 1").await, 1, "the second left nothing behind");
    nobody.sign_in("RAHIM@example.com", PASSWORD).await.is(200);
    let body = json!({ "name": " ", "email": "rahim", "password": "short", "language": "en" });
    let problem = nobody.post_json("/api/v1/auth/sign-up", &body).await.refused(422, "invalid");
    let pointers: Vec<_> = problem["errors"].as_array().unwrap().iter().map(|error| &error["pointer"]).collect();
    assert_eq!(pointers, ["/name", "/email", "/password"], "all of them at once");
    let stored = stage.database.dump(harness::EVERYTHING).await;
    assert!(!stored.contains(PASSWORD), "no password is kept");
}

/// A refusal without what names the request.
fn words(mut problem: Value) -> Value {
    problem["request_id"] = Value::Null;
    problem
}

// Harm prevented: whoever wants to know who is a customer asks the sign-in page.
async fn a_wrong_password_and_an_unknown_address_read_alike(stage: Arc<Stage>) {
    stage.owner().await;
    let nobody = stage.nobody();
    for _ in 0..5 {
        let wrong = nobody.sign_in(EMAIL, "not the password").await.refused(401, "wrong_credentials");
        let unknown = nobody.sign_in("karim@example.com", PASSWORD).await.refused(401, "wrong_credentials");
        assert_eq!(words(wrong), words(unknown));
    }
    let wrong = nobody.sign_in(EMAIL, PASSWORD).await.refused(429, "locked_out");
    let unknown = nobody.sign_in("karim@example.com", PASSWORD).await.refused(429, "locked_out");
    assert_eq!(words(wrong), words(unknown));
    nobody.sign_in("not an address", PASSWORD).await.refused(401, "wrong_credentials");
}

// Harm prevented: a password is guessed by trying all night.
async fn guessing_is_made_to_wait_longer_each_time(stage: Arc<Stage>) {
    stage.owner().await;
    let nobody = stage.nobody();
    for _ in 0..4 {
        nobody.sign_in(EMAIL, "guess").await.refused(401, "wrong_credentials");
    }
    for wait in [30_u32, 60, 120] {
        nobody.sign_in(EMAIL, "guess").await.refused(401, "wrong_credentials");
        let locked = nobody.sign_in(EMAIL, PASSWORD).await;
        let problem = locked.refused(429, "locked_out");
        assert_eq!(problem["retry_after_seconds"], wait);
        assert_eq!(locked.header("retry-after"), Some(wait.to_string().as_str()));
        stage.wait(i64::from(wait) - 1);
        assert_eq!(nobody.sign_in(EMAIL, PASSWORD).await.refused(429, "locked_out")["retry_after_seconds"], 1);
        stage.wait(1);
    }
    nobody.sign_in(EMAIL, PASSWORD).await.is(200);
    for _ in 0..4 {
        nobody.sign_in(EMAIL, "guess").await.refused(401, "wrong_credentials");
    }
    nobody.sign_in(EMAIL, PASSWORD).await.is(200);
}

// Harm prevented: a hundred guesses in one moment count as one.
async fn guesses_sent_at_once_do_not_slip_past_the_lock(stage: Arc<Stage>) {
    stage.owner().await;
    let mut all = tokio::task::JoinSet::new();
    for _ in 0..12 {
        let nobody = stage.nobody();
        all.spawn(async move { nobody.sign_in(EMAIL, "guess").await.status });
    }
    let statuses = all.join_all().await;
    let looked_at = statuses.iter().filter(|status| **status == 401).count();
    assert!(looked_at <= 5 && statuses.iter().all(|status| [401, 429].contains(status)), "{statuses:?}");
    assert_eq!(stage.database.count("sign_in_failures", "failures <= 5").await, 1);
}

// Harm prevented: one machine tries one password on every address.
async fn one_address_may_not_try_without_end(stage: Arc<Stage>) {
    let (_, nobody) = stage.another(|settings| settings.sign_ins_per_minute = 3).await;
    for number in 0..3 {
        nobody.sign_in(&format!("nobody-{number}@example.com"), "guess").await.refused(401, "wrong_credentials");
    }
    let limited = nobody.sign_up("One more", "more@example.com").await;
    limited.refused(429, "rate_limited");
    assert_eq!(limited.header("retry-after"), Some("60"));
    assert_eq!(stage.database.count("users", "1 = 1").await, 0);
}

// Harm prevented: a token that was seen once opens everything for ever.
async fn an_access_token_lasts_ten_minutes(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    assert_eq!(owner.get("/api/v1/me").await.ok(200)["role"], "owner");
    stage.wait(599);
    owner.get("/api/v1/me").await.is(200);
    stage.wait(1);
    owner.get("/api/v1/me").await.refused(401, "unauthenticated");
    let refreshed = owner.with(Keys::of(&owner.refresh(owner.keys()).await.is(200)));
    refreshed.get("/api/v1/me").await.is(200);
    // Whoever stays away for a month signs in again.
    stage.wait(30 * 86_400);
    refreshed.refresh(refreshed.keys()).await.refused(401, "session_ended");
}

// Harm prevented: a refresh token is a password that never changes.
async fn each_refresh_token_is_good_once(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let mut keys = vec![owner.keys().clone()];
    for _ in 0..3 {
        stage.wait(700);
        let last = keys.last().unwrap();
        let answer = owner.refresh(last).await.is(200);
        let next = Keys::of(&answer);
        assert_ne!(next.refresh_token, last.refresh_token);
        let cookie = answer.headers.get("set-cookie").unwrap().to_str().unwrap().to_owned();
        for part in ["HttpOnly", "SameSite=Strict", "Path=/api/v1/auth"] {
            assert!(cookie.contains(part), "{cookie}");
        }
        keys.push(next);
    }
    let stored = stage.database.dump(&["refresh_tokens", "sessions"]).await;
    let secrets = |keys: &Keys| [keys.refresh_token.clone(), keys.csrf_token.clone()];
    assert!(keys.iter().flat_map(secrets).all(|secret| !stored.contains(&secret)), "only hashes are kept");
}

// Harm prevented: a thief with a copied cookie stays signed in beside its owner, unnoticed.
async fn a_stolen_refresh_token_ends_the_sign_in_for_both(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let stolen = owner.keys().clone();
    let next = Keys::of(&owner.refresh(&stolen).await.is(200));
    stage.wait(121);
    owner.refresh(&stolen).await.refused(401, "session_ended");
    owner.refresh(&next).await.refused(401, "session_ended");
    assert_eq!(stage.database.count("audit_log", "what = 'session_ended' AND why = 'refresh_token_reused'").await, 1);
    stage.nobody().sign_in(EMAIL, PASSWORD).await.is(200);
}

// Harm prevented: whoever opens two tabs, or is on a line that loses answers, is signed out as a thief.
async fn two_tabs_may_refresh_at_the_same_moment(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let mut tabs = tokio::task::JoinSet::new();
    for _ in 0..4 {
        let (owner, keys) = (owner.clone(), owner.keys().clone());
        tabs.spawn(async move { Keys::of(&owner.refresh(&keys).await.is(200)) });
    }
    let tabs = tabs.join_all().await;
    stage.wait(120);
    let late = Keys::of(&owner.refresh(owner.keys()).await.is(200));
    for keys in tabs.iter().chain([&late]) {
        stage.nobody().with(keys.clone()).get("/api/v1/me").await.is(200);
        stage.nobody().refresh(keys).await.is(200);
    }
}

// Harm prevented: another site's page signs a customer out, or keeps them signed in, with their own cookie.
async fn what_the_cookie_authorises_needs_the_header_too(stage: Arc<Stage>) {
    let (owner, stranger) = (stage.owner().await, stage.stranger().await);
    let keys = owner.keys();
    for path in ["/api/v1/auth/refresh", "/api/v1/auth/sign-out"] {
        for csrf in [None, Some(""), Some("guess"), Some(stranger.keys().csrf_token.as_str())] {
            owner.by_cookie(path, Some(&keys.refresh_token), csrf).await.refused(403, "csrf_mismatch");
        }
    }
    owner.by_cookie("/api/v1/auth/refresh", Some("guess"), Some(&keys.csrf_token)).await.refused(401, "session_ended");
    owner.refresh(keys).await.is(200);
}

// Harm prevented: whoever signs out on a borrowed machine is signed in there all the same.
async fn signing_out_ends_it_on_the_server(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let keys = owner.keys();
    let out = || owner.by_cookie("/api/v1/auth/sign-out", Some(&keys.refresh_token), Some(&keys.csrf_token));
    let elsewhere = Keys::of(&owner.sign_in(EMAIL, PASSWORD).await.is(200));
    let answer = out().await.is(204);
    assert_eq!(answer.cookie("hg_refresh").as_deref(), Some(""), "the browser forgets it, too");
    owner.refresh(keys).await.refused(401, "session_ended");
    out().await.is(204);
    owner.refresh(&elsewhere).await.is(200);
}

async fn member(stage: &Stage, role: Role, email: &str) -> Persona {
    let owner = stage.owner().await;
    let user = UserRecord {
        id: UserId::new(stage.app.ids.uuid()),
        account_id: Some(owner.account_id().parse().unwrap()),
        email: email.to_owned(),
        name: email.to_owned(),
        password_hash: stage.app.passwords.hash(PASSWORD).await.unwrap(),
        role,
        language: Language::Bn,
        created_at: harness::beginning(),
    };
    let tx = stage.app.store.begin().await.unwrap();
    assert!(tx.insert_user(&user).await.unwrap());
    tx.commit().await.unwrap();
    let nobody = stage.nobody();
    nobody.with(Keys::of(&nobody.sign_in(email, PASSWORD).await.is(200)))
}

// Harm prevented: an accountant stops the shop's panel, or somebody who may only look spends its money.
async fn billing_and_viewer_see_alike_and_do_less(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let panel = stage.active_panel(owner, "rahim", terms()).await;
    stage.pass_hours(6).await;
    let billing = member(&stage, Role::Billing, "billing@example.com").await;
    let viewer = member(&stage, Role::Viewer, "viewer@example.com").await;
    for (member, actions) in
        [(&billing, json!(["open_panel", "manage", "renew_early"])), (&viewer, json!(["open_panel", "manage"]))]
    {
        let status = member.status(&panel).await;
        assert_eq!(status["actions"], actions);
        assert_eq!(status["billing"], owner.status(&panel).await["billing"]);
        for act in ["stop", "start", "retry", "resume"] {
            member.post(&panel.path(act)).await.refused(404, "not_found");
        }
    }
    viewer.checkout(&panel, "one").await.refused(404, "not_found");
    stage.pay(&billing, &panel, "one").await;
    assert_eq!(owner.status(&panel).await["billing"]["queued_cycles"], 1);
}
