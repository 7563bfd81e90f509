//! What a customer buys, in the browser: a first panel, its next cycle before it is needed, a larger plan.

use crate::browser::Browser;
use crate::hosting::at_panel;
use hourglass_tests::{PASSWORD, Panel, Persona, Plan, Stage, Terms, terms};
use serde_json::{Value, json};
use shared::api::auth::Language;
use shared::money::{Currency, Money};
use shared::time::HOUR;
use shared::wording::amounts::{NBSP, money};
use std::sync::Arc;

const OWNER: &str = "rahim@example.com";
const FIGURE: &str = "[data-testid='panel-card'] .figure";
const SETTLED: &str = "[data-testid='payment'][data-state='settled']";

fn selling(price: i64, included_hours: u32) -> Terms {
    Terms { price: Money::new(price * 100, Currency::Bdt), included_hours, ..terms() }
}

/// An amount of the API as pages write it.
fn written(amount: &Value) -> String {
    let minor = amount["minor"].as_i64().expect("an amount");
    money(Language::En, Money::new(minor, Currency::Bdt)).replace(NBSP, " ")
}

/// Pays at the gateway, whose page is open; back here the payment is settled.
async fn pay(browser: &Browser) {
    browser.click("#pay").await;
    browser.find(SETTLED).await;
}

// Harm prevented: a new customer does not find the beginning, chooses an address that is taken, is charged for something
// else than what was reviewed, or waits in front of a page that never says that the panel is there.
pub(crate) async fn first_panel(stage: Arc<Stage>) {
    stage.leaves_work();
    let owner = stage.owner().await;
    let standard = stage.plan("Standard", &terms()).await;
    stage.plan("Busy", &selling(2_400, 20)).await;
    stage.order_panel(stage.stranger().await, "padma", &standard).await.expect("somebody else's panel");

    let browser = Browser::open().await;
    browser.sign_in_on_the_way(&format!("{}/sign-in", stage.url), OWNER, PASSWORD).await;
    browser.says("main", "Your first panel").await;
    browser.click("[data-testid='add-first']").await;
    let subdomain = name_it(&browser).await;
    choose(&browser, &standard).await;
    browser.see("new-order").await;
    let review = browser.text("main").await;
    for part in ["Padma", subdomain.as_str(), "Standard", "1,200.00"] {
        assert!(review.contains(part), "the review says {part}: {review}");
    }
    assert_eq!(panels(owner).await, json!([]), "so far nothing is ordered");
    browser.click("[data-testid='new-order']").await;

    browser.says("[data-testid='checkout-go']", "1,200.00").await;
    browser.click("[data-testid='checkout-go']").await;
    pay(&browser).await;
    let creating = "Payment received. The panel is being set up.";
    browser.says(".coming-back [data-testid='state-text']", creating).await;
    let all = panels(owner).await;
    let id = all[0]["tenant_id"].as_str().expect("a panel").parse().expect("an id");
    let panel = Panel { id, subdomain };
    assert_eq!((all.as_array().map(Vec::len), &all[0]["subdomain"]), (Some(1), &json!(panel.subdomain)));
    assert_eq!((&all[0]["panel"]["status"], &all[0]["plan"]["name"]), (&json!("creating"), &json!("Standard")));
    comes_up(&stage, &browser, &panel).await;
    browser.close().await;
}

/// What an account has.
async fn panels(owner: &Persona) -> Value {
    owner.get("/api/v1/tenants").await.ok(200)["items"].clone()
}

/// The first step: the address that the name suggests is somebody else's. Gives the one that is taken instead.
async fn name_it(browser: &Browser) -> String {
    let answer = "[data-testid='address-answer']";
    browser.write("#name", "Padma").await;
    browser.says(answer, "Another panel has this address.").await;
    assert_eq!(browser.value("#subdomain").await, "padma", "the address follows the name");
    browser.click("[data-testid='new-next']").await;
    browser.says("#subdomain-error", "This address cannot be had now.").await;
    assert_eq!(browser.count("[data-testid='plan']").await, 0, "nobody goes on with it");
    let other = browser.text("[data-testid='suggestion']").await;
    assert!(other.starts_with("padma-"), "one like it is suggested: {other}");
    browser.click("[data-testid='suggestion']").await;
    browser.says(answer, &format!("{other}.localhost")).await;
    browser.says(answer, "is free.").await;
    assert_eq!(browser.value("#subdomain").await, other);
    browser.click("[data-testid='new-next']").await;
    other
}

/// The second step: what each plan means stands on it.
async fn choose(browser: &Browser, plan: &Plan) {
    browser.click(&format!("label[for='{}']", plan.id)).await;
    let chosen = browser.text(".plan.chosen").await;
    for part in [plan.name.as_str(), "1,200.00", "10 hours in 30 days"] {
        assert!(chosen.contains(part), "the plan says {part}: {chosen}");
    }
    assert_eq!(browser.count("[data-testid='plan']").await, 2, "beside the other one");
    browser.click("[data-testid='new-next']").await;
}

/// From the payment to the panel itself: the card says how far it is, and turns by itself.
async fn comes_up(stage: &Stage, browser: &Browser, panel: &Panel) {
    let card = format!("[data-testid='panel-card'][data-subdomain='{}']", panel.subdomain);
    browser.click("[data-testid='onward']").await;
    browser.find(&format!("{card}[data-panel='creating']")).await;
    browser.mark().await;
    stage.work().await;
    browser.says(&format!("{card} [data-testid='job']"), "Making your database").await;
    let progress = "[data-testid='meter'][role='progressbar'][aria-valuetext$='% set up']";
    browser.find(&format!("{card}[data-panel='creating'] {progress}")).await;
    stage.set_up().await;
    browser.find(&format!("{card}[data-panel='active'][data-billing='active']")).await;
    browser.says(FIGURE, "of 10 hours used").await;
    assert!(browser.text(FIGURE).await.starts_with('0'), "nothing is used yet");
    assert!(browser.is_marked().await, "without loading the page anew");

    let open = format!("{card} [data-testid='action-open_panel']");
    let ours = browser.click_into_tab(&open, &format!("{}.localhost", panel.subdomain)).await;
    browser.driver.switch_to_window(ours).await.expect("our tab");
    browser.find(&format!("{card}[data-panel='active']")).await;
}

// Harm prevented: whoever pays early loses the hours that are left, or pays for a cycle that nobody can find.
pub(crate) async fn early(stage: Arc<Stage>) {
    let (browser, panel) = at_panel(&stage, "padma").await;
    let owner = stage.owner().await;
    stage.pass_hours(2).await;
    browser.says(FIGURE, "2 of 10 hours used").await;
    assert_eq!(
        browser.count("[data-testid='early-pay'], [data-testid='action-renew_early']").await,
        0,
        "it is too early"
    );
    owner.checkout(&panel, "too-early").await.refused(409, "renewal_not_due");

    browser.mark().await;
    stage.pass_hours(4).await;
    browser.says("[data-testid='early-pay']", "Renew early · ৳ 1,200.00").await;
    browser
        .says("main", "Renewing now adds one cycle of 30 days and 10 hours. It waits until the running cycle ends")
        .await;
    assert!(browser.is_marked().await, "it is offered without loading the page anew");
    let billing = owner.status(&panel).await["billing"].clone();
    assert_eq!((&billing["can_renew_early"], &billing["amount_due"]["minor"]), (&json!(true), &json!(120_000)));

    browser.click("[data-testid='early-pay']").await;
    browser.says(".bill", "It starts when the running one ends, on").await;
    assert!(browser.text("[data-testid='total']").await.contains("1,200.00"));
    browser.click("[data-testid='checkout-go']").await;
    pay(&browser).await;
    browser.says(SETTLED, "No. 2: starts when the running cycle ends").await;
    let billing = owner.status(&panel).await["billing"].clone();
    let cycle = &billing["cycle"];
    assert_eq!((&billing["queued_cycles"], &cycle["number"]), (&json!(1), &json!(1)));
    assert_eq!(cycle["remaining_seconds"], 4 * HOUR, "what was left is left");
    browser.driver.goto(format!("{}/panels/{}", stage.url, panel.id)).await.expect("its page");
    browser.says(".forecast", "4 hours left in this cycle. 1 paid cycle waits").await;
    browser.states("Paid cycles waiting", "1").await;

    stage.pass_hours(5).await;
    browser.says(FIGURE, "1 of 10 hours used").await;
    browser.states("Paid cycles waiting", "0").await;
    let billing = owner.status(&panel).await["billing"].clone();
    let cycle = &billing["cycle"];
    assert_eq!((&billing["queued_cycles"], &cycle["number"]), (&json!(0), &json!(2)));
    assert_eq!(cycle["used_seconds"], HOUR, "it began where the other one ended");
    assert_eq!(stage.gate(&panel).await.0, 204);
    browser.close().await;
}

// Harm prevented: the page shows one price and the bank another, or hours are paid for that never come.
pub(crate) async fn upgrade(stage: Arc<Stage>) {
    stage.leaves_work();
    let owner = stage.owner().await;
    let standard = stage.plan("Standard", &terms()).await;
    let busy = stage.plan("Busy", &selling(2_400, 20)).await;
    let panel = stage.order_panel(owner, "meghna", &standard).await.expect("a panel");
    stage.pay(owner, &panel, "first").await;
    stage.set_up().await;
    stage.pass_hours(3).await;
    let quote = owner.get(&panel.path(&format!("plan-change?plan_id={}", busy.id))).await.ok(200);
    // Seven of ten hours are left, and so is that much of what the plans differ by.
    assert_eq!(quote["amount_due"], json!({ "minor": 84_000, "currency": "BDT" }));
    let price = written(&quote["amount_due"]);

    let browser = Browser::open().await;
    let page = format!("{}/panels/{}", stage.url, panel.id);
    browser.sign_in(&stage.url, OWNER, PASSWORD).await;
    browser.driver.goto(&page).await.expect("its page");
    browser.says("main", "This panel is on Standard.").await;
    browser.click(&format!("[data-testid='see-{}']", busy.id)).await;
    browser.says(".change", &format!("Upgrade now for {price}")).await;
    browser.says(".change", "You pay the difference for what is left of the cycle only").await;
    browser.says(".change", "The running cycle grows by 7 h as soon as it is paid.").await;
    browser.says("[data-testid='upgrade-go']", &price).await;
    let status = owner.status(&panel).await;
    assert_eq!(status["billing"]["cycle"]["allowance_seconds"], 10 * HOUR, "looking changes nothing");

    browser.click("[data-testid='upgrade-go']").await;
    let asked = browser.text("#amount").await;
    assert_eq!(asked.split(' ').next_back(), price.split(' ').next_back(), "the gateway asks for the same");
    pay(&browser).await;
    browser.states("Amount", &price).await;

    browser.driver.goto(&page).await.expect("its page");
    browser.says(FIGURE, "3 of 17 hours used").await;
    browser.says("[data-testid='panel-card'] .limits", "Busy").await;
    browser.says("main", "This panel is on Busy.").await;
    let status = owner.status(&panel).await;
    assert_eq!((&status["plan"]["id"], &status["billing"]["cycle"]["number"]), (&json!(busy.id), &json!(1)));
    let allowance = &status["billing"]["cycle"]["allowance_seconds"];
    assert_eq!((allowance, &quote["allowance_added_seconds"]), (&json!(17 * HOUR), &json!(7 * HOUR)));
    let invoices = owner.get("/api/v1/invoices").await.ok(200);
    assert_eq!(invoices["items"][0]["gross"], quote["amount_due"], "and so says the invoice");
    browser.close().await;
}
