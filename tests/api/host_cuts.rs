//! The process dies (SIGKILL) at each step of what is done at a panels' server: while the server is told, and after it has done
//! what it was told and before anybody heard of that. Played with the program itself and with real databases, by the machine's
//! clock. Whatever moment it is, the next process finishes, or takes back: nothing is half.

use harness::{Moment, Persona, Stage};
use hourglass_tests as harness;
use house::{Cut, House};
use serde_json::{Value, json};
use shared::api::jobs::{JobKind, JobStep};
use std::path::Path;
use std::sync::Arc;

mod house;

harness::stories!(
    a_creation_that_is_cut_is_whole_or_nothing,
    a_suspension_that_is_cut_is_a_suspension,
    a_resumption_that_is_cut_opens_the_panel_and_is_paid_once,
    a_restoration_that_is_cut_leaves_the_one_or_the_other,
    a_restoration_that_fails_and_is_cut_is_taken_back,
    a_removal_that_is_cut_leaves_a_copy_and_nothing_else,
);

type Cuts = &'static [Cut];

const CREATION: Cuts = &[
    ("build", "CREATE DATABASE \"{}--"),
    ("build", "res_users"),
    ("build", "IS_TEMPLATE false"),
    ("name", "RENAME TO \"{}\""),
    ("open", "ALTER DATABASE \"{}\" ALLOW_CONNECTIONS true"),
];
const SUSPENSION: Cuts =
    &[("close", "ALTER DATABASE \"{}\" ALLOW_CONNECTIONS false"), ("close", "pg_terminate_backend")];
const RESUMPTION: Cuts = &[("open", "ALTER DATABASE \"{}\" ALLOW_CONNECTIONS true")];
const RESTORATION: Cuts = &[
    ("copy", "TO stdout"),
    ("load", "CREATE DATABASE \"{}--"),
    ("load", "FROM stdin"),
    ("load", "IS_TEMPLATE false"),
    // Of what stands beside the panel: the panel itself is open, and nobody says so again before it has made way.
    ("try", "ALLOW_CONNECTIONS true"),
    ("set_aside", "-old\""),
    ("name", "RENAME TO \"{}\""),
    ("open", "ALTER DATABASE \"{}\" ALLOW_CONNECTIONS true"),
    ("drop_old", "-old\" WITH (FORCE)"),
];
/// What was begun beside the panel is taken back: its copy is spoilt while nobody is there.
const TAKING_BACK: Cuts = &[("load", "CREATE DATABASE \"{}--"), ("load", "FROM stdin")];
const REMOVAL: Cuts = &[
    ("close", "ALTER DATABASE \"{}\" ALLOW_CONNECTIONS false"),
    ("copy", "CREATE DATABASE \"hourglass_dump_"),
    ("copy", "TO stdout"),
    ("drop", "DROP DATABASE IF EXISTS \"{}\""),
];

/// Those of a job's steps. A new step fails here until somebody has said above at which word it is cut.
fn cuts_of(kind: JobKind, cuts: Cuts) -> Vec<Cut> {
    let steps = kind.steps().iter().filter(|step| **step != JobStep::Place);
    let steps: Vec<String> =
        steps.map(|step| serde_json::to_value(step).unwrap().as_str().unwrap().to_owned()).collect();
    for name in &steps {
        assert!(cuts.iter().any(|(step, _)| name == step), "{name} of {} is never cut", kind.name());
    }
    // A promise, and no job, closes it before that.
    cuts.iter().filter(|(step, _)| *step == "close" || steps.iter().any(|name| name == step)).copied().collect()
}

/// Each word at both moments.
fn moments(cuts: &[Cut]) -> impl Iterator<Item = (Cut, Moment)> {
    cuts.iter().flat_map(|cut| [(*cut, Moment::During), (*cut, Moment::After)])
}

async fn post(who: &Persona, path: &str, body: &Value) -> harness::Answer {
    who.post_keyed(path, &path[path.len().saturating_sub(50)..].replace('/', "-"), body).await
}

// Harm prevented: somebody paid for a panel, and has half of one for ever, two, or none and no word about it.
async fn a_creation_that_is_cut_is_whole_or_nothing(stage: Arc<Stage>) {
    let cuts = cuts_of(JobKind::SetUp, CREATION);
    let mut house = House::build(&stage).await;
    for (number, (cut, moment)) in moments(&cuts).enumerate() {
        let panel = house.order(number).await;
        house.listens_for(cut, moment, &panel);
        house.pay(&panel, "first").await;
        house.dies().await;
        let when = format!("create, {cut:?}, {moment:?}");
        let ended = house.ended(&panel, "set_up").await;
        if ended == "finished" {
            house.there.insert(panel.subdomain.clone(), true);
            assert_eq!((house.status(&panel).await.as_str(), house.visit(&panel).await), ("active", 200), "{when}");
        } else {
            assert_eq!(house.status(&panel).await, "failed", "{when}");
        }
        house.assert_whole(&when).await;
        house.assert_paid(&panel, 1, &when).await;
        house.note("create", cut, moment, ended);
    }
    house.close().await;
}

// Harm prevented: a panel is closed by the gate alone, and its scheduled jobs and remote calls go on unpaid.
async fn a_suspension_that_is_cut_is_a_suspension(stage: Arc<Stage>) {
    let mut house = House::build(&stage).await;
    let panels = house.panels(SUSPENSION).await;
    for (panel, (cut, moment)) in panels.iter().zip(moments(SUSPENSION)) {
        house.listens_for(cut, moment, panel);
        let closed = json!({ "message": "Call us." });
        house.operator.post_json(&panel.path("suspend"), &closed).await.is(200);
        assert_ne!(house.gate(panel).await, 204, "the gate is shut at once");
        house.dies().await;
        let when = format!("suspend, {cut:?}, {moment:?}");
        house.there.insert(panel.subdomain.clone(), false);
        house.assert_whole(&when).await;
        assert_eq!(house.status(panel).await, "suspended", "{when}");
        assert_ne!((house.gate(panel).await, house.visit(panel).await), (204, 200), "{when}");
        house.assert_paid(panel, 1, &when).await;
        house.note("suspend", cut, moment, "finished");
    }
    house.close().await;
}

// Harm prevented: somebody has paid again, and the panel stays closed; or is open twice as long for it.
async fn a_resumption_that_is_cut_opens_the_panel_and_is_paid_once(stage: Arc<Stage>) {
    let mut house = House::build(&stage).await;
    let panels = house.panels(RESUMPTION).await;
    // A month passes for this account.
    let ahead = format!("/api/v1/accounts/{}/clock", house.owner.account_id());
    house.operator.post_keyed(&ahead, "a-month", &json!({ "advance_seconds": 30 * 86_400 + 3_600 })).await.is(200);
    for panel in &panels {
        house.comes_to(panel, "suspended").await;
        house.there.insert(panel.subdomain.clone(), false);
    }
    house.rests().await;
    house.assert_whole("expired").await;
    for (panel, (cut, moment)) in panels.iter().zip(moments(RESUMPTION)) {
        house.listens_for(cut, moment, panel);
        house.pay(panel, "again").await;
        house.dies().await;
        let when = format!("resume, {cut:?}, {moment:?}");
        house.there.insert(panel.subdomain.clone(), true);
        house.assert_whole(&when).await;
        assert_eq!((house.status(panel).await.as_str(), house.visit(panel).await), ("active", 200), "{when}");
        assert_eq!(house.gate(panel).await, 204, "{when}");
        house.assert_paid(panel, 2, &when).await;
        house.note("resume", cut, moment, "finished");
    }
    house.close().await;
}

// Harm prevented: the old books have made way, and the copy never came: a business has neither.
async fn a_restoration_that_is_cut_leaves_the_one_or_the_other(stage: Arc<Stage>) {
    restorations(stage, &cuts_of(JobKind::Restore, RESTORATION), "finished").await;
}

// Harm prevented: a copy turns out to be broken, the process dies while it clears up, and half a panel stays beside the true one.
async fn a_restoration_that_fails_and_is_cut_is_taken_back(stage: Arc<Stage>) {
    restorations(stage, TAKING_BACK, "rolled back").await;
}

/// Each panel is put back to a copy, which is sound if that is to be finished.
async fn restorations(stage: Arc<Stage>, cuts: &[Cut], end: &str) {
    let mut house = House::build(&stage).await;
    let panels = house.panels(cuts).await;
    for (panel, (cut, moment)) in panels.iter().zip(moments(cuts)) {
        let databases = house.server.odoo.databases().clone();
        let name = &panel.subdomain;
        databases.set_parameter(name, "story", "as it was kept").await.unwrap();
        post(&house.owner, &panel.path("backups"), &Value::Null).await.is(202);
        house.rests().await;
        databases.set_parameter(name, "story", "as it became").await.unwrap();
        let kept = house.owner.get(&panel.path("backups")).await.ok(200)["items"][0].clone();
        let file = stage.database.folder.join("copies").join(kept["id"].as_str().unwrap());
        let wanted = json!({ "backup_id": kept["id"], "subdomain": name });
        house.listens_for(cut, moment, panel);
        post(&house.owner, &panel.path("restore"), &wanted).await.is(202);
        house
            .dies_and(|| {
                if end != "finished" {
                    spoil(&file)
                }
            })
            .await;
        let when = format!("restore, {cut:?}, {moment:?}");
        house.assert_whole(&when).await;
        assert_eq!(house.ended(panel, "restore").await, end, "{when}");
        let story = if end == "finished" { "as it was kept" } else { "as it became" };
        assert_eq!(databases.parameter(name, "story").await.unwrap().as_deref(), Some(story), "{when}");
        assert_eq!((house.status(panel).await.as_str(), house.visit(panel).await), ("active", 200), "{when}");
        house.assert_paid(panel, 1, &when).await;
        house.note("restore", cut, moment, end);
    }
    house.close().await;
}

/// Its bytes stand the other way round.
fn spoil(file: &Path) {
    std::fs::write(file, std::fs::read(file).unwrap().into_iter().rev().collect::<Vec<u8>>()).unwrap();
}

// Harm prevented: a panel is dropped before its last copy is whole, or is removed for its customer and stays on the disk.
async fn a_removal_that_is_cut_leaves_a_copy_and_nothing_else(stage: Arc<Stage>) {
    let cuts = cuts_of(JobKind::Remove, REMOVAL);
    let mut house = House::build(&stage).await;
    let panels = house.panels(&cuts).await;
    for (panel, (cut, moment)) in panels.iter().zip(moments(&cuts)) {
        let name = &panel.subdomain;
        house.listens_for(cut, moment, panel);
        post(&house.owner, &panel.path("delete"), &json!({ "subdomain": name })).await.is(200);
        house.dies().await;
        let when = format!("delete, {cut:?}, {moment:?}");
        house.there.remove(name);
        house.assert_whole(&when).await;
        let ended = house.ended(panel, "remove").await;
        assert_eq!((house.status(panel).await.as_str(), ended), ("deleted", "finished"), "{when}");
        let copies = house.owner.get(&panel.path("backups")).await.ok(200)["items"].clone();
        assert_eq!((copies.as_array().unwrap().len(), &copies[0]["kind"]), (1, &json!("last")), "{when}");
        let file = stage.database.folder.join("copies").join(copies[0]["id"].as_str().unwrap());
        let bytes = std::fs::metadata(&file).unwrap_or_else(|error| panic!("{when}: {error}")).len();
        assert_eq!(i64::try_from(bytes).ok(), copies[0]["bytes"].as_i64(), "{when}");
        house.assert_paid(panel, 1, &when).await;
        house.note("delete", cut, moment, ended);
    }
    house.close().await;
}
