//! The process dies while many people pay, again and again, and what the gateway took is what our books say.

use harness::{Keys, PASSWORD, Panel, Persona, Process, Stage, terms};
use hourglass_tests as harness;
use sandbox::gateway::Action;
use shared::time::HOUR;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::sync::Notify;
use tokio::task::JoinSet;

harness::stories!(whatever_moment_it_dies_in_the_books_agree);

const PROGRAM: &str = env!("CARGO_BIN_EXE_hourglass-under-test");
/// So many people pay at once.
const PAYERS: usize = 200;
/// How often it dies, if `HOURGLASS_POWER_CUTS` does not say otherwise.
const CUTS: usize = 2;

// Harm prevented: money is taken in the very moment in which the machine dies, and nobody ever knows.
async fn whatever_moment_it_dies_in_the_books_agree(stage: Arc<Stage>) {
    stage.leaves_work(); // by the machine's clock
    stage.owner().await;
    let wanted = std::env::var("HOURGLASS_POWER_CUTS").ok();
    let cuts = wanted.map_or(CUTS, |text| text.parse().expect("HOURGLASS_POWER_CUTS is a number"));
    for cut in 0..cuts {
        let mut panels = Vec::new();
        for number in 0..PAYERS {
            panels.push(stage.panel(stage.owner().await, &format!("c{cut}n{number}"), terms()).await);
        }
        // Somewhere among the answers, another place each time: a checkout and a payment each count.
        let after = 1 + (cut * 2_654_435_761 + 97) % (2 * PAYERS - 1);
        let did = die_among(&stage, panels, after).await;
        sweep(&stage).await;
        agree(&stage, &format!("cut {cut} after {after} of {did} answers")).await;
    }
}

/// Lets everybody pay at once, and ends the process after so many answers. Gives how many there were.
async fn die_among(stage: &Arc<Stage>, panels: Vec<Panel>, after: usize) -> usize {
    let process = Process::start(stage, PROGRAM, &[]);
    let nobody = stage.nobody().at(&process.url);
    let owner = nobody.with(Keys::of(&nobody.sign_in("rahim@example.com", PASSWORD).await.is(200)));
    let (answers, now) = (Arc::new(AtomicUsize::new(0)), Arc::new(Notify::new()));
    let mut payers = JoinSet::new();
    for panel in panels {
        let (stage, owner, answers, now) = (Arc::clone(stage), owner.clone(), Arc::clone(&answers), Arc::clone(&now));
        let count = move || {
            if answers.fetch_add(1, Ordering::SeqCst) + 1 >= after {
                now.notify_one();
            }
        };
        payers.spawn(async move { pay(&stage, &owner, &panel, count).await });
    }
    now.notified().await;
    process.kill();
    payers.join_all().await;
    answers.load(Ordering::SeqCst)
}

/// Checks out and pays, as far as there is anybody to answer.
async fn pay(stage: &Stage, owner: &Persona, panel: &Panel, count: impl Fn()) {
    let request =
        owner.request(reqwest::Method::POST, &panel.path("checkout")).header("idempotency-key", &panel.subdomain);
    let Ok(answer) = request.send().await else { return };
    count();
    let Ok(checkout) = answer.json::<serde_json::Value>().await else { return };
    let Some(payment) = checkout["payment_id"].as_str() else { return };
    if checkout["amount"]["minor"] == 0 {
        // What arrived too late for an order is credit, and has paid this one.
        return count();
    }
    let tran_id = stage.tran_id(payment).await;
    // The gateway reports before the payer is back; perhaps nobody listens any more.
    stage.gateway.act(&tran_id, Action::Pay).await.expect("an open page");
    count();
}

/// A new process comes up; and whatever was begun is asked about.
async fn sweep(stage: &Stage) {
    Process::start(stage, PROGRAM, &["--only=api"]).kill();
    // By the machine's clock it would be asked about in minutes and hours. Here, that time passes at once.
    let last = stage.database.number("SELECT COALESCE(MAX(look_at), 0) FROM payments").await;
    let now = hourglass::port::clock::Clock::now(&*stage.wall).unix();
    stage.wait((last - now).max(0) + HOUR);
    stage.work().await;
}

/// What the gateway took is what our books say, charge by charge and in sum; and nobody has two cycles for one payment.
async fn agree(stage: &Stage, when: &str) {
    let charges = stage.gateway.books().charges;
    let taken: i64 = charges.iter().map(|charge| charge.store_amount.minor).sum();
    assert_eq!(stage.database.balance("gateway_cash").await, taken, "{when}");
    let receipts = stage.database.count("receipts", "1 = 1").await;
    assert_eq!(usize::try_from(receipts).unwrap(), charges.len(), "{when}");
    let settled = stage.database.count("orders", "settled_at IS NOT NULL").await;
    assert_eq!(stage.database.count("cycles", "1 = 1").await, settled, "{when}");
    assert_eq!(stage.database.count("invoices", "1 = 1").await, settled, "{when}");
    // What is credit still, or in orders that wait.
    let credited = stage.database.balance("customer_credit").await + stage.database.balance("receivable").await;
    assert_eq!((settled * 120_000) - credited, charges.iter().map(|charge| charge.amount.minor).sum::<i64>(), "{when}");
    stage.assert_balanced().await;
}
