//! What an owner does with a panel at its server, in the browser: opens it, stops and starts it, copies it, puts it back,
//! deletes it.

use crate::browser::Browser;
use hourglass_tests::{PASSWORD, Panel, Persona, Stage, terms};
use shared::time::HOUR;
use std::sync::Arc;

const CARD: &str = "[data-testid='panel-card']";

/// Its owner at the page of a panel that is paid for and up.
pub(crate) async fn at_panel(stage: &Stage, subdomain: &str) -> (Browser, Panel) {
    stage.leaves_work();
    let panel = stage.active_panel(stage.owner().await, subdomain, terms()).await;
    let browser = Browser::open().await;
    browser.sign_in(&stage.url, "rahim@example.com", PASSWORD).await;
    browser.driver.goto(format!("{}/panels/{}", stage.url, panel.id)).await.expect("its page");
    browser.see("panel-card").await;
    (browser, panel)
}

/// The newest thing that was done or begun at a panel: `restore done`.
async fn newest(owner: &Persona, panel: &Panel) -> String {
    let job = owner.get(&panel.path("jobs")).await.ok(200)["items"][0].clone();
    ["kind", "state"].map(|name| job[name].as_str().unwrap_or("-").to_owned()).join(" ")
}

/// Types a panel's name where an act begins with `act` asks for it, and says yes.
async fn confirm(browser: &Browser, act: &str, name: &str) {
    let field = browser.find(&format!("input[data-testid^='{act}'][data-testid$='-confirm']")).await;
    field.clear().await.expect("cleared");
    field.send_keys(name).await.expect("typed");
    browser.click(&format!("[data-testid^='{act}'][data-testid$='-go']")).await;
}

// Harm prevented: an owner cannot tell whether a copy was made, or puts a business's books back with one slip of the hand.
pub(crate) async fn copies(stage: Arc<Stage>) {
    let (browser, panel) = at_panel(&stage, "padma").await;
    let owner = stage.owner().await;
    assert!(browser.text("body").await.contains("The first copy is made tonight"), "nothing there yet says when");
    browser.click("[data-testid='back-up']").await;
    let under_way = browser.see("job").await.text().await.expect("its words");
    assert_eq!(under_way, "Copy Copying everything");
    stage.work().await;
    // No reload: the page hears of it.
    let kept = browser.text(".copy").await;
    assert!(kept.contains("Asked for") && kept.contains("Kept until"), "{kept}");

    browser.click("[data-testid^='restore-']").await;
    confirm(&browser, "restore-", "padmaa").await;
    assert_eq!(browser.text("dialog .error").await, "That is not this panel's address.");
    assert_eq!(newest(owner, &panel).await, "back_up done", "a slip does nothing");
    confirm(&browser, "restore-", "padma").await;
    assert!(browser.see("job").await.text().await.expect("its words").starts_with("Restore"));
    assert_eq!(newest(owner, &panel).await, "restore running");
    stage.work().await;
    browser.find(".copy:nth-of-type(2)").await;
    assert!(browser.text("body").await.contains("Before a restore"), "what was there before is kept");
    assert_eq!(newest(owner, &panel).await, "restore done");
    assert_eq!(stage.visit(&panel).await, 200);
    browser.close().await;
}

// Harm prevented: one click takes a panel away, or its owner is not told what became of it.
pub(crate) async fn delete(stage: Arc<Stage>) {
    let (browser, panel) = at_panel(&stage, "turag").await;
    let owner = stage.owner().await;
    browser.click("[data-testid='delete']").await;
    let question = browser.text("dialog[open]").await;
    assert!(question.contains("not refunded") && question.contains("last copy"), "it says what it does: {question}");
    confirm(&browser, "delete", "").await;
    assert_eq!(browser.text("dialog .error").await, "That is not this panel's address.");
    assert_eq!(owner.status(&panel).await["panel"]["status"], "active");
    confirm(&browser, "delete", "turag").await;
    browser.find("[data-testid='panel-card'][data-panel='deleting']").await;
    stage.work().await;
    browser.find("[data-testid='panel-card'][data-panel='deleted']").await;
    assert!(browser.text(".copy").await.contains("Last"), "the last copy is shown");
    browser.close().await;
}

// Harm prevented: a panel that is opened takes the dashboard's place, is stopped as a pop-up, or can turn the page that
// opened it into another.
pub(crate) async fn open(stage: Arc<Stage>) {
    let (browser, _) = at_panel(&stage, "gorai").await;
    let ours = browser.click_into_tab("[data-testid='action-open_panel']", "gorai.localhost").await;
    let alone = browser.driver.execute("return window.opener === null", Vec::new()).await.expect("asked");
    assert!(alone.convert::<bool>().expect("yes or no"), "it cannot reach back");
    browser.driver.switch_to_window(ours).await.expect("our tab");
    browser.see("panel-card").await;
    browser.close().await;
}

// Harm prevented: one click throws everybody out of their work, hours are used while nobody can work, or whoever stopped a
// panel has to guess whether it is back.
pub(crate) async fn stop_and_start(stage: Arc<Stage>) {
    let (browser, panel) = at_panel(&stage, "halda").await;
    let (owner, figure) = (stage.owner().await, format!("{CARD} .figure"));
    stage.pass_hours(2).await;
    browser.says(&figure, "2 of 10 hours used").await;
    browser.mark().await;
    browser.click("[data-testid='action-stop']").await;
    let question = browser.text("dialog[open]").await;
    assert!(question.contains("Stop: Panel halda"), "it names the panel: {question}");
    assert!(question.contains("Hours stop counting; the days of the cycle go on"), "and what still counts: {question}");
    browser.click("dialog[open] [data-testid='cancel']").await;
    browser.gone("dialog[open]").await;
    assert_eq!(owner.status(&panel).await["panel"]["status"], "active", "asking stops nothing");

    browser.click("[data-testid='action-stop']").await;
    browser.click("[data-testid='action-stop-go']").await;
    browser.find(&format!("{CARD}[data-panel='stopped']")).await;
    assert_eq!(browser.text("[data-testid='state-text']").await, "Stopped: no hours are used");
    stage.work().await;
    assert_eq!(stage.gate(&panel).await.0, 403);
    stage.pass_hours(5).await;
    assert_eq!(stage.used(owner, &panel).await, 2 * HOUR);
    browser.says(&format!("{CARD} .forecast"), "8 hours left. The cycle ends on").await;

    browser.click("[data-testid='action-start']").await;
    browser.says("[data-testid='state-text']", "The panel is being started. No hours are used yet.").await;
    stage.work().await;
    browser.find(&format!("{CARD}[data-panel='active']")).await;
    assert_eq!(stage.visit(&panel).await, 200);
    stage.pass_hours(1).await;
    browser.says(&figure, "3 of 10 hours used").await;
    assert!(browser.is_marked().await, "all of it without loading the page anew");
    browser.close().await;
}
