//! The second factor: what signing in asks for once somebody has one.

use harness::{Answer, PASSWORD, Persona, Stage};
use hourglass::adapter::system::SystemIds;
use hourglass::flow::FlowError;
use hourglass::flow::people::remove_lost_factor::remove_lost_factor;
use hourglass::keys::totp;
use hourglass::port::clock::Clock as _;
use hourglass_tests as harness;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::sync::Arc;

harness::stories!(
    signing_in_asks_for_a_code_that_is_good_once,
    a_wrong_password_never_tells_that_there_is_a_factor,
    guessing_codes_is_made_to_wait_like_guessing_passwords,
    a_recovery_code_is_good_once,
    a_code_that_is_sent_at_once_by_many_signs_one_in,
    removing_it_takes_the_password_and_a_code,
    an_operator_has_one_as_well,
    a_reset_password_does_not_take_it_away,
    a_reset_password_forgives_no_guesses_at_codes,
    a_factor_that_was_lost_is_removed_at_the_command_line,
);

const EMAIL: &str = "rahim@example.com";
const PATH: &str = "/api/v1/me/second-factor";

/// Somebody's second factor, in force.
struct Factor {
    secret: Vec<u8>,
    recovery_codes: Vec<String>,
}

impl Factor {
    async fn of(stage: &Stage, who: &Persona) -> Self {
        // The letter about it stays where it is.
        stage.leaves_work();
        let new = who.post_json(PATH, &json!({ "password": PASSWORD })).await.ok(200);
        let secret = totp::from_base32(new["secret"].as_str().unwrap()).unwrap();
        let mut factor = Self { secret, recovery_codes: Vec::new() };
        let confirm = json!({ "code": factor.code(stage) });
        factor.recovery_codes = codes(&who.post_json(&format!("{PATH}/confirm"), &confirm).await.ok(200));
        factor
    }

    /// What the phone shows now.
    fn code(&self, stage: &Stage) -> String {
        totp::code(&self.secret, stage.wall.now().unix() / 30)
    }

    /// What it shows once the code that it shows now is gone.
    fn next_code(&self, stage: &Stage) -> String {
        stage.wait(30);
        self.code(stage)
    }

    /// Six digits that it does not show about now.
    fn wrong_code(&self, stage: &Stage) -> String {
        let step = stage.wall.now().unix() / 30;
        let good: Vec<String> = (-2..=2).map(|off| totp::code(&self.secret, step + off)).collect();
        (0..).map(|number: u32| format!("{number:06}")).find(|code| !good.contains(code)).unwrap()
    }
}

fn codes(view: &Value) -> Vec<String> {
    view["codes"].as_array().unwrap().iter().map(|code| code.as_str().unwrap().to_owned()).collect()
}

async fn sign_in(who: &Persona, email: &str, password: &str, code: &str) -> Answer {
    let body = json!({ "email": email, "password": password, "code": code });
    who.post_json("/api/v1/auth/sign-in", &body).await
}

fn at_fault(problem: &Value) -> &Value {
    &problem["errors"][0]["pointer"]
}

/// A refusal without what names the request.
fn words(mut problem: Value) -> Value {
    problem["request_id"] = Value::Null;
    problem
}

// Harm prevented: whoever learnt a password has the account; or a code seen over a shoulder signs in a second time.
async fn signing_in_asks_for_a_code_that_is_good_once(stage: Arc<Stage>) {
    stage.leaves_work();
    let (owner, nobody) = (stage.owner().await, stage.nobody());
    let guess = owner.post_json(PATH, &json!({ "password": "a guess" })).await.refused(422, "invalid");
    assert_eq!(at_fault(&guess), "/password");
    let early = json!({ "code": "123456" });
    owner.post_json(&format!("{PATH}/confirm"), &early).await.refused(409, "wrong_state");
    let new = owner.post_json(PATH, &json!({ "password": PASSWORD })).await.ok(200);
    let secret = new["secret"].as_str().unwrap();
    assert!(new["uri"].as_str().unwrap().contains(secret) && new["qr_svg"].as_str().unwrap().contains("<svg"));
    nobody.sign_in(EMAIL, PASSWORD).await.is(200);
    let factor = Factor { secret: totp::from_base32(secret).unwrap(), recovery_codes: Vec::new() };
    let wrong = json!({ "code": factor.wrong_code(&stage) });
    let problem = owner.post_json(&format!("{PATH}/confirm"), &wrong).await.refused(422, "invalid");
    assert_eq!(at_fault(&problem), "/code");
    nobody.sign_in(EMAIL, PASSWORD).await.is(200);

    let first = factor.code(&stage);
    let given = owner.post_json(&format!("{PATH}/confirm"), &json!({ "code": first })).await.ok(200);
    assert_eq!(codes(&given).into_iter().collect::<BTreeSet<_>>().len(), 10);
    let profile = owner.get("/api/v1/me/profile").await.ok(200);
    assert_eq!((&profile["has_second_factor"], &profile["recovery_codes_left"]), (&json!(true), &json!(10)));
    nobody.sign_in(EMAIL, PASSWORD).await.refused(401, "second_factor_needed");
    sign_in(&nobody, EMAIL, PASSWORD, " ").await.refused(401, "second_factor_needed");
    sign_in(&nobody, EMAIL, PASSWORD, &first).await.refused(401, "second_factor_needed");
    let code = factor.next_code(&stage);
    let typed: String = code.chars().map(|c| char::from_u32('০' as u32 + c.to_digit(10).unwrap()).unwrap()).collect();
    sign_in(&nobody, EMAIL, PASSWORD, &format!("{} {}", &typed[..9], &typed[9..])).await.is(200);
    sign_in(&nobody, EMAIL, PASSWORD, &code).await.refused(401, "second_factor_needed");
    owner.post_json(PATH, &json!({ "password": PASSWORD })).await.refused(409, "wrong_state");

    assert_eq!(stage.letters_to(EMAIL).await, ["second_factor_on"]);
    assert_eq!(stage.database.count("audit_log", "what = 'second_factor_on'").await, 1);
    let stored = stage.database.dump(harness::EVERYTHING).await;
    let plain = |code: &String| [code.clone(), code.replace('-', "")];
    let secrets = codes(&given).iter().flat_map(plain).chain([secret.to_owned()]).collect::<Vec<_>>();
    assert!(secrets.iter().all(|secret| !stored.contains(secret)), "neither the secret nor a recovery code is kept");
}

// Harm prevented: guesses at the sign-in page tell which accounts have no second factor, and are worth the effort.
async fn a_wrong_password_never_tells_that_there_is_a_factor(stage: Arc<Stage>) {
    let factor = Factor::of(&stage, stage.owner().await).await;
    stage.stranger().await;
    let nobody = stage.nobody();
    let code = factor.next_code(&stage);
    let mut answers = BTreeSet::new();
    for email in [EMAIL, "mallory@example.com", "karim@example.com"] {
        let without = nobody.sign_in(email, "a guess").await.refused(401, "wrong_credentials");
        let with = sign_in(&nobody, email, "a guess", &code).await.refused(401, "wrong_credentials");
        answers.extend([words(without).to_string(), words(with).to_string()]);
    }
    assert_eq!(answers.len(), 1, "{answers:?}");
    sign_in(&nobody, EMAIL, PASSWORD, &code).await.is(200);
    sign_in(&nobody, "mallory@example.com", PASSWORD, "not asked for").await.is(200);
}

// Harm prevented: whoever has the password tries a million codes in a night.
async fn guessing_codes_is_made_to_wait_like_guessing_passwords(stage: Arc<Stage>) {
    let factor = Factor::of(&stage, stage.owner().await).await;
    let nobody = stage.nobody();
    for _ in 0..4 {
        sign_in(&nobody, EMAIL, PASSWORD, &factor.wrong_code(&stage)).await.refused(401, "second_factor_needed");
        // Being asked for a code is no guess, and makes none of them forgotten.
        nobody.sign_in(EMAIL, PASSWORD).await.refused(401, "second_factor_needed");
    }
    sign_in(&nobody, EMAIL, PASSWORD, "no-such-recovery-code").await.refused(401, "second_factor_needed");
    let code = factor.code(&stage);
    let locked = sign_in(&nobody, EMAIL, PASSWORD, &code).await.refused(429, "locked_out");
    assert_eq!(locked["retry_after_seconds"], 30);
    sign_in(&nobody, EMAIL, PASSWORD, &factor.next_code(&stage)).await.is(200);
}

// Harm prevented: a phone is lost, and the account with it; or a list of codes that was found signs in for ever.
async fn a_recovery_code_is_good_once(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let factor = Factor::of(&stage, owner).await;
    let nobody = stage.nobody();
    let [first, second, third] = &factor.recovery_codes[..3] else { panic!("ten of them") };
    sign_in(&nobody, EMAIL, PASSWORD, &format!(" {} ", first.to_uppercase().replace('-', " "))).await.is(200);
    sign_in(&nobody, EMAIL, PASSWORD, first).await.refused(401, "second_factor_needed");
    assert_eq!(owner.get("/api/v1/me/profile").await.ok(200)["recovery_codes_left"], 9);
    let mut all = tokio::task::JoinSet::new();
    for _ in 0..3 {
        let (nobody, code) = (stage.nobody(), second.clone());
        all.spawn(async move { sign_in(&nobody, EMAIL, PASSWORD, &code).await.status });
    }
    let mut statuses = all.join_all().await;
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 401, 401]);
    let renew = json!({ "password": PASSWORD, "code": factor.next_code(&stage) });
    let new = codes(&owner.post_json(&format!("{PATH}/recovery-codes"), &renew).await.ok(200));
    assert_eq!(new.len(), 10);
    sign_in(&nobody, EMAIL, PASSWORD, third).await.refused(401, "second_factor_needed");
    sign_in(&nobody, EMAIL, PASSWORD, &new[0]).await.is(200);
    // Another's code is nobody else's.
    let stranger = Factor::of(&stage, stage.stranger().await).await;
    sign_in(&nobody, EMAIL, PASSWORD, &stranger.recovery_codes[0]).await.refused(401, "second_factor_needed");
}

// Harm prevented: whoever reads a code along sends it in the same moment as its owner.
async fn a_code_that_is_sent_at_once_by_many_signs_one_in(stage: Arc<Stage>) {
    let factor = Factor::of(&stage, stage.owner().await).await;
    let code = factor.next_code(&stage);
    let mut all = tokio::task::JoinSet::new();
    for _ in 0..4 {
        let (nobody, code) = (stage.nobody(), code.clone());
        all.spawn(async move { sign_in(&nobody, EMAIL, PASSWORD, &code).await.status });
    }
    let mut statuses = all.join_all().await;
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 401, 401, 401]);
}

// Harm prevented: whoever finds a page open takes the second factor away.
async fn removing_it_takes_the_password_and_a_code(stage: Arc<Stage>) {
    let (owner, nobody) = (stage.owner().await, stage.nobody());
    let path = format!("{PATH}/remove");
    let body = |password: &str, code: &str| json!({ "password": password, "code": code });
    owner.post_json(&path, &body(PASSWORD, "123456")).await.refused(409, "wrong_state");
    let factor = Factor::of(&stage, owner).await;
    let code = factor.next_code(&stage);
    let problem = owner.post_json(&path, &body("a guess", &code)).await.refused(422, "invalid");
    assert_eq!(at_fault(&problem), "/password");
    let wrong = body(PASSWORD, &factor.wrong_code(&stage));
    assert_eq!(at_fault(&owner.post_json(&path, &wrong).await.refused(422, "invalid")), "/code");
    nobody.sign_in(EMAIL, PASSWORD).await.refused(401, "second_factor_needed");
    owner.post_json(&path, &body(PASSWORD, &code)).await.is(204);
    nobody.sign_in(EMAIL, PASSWORD).await.is(200);
    assert_eq!(owner.get("/api/v1/me/profile").await.ok(200)["recovery_codes_left"], 0);
    assert_eq!(stage.letters_to(EMAIL).await, ["second_factor_on", "second_factor_off"]);
    let again = Factor::of(&stage, owner).await;
    owner.post_json(&path, &body(PASSWORD, &again.recovery_codes[9])).await.is(204);
    assert_eq!(stage.database.count("audit_log", "what = 'second_factor_off'").await, 2);
    assert_eq!(stage.database.count("recovery_codes", "1 = 1").await, 0);
}

// Harm prevented: those who see every account are the ones whom a password alone protects.
async fn an_operator_has_one_as_well(stage: Arc<Stage>) {
    let operator = stage.operator().await;
    let factor = Factor::of(&stage, operator).await;
    let (nobody, email) = (stage.nobody(), "operator@example.com");
    nobody.sign_in(email, PASSWORD).await.refused(401, "second_factor_needed");
    sign_in(&nobody, email, PASSWORD, &factor.next_code(&stage)).await.is(200);
    sign_in(&nobody, email, PASSWORD, &factor.recovery_codes[0]).await.is(200);
    assert_eq!(stage.database.count("audit_log", "what = 'second_factor_on' AND actor = 'operator'").await, 1);
}

// Harm prevented: whoever reads somebody's mail resets the password, and needs no phone.
async fn a_reset_password_does_not_take_it_away(stage: Arc<Stage>) {
    let factor = Factor::of(&stage, stage.owner().await).await;
    let nobody = stage.nobody();
    nobody.post_json("/api/v1/auth/forgot", &json!({ "email": EMAIL })).await.is(202);
    let reset = json!({ "token": stage.link_to(EMAIL).await, "password": "another battery, stapled" });
    nobody.post_json("/api/v1/auth/reset", &reset).await.is(204);
    nobody.sign_in(EMAIL, "another battery, stapled").await.refused(401, "second_factor_needed");
    let code = factor.next_code(&stage);
    sign_in(&nobody, EMAIL, "another battery, stapled", &code).await.is(200);
}

// Harm prevented: whoever reads somebody's mail resets the password after every five guesses, and never has to wait.
async fn a_reset_password_forgives_no_guesses_at_codes(stage: Arc<Stage>) {
    let factor = Factor::of(&stage, stage.owner().await).await;
    let (nobody, new) = (stage.nobody(), "another battery, stapled");
    for _ in 0..5 {
        sign_in(&nobody, EMAIL, PASSWORD, &factor.wrong_code(&stage)).await.refused(401, "second_factor_needed");
    }
    nobody.post_json("/api/v1/auth/forgot", &json!({ "email": EMAIL })).await.is(202);
    let reset = json!({ "token": stage.link_to(EMAIL).await, "password": new });
    nobody.post_json("/api/v1/auth/reset", &reset).await.is(204);
    let code = factor.code(&stage);
    let locked = sign_in(&nobody, EMAIL, new, &code).await.refused(429, "locked_out");
    assert_eq!(locked["retry_after_seconds"], 30);
    stage.wait(30);
    sign_in(&nobody, EMAIL, new, &factor.wrong_code(&stage)).await.refused(401, "second_factor_needed");
    let locked = sign_in(&nobody, EMAIL, new, &factor.code(&stage)).await.refused(429, "locked_out");
    assert_eq!(locked["retry_after_seconds"], 60, "the sixth guess is the sixth");
    stage.wait(60);
    sign_in(&nobody, EMAIL, new, &factor.code(&stage)).await.is(200);
}

// Harm prevented: somebody who lost their phone and their codes never gets in again; or is not told that somebody else asked.
async fn a_factor_that_was_lost_is_removed_at_the_command_line(stage: Arc<Stage>) {
    let factor = Factor::of(&stage, stage.owner().await).await;
    let remove = async |email: &str, can_write: bool| {
        remove_lost_factor(&stage.app.store, &SystemIds::default(), &*stage.wall, email, can_write).await
    };
    assert!(matches!(remove("karim@example.com", true).await, Err(FlowError::NotFound)));
    let nobody = stage.nobody();
    nobody.sign_in(EMAIL, PASSWORD).await.refused(401, "second_factor_needed");
    let id = remove(" Rahim@Example.com", true).await.unwrap();
    nobody.sign_in(EMAIL, PASSWORD).await.is(200);
    assert_eq!(stage.database.count("recovery_codes", "1 = 1").await, 0);
    assert_eq!(stage.letters_to(EMAIL).await, ["second_factor_on", "second_factor_off"]);
    let row = format!("what = 'second_factor_off' AND actor = 'operator' AND account_id IS NOT NULL AND why = '{id}'");
    assert_eq!(stage.database.count("audit_log", &row).await, 1);
    assert!(matches!(remove(EMAIL, true).await, Err(FlowError::NoSecondFactor)));
    // Where no mail is sent none is written.
    let again = Factor::of(&stage, stage.owner().await).await;
    assert_ne!(again.secret, factor.secret);
    remove(EMAIL, false).await.unwrap();
    assert_eq!(stage.letters_to(EMAIL).await, ["second_factor_on", "second_factor_off", "second_factor_on"]);
}
