//! Money that paid nothing yet. Harm prevented: a customer with credit is sent to a bank, or cannot see where it came from
//! and where it went.

use crate::browser::Browser;
use hourglass_tests::{PASSWORD, Stage, terms};
use sandbox::gateway::Action;
use std::sync::Arc;

pub(crate) async fn story(stage: Arc<Stage>) {
    stage.leaves_work();
    let owner = stage.owner().await;
    let first = stage.panel(owner, "meghna", terms()).await;
    // Two pages were open, and both were paid: the second is credit.
    let payments = [stage.checkout(owner, &first, "one").await, stage.checkout(owner, &first, "two").await];
    for payment in &payments {
        stage.act(payment, Action::Pay).await;
    }
    stage.work().await;
    let second = stage.panel(owner, "titas", terms()).await;

    let browser = Browser::open().await;
    browser.sign_in(&stage.url, "rahim@example.com", PASSWORD).await;
    browser.click("[data-testid='nav-invoices']").await;
    browser.click("[data-testid='credit']").await;
    assert!(browser.text("[data-testid='balance']").await.contains("1,200.00"), "the credit stands there");

    browser.driver.goto(format!("{}/panels/{}/pay", stage.url, second.id)).await.unwrap();
    browser.click("[data-testid='checkout-go']").await;
    browser.find("[data-testid='payment'][data-state='settled']").await;
    let place = browser.driver.current_url().await.unwrap();
    assert!(place.as_str().starts_with(&stage.url), "never elsewhere: {place}");
    assert_eq!(owner.status(&second).await["panel"]["status"], "creating");

    browser.click("[data-testid='invoice']").await;
    assert!(browser.text("[data-testid='total']").await.contains("1,200.00"), "the invoice is whole");
    browser.driver.goto(format!("{}/credit", stage.url)).await.unwrap();
    let balance = browser.text("[data-testid='balance']").await.replace('\u{a0}', " ");
    assert!(balance.starts_with("৳ 0.00"), "and the credit is used: {balance}");
    assert!(browser.text(".documents").await.contains("An order used it"));
    browser.click("[data-testid='back']").await;
    browser.click("[data-testid='orders']").await;
    browser.says(".documents", "Panel titas").await;
    let newest = browser.text(".documents .document").await.replace('\u{a0}', " ");
    for part in ["Panel titas", "Paid", "৳ 1,200.00 from your credit"] {
        assert!(newest.contains(part), "what was ordered says {part}: {newest}");
    }
    let amount = browser.text(".documents .document strong").await.replace('\u{a0}', " ");
    assert_eq!(amount, "৳ 1,200.00", "all of it, with what credit paid");
    browser.close().await;
}
