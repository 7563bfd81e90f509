//! A deployment beside a real Odoo: the program as processes of its own, and nginx, as it is shipped, in front of the panels.
//! Panels are made by what the program offers, and by nothing else. By the machine's clock.

use std::net::SocketAddr;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use hourglass_tests::{
    Brand, Database, Keys, Kind, PASSWORD, Panel, Persona, Process, Proxy, Terms, secret_file, terms,
};
use reqwest::Method;
use serde_json::json;
use tokio::time::interval;
use url::Url;

use crate::cluster::value_at;
use crate::odoo::chance;
use crate::real_odoo::variable;

const PROGRAM: &str = env!("CARGO_BIN_EXE_hourglass-under-test");
/// What has not come by then does not come. A busy machine builds a panel in half a minute.
const PATIENCE: Duration = Duration::from_secs(150);
/// So often one looks.
const LOOK: Duration = Duration::from_millis(20);
const OPERATOR: &str = "operator@example.com";
const OWNER: &str = "rahim@example.com";

/// One deployment.
pub(crate) struct Deployment {
    /// What stands in front of the panels.
    pub(crate) front: Proxy,
    /// Somebody of the operator, and a customer, in front of the main process.
    pub(crate) operator: Persona,
    pub(crate) owner: Persona,
    database: Database,
    /// Does the work. The other process is the one that the proxy asks.
    main: Process,
    gate: Option<Process>,
}

impl Deployment {
    /// Starts one, with nothing in it but a plan that may be tried.
    pub(crate) async fn open() -> Self {
        let database = Database::make(Kind::Sqlite).await;
        let flags = flags(&database);
        let main = Process::serve(PROGRAM, &flags);
        let gate = Process::serve(PROGRAM, &[flags.as_slice(), &["--only=api".to_owned()]].concat());
        let odoo: SocketAddr = variable("URL").strip_prefix("http://").unwrap().parse().unwrap();
        let front = Proxy::start(Brand::Nginx, &database.folder, &gate.url, odoo).await;
        admin(&database, &["create-operator", "--name=Operator", &format!("--email={OPERATOR}")]);
        let nobody = Persona::nobody(&main.url);
        let operator = nobody.with(Keys::of(&nobody.sign_in(OPERATOR, PASSWORD).await.is(200)));
        let owner = nobody.with(Keys::of(&nobody.sign_up("Rahim Traders", OWNER).await.is(201)));
        let plan = json!({ "name": "Silver", "terms": Terms { trial_days: 7, ..terms() } });
        let plan = operator.post_json("/api/v1/plans", &plan).await.ok(201);
        operator.post(&format!("/api/v1/plans/{}/versions/1/publish", plan["id"].as_str().unwrap())).await.is(200);
        Self { front, operator, owner, database, main, gate: Some(gate) }
    }

    /// Orders a panel and begins to try it: it is being created.
    pub(crate) async fn order(&self) -> Panel {
        let subdomain = format!("rahim-{}", chance());
        let order = ["create-panel", "--name=Rahim", "--plan=Silver", &format!("--owner-email={OWNER}")];
        let id = admin(&self.database, &[&order[..], &[&format!("--subdomain={subdomain}")]].concat());
        let panel = Panel { id: id.trim().parse().unwrap(), subdomain };
        let status = self.owner.post(&panel.path("trial")).await.ok(200);
        assert_eq!(status["panel"]["status"], "creating");
        panel
    }

    /// Until the card says so.
    pub(crate) async fn becomes(&self, panel: &Panel, wanted: &str) {
        let is = async || self.owner.status(panel).await["panel"]["status"] == wanted;
        until(wanted, is).await;
    }

    /// Until what was asked of the panel last is done.
    pub(crate) async fn done(&self, panel: &Panel) {
        let newest = async || self.owner.get(&panel.path("jobs")).await.ok(200)["items"][0].clone();
        until("done", async || newest().await["state"] != "running").await;
        let newest = newest().await;
        assert_eq!(newest["state"], "done", "{newest}");
    }

    /// Opens the panel as its owner, by the one-time token; gives the cookie with which their browser goes on.
    pub(crate) async fn comes_in(&self, panel: &Panel) -> String {
        let opened = self.owner.post(&panel.path("open")).await.ok(200);
        assert_eq!(opened["signed_in"], true);
        let url: Url = opened["url"].as_str().unwrap().parse().unwrap();
        let answer = self.front.ask(&get(&host(panel), &format!("{}?{}", url.path(), url.query().unwrap()), "")).await;
        assert_eq!(answer.status, 303, "{answer:?}");
        let cookie = answer.header("set-cookie").unwrap().split(';').next().unwrap().to_owned();
        assert!(cookie.starts_with("session_id="), "{answer:?}");
        assert!(self.is_inside(panel, &cookie).await, "{answer:?}");
        cookie
    }

    /// Whether this browser is signed in: others are led to the sign-in page.
    pub(crate) async fn is_inside(&self, panel: &Panel, cookie: &str) -> bool {
        self.front.ask(&get(&host(panel), "/odoo", &format!("Cookie: {cookie}\r\n"))).await.status == 200
    }

    /// Whether the database itself lets nobody in; `None` if there is none.
    pub(crate) async fn is_closed(&self, panel: &Panel) -> Option<bool> {
        let sql = format!("SELECT (NOT datallowconn)::text FROM pg_database WHERE datname = '{}'", panel.subdomain);
        value_at(&variable("DATABASE_URL"), "postgres", &sql).await.map(|said| said == "true")
    }

    /// The gate's status for a host, asked as nginx asks.
    pub(crate) async fn gate(&self, host: &str) -> u16 {
        let nobody = Persona::nobody(&self.gate.as_ref().expect("a gate").url);
        nobody.send(nobody.request(Method::GET, "/gate").header("x-forwarded-host", host)).await.status
    }

    /// Takes the panel away, and waits until it is gone from the server.
    pub(crate) async fn remove(&self, panel: &Panel) {
        let sure = json!({ "subdomain": panel.subdomain });
        self.owner.post_keyed(&panel.path("delete"), "delete", &sure).await.is(200);
        self.becomes(panel, "deleted").await;
        assert_eq!(self.is_closed(panel).await, None, "the database is gone");
    }

    /// The process dies that the proxy asks. The other one works on.
    pub(crate) fn lose_the_gate(&mut self) {
        self.gate.take().expect("a gate").kill();
    }

    /// Stops, and leaves nothing.
    pub(crate) async fn close(self) {
        self.main.kill();
        drop((self.front, self.gate));
        self.database.remove().await;
    }
}

fn flags(database: &Database) -> Vec<String> {
    let folder = &database.folder;
    let file = |name: &str, secret: &str| secret_file(&folder.join(name), secret.as_bytes());
    vec![
        "--allow-sandbox-gateway".to_owned(),
        // Nobody pays here: nothing listens there.
        "--sslcommerz-url=http://127.0.0.1:1".to_owned(),
        "--sslcommerz-store-id=testbox".to_owned(),
        format!("--sslcommerz-store-passwd-file={}", file("store_passwd", "a made-up password")),
        format!("--database-url={}", database.url),
        format!("--secret-file={}", file("secret", "made up for the real one, and long enough")),
        format!("--copies-folder={}", folder.join("copies").display()),
        "--panel-base-url=http://localhost".to_owned(),
        "--tick-seconds=5".to_owned(),
        "--reach-seconds=30".to_owned(),
        format!("--odoo-url={}", variable("PRIVATE_URL")),
        format!("--odoo-template={}", variable("TEMPLATE")),
        format!("--odoo-admin-password-file={}", file("master", &variable("MASTER_PASSWORD"))),
        format!("--odoo-database-url-file={}", file("cluster", &variable("DATABASE_URL"))),
        format!("--odoo-filestore={}", variable("FILESTORE")),
        format!("--odoo-service-login={}", variable("SERVICE_LOGIN")),
        format!("--odoo-service-password-file={}", file("service", &variable("SERVICE_KEY"))),
    ]
}

/// What the program's `admin` writes.
fn admin(database: &Database, words: &[&str]) -> String {
    let mut command = Command::new(PROGRAM);
    command.arg("admin").args(words).arg(format!("--database-url={}", database.url));
    let done = command.env("HOURGLASS_OPERATOR_PASSWORD", PASSWORD).current_dir(Path::new("/")).output().unwrap();
    assert!(done.status.success(), "{words:?}: {}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).unwrap()
}

/// The host of a panel, as browsers spell it.
pub(crate) fn host(panel: &Panel) -> String {
    format!("{}.localhost", panel.subdomain)
}

/// A request for a page.
pub(crate) fn get(host: &str, path: &str, headers: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nHost: {host}\r\n{headers}Connection: close\r\n\r\n")
}

/// Looks again and again.
pub(crate) async fn until(what: &str, look: impl AsyncFn() -> bool) {
    let (start, mut pause) = (Instant::now(), interval(LOOK));
    while !look().await {
        assert!(start.elapsed() < PATIENCE, "never {what}");
        pause.tick().await;
    }
}

/// What was done, one after the other, and how long it took.
pub(crate) struct Seconds {
    began: Instant,
    rows: Vec<(String, Duration)>,
}

impl Seconds {
    pub(crate) fn start() -> Self {
        Self { began: Instant::now(), rows: vec![] }
    }

    /// From here on counts what comes next.
    pub(crate) fn next(&mut self) {
        self.began = Instant::now();
    }

    pub(crate) fn done(&mut self, what: &str) -> Duration {
        let took = self.began.elapsed();
        self.rows.push((what.to_owned(), took));
        self.next();
        took
    }
}

/// For whoever reads the test's output.
impl std::fmt::Display for Seconds {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.rows.iter().try_for_each(|(what, took)| writeln!(f, "| {what} | {:.2} s |", took.as_secs_f64()))
    }
}
