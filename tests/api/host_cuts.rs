//! The process dies (SIGKILL) at each step of what is done at a panels' server: while the server is told, and after it has done
//! what it was told and before anybody heard of that. Played with the program itself and with real databases, by the machine's
//! clock. Whatever moment it is, the next process finishes, or takes back: nothing is half.

use harness::{Keys, Moment, PASSWORD, Panel, PanelServer, Persona, Process, Stage, terms};
use hourglass_tests as harness;
use sandbox::gateway::Action;
use serde_json::{Value, json};
use shared::api::jobs::{JobKind, JobStep};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::{interval, timeout};

harness::stories!(
    a_creation_that_is_cut_is_whole_or_nothing,
    a_suspension_that_is_cut_is_a_suspension,
    a_resumption_that_is_cut_opens_the_panel_and_is_paid_once,
    a_restoration_that_is_cut_leaves_the_one_or_the_other,
    a_removal_that_is_cut_leaves_a_copy_and_nothing_else,
);

const PROGRAM: &str = env!("CARGO_BIN_EXE_hourglass-under-test");
/// What is not at rest by then never will be.
const PATIENCE: Duration = Duration::from_secs(90);
/// So often one looks again.
const LOOK: Duration = Duration::from_millis(50);

/// At which step, and the word that is said to the cluster then; `{}` is the panel's name.
type Cut = (&'static str, &'static str);
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

/// The program, the panels' server, and the people in front of it.
struct House {
    stage: Arc<Stage>,
    server: PanelServer,
    process: Option<Process>,
    owner: Persona,
    operator: Persona,
    /// Part of every name.
    chance: String,
    /// The databases that must be there, and whether they are open.
    there: BTreeMap<String, bool>,
    table: Vec<String>,
}

impl House {
    async fn build(stage: &Arc<Stage>) -> Self {
        stage.leaves_work(); // by the machine's clock
        stage.owner().await;
        stage.operator().await;
        let process = Process::start(stage, PROGRAM, &[]);
        let nobody = stage.nobody().at(&process.url);
        let signed_in = async |email: &str| nobody.with(Keys::of(&nobody.sign_in(email, PASSWORD).await.is(200)));
        let (owner, operator) = (signed_in("rahim@example.com").await, signed_in("operator@example.com").await);
        let folder = stage.database.folder.file_name().unwrap().to_string_lossy().into_owned();
        let chance = folder[folder.len() - 10..].to_owned();
        let server = PanelServer::open(stage, &operator, &chance).await;
        let (there, table) = (BTreeMap::new(), Vec::new());
        Self { stage: Arc::clone(stage), server, process: Some(process), owner, operator, chance, there, table }
    }

    async fn order(&self, number: usize) -> Panel {
        self.stage.panel(&self.owner, &format!("cut{number}-{}", self.chance), terms()).await
    }

    async fn pay(&self, panel: &Panel, key: &str) {
        let payment = self.stage.checkout(&self.owner, panel, &format!("{key}-{}", panel.subdomain)).await;
        self.stage.act(&payment, Action::Pay).await;
    }

    /// As many panels that are up as there are cuts, each for one.
    async fn panels(&mut self, cuts: &[Cut]) -> Vec<Panel> {
        let mut panels = Vec::new();
        for number in 0..2 * cuts.len() {
            let panel = self.order(number).await;
            self.pay(&panel, "first").await;
            self.there.insert(panel.subdomain.clone(), true);
            panels.push(panel);
        }
        for panel in &panels {
            self.comes_to(panel, "active").await;
        }
        self.rests().await;
        panels
    }

    async fn status(&self, panel: &Panel) -> String {
        self.owner.status(panel).await["panel"]["status"].as_str().unwrap().to_owned()
    }

    async fn comes_to(&self, panel: &Panel, status: &str) {
        let arrived = async {
            let mut look = interval(LOOK);
            while self.status(panel).await != status {
                look.tick().await;
            }
        };
        if timeout(PATIENCE, arrived).await.is_err() {
            panic!("never {status}: {}\n{}", self.owner.status(panel).await, self.left().await);
        }
    }

    /// What is not done.
    async fn left(&self) -> String {
        // At one instant: a promise that is kept becomes a job, and a job that ends makes promises. Whoever looks for the one and then
        // for the other may find neither.
        let both = "SELECT id, kind AS what, CAST(step AS TEXT) AS at, COALESCE(trouble_words, '') AS trouble \
                    FROM jobs WHERE finished_at IS NULL \
                    UNION ALL SELECT id, effect AS what, CAST(attempts AS TEXT) AS at, COALESCE(last_error, '') AS trouble \
                    FROM outbox WHERE delivered_at IS NULL";
        self.stage.database.rows(both).await.iter().map(|row| format!("{row}\n")).collect()
    }

    async fn rests(&self) {
        let rested = async {
            let mut look = interval(LOOK);
            while !self.left().await.is_empty() {
                look.tick().await;
            }
        };
        if timeout(PATIENCE, rested).await.is_err() {
            panic!("it never comes to rest:\n{}{:?}", self.left().await, self.server.databases().await);
        }
    }

    /// The process dies once the word is said that is listened for; the next one works until nothing is left to do.
    async fn dies(&mut self) {
        self.server.line.is_cut().await;
        self.process.take().unwrap().kill();
        // The minute passes for which nobody else would have taken over.
        for due in ["jobs SET due_at = 0 WHERE finished_at IS NULL", "outbox SET due_at = 0 WHERE delivered_at IS NULL"]
        {
            self.stage.database.meddle(&format!("UPDATE {due}")).await;
        }
        let next = Process::start(&self.stage, PROGRAM, &[]);
        self.owner = self.owner.at(&next.url);
        self.operator = self.operator.at(&next.url);
        self.process = Some(next);
        self.rests().await;
    }

    /// The line falls silent when this is said of the panel.
    fn listens_for(&self, (_, word): Cut, moment: Moment, panel: &Panel) {
        self.server.line.cut_at(&word.replace("{}", &panel.subdomain), moment);
    }

    /// What is at the server is exactly what the panels are said to be.
    async fn assert_whole(&self, when: &str) {
        let found = self.server.databases().await;
        let found: BTreeMap<_, _> = found.into_iter().map(|it| (it.name, it.open)).collect();
        assert_eq!(found, self.there, "{when}");
        assert_eq!(self.server.folders(), self.there.keys().cloned().collect::<Vec<_>>(), "{when}: the files");
        let scratch = self.stage.database.folder.join("copies/on-their-way");
        let on_their_way = std::fs::read_dir(scratch).map_or(0, Iterator::count);
        assert_eq!(on_their_way, 0, "{when}: files on their way");
    }

    /// How the panel's last job ended, which must have its end.
    async fn ended(&self, panel: &Panel, kind: &str) -> &'static str {
        let job = self.owner.get(&panel.path("jobs")).await.ok(200)["items"][0].clone();
        assert_eq!(job["kind"], kind, "{job}");
        match job["state"].as_str() {
            Some("done") => "finished",
            Some("failed") => "rolled back",
            _ => panic!("half: {job}"),
        }
    }

    /// One payment has bought one cycle, and each is on the books once.
    async fn assert_paid(&self, panel: &Panel, times: i64, when: &str) {
        for (table, condition) in [("cycles", ""), ("orders", "AND settled_at IS NOT NULL"), ("invoices", "")] {
            let many = self.stage.database.count(table, &format!("tenant_id = '{}' {condition}", panel.id)).await;
            assert_eq!(many, times, "{when}: {table}");
        }
        self.stage.assert_balanced().await;
    }

    /// What a visitor gets past the gate.
    async fn visit(&self, panel: &Panel) -> u16 {
        let visitor = self.stage.nobody().at(self.server.odoo.url());
        let host = format!("{}.localhost", panel.subdomain);
        visitor.send(visitor.request(reqwest::Method::GET, "/web/login").header("host", host)).await.status
    }

    async fn gate(&self, panel: &Panel) -> u16 {
        self.owner.get(&format!("/gate?panel={}", panel.subdomain)).await.status
    }

    fn note(&mut self, deed: &str, (step, word): (&str, &str), moment: Moment, ended: &str) {
        let said = word.replace("\"{}", "\"PANEL").replace("{}", "PANEL");
        self.table.push(format!("{deed:<8} | {step:<9} | {said:<44} | {moment:?}: {ended}"));
    }

    #[expect(clippy::print_stdout, reason = "a table for whoever asks for it: --no-capture")]
    async fn close(self) {
        println!("{}", self.table.join("\n"));
        drop(self.process);
        self.server.close().await;
    }
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
    let cuts = cuts_of(JobKind::Restore, RESTORATION);
    let mut house = House::build(&stage).await;
    let panels = house.panels(&cuts).await;
    for (panel, (cut, moment)) in panels.iter().zip(moments(&cuts)) {
        let databases = house.server.odoo.databases().clone();
        let name = &panel.subdomain;
        databases.set_parameter(name, "story", "as it was kept").await.unwrap();
        post(&house.owner, &panel.path("backups"), &Value::Null).await.is(202);
        house.rests().await;
        databases.set_parameter(name, "story", "as it became").await.unwrap();
        let kept = house.owner.get(&panel.path("backups")).await.ok(200)["items"][0].clone();
        let wanted = json!({ "backup_id": kept["id"], "subdomain": name });
        house.listens_for(cut, moment, panel);
        post(&house.owner, &panel.path("restore"), &wanted).await.is(202);
        house.dies().await;
        let when = format!("restore, {cut:?}, {moment:?}");
        house.assert_whole(&when).await;
        let ended = house.ended(panel, "restore").await;
        let story = if ended == "finished" { "as it was kept" } else { "as it became" };
        assert_eq!(databases.parameter(name, "story").await.unwrap().as_deref(), Some(story), "{when}");
        assert_eq!((house.status(panel).await.as_str(), house.visit(panel).await), ("active", 200), "{when}");
        house.assert_paid(panel, 1, &when).await;
        house.note("restore", cut, moment, ended);
    }
    house.close().await;
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
