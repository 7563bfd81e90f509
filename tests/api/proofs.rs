//! A cycle that is over can be exported and counted again by anybody; a changed second shows.

use harness::{Stage, Terms, terms};
use hourglass_tests as harness;
use serde_json::{Value, json};
use shared::time::{HOUR, Timestamp};
use std::process::Command;
use std::sync::Arc;

harness::stories!(
    an_exported_cycle_is_counted_again_by_the_program,
    a_second_that_was_changed_in_the_rows_breaks_the_proof,
    cycles_are_listed_newest_first,
);

const PROGRAM: &str = env!("CARGO_BIN_EXE_hourglass-under-test");

/// What `hourglass verify` says of a file with this text: its exit code, and what it prints.
fn verify(stage: &Stage, text: &str) -> (Option<i32>, String) {
    let file = stage.database.folder.join("cycle.json");
    std::fs::write(&file, text).unwrap();
    let output = Command::new(PROGRAM).arg("verify").arg(&file).output().unwrap();
    (output.status.code(), String::from_utf8(output.stdout).unwrap())
}

/// The export with the last window one second shorter.
fn a_second_less(export: &Value) -> Value {
    let mut changed = export.clone();
    let lines = changed["lines"].as_array_mut().unwrap();
    let window = lines.iter_mut().rev().find(|line| line["line"] == "window").unwrap();
    let to: Timestamp = window["to"].as_str().unwrap().parse().unwrap();
    window["to"] = json!(to.plus(-1));
    changed
}

// Harm prevented: the customer has to take our word for the bill; or a forged file passes for ours.
async fn an_exported_cycle_is_counted_again_by_the_program(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let panel = stage.active_panel(owner, "rahim", Terms { included_hours: 3, ..terms() }).await;
    stage.pass_hours(2).await;
    owner.get(&panel.path("cycles/1/export")).await.refused(409, "cycle_running");
    stage.pass_hours(2).await;
    for number in ["0", "2", "one", "-1"] {
        owner.get(&panel.path(&format!("cycles/{number}/export"))).await.refused(404, "not_found");
    }
    let answer = owner.get(&panel.path("cycles/1/export")).await;
    assert_eq!(answer.header("content-type"), Some("application/json"));
    let export = answer.ok(200);
    let seal = export["seal"].as_str().unwrap();
    let equal = format!("equal: cycle 1 of {}: {} s used, sealed {seal}\n", panel.id, 3 * HOUR);
    assert_eq!(verify(&stage, &answer.body), (Some(0), equal.clone()));
    assert_eq!(
        verify(&stage, &serde_json::to_string_pretty(&export).unwrap()),
        (Some(0), equal),
        "spaces are no facts"
    );
    let (code, found) = verify(&stage, &a_second_less(&export).to_string());
    assert_eq!(code, Some(1));
    let said = |words: &str| found.lines().any(|line| line.starts_with(words));
    assert!(said("used_seconds: the export says 10800, counted again it is 10799"), "{found}");
    assert!(said("the seal does not match"), "{found}");
    let mut cheaper = export.clone();
    let last = cheaper["lines"].as_array().unwrap().len() - 1;
    cheaper["lines"][last]["used_seconds"] = json!(1);
    assert_eq!(verify(&stage, &cheaper.to_string()).0, Some(1));
    for text in ["", "{}", "{\"format\":\"hourglass-cycle/1\",\"lines\":[],\"seal\":\"\",\"more\":1}"] {
        assert_eq!(verify(&stage, text), (Some(2), String::new()), "{text}");
    }
}

// Harm prevented: somebody with access to the database changes history, and nobody can tell.
async fn a_second_that_was_changed_in_the_rows_breaks_the_proof(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let panel = stage.active_panel(owner, "rahim", Terms { included_hours: 3, ..terms() }).await;
    stage.pass_hours(1).await;
    stage.odoo.set_down(true);
    stage.pass_hours(1).await;
    stage.odoo.set_down(false);
    stage.pass_hours(3).await;
    let whole = owner.get(&panel.path("cycles/1/export")).await;
    assert_eq!(verify(&stage, &whole.body).0, Some(0));
    let first = "from_at = (SELECT MIN(from_at) FROM usage_windows)";
    stage.database.meddle(&format!("UPDATE usage_windows SET to_at = to_at - 1 WHERE {first}")).await;
    let changed = owner.get(&panel.path("cycles/1/export")).await;
    assert_eq!((changed.status, verify(&stage, &changed.body).0), (200, Some(1)));
    stage.database.meddle(&format!("UPDATE usage_windows SET to_at = to_at + 1 WHERE {first}")).await;
    assert_eq!(owner.get(&panel.path("cycles/1/export")).await.body, whole.body);
    stage.database.meddle("UPDATE cycles SET seal = NULL").await;
    owner.get(&panel.path("cycles/1/export")).await.refused(409, "unsealed");
    assert_eq!(owner.get(&panel.path("cycles")).await.ok(200)["items"][0]["has_export"], false);
}

// Harm prevented: what was bought and used in earlier cycles cannot be looked up.
async fn cycles_are_listed_newest_first(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let panel = stage.expired_panel(owner, "rahim").await;
    stage.pay(owner, &panel, "two").await;
    stage.pass_hours(1).await;
    let all = owner.get(&panel.path("cycles")).await.ok(200);
    let items = all["items"].as_array().unwrap();
    assert_eq!(items.iter().map(|item| item["number"].as_i64().unwrap()).collect::<Vec<_>>(), [2, 1]);
    assert_eq!(all["next_cursor"], Value::Null);
    let (running, ended) = (&items[0], &items[1]);
    assert_eq!((&running["ended_at"], &running["has_export"]), (&Value::Null, &json!(false)));
    assert_eq!((&ended["ended_reason"], &ended["has_export"]), (&json!("hours_used_up"), &json!(true)));
    assert_eq!((&ended["used_seconds"], &ended["allowance_seconds"]), (&json!(HOUR), &json!(HOUR)));
    assert_eq!((&ended["plan"]["name"], &ended["plan"]["version_number"]), (&json!("Plan of rahim"), &json!(1)));
    assert_eq!(ended["daily_cap_hours"], Value::Null);
    assert_eq!(ended["paid_net"], json!({ "minor": 120_000, "currency": "BDT" }));
    let first = owner.get(&panel.path("cycles?limit=1")).await.ok(200);
    assert_eq!((&first["items"][0]["number"], &first["next_cursor"]), (&json!(2), &json!("2")));
    let rest = owner.get(&panel.path("cycles?limit=1&cursor=2")).await.ok(200);
    assert_eq!((&rest["items"][0], &rest["next_cursor"]), (ended, &Value::Null));
}
