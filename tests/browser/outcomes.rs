//! A payment that does not go through. Harm prevented: a customer who cannot tell whether money left their account, or who
//! has no way to try again.

use crate::browser::Browser;
use hourglass_tests::{PASSWORD, Persona, Stage, terms};
use sandbox::gateway::Faults;
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
    stage.gateway.set_faults(Faults { risky: true, ..Faults::default() });
    browser.click("[data-testid='checkout-go']").await;
    browser.click("#pay").await;
    browser.find("[data-testid='payment'][data-state='held']").await;
    // Whoever comes back to pay is told, and led to what they paid.
    browser.driver.goto(format!("{}/panels/{}/pay", stage.url, panel.id)).await.unwrap();
    browser.says("main", "please do not pay again").await;
    browser.click("[data-testid='held']").await;
    browser.find("[data-testid='payment'][data-state='held']").await;
    accept(&stage, owner).await;
    browser.driver.refresh().await.unwrap();
    browser.find("[data-testid='payment'][data-state='settled']").await;
    assert_eq!(owner.status(&panel).await["panel"]["status"], "creating");
    browser.close().await;
}

/// The operator has looked at the owner's newest payment, and takes it.
async fn accept(stage: &Stage, owner: &Persona) {
    let newest = owner.get("/api/v1/payments?limit=1").await.ok(200)["items"][0]["payment_id"].clone();
    let held = owner.payment(newest.as_str().expect("a payment")).await;
    let receipt = held["receipts"][0]["receipt_id"].as_str().expect("a charge");
    let operator = stage.operator().await;
    assert_eq!(operator.post(&format!("/api/v1/receipts/{receipt}/accept")).await.ok(200)["state"], "settled");
}
