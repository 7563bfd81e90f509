//! A panel's whole life at a real Odoo, as its customer and its operator see it through the program: each step works, and takes
//! so many seconds.

use hourglass_tests::{Panel, Persona};
use serde_json::{Value, json};

use crate::real_deployment::{Deployment, Seconds, get, host, until};

async fn backups(owner: &Persona, panel: &Panel) -> Vec<Value> {
    owner.get(&panel.path("backups")).await.ok(200)["items"].as_array().unwrap().clone()
}

/// Closed, for visitors and by the database itself.
async fn is_shut(deployment: &Deployment, panel: &Panel) {
    deployment.front.until(&get(&host(panel), "/web/login", ""), 402).await;
    until("closed", async || deployment.is_closed(panel).await == Some(true)).await;
}

// Harm prevented: a step of a panel's life works at the sandbox alone, or takes minutes at the real server, and nobody has looked.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn real_odoo_lets_a_panel_live_a_whole_life() {
    let deployment = Deployment::open().await;
    let (front, owner, operator) = (&deployment.front, &deployment.owner, &deployment.operator);
    let mut seconds = Seconds::start();
    let panel = deployment.order().await;
    let page = get(&host(&panel), "/web/login", "");
    deployment.becomes(&panel, "active").await;
    front.until(&page, 200).await;
    seconds.done("create from the template, until its first page");
    let cookie = deployment.comes_in(&panel).await;
    seconds.done("open by a one-time token, until inside");
    let limits = async || owner.status(&panel).await["limits"].clone();
    let is_counted = async || {
        let limits = limits().await;
        limits["users"]["used"] == 1 && limits["storage_bytes"]["used"].as_i64().is_some_and(|bytes| bytes > 1_000_000)
    };
    until("counted", is_counted).await;
    seconds.done("users and bytes on the card");

    owner.post(&panel.path("stop")).await.is(200);
    is_shut(&deployment, &panel).await;
    seconds.done("stop");
    owner.post(&panel.path("start")).await.is(200);
    front.until(&page, 200).await;
    seconds.done("start");
    let why = json!({ "message": "Please send your trade licence." });
    operator.post_json(&panel.path("suspend"), &why).await.is(200);
    is_shut(&deployment, &panel).await;
    seconds.done("suspend");
    operator.post(&panel.path("resume")).await.is(200);
    front.until(&page, 200).await;
    seconds.done("resume");
    assert!(deployment.is_inside(&panel, &cookie).await, "who was inside is so again");

    seconds.next();
    owner.post_keyed(&panel.path("backups"), "backup", &json!({})).await.is(202);
    deployment.done(&panel).await;
    seconds.done("back up");
    let kept = backups(owner, &panel).await;
    assert!(kept[0]["bytes"].as_i64().unwrap() > 100_000, "{kept:?}");
    let wanted = json!({ "backup_id": kept[0]["id"], "subdomain": panel.subdomain });
    owner.post_keyed(&panel.path("restore"), "restore", &wanted).await.is(202);
    deployment.done(&panel).await;
    front.until(&page, 200).await;
    seconds.done("restore, until its first page");
    deployment.comes_in(&panel).await;
    seconds.done("open after it");
    deployment.remove(&panel).await;
    seconds.done("delete, with a last copy");
    front.until(&page, 404).await;
    assert_eq!(backups(owner, &panel).await[0]["kind"], "last");
    println!("{seconds}");
    deployment.close().await;
}
