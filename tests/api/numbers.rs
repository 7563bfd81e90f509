//! The operator's own monitoring reads numbers; nobody else learns that there are any.

use harness::{Stage, terms};
use hourglass_tests as harness;
use std::sync::Arc;

harness::stories!(numbers_are_for_whoever_has_the_token,);

// Harm prevented: a stranger watches how much the operator sells, or the numbers give a secret away.
async fn numbers_are_for_whoever_has_the_token(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let panel = stage.panel(owner, "rahim", terms()).await;
    stage.nobody().get("/metrics").await.refused(404, "not_found");
    let (_, watched) = stage.another(|settings| settings.metrics_token = Some("a token".to_owned())).await;
    let payment = stage.checkout(&watched.with(owner.keys().clone()), &panel, "one").await;
    stage.act(&payment, sandbox::gateway::Action::Cancel).await;
    for wrong in ["", "a toke", "a tokens", "Bearer"] {
        let asked = watched.request(reqwest::Method::GET, "/metrics").bearer_auth(wrong);
        watched.send(asked).await.refused(404, "not_found");
    }
    let asked = watched.request(reqwest::Method::GET, "/metrics").bearer_auth("a token");
    let numbers = watched.send(asked).await.is(200).body;
    assert!(numbers.contains("hourglass_gateway_calls_total"), "{numbers}");
    assert!(numbers.contains("open_session") && !numbers.contains("a made-up password"), "{numbers}");
    stage.leaves_work();
}
