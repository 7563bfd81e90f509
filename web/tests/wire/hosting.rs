//! What is done at panels' servers: work, copies, and the way in.

use super::{id, job, noon, same, written};
use shared::api::jobs::{BackupKind, BackupPage, BackupView, JobPage};
use shared::api::tenants::OpenedPanel;
use web::json::read;
use web::wire;

// Harm prevented: a panel's copies are there, and its owner is told that they could not be loaded.
#[test]
fn work_and_copies_are_read_as_they_are_written() {
    same(OpenedPanel { url: "https://rahman.example.com/?access_token=x".into(), signed_in: true });
    let jobs: wire::Jobs = read(&written(&JobPage { items: vec![job()], next_cursor: Some("c".into()) })).unwrap();
    assert_eq!((jobs.items, jobs.next_cursor.as_deref()), (vec![job()], Some("c")));
    let kept = BackupView {
        id: id("bak"),
        tenant_id: id("ten"),
        subdomain: "rahman".into(),
        kind: BackupKind::BeforeRestore,
        at: noon(),
        bytes: 5,
        sha256: "ab".into(),
        keep_until: noon().plus(60),
        missing_files: Some(1),
    };
    let copies: wire::Copies =
        read(&written(&BackupPage { items: vec![kept], next_cursor: Some("c".into()) })).unwrap();
    let (kind, at, keep_until) = (BackupKind::BeforeRestore, noon(), noon().plus(60));
    let subdomain = "rahman".to_owned();
    assert_eq!(copies.items, [wire::KeptCopy { id: id("bak"), subdomain, kind, at, bytes: 5, keep_until }]);
    assert_eq!(copies.next_cursor.as_deref(), Some("c"));
}
