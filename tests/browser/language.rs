//! The switch of languages, in the browser: everything is said in other words, and nothing else changes.

use crate::browser::{Browser, GLANCE, GLANCES};
use crate::hosting::at_panel;
use hourglass_tests::Stage;
use serde_json::json;
use std::sync::Arc;
use tokio::time::interval;

const SWITCH: &str = "[data-testid='language']";
const FIGURE: &str = "[data-testid='panel-card'] .figure";
/// Far down the page of a panel: whoever reads there has something open.
const OPENED: &str = "[data-testid='why-1'][aria-expanded='true']";
/// Where that is in the window, and whether all of it can be seen.
const IN_SIGHT: &str = "const place = document.querySelector(\"[data-testid='why-1']\").getBoundingClientRect(); \
                        return place.top >= 0 && place.bottom <= window.innerHeight";

/// Puts it in the middle of the window.
const CENTRE: &str =
    "document.querySelector(\"[data-testid='why-1']\").scrollIntoView({ block: 'center', behavior: 'instant' })";
/// A screen reader, or a voice, presses what is not on the screen.
const PRESS: &str = "document.querySelector(\"[data-testid='language']\").click()";
const FIGURES: [(&str, &str); 2] = [("bn", "৩ ঘণ্টা ব্যবহৃত, ১০ ঘণ্টার মধ্যে"), ("en", "3 of 10 hours used")];
const LABELS: [(&str, &str); 2] = [("bn", "প্যানেলের নাম"), ("en", "Name of the panel")];

async fn address(browser: &Browser) -> String {
    browser.driver.current_url().await.expect("an address").into()
}

// Harm prevented: whoever wants to read a page in Bangla finds themselves at its beginning, or on another one, and what was
// opened or typed is gone.
pub(crate) async fn story(stage: Arc<Stage>) {
    let (browser, _) = at_panel(&stage, "jamuna").await;
    stage.pass_hours(3).await;
    browser.says(FIGURE, FIGURES[1].1).await;
    reads_on(&browser).await;
    writes_on(&stage, &browser).await;
    browser.close().await;
}

/// On a long page.
async fn reads_on(browser: &Browser) {
    browser.click("[data-testid='why-1']").await;
    browser.find(".steps li").await;
    whole(browser).await;
    let there = address(browser).await;
    browser.ask(CENTRE).await;
    let down = browser.ask("return window.scrollY").await.as_f64().expect("pixels");
    assert!(down > 200.0, "the beginning of the page is out of sight: {down}");
    assert_eq!(browser.ask(IN_SIGHT).await, true);
    browser.mark().await;
    for (lang, figure) in FIGURES {
        browser.ask(PRESS).await;
        browser.find(&format!("html[lang='{lang}']")).await;
        browser.says(FIGURE, figure).await;
        assert_eq!(address(browser).await, there);
        assert_eq!(browser.ask(IN_SIGHT).await, true, "{lang}: what was read is still in sight");
        browser.find(OPENED).await;
        let why = browser.text(".steps").await;
        // The sign of the taka stands in both.
        let is_bangla = why.chars().any(|c| c.is_alphabetic() && ('\u{980}'..='\u{9ff}').contains(&c));
        assert_eq!(is_bangla, lang == "bn", "what was opened is open, in the same language: {why}");
    }
    assert!(browser.is_marked().await, "without loading the page anew");
}

/// Waits until each part of the page has come: what comes later would move the others.
async fn whole(browser: &Browser) {
    let mut glances = interval(GLANCE);
    for _ in 0..GLANCES {
        glances.tick().await;
        if !browser.text("main").await.contains("Loading") {
            return;
        }
    }
    panic!("something of the page never came: {}", browser.text("main").await);
}

/// In a form that is half filled in.
async fn writes_on(stage: &Stage, browser: &Browser) {
    let form = format!("{}/new", stage.url);
    browser.driver.goto(&form).await.expect("the page");
    browser.says("label[for='name']", LABELS[1].1).await;
    browser.write("#name", "Rahim Stores").await;
    browser.write("#subdomain", "rahim-shop").await;
    browser.mark().await;
    for (lang, label) in LABELS {
        browser.click(SWITCH).await;
        browser.find(&format!("html[lang='{lang}']")).await;
        browser.says("label[for='name']", label).await;
        let typed = (browser.value("#name").await, browser.value("#subdomain").await);
        assert_eq!(typed, ("Rahim Stores".to_owned(), "rahim-shop".to_owned()), "{lang}: what was typed stays");
        assert_eq!(address(browser).await, form);
        let held = browser.ask("return document.activeElement.dataset.testid").await;
        assert_eq!(held, json!("language"), "{lang}: the keyboard stays on the switch");
    }
    assert!(browser.is_marked().await, "without loading the page anew");
    browser.click(SWITCH).await;
    browser.says("label[for='name']", LABELS[0].1).await;
    browser.driver.goto(&stage.url).await.expect("another page");
    browser.says(FIGURE, FIGURES[0].1).await;
}

// Harm prevented: an account in another country reads every time as if it were in Bangladesh; or whoever signs in next, at the
// same browser, reads theirs as if they were there.
pub(crate) async fn clocks(stage: Arc<Stage>) {
    stage.owner().await;
    stage.database.meddle("UPDATE accounts SET zone = 'America/New_York'").await;
    let (browser, _) = at_panel(&stage, "jamuna").await;
    // The cycle began at noon in Dhaka.
    for _ in 0..2 {
        browser.states("Started", "5 Jan 2026, 1:00 am").await;
        browser.says(".foot", "America/New_York").await;
        browser.driver.refresh().await.expect("the page, once more");
    }
    browser.click("[data-testid='sign-out']").await;
    browser.see("sign-in").await;
    browser.says(".foot", "Bangladesh").await;
    browser.close().await;
}
