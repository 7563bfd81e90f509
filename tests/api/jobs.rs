//! Work at hosts that goes wrong, is asked for twice, or lasts too long: who is told what, and what is left of it.

use harness::{Keys, PASSWORD, Panel, Persona, Stage, terms};
use hourglass::flow::jobs::due_jobs::due_jobs;
use hourglass::flow::jobs::hold::hold;
use hourglass::flow::jobs::nightly::nightly;
use hourglass::flow::jobs::pursue::pursue;
use hourglass::flow::jobs::watch::watch;
use hourglass_tests as harness;
use sandbox::odoo::Fault;
use serde_json::{Value, json};
use shared::api::jobs::JobKind;
use shared::time::{DAY, HOUR};
use std::sync::Arc;

harness::stories!(
    a_worker_that_lost_its_hold_does_nothing,
    a_restore_is_asked_for_once,
    a_panel_whose_database_is_gone_comes_back,
    a_restore_that_cannot_copy_first_changes_nothing,
    an_adopted_original_outlives_a_restore,
    a_panel_whose_database_is_gone_is_removed,
    restores_are_not_asked_for_without_end,
    copies_are_not_asked_for_without_end,
    a_stuck_job_is_said_once_and_comes_right,
    what_only_waits_is_not_stuck,
    a_night_that_failed_is_said_and_comes_right,
    nobody_waits_longer_than_was_said,
    what_was_given_up_is_taken_back_in_the_end,
    a_removal_is_told,
);

/// What a panel's server is asked for a copy.
const DUMP: &str = "/web/database/backup";

async fn copies(who: &Persona, panel: &Panel) -> Vec<String> {
    let page = who.get(&panel.path("backups")).await.ok(200);
    page["items"].as_array().unwrap().iter().map(|row| row["kind"].as_str().unwrap().to_owned()).collect()
}

async fn last_job(who: &Persona, panel: &Panel) -> Value {
    who.get(&panel.path("jobs")).await.ok(200)["items"][0].clone()
}

async fn copy(who: &Persona, panel: &Panel, key: &str) -> harness::Answer {
    who.post_keyed(&panel.path("backups"), key, &Value::Null).await
}

/// Asks for the oldest copy to be brought back.
async fn restore(who: &Persona, panel: &Panel, key: &str) -> harness::Answer {
    let kept = who.get(&panel.path("backups")).await.ok(200)["items"].as_array().unwrap().last().unwrap()["id"].clone();
    let wanted = json!({ "backup_id": kept, "subdomain": panel.subdomain });
    who.post_keyed(&panel.path("restore"), key, &wanted).await
}

/// Somebody who was away for so long signs in again.
async fn again(stage: &Stage, email: &str) -> Persona {
    stage.nobody().with(Keys::of(&stage.nobody().sign_in(email, PASSWORD).await.is(200)))
}

async fn alerts(operator: &Persona) -> Vec<String> {
    let page = operator.get("/api/v1/alerts?open=true").await.ok(200);
    page["items"].as_array().unwrap().iter().map(|row| row["kind"].as_str().unwrap().to_owned()).collect()
}

// Harm prevented: a worker that was cut off for a while goes on with what another one does by now: two hands at one panel.
async fn a_worker_that_lost_its_hold_does_nothing(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let panel = stage.active_panel(owner, "rahim", terms()).await;
    copy(owner, &panel, "copy").await.is(202);
    let (another, _) = stage.another(|_| ()).await;
    let lost = due_jobs(&stage.app, &[JobKind::BackUp], 4).await.unwrap()[0];
    assert_eq!(due_jobs(&another, &[JobKind::BackUp], 4).await.unwrap(), [], "one at a time");
    stage.wait(61);
    let held = due_jobs(&another, &[JobKind::BackUp], 4).await.unwrap()[0];
    assert_eq!(lost.id, held.id, "as if the first worker had died");
    assert!(!hold(&stage.app, lost).await.unwrap());
    pursue(&stage.app, lost).await.unwrap();
    assert_eq!(copies(owner, &panel).await, Vec::<String>::new());
    assert!(hold(&another, held).await.unwrap());
    pursue(&another, held).await.unwrap();
    assert_eq!(copies(owner, &panel).await, ["asked"]);
    assert_eq!(last_job(owner, &panel).await["state"], "done");
    assert!(!hold(&another, held).await.unwrap(), "what is over is nobody's");
}

// Harm prevented: a click that is sent twice restores twice; or what was there before is lost by a restore that was a mistake.
async fn a_restore_is_asked_for_once(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let panel = stage.active_panel(owner, "rahim", terms()).await;
    owner.post(&panel.path("backups")).await.refused(400, "idempotency_key_missing");
    copy(owner, &panel, "copy").await.is(202);
    let replayed = copy(owner, &panel, "copy").await.is(202);
    assert_eq!(replayed.header("idempotency-replayed"), Some("true"));
    stage.work().await;
    assert_eq!(copies(owner, &panel).await, ["asked"]);
    let kept = owner.get(&panel.path("backups")).await.ok(200)["items"][0]["id"].clone();
    let wanted = json!({ "backup_id": kept, "subdomain": "rahim" });
    owner.post_json(&panel.path("restore"), &wanted).await.refused(400, "idempotency_key_missing");
    let begun = owner.post_keyed(&panel.path("restore"), "back", &wanted).await.ok(202);
    stage.work().await;
    assert_eq!(owner.post_keyed(&panel.path("restore"), "back", &wanted).await.ok(202)["id"], begun["id"]);
    stage.work().await;
    assert_eq!(
        copies(owner, &panel).await,
        ["before_restore", "asked"],
        "what was there is kept, and it was done once"
    );
    assert_eq!(stage.visit(&panel).await, 200);
    assert_eq!(owner.notices().await, ["renewed", "restored"]);
    let left = stage.odoo.databases().list().await.unwrap();
    assert!(!left.iter().any(|name| name.starts_with("rahim--")), "{left:?}");
    let asked = stage.history(owner, &panel).await;
    assert!(asked.iter().any(|row| row.starts_with("copy_requested")), "{asked:?}");
}

// Harm prevented: the one time that a copy is needed, it cannot be brought back because there is nothing to make way.
async fn a_panel_whose_database_is_gone_comes_back(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let panel = stage.active_panel(owner, "rahim", terms()).await;
    copy(owner, &panel, "copy").await.is(202);
    stage.work().await;
    let kept = owner.get(&panel.path("backups")).await.ok(200)["items"][0]["id"].clone();
    stage.odoo.databases().drop("rahim").await.unwrap();
    let wanted = json!({ "backup_id": kept, "subdomain": "rahim" });
    owner.post_keyed(&panel.path("restore"), "back", &wanted).await.is(202);
    stage.work().await;
    let job = last_job(owner, &panel).await;
    assert_eq!((&job["kind"], &job["state"]), (&json!("restore"), &json!("done")), "{job}");
    assert_eq!(stage.visit(&panel).await, 200);
}

// Harm prevented: "what the panel holds now is copied first" is said, and what could not be copied is replaced all the same.
async fn a_restore_that_cannot_copy_first_changes_nothing(stage: Arc<Stage>) {
    let panel = {
        let owner = stage.owner().await;
        let panel = stage.active_panel(owner, "rahim", terms()).await;
        copy(owner, &panel, "copy").await.is(202);
        stage.work().await;
        restore(owner, &panel, "back").await.is(202);
        panel
    };
    stage.odoo.fault(Fault::DiskFull);
    stage.work().await;
    // However the server says that it cannot, patience ends.
    stage.wait(HOUR / 4);
    stage.work().await;
    let owner = again(&stage, "rahim@example.com").await;
    let job = last_job(&owner, &panel).await;
    assert_eq!((&job["kind"], &job["state"]), (&json!("restore"), &json!("failed")), "{job}");
    assert!(job["trouble"].is_string() && job["finished_at"].is_string(), "{job}");
    assert_eq!(copies(&owner, &panel).await, ["asked"]);
    assert_eq!(owner.notices().await, ["renewed", "restore_failed"]);
    assert_eq!(stage.odoo.databases().list().await.unwrap(), ["rahim"], "nothing has made way, and nothing is left");
    assert_eq!(stage.visit(&panel).await, 200);
}

// Harm prevented: somebody's books of years are dropped because a copy of them was brought back once.
async fn an_adopted_original_outlives_a_restore(stage: Arc<Stage>) {
    let (owner, operator) = (stage.owner().await, stage.operator().await);
    stage.plan("Silver", &terms()).await;
    stage.odoo.set_panel("veteran", sandbox::odoo::PanelState::Up);
    let server = operator.get("/api/v1/servers").await.ok(200)["items"][0]["id"].as_str().unwrap().to_owned();
    let adopt =
        json!({ "database": "veteran", "name": "An old hand", "owner_email": "rahim@example.com", "plan": "Silver" });
    let adopted = operator.post_json(&format!("/api/v1/servers/{server}/adopt"), &adopt).await.ok(201);
    let panel = Panel { id: adopted["tenant_id"].as_str().unwrap().parse().unwrap(), subdomain: "veteran".to_owned() };
    stage.pay(owner, &panel, "first").await;
    copy(owner, &panel, "copy").await.is(202);
    stage.work().await;
    restore(owner, &panel, "back").await.is(202);
    stage.work().await;
    let job = last_job(owner, &panel).await;
    assert_eq!((&job["kind"], &job["state"]), (&json!("restore"), &json!("done")), "{job}");
    assert_eq!(stage.visit(&panel).await, 200);
    let left = stage.odoo.databases().list().await.unwrap();
    let original = left.iter().find(|name| name.ends_with("-old")).unwrap_or_else(|| panic!("{left:?}"));
    let told = operator.get("/api/v1/alerts?open=true").await.ok(200)["items"].clone();
    assert_eq!((&told[0]["kind"], &told[0]["here"]), (&json!("database_kept"), &json!(original)), "{told}");
    assert_eq!(told.as_array().unwrap().len(), 1, "{told}");
}

// Harm prevented: a panel that has lost its database can never be removed, and its address is never free again.
async fn a_panel_whose_database_is_gone_is_removed(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let panel = stage.active_panel(owner, "rahim", terms()).await;
    stage.odoo.databases().drop("rahim").await.unwrap();
    owner.post_json(&panel.path("delete"), &json!({ "subdomain": "rahim" })).await.is(200);
    stage.work().await;
    let job = last_job(owner, &panel).await;
    assert_eq!((&job["kind"], &job["state"]), (&json!("remove"), &json!("done")), "{job}");
    assert_eq!(owner.status(&panel).await["panel"]["status"], "deleted");
    assert_eq!(copies(owner, &panel).await, Vec::<String>::new(), "there was nothing to copy");
    let plan = stage.plan("Silver", &terms()).await;
    stage.order_panel(stage.stranger().await, "rahim", &plan).await.expect("the address is free");
}

// Harm prevented: one customer's restores, each of which copies the panel first, fill the place where everybody's copies are kept.
async fn restores_are_not_asked_for_without_end(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let panel = stage.active_panel(owner, "rahim", terms()).await;
    copy(owner, &panel, "copy").await.is(202);
    stage.work().await;
    for key in ["one", "two", "three"] {
        restore(owner, &panel, key).await.is(202);
        stage.work().await;
    }
    restore(owner, &panel, "four").await.refused(429, "too_many_copies");
    restore(stage.operator().await, &panel, "five").await.is(202);
    stage.work().await;
    stage.wait(DAY);
    restore(&again(&stage, "rahim@example.com").await, &panel, "six").await.is(202);
    stage.work().await;
}

// Harm prevented: one customer's clicks fill the place where everybody's copies are kept.
async fn copies_are_not_asked_for_without_end(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let panel = stage.active_panel(owner, "rahim", terms()).await;
    for key in ["one", "two", "three"] {
        copy(owner, &panel, key).await.is(202);
        stage.work().await;
    }
    copy(owner, &panel, "four").await.refused(429, "too_many_copies");
    copy(stage.operator().await, &panel, "five").await.is(202);
    stage.work().await;
    stage.wait(DAY);
    copy(&again(&stage, "rahim@example.com").await, &panel, "six").await.is(202);
    stage.work().await;
}

// Harm prevented: a panel is not set up for days, and the only one who notices is who has paid for it.
async fn a_stuck_job_is_said_once_and_comes_right(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let panel = stage.panel(owner, "rahim", terms()).await;
    stage.pay(owner, &panel, "first").await;
    assert_eq!(watch(&stage.app).await.unwrap(), 0);
    stage.wait(HOUR / 4);
    assert_eq!(watch(&stage.app).await.unwrap(), 1);
    assert_eq!(watch(&stage.app).await.unwrap(), 0, "once");
    let operator = stage.operator().await;
    assert_eq!(alerts(operator).await, ["job_stuck"]);
    stage.set_up().await;
    assert_eq!(alerts(operator).await, Vec::<String>::new());
    assert_eq!(again(&stage, "rahim@example.com").await.status(&panel).await["panel"]["status"], "active");
}

// Harm prevented: a night's queue wakes the operator once for each copy that waits its turn, and the one that is stuck is not seen among them.
async fn what_only_waits_is_not_stuck(stage: Arc<Stage>) {
    stage.leaves_work();
    let owner = stage.owner().await;
    let panel = stage.active_panel(owner, "rahim", terms()).await;
    copy(owner, &panel, "copy").await.is(202);
    stage.wait(2 * HOUR);
    assert_eq!(watch(&stage.app).await.unwrap(), 0, "nobody has begun it");
    assert_eq!(due_jobs(&stage.app, &[JobKind::BackUp], 4).await.unwrap().len(), 1);
    stage.wait(HOUR - 1);
    assert_eq!(watch(&stage.app).await.unwrap(), 0);
    stage.wait(1);
    assert_eq!(watch(&stage.app).await.unwrap(), 1);
}

// Harm prevented: no copy is made for weeks, and that is found out on the day on which one is needed.
async fn a_night_that_failed_is_said_and_comes_right(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let panel = stage.active_panel(owner, "rahim", terms()).await;
    stage.odoo.fault(Fault::DiskFull);
    stage.wait(DAY);
    assert_eq!(nightly(&stage.app, 4).await.unwrap(), 1);
    assert_eq!(nightly(&stage.app, 4).await.unwrap(), 0, "one a night");
    stage.work().await;
    // However the server says that it cannot, patience ends.
    stage.wait(6 * HOUR);
    stage.work().await;
    let operator = again_operator(&stage).await;
    assert_eq!(alerts(&operator).await, ["copy_failed"]);
    stage.odoo.end_faults();
    stage.wait(DAY);
    assert_eq!(nightly(&stage.app, 4).await.unwrap(), 1);
    stage.work().await;
    let operator = again(&stage, "operator@example.com").await;
    assert_eq!(alerts(&operator).await, Vec::<String>::new());
    assert_eq!(copies(&operator, &panel).await, ["nightly"]);
}

/// The operator, whenever they come in first.
async fn again_operator(stage: &Stage) -> Persona {
    stage.operator().await;
    again(stage, "operator@example.com").await
}

// Harm prevented: a customer reads a server's own words, with what those give away; or waits for ever.
async fn nobody_waits_longer_than_was_said(stage: Arc<Stage>) {
    let panel = {
        let owner = stage.owner().await;
        let panel = stage.panel(owner, "rahim", terms()).await;
        stage.pay(owner, &panel, "first").await;
        let job = owner.status(&panel).await["job"].clone();
        assert_eq!((&job["trouble"], &job["trouble_words"]), (&json!("host_silent"), &Value::Null));
        panel
    };
    stage.wait(HOUR / 4);
    stage.work().await;
    let (owner, operator) = (again(&stage, "rahim@example.com").await, again_operator(&stage).await);
    let status = owner.status(&panel).await;
    assert_eq!(status["panel"]["message"], "The host did not bring the panel up within 15 minutes.");
    assert_eq!(last_job(&owner, &panel).await["trouble"], "too_late");
    assert_eq!(last_job(&owner, &panel).await["trouble_words"], Value::Null);
    assert!(last_job(&operator, &panel).await["trouble_words"].as_str().unwrap().contains("server"));
    owner.post(&panel.path("retry")).await.is(200);
    stage.set_up().await;
    assert_eq!(owner.status(&panel).await["panel"]["status"], "active");
}

// Harm prevented: half a panel is left at a server for ever, or a customer waits for that to be cleared away.
async fn what_was_given_up_is_taken_back_in_the_end(stage: Arc<Stage>) {
    let panel = {
        let owner = stage.owner().await;
        let panel = stage.panel(owner, "rahim", terms()).await;
        stage.pay(owner, &panel, "first").await;
        panel
    };
    stage.odoo.set_down(true);
    stage.wait(HOUR / 4);
    stage.work().await;
    let owner = again(&stage, "rahim@example.com").await;
    assert_eq!(owner.status(&panel).await["panel"]["status"], "failed", "nobody waits any longer");
    let job = last_job(&owner, &panel).await;
    assert_eq!((&job["state"], &job["finished_at"]), (&json!("failed"), &Value::Null), "and it is not clean yet");
    owner.post(&panel.path("retry")).await.is(200);
    stage.work().await;
    stage.odoo.set_down(false);
    stage.wait(HOUR);
    stage.work().await;
    // What was promised meanwhile waited for that.
    stage.wait(300);
    stage.set_up().await;
    let owner = again(&stage, "rahim@example.com").await;
    assert_eq!(owner.status(&panel).await["panel"]["status"], "active", "one after the other");
    let states = owner.get(&panel.path("jobs")).await.ok(200)["items"].clone();
    assert_eq!((&states[0]["state"], &states[1]["state"]), (&json!("done"), &json!("failed")), "{states}");
    assert!(states[1]["finished_at"].is_string());
}

// Harm prevented: whoever has a panel removed never learns whether it is gone.
async fn a_removal_is_told(stage: Arc<Stage>) {
    let owner = stage.owner().await;
    let panel = stage.active_panel(owner, "rahim", terms()).await;
    stage.odoo.fault(Fault::HangUp { call: DUMP.to_owned(), times: Some(1) });
    owner.post_json(&panel.path("delete"), &json!({ "subdomain": "rahim" })).await.is(200);
    stage.work().await;
    assert_eq!(owner.notices().await, ["renewed"], "not before it is so");
    stage.wait(5);
    stage.work().await;
    assert_eq!(owner.notices().await, ["renewed", "removed"]);
    assert_eq!(owner.status(&panel).await["subdomain"], "rahim");
    let left = stage.odoo.databases().list().await.unwrap();
    assert_eq!(left, Vec::<String>::new());
}
