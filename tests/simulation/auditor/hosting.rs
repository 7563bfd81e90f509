//! What is at the panels' server beside what the rows say of jobs and panels: nothing half, nothing of another's, and nothing gone of
//! which there is no copy.

use super::panels::PanelWatch;
use super::rows::{maybe_number, number, number_of, text};
use super::violation::{Found, hold};
use crate::replay::Reached;
use crate::world::host::{Data, Held, HostTruth};
use hourglass_tests::Database;
use serde_json::Value;
use shared::ids::BackupId;
use std::collections::{BTreeMap, BTreeSet};

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
    hold(found, 10, host.lost.is_empty(), || format!("dropped, and there is no copy: {:?}", host.lost));
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
    let is_kept = |it: &Held| it.data.of == *name && it.locked;
    let aside = host.databases.iter().filter(|(name, it)| name.starts_with(&beside) && !is_kept(it));
    let aside: Vec<&String> = aside.map(|(name, _)| name).collect();
    hold(found, 10, aside.is_empty(), || format!("nobody works at {name}, and {aside:?} are there"));
    let own = host.databases.get(name).filter(|it| it.data.of == id || it.data.of == *name);
    let its: Vec<&String> = host.databases.iter().filter(|(_, it)| it.data.of == id).map(|(name, _)| name).collect();
    let whole = match watch.row.panel.as_str() {
        "active" | "stopped" => own.is_some(),
        "deleted" | "pending" | "failed" => its.is_empty(),
        // What expired while it was being set up has no database yet, and what is set up or removed is not at rest.
        _ => true,
    };
    hold(found, 10, whole, || format!("{:?}, and at the server there is {own:?}, {its:?}", watch.row));
}

/// In calm times nothing is left to do, and on the shelf there are the copies that are on record, and no others.
pub(super) async fn invariant_10_calm(
    found: &mut Found,
    database: &Database,
    shelf: &BTreeMap<BackupId, Data>,
    now: i64,
) {
    let left = database.rows("SELECT * FROM jobs WHERE finished_at IS NULL").await;
    hold(found, 10, left.is_empty(), || format!("not done in calm times: {left:?}"));
    let kept = database.rows("SELECT id, tenant_id, keep_until FROM backups WHERE deleted_at IS NULL").await;
    let mut others: BTreeSet<String> = shelf.keys().map(ToString::to_string).collect();
    for row in &kept {
        let there = others.remove(&text(row, "id"));
        hold(found, 10, there, || format!("on record, and not on the shelf: {row}"));
        hold(found, 10, number(row, "keep_until") > now, || format!("not to be kept any longer: {row}"));
    }
    hold(found, 10, others.is_empty(), || format!("on the shelf, and not on record: {others:?}"));
    last_copies(found, database).await;
}

/// Whatever was taken from its server has left a last copy, under the name of the job that took it; and none was deleted early.
async fn last_copies(found: &mut Found, database: &Database) {
    let last = database.rows("SELECT id, keep_until, deleted_at FROM backups WHERE kind = 'last'").await;
    for row in &last {
        let early = maybe_number(row, "deleted_at").is_some_and(|at| at < number(row, "keep_until"));
        hold(found, 10, !early, || format!("deleted early: {row}"));
    }
    let copied: BTreeSet<String> = last.iter().map(|row| number_of(&text(row, "id")).to_owned()).collect();
    let removed = "SELECT j.id FROM jobs j JOIN tenants t ON t.id = j.tenant_id \
                   WHERE j.kind = 'remove' AND j.finished_at IS NOT NULL AND t.server_id IS NOT NULL";
    for row in database.rows(removed).await {
        let id = text(&row, "id");
        hold(found, 10, copied.contains(number_of(&id)), || format!("{id} has kept no last copy"));
    }
}

/// How jobs ended, for the count.
pub(super) async fn count_jobs(database: &Database, reached: &mut Reached) {
    for row in database.rows("SELECT kind, failed FROM jobs WHERE finished_at IS NOT NULL").await {
        let failed = matches!(&row["failed"], Value::Bool(true)) || row["failed"] == 1;
        reached.count(&format!("job {} {}", text(&row, "kind"), if failed { "failed" } else { "done" }));
    }
}
