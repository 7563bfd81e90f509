//! What is at the panels' server beside what the rows say of jobs and panels: nothing half, nothing of another's, and nothing gone of
//! which there is no copy.

use super::panels::PanelWatch;
use super::rows::text;
use super::violation::{Found, hold};
use crate::replay::Reached;
use crate::world::host::{Held, HostTruth};
use hourglass_tests::Database;
use serde_json::Value;
use std::collections::BTreeMap;

/// Whose a database is that was there before it was anybody's panel.
const FOUND: &str = "found";

/// The tenants at whose panels something is done, once for each job.
pub(super) async fn at_work(database: &Database) -> Vec<String> {
    let open = database.rows("SELECT tenant_id FROM jobs WHERE finished_at IS NULL ORDER BY id").await;
    open.iter().map(|row| text(row, "tenant_id")).collect()
}

/// Judges after every story.
pub(super) fn invariant_10(
    found: &mut Found,
    panels: &BTreeMap<String, PanelWatch>,
    at_work: &[String],
    host: &HostTruth,
) {
    hold(found, 10, host.clashes.is_empty(), || format!("{:?}", host.clashes));
    for (name, of, copied) in &host.dropped {
        hold(found, 10, *copied && of != FOUND, || format!("{name} was dropped, and there is no copy of {of}"));
    }
    for (id, watch) in panels {
        let (jobs, name) = (at_work.iter().filter(|it| *it == id).count(), &watch.row.subdomain);
        hold(found, 10, jobs <= 1, || format!("{jobs} jobs at once at {name}"));
        if jobs == 0 {
            at_rest(found, id, watch, host);
        }
    }
}

/// Nothing is done at the panel: it is there as a whole, or not at all.
fn at_rest(found: &mut Found, id: &str, watch: &PanelWatch, host: &HostTruth) {
    let name = &watch.row.subdomain;
    let beside = format!("{name}--");
    // What was there before Hourglass is never dropped: where it has made way for a copy it stays, closed.
    let is_kept = |it: &Held| it.of == FOUND && it.locked;
    let aside = host.databases.iter().filter(|(name, it)| name.starts_with(&beside) && !is_kept(it));
    let aside: Vec<&String> = aside.map(|(name, _)| name).collect();
    hold(found, 10, aside.is_empty(), || format!("nobody works at {name}, and {aside:?} are there"));
    let own = host.databases.get(name).filter(|it| it.of == id || it.of == FOUND);
    let its: Vec<&String> = host.databases.iter().filter(|(_, it)| it.of == id).map(|(name, _)| name).collect();
    let whole = match watch.row.panel.as_str() {
        "active" | "stopped" => own.is_some(),
        "deleted" | "pending" | "failed" => its.is_empty(),
        // What expired while it was being set up has no database yet, and what is set up or removed is not at rest.
        _ => true,
    };
    hold(found, 10, whole, || format!("{:?}, and at the server there is {own:?}, {its:?}", watch.row));
}

/// In calm times nothing is left to do.
pub(super) async fn invariant_10_calm(found: &mut Found, database: &Database) {
    let left = database.rows("SELECT * FROM jobs WHERE finished_at IS NULL").await;
    hold(found, 10, left.is_empty(), || format!("not done in calm times: {left:?}"));
}

/// How jobs ended, for the count.
pub(super) async fn count_jobs(database: &Database, reached: &mut Reached) {
    for row in database.rows("SELECT kind, failed FROM jobs WHERE finished_at IS NOT NULL").await {
        let failed = matches!(&row["failed"], Value::Bool(true)) || row["failed"] == 1;
        reached.count(&format!("job {} {}", text(&row, "kind"), if failed { "failed" } else { "done" }));
    }
}
