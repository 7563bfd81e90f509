//! A charge that waits for a person. Harm prevented: nobody sees it, or somebody sees it who should not.

use crate::browser::Browser;
use hourglass_tests::{PASSWORD, Stage, terms};
use sandbox::gateway::{Action, Faults};
use std::sync::Arc;

pub(crate) async fn story(stage: Arc<Stage>) {
    stage.leaves_work();
    let owner = stage.owner().await;
    stage.operator().await;
    let panel = stage.panel(owner, "karnaphuli", terms()).await;
    let payment = stage.checkout(owner, &panel, "one").await;
    stage.gateway.set_faults(Faults { risky: true, ..Faults::default() });
    stage.act(&payment, Action::Pay).await;
    stage.gateway.set_faults(Faults::default());
    stage.work().await;
    assert_eq!(owner.payment(&payment).await["state"], "held");

    let browser = Browser::open().await;
    let desk = format!("{}/operator", stage.url);
    browser.sign_in_on_the_way(&desk, "rahim@example.com", PASSWORD).await;
    browser.see("to-panels").await;
    assert!(!browser.text("body").await.contains("Attention"), "a customer learns nothing of the desk");
    browser.click("[data-testid='sign-out']").await;

    browser.sign_in_on_the_way(&desk, "operator@example.com", PASSWORD).await;
    browser.find("[data-testid='alert'][data-kind='payment_held'][data-state='open']").await;
    browser.click("[data-testid^='remedy-accept-']:not([data-testid$='-go'])").await;
    browser.click("[data-testid^='remedy-accept-'][data-testid$='-go']").await;
    browser.find("[data-testid='tab-all']").await;
    browser.click("[data-testid='tab-all']").await;
    browser.find("[data-testid='alert'][data-kind='payment_held'][data-state='resolved']").await;
    assert_eq!(owner.payment(&payment).await["state"], "settled");

    browser.click("[data-testid='nav-payments']").await;
    assert!(browser.text(".documents").await.contains("Settled"), "and the payments say so");
    browser.close().await;
}
