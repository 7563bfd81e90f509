//! Our books beside the gateway's. Harm prevented: somebody has paid, nobody was told, and only their complaint tells.

use crate::browser::Browser;
use hourglass_tests::{PASSWORD, Stage, terms};
use sandbox::gateway::{Action, Answer, Faults, Operation};
use std::sync::Arc;

pub(crate) async fn story(stage: Arc<Stage>) {
    stage.leaves_work();
    let owner = stage.owner().await;
    stage.operator().await;
    stage.work().await;
    let panel = stage.panel(owner, "teesta", terms()).await;
    let payment = stage.checkout(owner, &panel, "one").await;
    let unheard = Faults { answer: Answer::Html, only: Some(vec![Operation::Validate]), ..Faults::skip_ipn() };
    stage.gateway.set_faults(unheard);
    stage.act(&payment, Action::Pay).await;
    // What is paid right now may be changing while it is compared.
    stage.wait(1_000);
    stage.work().await;

    let browser = Browser::open().await;
    let books = format!("{}/operator/reconciliations", stage.url);
    browser.sign_in_on_the_way(&books, "operator@example.com", PASSWORD).await;
    browser.click("[data-testid='run']").await;
    browser.click("[data-testid='run-go']").await;
    browser.find(".lines tbody tr a").await;
    stage.work().await;
    browser.driver.goto(&books).await.unwrap();
    browser.click(".lines tbody tr:first-child a").await;
    browser.find("[data-testid='alert'][data-kind='paid_there'][data-state='open']").await;
    assert!(browser.text("[data-testid='alert']").await.contains("1200.00 BDT"), "what the gateway says stands there");

    stage.gateway.set_faults(Faults::default());
    browser.click("[data-testid^='remedy-book-']:not([data-testid$='-go'])").await;
    browser.click("[data-testid^='remedy-book-'][data-testid$='-go']").await;
    browser.find("[data-testid='alert'][data-kind='paid_there'][data-state='resolved']").await;
    let owner = stage.again("rahim@example.com").await;
    assert_eq!(owner.payment(&payment).await["state"], "settled");
    browser.close().await;
}
