//! The whole promise, as a customer sees it: hours are used, the bar turns, the panel closes, a payment brings it back.
//! Harm prevented: a page that has to be reloaded, a gate that stays open, a payment after which nothing happens.

use crate::browser::Browser;
use hourglass::serve::start;
use hourglass_tests::{PASSWORD, Stage, Terms, terms};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::interval;

/// Billing seconds in a real second: four hours last fifteen seconds.
const SPEED: u32 = 1_000;
/// So often, and so many times, the gate is asked before a story gives up on it.
const GLANCE: Duration = Duration::from_millis(100);
const GLANCES: u32 = 100;

pub(crate) async fn story(stage: Arc<Stage>) {
    // The clock runs on by itself here, so there is always something due.
    stage.leaves_work();
    let owner = stage.owner().await;
    let panel = stage.active_panel(owner, "jamuna", Terms { included_hours: 4, ..terms() }).await;
    let browser = Browser::open().await;
    browser.sign_in(&stage.url, "rahim@example.com", PASSWORD).await;
    let card = "[data-testid='panel-card'][data-subdomain='jamuna']";
    browser.find(&format!("{card}[data-panel='active'] [data-testid='meter'][data-tone='green']")).await;
    gate_comes_to(&stage, (200, 204), "a paid panel is served").await;

    // A process of its own, as far as the page can tell: the API hears of its work through the store.
    let (worker, _) = stage.another(|settings| settings.tick_seconds = 60).await;
    let worker = start(&worker, None, true, |_| ()).expect("a worker");
    stage.clock.set_speed(SPEED);
    browser.find(&format!("{card} [data-testid='meter'][data-tone='yellow']")).await;
    browser.find(&format!("{card} [data-testid='meter'][data-tone='red']")).await;
    // No reload: the page hears of it.
    browser.find(&format!("{card}[data-panel='suspended'][data-billing='expired']")).await;
    stage.clock.set_speed(0);
    assert_eq!(browser.text(&format!("{card} [data-testid='state-text']")).await, "Billing expired. Please renew");
    let inactive = browser.find(&format!("{card} [data-testid='action-inactive']")).await;
    assert_eq!(inactive.text().await.unwrap(), "Inactive");
    assert!(!inactive.is_enabled().await.unwrap() || inactive.attr("aria-disabled").await.unwrap().is_some());
    let pay = browser.text(&format!("{card} [data-testid='action-pay_to_renew']")).await;
    assert!(pay.starts_with("Pay to Renew"), "{pay}");
    gate_comes_to(&stage, (402, 403), "a lapsed panel is refused").await;

    browser.click(&format!("{card} [data-testid='action-pay_to_renew']")).await;
    browser.click("[data-testid='checkout-go']").await;
    browser.click("#pay").await;
    browser.find("[data-testid='payment'][data-state='settled']").await;
    let place = browser.driver.current_url().await.unwrap();
    assert!(place.as_str().starts_with(&stage.url), "back from the gateway: {place}");

    browser.driver.goto(&stage.url).await.unwrap();
    browser.find(&format!("{card}[data-panel='active'][data-billing='active']")).await;
    browser.find(&format!("{card} [data-testid='meter'][data-tone='green']")).await;
    gate_comes_to(&stage, (200, 204), "it is served again").await;
    let status = owner.status(&panel).await;
    assert_eq!(status["billing"]["cycle"]["number"], 2);
    assert_eq!(status["billing"]["cycle"]["allowance_seconds"], 14_400);
    worker.stop().await;
    browser.close().await;
}

/// The gate and the page each follow the other process's work in their own time: whichever is first, both get there.
async fn gate_comes_to(stage: &Stage, wanted: (u16, u16), what: &str) {
    let mut glances = interval(GLANCE);
    let mut last = (0, 0);
    for _ in 0..GLANCES {
        last = gate(stage, "jamuna").await;
        if last == wanted {
            return;
        }
        glances.tick().await;
    }
    assert_eq!(last, wanted, "{what}");
}

/// What a visitor of the panel gets through the reverse proxy, and what the gate says.
async fn gate(stage: &Stage, subdomain: &str) -> (u16, u16) {
    let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy().build().unwrap();
    let visit = client.get(format!("{}/web/login", stage.front.url())).header("host", format!("{subdomain}.localhost"));
    let asked = client.get(format!("{}/gate?panel={subdomain}", stage.url));
    let (visit, asked) = (visit.send().await.unwrap(), asked.send().await.unwrap());
    (visit.status().as_u16(), asked.status().as_u16())
}
