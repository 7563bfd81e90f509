//! The network goes. Harm prevented: a page that shows nothing, or old figures as if they were new, or that never recovers.

use crate::browser::Browser;
use hourglass_tests::{PASSWORD, Stage, terms};
use std::sync::Arc;
use thirtyfour::prelude::ElementQueryable as _;

pub(crate) async fn story(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    stage.active_panel(owner, "padma", terms()).await;
    stage.pass_hours(3).await;
    let browser = Browser::open().await;
    browser.sign_in(&stage.url, "rahim@example.com", PASSWORD).await;
    let figure = browser.text("[data-testid='panel-card'] .figure").await;
    assert_eq!(figure, "3 of 10 hours used");

    browser.cut_network(true).await;
    browser.see("offline").await;
    browser.find("[data-testid='panel-card'].stale").await;
    assert_eq!(browser.text("[data-testid='panel-card'] .figure").await, figure, "the last figures stay");
    assert!(!browser.text("[data-testid='age']").await.is_empty(), "and say how old they are");

    stage.pass_hours(2).await;
    browser.cut_network(false).await;
    browser.find("[data-testid='panel-card']:not(.stale)").await;
    let caught_up = "//*[contains(concat(' ', @class, ' '), ' figure ')][contains(., '5 of 10')]";
    let patience = std::time::Duration::from_secs(60);
    let glance = std::time::Duration::from_millis(100);
    let found = browser.driver.query(thirtyfour::By::XPath(caught_up)).wait(patience, glance).first().await;
    assert!(found.is_ok(), "the figures recover by themselves");

    // Opened anew without a network. The service worker comes after everything that the page needs.
    let waits = "navigator.serviceWorker.ready.then(() => arguments[arguments.length - 1]())";
    browser.driver.execute_async(waits, Vec::new()).await.expect("a service worker");
    browser.driver.refresh().await.expect("the page, once more");
    browser.find("[data-testid='panel-card']:not(.stale)").await;
    let figure = browser.text("[data-testid='panel-card'] .figure").await;
    browser.cut_network(true).await;
    browser.driver.refresh().await.expect("the page, from this device");
    browser.find("[data-testid='panel-card'].stale").await;
    assert_eq!(browser.text("[data-testid='panel-card'] .figure").await, figure, "the figures that this device kept");
    assert!(!browser.text("[data-testid='age']").await.is_empty(), "and say how old they are");
    browser.cut_network(false).await;
    browser.find("[data-testid='panel-card']:not(.stale)").await;
    browser.close().await;
}
