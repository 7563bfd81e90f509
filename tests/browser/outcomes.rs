//! A payment that does not go through. Harm prevented: a customer who cannot tell whether money left their account, or who
//! has no way to try again.

use crate::browser::Browser;
use hourglass_tests::{PASSWORD, Stage, terms};
use std::sync::Arc;

pub(crate) async fn story(stage: Arc<Stage>) {
    stage.leaves_work();
    let owner = stage.owner().await;
    let panel = stage.panel(owner, "surma", terms()).await;
    let browser = Browser::open().await;
    browser.sign_in(&stage.url, "rahim@example.com", PASSWORD).await;

    browser.click("[data-testid='panel-card'][data-panel='pending'] [data-testid='action-pay_now']").await;
    for (button, state) in [("#cancel", "cancelled"), ("#decline", "failed")] {
        browser.click("[data-testid='checkout-go']").await;
        browser.click(button).await;
        browser.find(&format!("[data-testid='payment'][data-state='{state}']")).await;
        let words = browser.text("[data-testid='payment']").await;
        assert!(words.contains("othing was charged"), "{state} says what became of the money: {words}");
        assert_eq!(owner.status(&panel).await["panel"]["status"], "pending", "nothing else changed");
        browser.click("[data-testid='try-again']").await;
    }
    browser.click("[data-testid='checkout-go']").await;
    browser.click("#pay").await;
    browser.find("[data-testid='payment'][data-state='settled']").await;
    assert_eq!(owner.status(&panel).await["panel"]["status"], "creating");
    browser.close().await;
}
