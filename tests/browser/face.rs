//! The face of the pages, looked at by the scripts of `tests/face` in a browser of their own.
//!
//! What the scripts look at is said there; here they get a stage on which there is everything to see.

use hourglass_tests::{PASSWORD, Stage};
use serde_json::{Value, json};
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

/// Which scripts look at every state, unless `HOURGLASS_FACE` names others.
const ALWAYS: &str = "axe first_load hardship";
/// More than anybody keeps in view.
const MANY: usize = 1_000;

// Harm prevented: somebody cannot read a page, reach a button, or see where the keyboard is; the page asks strangers for
// something before it shows anything; or an old phone or a broken line waits for it for ever.
pub(crate) async fn every_state(stage: Arc<Stage>) {
    let [people, more] = stage.every_state().await;
    let named = std::env::var("HOURGLASS_FACE").ok().filter(|named| !named.is_empty());
    for script in named.as_deref().unwrap_or(ALWAYS).split_whitespace() {
        look(&stage, &people, &more, script).await;
    }
}

// Harm prevented: whoever has many panels waits for each key and each turn of the wheel.
pub(crate) async fn thousand(stage: Arc<Stage>) {
    stage.leaves_work();
    stage.many_panels(stage.owner().await, MANY).await;
    let people = json!({ "owner": { "email": "rahim@example.com", "password": PASSWORD } });
    look(&stage, &people, &json!({}), "thousand").await;
}

/// Runs a script; what it says stands in the output of the test.
async fn look(stage: &Stage, people: &Value, more: &Value, script: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("face").join(format!("{script}.mjs"));
    let mut command = Command::new("node");
    command
        .arg(file)
        .env("HOURGLASS_FACE_URL", &stage.url)
        .env("HOURGLASS_FACE_PEOPLE", people.to_string())
        .env("HOURGLASS_FACE_MORE", more.to_string())
        .env("HOURGLASS_FACE_STRICT", "1")
        // No proxy stands between a test and its own machine.
        .env("NO_PROXY", "*");
    let ended = tokio::task::spawn_blocking(move || command.status()).await.expect("it ran");
    let ended = ended.expect("node is missing: run `make setup`");
    assert!(ended.success(), "{script} found something, and says above what");
}
