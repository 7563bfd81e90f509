//! Who belongs to an account, in the browser: one is asked to join by a letter, and looks on.

use crate::browser::Browser;
use hourglass_tests::{PASSWORD, Stage};
use std::sync::Arc;

const ASKED: &str = "nadia@example.com";
/// Whatever leads to a payment.
const PAYS: &str = "[data-testid^='action-pay'], [data-testid='action-renew_early'], [data-testid='early-pay'], \
                    [data-testid='checkout-go'], [data-testid='add-panel']";

// Harm prevented: whoever was let in to look spends the account's money; or an invitation leads nowhere.
pub(crate) async fn viewer(stage: Arc<Stage>) {
    stage.leaves_work();
    let owner = stage.owner().await;
    let panel = stage.expired_panel(owner, "teesta").await;
    let browser = Browser::open().await;
    browser.sign_in(&stage.url, "rahim@example.com", PASSWORD).await;
    browser.see("action-pay_to_renew").await;

    browser.driver.goto(format!("{}/account/people", stage.url)).await.expect("the page");
    browser.write("[data-testid='email']", ASKED).await;
    assert_eq!(browser.value("[data-testid='invite-role']").await, "viewer", "nobody is more than they were made");
    browser.click("[data-testid='invite']").await;
    browser.says("main", "Invited").await;
    browser.says("main", ASKED).await;
    stage.work().await;
    let theirs = joined_by(&stage.mailed_link(ASKED, "/join?token=")).await;

    let card = format!("[data-testid='panel-card'][data-subdomain='{}'][data-billing='expired']", panel.subdomain);
    theirs.find(&format!("{card} [data-testid='action-manage']")).await;
    theirs.says(&format!("{card} .figure"), "1 of 1 hours used").await;
    assert_eq!(theirs.count(PAYS).await, 0, "what is due is seen, and no way to pay it");
    theirs.driver.goto(format!("{}/panels/{}/pay", stage.url, panel.id)).await.expect("the page");
    theirs.says("main", "Your role may look, but not pay. Ask the owner of the account.").await;
    assert_eq!(theirs.count(PAYS).await, 0, "nor by its address");
    theirs.driver.goto(format!("{}/panels/{}", stage.url, panel.id)).await.expect("its page");
    theirs.find(card.as_str()).await;
    assert_eq!(theirs.count(PAYS).await, 0);
    theirs.close().await;

    let viewer = stage.again(ASKED).await;
    let payments = stage.database.count("payments", "1 = 1").await;
    viewer.checkout(&panel, "mine").await.refused(404, "not_found");
    assert_eq!(stage.database.count("payments", "1 = 1").await, payments);
    browser.driver.refresh().await.expect("the page, once more");
    browser.says("main", "None. Who is invited stands here until they join.").await;
    let people = browser.text("main").await;
    assert!(people.contains("Nadia") && people.contains(ASKED), "the owner sees who has come: {people}");
    browser.close().await;
}

/// The browser of somebody who follows the link of an invitation.
async fn joined_by(link: &str) -> Browser {
    let browser = Browser::open().await;
    browser.driver.goto(link).await.expect("the page");
    browser.says("main", "Rahim Traders asks you to join as: Viewer.").await;
    assert_eq!(browser.value("#email").await, ASKED);
    browser.write("#name", "Nadia").await;
    browser.write("#password", PASSWORD).await;
    browser.click("[data-testid='join']").await;
    browser.see("panel-card").await;
    browser
}
