//! The process dies in the worst moment. Played with the program itself, as a process of its own, by the machine's clock.

use harness::{Keys, PASSWORD, Process, Socket, Stage, value};
use hourglass_tests as harness;
use sandbox::gateway::Action;
use serde_json::json;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::timeout;

harness::stories!(what_was_booked_before_the_power_cut_is_done_after_it);

const PROGRAM: &str = env!("CARGO_BIN_EXE_hourglass-under-test");
/// A panel that is not open by then does not come back.
const PATIENCE: Duration = Duration::from_secs(60);

// Harm prevented: money is booked, the machine dies, and the customer waits for ever for their panel.
async fn what_was_booked_before_the_power_cut_is_done_after_it(stage: Arc<Stage>) {
    stage.leaves_work(); // by the machine's clock
    let panel = stage.expired_panel(stage.owner().await, "rahim").await;
    let process = Process::start(&stage, PROGRAM, &["--only=api"]);
    let owner = signed_in(&stage, &process).await;
    let checkout = owner.checkout(&panel, "after").await.ok(201);
    let payment = checkout["payment_id"].as_str().unwrap();
    let back = stage.act(payment, Action::Pay).await;
    assert_eq!(value(&back.fields, "status"), "VALID");
    let told = stage.gateway.deliveries();
    assert_eq!(told.last().and_then(|sent| sent.answered), Some(200), "the gateway was told that it is booked");
    process.kill();
    assert_eq!(stage.database.count("payments", "state = 'settled'").await, 2);
    assert_eq!(stage.database.count("outbox", "delivered_at IS NULL").await, 2, "nothing of it was done");

    let process = Process::start(&stage, PROGRAM, &[]);
    let owner = signed_in(&stage, &process).await;
    let ticket = owner.post("/api/v1/live/ticket").await.ok(201)["ticket"].as_str().unwrap().to_owned();
    let mut socket = Socket::open(&owner, &ticket, None).await.unwrap_or_else(|refused| panic!("{refused:?}"));
    let open = async {
        while stage.database.count("outbox", "delivered_at IS NULL").await > 0 {
            socket.hint().await;
        }
    };
    timeout(PATIENCE, open).await.expect("every promise is kept");
    let status = owner.status(&panel).await;
    assert_eq!((&status["panel"]["status"], &status["billing"]["cycle"]["number"]), (&json!("active"), &json!(2)));
    let answer = owner.get(&format!("/gate?panel={}", panel.subdomain)).await;
    assert_eq!(answer.status, 204);
    // The same notice, now at the program that did not see it the first time.
    owner.post_form("/pay/sslcommerz/ipn", &back.fields).await.is(200);
    process.kill();
    assert_eq!(
        owner_notices(&stage).await,
        ["renewed", "used_percent", "expired", "renewed", "resumed"],
        "each of them once"
    );
    assert_eq!(stage.database.count("outbox", "attempts > 1").await, 0);
    assert_eq!(stage.database.count("cycles", "1 = 1").await, 2);
    stage.assert_balanced().await;
}

async fn signed_in(stage: &Stage, process: &Process) -> harness::Persona {
    let nobody = stage.nobody().at(&process.url);
    nobody.with(Keys::of(&nobody.sign_in("rahim@example.com", PASSWORD).await.is(200)))
}

async fn owner_notices(stage: &Stage) -> Vec<String> {
    stage.owner().await.notices().await
}
