//! The way in when a password is not enough, in the browser: it is forgotten, or a code is asked for besides.

use crate::browser::Browser;
use hourglass::keys::totp;
use hourglass::port::clock::Clock as _;
use hourglass_tests::{PASSWORD, Stage, terms};
use std::collections::BTreeSet;
use std::sync::Arc;
use thirtyfour::By;

const EMAIL: &str = "rahim@example.com";
const NEW: &str = "another battery, stapled";
/// How long a code is shown.
const STEP_SECONDS: i64 = 30;

/// Fills the sign-in page in, and sends it.
async fn enter(browser: &Browser, password: &str) {
    browser.find("form:has([data-testid='sign-in'])").await;
    browser.write("[data-testid='email']", EMAIL).await;
    browser.write("[data-testid='password']", password).await;
    browser.click("[data-testid='sign-in']").await;
}

// Harm prevented: somebody who forgot a password never comes in again; or whoever had it stays in after it was changed.
pub(crate) async fn forgotten(stage: Arc<Stage>) {
    stage.leaves_work();
    let owner = stage.owner().await;
    stage.panel(owner, "padma", terms()).await;
    let elsewhere = Browser::open().await;
    elsewhere.sign_in(&stage.url, EMAIL, PASSWORD).await;

    let browser = Browser::open().await;
    browser.driver.goto(format!("{}/sign-in", stage.url)).await.expect("the page");
    browser.click("[data-testid='forgot-password']").await;
    browser.see("forgot").await;
    browser.write("[data-testid='email']", EMAIL).await;
    browser.click("[data-testid='forgot']").await;
    browser.says("[data-testid='forgot-sent']", EMAIL).await;
    stage.work().await;
    let link = stage.mailed_link(EMAIL, "/reset?token=");
    browser.driver.goto(&link).await.expect("the page");
    browser.write("[data-testid='password']", NEW).await;
    browser.click("[data-testid='reset']").await;
    browser.says("main", "Your new password is set. Sign in with it.").await;

    enter(&browser, PASSWORD).await;
    browser.says("[data-testid='sign-error']", "Email and password do not go together.").await;
    enter(&browser, NEW).await;
    browser.see("panel-card").await;

    elsewhere.driver.refresh().await.expect("the page, once more");
    elsewhere.see("sign-in").await;
    assert_eq!(elsewhere.count("[data-testid='panel-card']").await, 0, "nothing is shown there any more");
    elsewhere.close().await;
    owner.refresh(owner.keys()).await.refused(401, "session_ended");

    // Nobody has to think of another password to be told.
    browser.driver.goto(&link).await.expect("the page");
    browser.see("link-spent").await;
    stage.nobody().sign_in(EMAIL, PASSWORD).await.refused(401, "wrong_credentials");
    stage.nobody().sign_in(EMAIL, NEW).await.is(200);
    browser.close().await;
}

/// Which step of the phone's clock it is.
fn step(stage: &Stage) -> i64 {
    stage.wall.now().unix() / STEP_SECONDS
}

/// What the phone shows now.
fn code(stage: &Stage, secret: &[u8]) -> String {
    totp::code(secret, step(stage))
}

/// Six digits that the phone does not show about now.
fn wrong_code(stage: &Stage, secret: &[u8]) -> String {
    let good: Vec<String> = (-2..=2).map(|off| totp::code(secret, step(stage) + off)).collect();
    (0..).map(|number: u32| format!("{number:06}")).find(|code| !good.contains(code)).expect("one of a million")
}

// Harm prevented: whoever learnt a password is in; or its owner never is again, since none of the codes that they kept is
// taken.
pub(crate) async fn second_factor(stage: Arc<Stage>) {
    stage.leaves_work();
    let owner = stage.owner().await;
    stage.panel(owner, "padma", terms()).await;
    let browser = Browser::open().await;
    browser.sign_in(&stage.url, EMAIL, PASSWORD).await;
    browser.driver.goto(format!("{}/account/security", stage.url)).await.expect("the page");
    let (secret, kept) = set_up(&stage, &browser).await;
    assert_eq!(stage.letters_to(EMAIL).await, ["second_factor_on"], "its owner is told");

    browser.click("[data-testid='sign-out']").await;
    enter(&browser, PASSWORD).await;
    browser.write("[data-testid='code']", &wrong_code(&stage, &secret)).await;
    browser.click("[data-testid='sign-in']").await;
    browser.says("#code-error", "The code does not fit.").await;
    stage.nobody().sign_in(EMAIL, PASSWORD).await.refused(401, "second_factor_needed");
    // The code that switched it on is used up; the phone shows another one by now.
    stage.wait(STEP_SECONDS);
    browser.write("[data-testid='code']", &code(&stage, &secret)).await;
    browser.click("[data-testid='sign-in']").await;
    browser.says("main", &format!("Recovery codes left: {}", kept.len())).await;

    browser.click("[data-testid='sign-out']").await;
    enter(&browser, PASSWORD).await;
    browser.click("[data-testid='other-code']").await;
    browser.says("label[for='code']", "Recovery code").await;
    browser.write("[data-testid='code']", &kept[0]).await;
    browser.click("[data-testid='sign-in']").await;
    browser.says("main", &format!("Recovery codes left: {}", kept.len() - 1)).await;
    browser.close().await;
}

/// Switches it on. Gives the secret that the phone has by then, and the codes that were kept.
async fn set_up(stage: &Stage, browser: &Browser) -> (Vec<u8>, Vec<String>) {
    browser.click("[data-testid='factor-begin']").await;
    browser.write("[data-testid='password']", PASSWORD).await;
    browser.click("[data-testid='factor-next']").await;
    browser.find("img.qr").await;
    let secret = totp::from_base32(&browser.value("[data-testid='secret']").await).expect("a key");
    browser.write("[data-testid='code']", &code(stage, &secret)).await;
    browser.click("[data-testid='factor-confirm']").await;
    browser.see("recovery-codes").await;
    let mut kept = Vec::new();
    for row in browser.driver.find_all(By::Css("[data-testid='recovery-codes'] li")).await.expect("codes") {
        kept.push(row.text().await.expect("a code"));
    }
    assert_eq!(kept.iter().collect::<BTreeSet<_>>().len(), 10, "ten different ones: {kept:?}");
    browser.click("[data-testid='codes-kept']").await;
    browser.says("main", "On. Signing in asks for a code of your app.").await;
    (secret, kept)
}
