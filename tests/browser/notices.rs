//! What an account is told, in the browser.

use crate::browser::{Browser, GLANCE, GLANCES};
use hourglass_tests::{PASSWORD, Panel, Persona, Stage};
use std::sync::Arc;
use tokio::time::interval;

const BELL: &str = "[data-testid='nav-notices']";
/// How many are unread, at the bell; not there if none is.
const COUNT: &str = "[data-testid='nav-notices'] .count";
const LEAD: &str = "main .lead";
/// The mark of a notice that was not read.
const NEW: &str = "[data-testid='notice'] .badge";

// Harm prevented: whoever has read everything is told for ever that something waits, or what nobody has read counts as
// read.
pub(crate) async fn story(stage: Arc<Stage>) {
    stage.leaves_work();
    let owner = stage.owner().await;
    let panel = stage.expired_panel(owner, "surma").await;
    let told = owner.notices().await.len();
    assert!(told > 2, "one can be marked, one followed, and one is left");
    let browser = Browser::open().await;
    browser.sign_in(&stage.url, "rahim@example.com", PASSWORD).await;
    browser.says(COUNT, &told.to_string()).await;

    browser.click(BELL).await;
    browser.says(LEAD, &format!("{told} unread")).await;
    assert_eq!((browser.count("[data-testid='notice']").await, browser.count(NEW).await), (told, told));
    let button = browser.find("[data-testid^='read-ntc_']").await.attr("data-testid").await.expect("an answer");
    let id = button.expect("its name").trim_start_matches("read-").to_owned();
    browser.click(&format!("[data-testid='read-{id}']")).await;
    browser.says(LEAD, &format!("{} unread", told - 1)).await;
    browser.says(COUNT, &(told - 1).to_string()).await;
    assert_eq!(browser.count(&format!("[id='{id}'] .badge")).await, 0, "it was this one");
    comes_to(owner, &panel, told - 1).await;
    browser.driver.refresh().await.expect("the page, once more");
    browser.says(LEAD, &format!("{} unread", told - 1)).await;
    assert_eq!((browser.count(NEW).await, browser.count(&format!("[id='{id}'] .badge")).await), (told - 1, 0));

    // The page is left at once; the server hears of it all the same.
    browser.click("[data-testid='notice']:has(.badge) [data-testid^='notice-ntc_']").await;
    comes_to(owner, &panel, told - 2).await;
    browser.gone("[data-testid='notice']").await;
    browser.click(BELL).await;
    browser.says(LEAD, &format!("{} unread", told - 2)).await;

    browser.click("[data-testid='read-all']").await;
    browser.says(LEAD, "All read").await;
    browser.gone(COUNT).await;
    comes_to(owner, &panel, 0).await;
    browser.driver.refresh().await.expect("the page, once more");
    browser.says(LEAD, "All read").await;
    assert_eq!(browser.count("[data-testid='notice']").await, told, "they can be read again");
    assert_eq!((browser.count(NEW).await, browser.count(COUNT).await), (0, 0), "and stay read");
    let name = browser.find(BELL).await.attr("aria-label").await.expect("an answer");
    assert_eq!(name.as_deref(), Some("Notices"), "nor does the bell say otherwise to who hears it");
    browser.close().await;
}

/// The page takes a mark away at once; the server hears of it a moment later.
async fn comes_to(owner: &Persona, panel: &Panel, wanted: usize) {
    let mut glances = interval(GLANCE);
    let mut unread = None;
    for _ in 0..GLANCES {
        glances.tick().await;
        unread = owner.status(panel).await["notices_unread"].as_u64().and_then(|count| usize::try_from(count).ok());
        if unread == Some(wanted) {
            return;
        }
    }
    assert_eq!(unread, Some(wanted), "so many are unread at the server");
}
