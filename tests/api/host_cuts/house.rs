//! The program beside a panels' server, and what a story asks of the two: it knows no single act.

use super::harness::{Keys, Moment, PASSWORD, Panel, PanelServer, Persona, Process, Stage, terms};
use sandbox::gateway::Action;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::{interval, timeout};

const PROGRAM: &str = env!("CARGO_BIN_EXE_hourglass-under-test");
/// What is not at rest by then never will be.
const PATIENCE: Duration = Duration::from_secs(90);
/// So often one looks again.
const LOOK: Duration = Duration::from_millis(50);

/// At which step, and the word that is said to the cluster then; `{}` is the panel's name.
pub(super) type Cut = (&'static str, &'static str);

/// The program, the panels' server, and the people in front of it.
pub(super) struct House {
    pub(super) stage: Arc<Stage>,
    pub(super) server: PanelServer,
    pub(super) process: Option<Process>,
    pub(super) owner: Persona,
    pub(super) operator: Persona,
    /// Part of every name.
    pub(super) chance: String,
    /// The databases that must be there, and whether they are open.
    pub(super) there: BTreeMap<String, bool>,
    pub(super) table: Vec<String>,
}

impl House {
    pub(super) async fn build(stage: &Arc<Stage>) -> Self {
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

    pub(super) async fn order(&self, number: usize) -> Panel {
        self.stage.panel(&self.owner, &format!("cut{number}-{}", self.chance), terms()).await
    }

    pub(super) async fn pay(&self, panel: &Panel, key: &str) {
        let payment = self.stage.checkout(&self.owner, panel, &format!("{key}-{}", panel.subdomain)).await;
        self.stage.act(&payment, Action::Pay).await;
    }

    /// As many panels that are up as there are cuts, each for one.
    pub(super) async fn panels(&mut self, cuts: &[Cut]) -> Vec<Panel> {
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

    pub(super) async fn status(&self, panel: &Panel) -> String {
        self.owner.status(panel).await["panel"]["status"].as_str().unwrap().to_owned()
    }

    pub(super) async fn comes_to(&self, panel: &Panel, status: &str) {
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
    pub(super) async fn left(&self) -> String {
        // At one instant: promises become jobs, and jobs make promises. One look after the other may find neither.
        let both = "SELECT id, kind AS what, CAST(step AS TEXT) AS at, COALESCE(trouble_words, '') AS trouble \
                    FROM jobs WHERE finished_at IS NULL \
                    UNION ALL SELECT id, effect AS what, CAST(attempts AS TEXT) AS at, COALESCE(last_error, '') AS trouble \
                    FROM outbox WHERE delivered_at IS NULL";
        self.stage.database.rows(both).await.iter().map(|row| format!("{row}\n")).collect()
    }

    pub(super) async fn rests(&self) {
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
    pub(super) async fn dies(&mut self) {
        self.dies_and(|| ()).await;
    }

    /// The same, and something happens while nobody is there.
    pub(super) async fn dies_and(&mut self, meanwhile: impl FnOnce()) {
        self.server.line.is_cut().await;
        self.process.take().unwrap().kill();
        meanwhile();
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
    pub(super) fn listens_for(&self, (_, word): Cut, moment: Moment, panel: &Panel) {
        self.server.line.cut_at(&word.replace("{}", &panel.subdomain), moment);
    }

    /// What is at the server is exactly what the panels are said to be.
    pub(super) async fn assert_whole(&self, when: &str) {
        let found = self.server.databases().await;
        let found: BTreeMap<_, _> = found.into_iter().map(|it| (it.name, it.open)).collect();
        assert_eq!(found, self.there, "{when}");
        assert_eq!(self.server.folders(), self.there.keys().cloned().collect::<Vec<_>>(), "{when}: the files");
        let scratch = self.stage.database.folder.join("copies/on-their-way");
        let on_their_way = std::fs::read_dir(scratch).map_or(0, Iterator::count);
        assert_eq!(on_their_way, 0, "{when}: files on their way");
    }

    /// How the panel's last job ended, which must have its end.
    pub(super) async fn ended(&self, panel: &Panel, kind: &str) -> &'static str {
        let job = self.owner.get(&panel.path("jobs")).await.ok(200)["items"][0].clone();
        assert_eq!(job["kind"], kind, "{job}");
        match job["state"].as_str() {
            Some("done") => "finished",
            Some("failed") => {
                // Shown if that was not to be: the operator's words name the cause.
                println!("{job}\n{}", self.operator.get("/api/v1/alerts").await.body);
                "rolled back"
            }
            _ => panic!("half: {job}"),
        }
    }

    /// One payment has bought one cycle, and each is on the books once.
    pub(super) async fn assert_paid(&self, panel: &Panel, times: i64, when: &str) {
        for (table, condition) in [("cycles", ""), ("orders", "AND settled_at IS NOT NULL"), ("invoices", "")] {
            let many = self.stage.database.count(table, &format!("tenant_id = '{}' {condition}", panel.id)).await;
            assert_eq!(many, times, "{when}: {table}");
        }
        self.stage.assert_balanced().await;
    }

    /// What a visitor gets past the gate.
    pub(super) async fn visit(&self, panel: &Panel) -> u16 {
        let visitor = self.stage.nobody().at(self.server.odoo.url());
        let host = format!("{}.localhost", panel.subdomain);
        visitor.send(visitor.request(reqwest::Method::GET, "/web/login").header("host", host)).await.status
    }

    pub(super) async fn gate(&self, panel: &Panel) -> u16 {
        self.owner.get(&format!("/gate?panel={}", panel.subdomain)).await.status
    }

    pub(super) fn note(&mut self, deed: &str, (step, word): (&str, &str), moment: Moment, ended: &str) {
        let said = word.replace("\"{}", "\"PANEL").replace("{}", "PANEL");
        self.table.push(format!("{deed:<8} | {step:<9} | {said:<44} | {moment:?}: {ended}"));
    }

    #[expect(clippy::print_stdout, reason = "a table for whoever asks for it: --no-capture")]
    pub(super) async fn close(self) {
        println!("{}", self.table.join("\n"));
        drop(self.process);
        self.server.close().await;
    }
}
