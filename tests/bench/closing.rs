//! What it costs to close cycles on PostgreSQL, beside 100 and beside 100,000 panels of which nothing is due.
//!
//! Both are measured in one run, each on a database of its own; what counts is their ratio. It is to be near 1: closing
//! costs what is due, not what exists.

use hourglass::worker::turn;
use hourglass_tests::{Kind, Panel, Persona, Stage, Terms, terms};
use shared::time::HOUR;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// So many cycles end at once.
const DUE: u32 = 64;
/// So often a turn is made that finds nothing.
const IDLE_TURNS: u32 = 200;

fn main() {
    let few = measured(100);
    let many = measured(100_000);
    println!("                          beside 100    beside 100,000    ratio");
    row("closing a cycle", few.closing, many.closing);
    row("a turn that finds nothing", few.idle, many.idle);
}

#[expect(clippy::cast_precision_loss, reason = "figures for people")]
fn row(what: &str, few: Duration, many: Duration) {
    let micros = |time: Duration| time.as_nanos() as f64 / 1_000.0;
    println!("{what:25} {:9.1} us {:14.1} us {:8.2}", micros(few), micros(many), micros(many) / micros(few));
}

struct Measured {
    closing: Duration,
    idle: Duration,
}

fn measured(idle: u32) -> Measured {
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let stage = Arc::new(Stage::open(Kind::Postgres).await);
        let figures = measure(&stage, idle).await;
        stage.close().await;
        figures
    })
}

async fn measure(stage: &Stage, idle: u32) -> Measured {
    let owner = stage.owner().await;
    let panels = due(stage, owner).await;
    beside(stage, owner, idle).await;
    let start = Instant::now();
    for number in 1..=u64::from(IDLE_TURNS) {
        assert_eq!(turn(&stage.app, number).await.due, 0, "nothing is due");
    }
    let idle = start.elapsed() / IDLE_TURNS;
    // One look speaks for an hour: the first uses the allowance up, the second finds that nothing is left.
    stage.skip(HOUR);
    stage.work().await;
    stage.skip(HOUR);
    let start = Instant::now();
    let mut closed = 0;
    while closed < panels.len() {
        let report = turn(&stage.app, 1).await;
        assert!(report.due > 0, "all cycles end");
        closed = usize::try_from(stage.database.count("cycles", "phase = 'ended'").await).expect("a count");
    }
    Measured { closing: start.elapsed() / DUE, idle }
}

/// Panels whose cycles end within two hours.
async fn due(stage: &Stage, owner: &Persona) -> Vec<Panel> {
    let mut panels = vec![];
    for number in 0..DUE {
        let plan = Terms { included_hours: 1, ..terms() };
        panels.push(stage.active_panel(owner, &format!("due{number}"), plan).await);
    }
    panels
}

/// Panels of which nothing is due for a year.
async fn beside(stage: &Stage, owner: &Persona, many: u32) {
    let account = owner.account_id();
    let far = hourglass_tests::beginning().plus(365 * 24 * HOUR).unix();
    let statement = format!(
        "INSERT INTO tenants (id, account_id, plan_version_id, name, subdomain, panel, panel_since, billing,
            next_cycle_number, created_at, version, due_at, claimed_until)
         SELECT 'ten_' || lpad(to_hex(n), 32, '0'), '{account}', (SELECT MIN(id) FROM plan_versions), 'Idle', 'idle' || n,
            'stopped', 0, 'none', 1, 0, 1, {far} + n, 0 FROM generate_series(1, {many}) AS n"
    );
    stage.database.meddle(&statement).await;
    stage.database.meddle("ANALYZE").await;
}
