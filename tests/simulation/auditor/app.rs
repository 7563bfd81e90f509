//! Judges the whole application: after every story what it changed, in calm times everything.

use super::bills::{expect, expect_documents, invariant_2, invariant_2_numbers, invariant_3_hours, invariant_8};
use super::hosting::{at_work, count_jobs, invariant_10, invariant_10_calm};
use super::ledger::{Expected, Ledger};
use super::money_rows::{ReceiptRow, RefundRow, last_comparison, waiting};
use super::panels::{Change, PanelWatch, status};
use super::papers::{ChargeRow, CorrectionRow, InvoiceRow, hours};
use super::payments::{PaymentWatch, Payments};
use super::receipts::{expect_money, nothing_is_lost};
use super::refunds::nothing_is_under_way;
use super::rows::{AuditRow, CycleRow, JournalRow, OrderRow, PaymentRow, PromiseRow, TenantRow, WindowRow};
use super::violation::{Found, Violation, hold};
use crate::replay::Reached;
use crate::world::clock::BEGINNING;
use crate::world::host::HostTruth;
use crate::world::process::{Outside, settings};
use hourglass::app::App;
use hourglass::flow::auth::Caller;
use hourglass::flow::tenants::export;
use hourglass_tests::Database;
use shared::api::tenants::PanelStatus;
use shared::billing::proof::verify;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::Ordering;

/// How long another worker waits before it takes over, in seconds.
const LEASE: i64 = 60;

/// What must not change when the very same is asked once more; without leases, versions and counts of tries.
const SUBSTANCE: &[&str] = &[
    "SELECT id, panel, suspend_reason, panel_message, panel_since, billing, grace_until, accounted_until, \
     next_cycle_number, cancelled FROM tenants",
    "SELECT * FROM cycles",
    "SELECT * FROM usage_windows",
    "SELECT * FROM orders",
    "SELECT * FROM receipts",
    "SELECT * FROM customer_credits",
    "SELECT id, amount_minor, state, gateway_name FROM refunds",
    "SELECT * FROM alerts",
    "SELECT id, finished_at FROM reconciliations",
    "SELECT id, order_id, amount_minor, currency, state, val_id, bank_tran_id, settled_at FROM payments",
    "SELECT * FROM journals",
    "SELECT * FROM ledger_entries",
    "SELECT * FROM audit_log",
    "SELECT id, tenant_id, effect, at, delivered_at FROM outbox",
    "SELECT * FROM notices",
    "SELECT * FROM usage_hours",
    "SELECT * FROM cycle_lines",
    "SELECT * FROM corrections",
    "SELECT * FROM charges",
    "SELECT * FROM invoices",
    "SELECT * FROM invoice_numbers",
    "SELECT * FROM trials",
    "SELECT id, clock_ahead_seconds FROM accounts",
    "SELECT id, kind, backup_id, finished_at, failed FROM jobs",
    "SELECT id, kind, deleted_at FROM backups",
];

/// What the auditor knows.
#[derive(Debug)]
pub(crate) struct Auditor {
    panels: BTreeMap<String, PanelWatch>,
    payments: BTreeMap<String, PaymentWatch>,
    ledger: Ledger,
    /// The last rows that were looked at: audit log, promises, journals.
    last: [String; 3],
    /// Second charges, by the gateway's name for them.
    seconds: BTreeSet<String>,
    latest: i64,
    reach: i64,
}

impl Auditor {
    /// From the first panels on.
    pub(crate) async fn begin(database: &Database, reach: i64) -> Self {
        let rows = TenantRow::all(database).await;
        Self {
            panels: rows.into_iter().map(|row| (row.id.clone(), PanelWatch::new(row))).collect(),
            payments: BTreeMap::new(),
            ledger: Ledger::default(),
            last: Default::default(),
            seconds: BTreeSet::new(),
            latest: BEGINNING,
            reach,
        }
    }

    /// The billing clock showed this.
    pub(crate) fn clock_showed(&mut self, now: i64) {
        self.latest = self.latest.max(now);
    }

    /// Looks at what one story has changed.
    pub(crate) async fn look(&mut self, database: &Database, outside: &Outside, reached: &mut Reached) -> Found {
        let mut found = Found::new();
        let audit = AuditRow::after(database, &self.last[0]).await;
        let promises = PromiseRow::after(database, &self.last[1]).await;
        let journals = JournalRow::after(database, &self.last[2]).await;
        let ends = [audit.last().map(|it| &it.id), promises.last().map(|it| &it.id), journals.last().map(|it| &it.id)];
        for (last, end) in self.last.iter_mut().zip(ends) {
            if let Some(end) = end {
                last.clone_from(end);
            }
        }
        self.ledger.invariant_1(&mut found, &journals);
        if journals.iter().any(|it| it.on("customer_credit") != 0) {
            self.ledger.invariant_1_credit(&mut found, database).await;
        }
        self.invariant_6_seconds(&mut found, &audit);
        count(reached, &audit, &journals);
        let named = audit.iter().filter_map(|it| it.tenant_id.as_ref()).chain(journals.iter().map(|it| &it.tenant_id));
        let named: BTreeSet<&String> = named.chain(promises.iter().map(|it| &it.tenant_id)).collect();
        for row in TenantRow::all(database).await {
            people_work(outside, &row);
            if !self.has_moved(&mut found, &row, named.contains(&row.id)) {
                continue;
            }
            let Some(watch) = self.panels.get_mut(&row.id) else { continue };
            let audit: Vec<&AuditRow> = audit.iter().filter(|it| it.tenant_id.as_ref() == Some(&row.id)).collect();
            let promises: Vec<&PromiseRow> = promises.iter().filter(|it| it.tenant_id == row.id).collect();
            let journals: Vec<&JournalRow> = journals.iter().filter(|it| it.tenant_id == row.id).collect();
            let orders = OrderRow::of(database, &row.id).await;
            let payments = PaymentRow::of(database, &row.id).await;
            let windows = WindowRow::since(database, &row.id, watch.row.accounted_until.unwrap_or(0)).await;
            let cycles = CycleRow::since(database, &row.id, watch.known()).await;
            let corrections = CorrectionRow::of(database, &row.id).await;
            let trial = if row.billing == "trial" { CycleRow::trial(database, &row.id).await } else { None };
            let (receipts, refunds) = (ReceiptRow::of(database, &row.id).await, RefundRow::of(database, &row.id).await);
            let truth = outside.gateway.truth();
            let now = Payments {
                orders: &orders,
                payments: &payments,
                receipts: &receipts,
                refunds: &refunds,
                ledger: &self.ledger,
                truth: &truth,
            };
            let money = self.payments.entry(row.id.clone()).or_default();
            let refunded = money.look(&mut found, &now, &audit, &journals, reached);
            let change = Change {
                after: &row,
                windows: &windows,
                cycles: &cycles,
                orders: &orders,
                corrections: &corrections,
                refunded: &refunded,
                trial: trial.as_deref(),
                audit: &audit,
                promises: &promises,
                host: &outside.host.truth(),
                latest: self.latest,
                reach: self.reach,
            };
            watch.look(&mut found, &change, reached);
        }
        let to_be_opened = PromiseRow::to_be_opened(database).await;
        for (id, watch) in &self.panels {
            watch.invariant_4_closed(&mut found, to_be_opened.contains(id));
        }
        invariant_10(&mut found, &self.panels, &at_work(database).await, &outside.host.truth());
        found
    }

    /// Somebody is about to ask for a panel's removal, or has.
    pub(crate) fn asked_to_remove(&mut self, id: &str) {
        if let Some(watch) = self.panels.get_mut(id) {
            watch.may_go = true;
        }
    }

    /// How the jobs of a whole history ended.
    pub(crate) async fn jobs(database: &Database, reached: &mut Reached) {
        count_jobs(database, reached).await;
    }

    /// Whether there is more to look at. A new panel is only remembered; one that is as it was must be so altogether.
    fn has_moved(&mut self, found: &mut Found, row: &TenantRow, named: bool) -> bool {
        let Some(watch) = self.panels.get(&row.id) else {
            self.panels.insert(row.id.clone(), PanelWatch::new(row.clone()));
            return false;
        };
        let moved = named || row.version != watch.row.version;
        hold(found, 5, moved || *row == watch.row, || format!("changed without a trace: {row:?}"));
        moved
    }

    /// A second charge is on record once.
    fn invariant_6_seconds(&mut self, found: &mut Found, audit: &[AuditRow]) {
        for row in audit.iter().filter(|it| it.what == "second_charge") {
            let first = self.seconds.insert(row.why.clone().unwrap_or_default());
            hold(found, 6, first, || format!("a second charge is on record twice: {row:?}"));
        }
    }

    /// In calm times, with nothing due, everything must be in order: counted once more from the beginning.
    pub(crate) async fn in_order(&mut self, database: &Database, outside: &Outside) -> Found {
        let (mut found, mut expected, mut sent_back) = (Found::new(), Expected::default(), Vec::new());
        let held = waiting(database, "payment_held").await;
        let invoices = InvoiceRow::all(database).await;
        invariant_2_numbers(&mut found, &invoices);
        expect_documents(&mut expected, &invoices);
        let now = outside.billing.load(Ordering::SeqCst) - settings().tick_seconds - LEASE;
        let waiting = database.count("outbox", "delivered_at IS NULL").await;
        hold(&mut found, 4, waiting == 0, || format!("{waiting} promises are not kept in calm times"));
        let (shelf, wall) = (outside.host.truth().shelf.clone(), outside.wall.load(Ordering::SeqCst));
        invariant_10_calm(&mut found, database, &shelf, wall).await;
        for (id, watch) in &self.panels {
            let windows = WindowRow::since(database, id, 0).await;
            let cycles = CycleRow::since(database, id, 0).await;
            watch.at_the_end(&mut found, &windows, &cycles, now);
            let (orders, payments) = (OrderRow::of(database, id).await, PaymentRow::of(database, id).await);
            let (charges, corrections) = (ChargeRow::of(database, id).await, CorrectionRow::of(database, id).await);
            let of_it: Vec<InvoiceRow> = invoices.iter().filter(|it| it.tenant_id == *id).cloned().collect();
            invariant_2(&mut found, &orders, &of_it, &charges);
            invariant_8(&mut found, &watch.book, &charges);
            expect(&mut found, &mut expected, &self.ledger, id, &watch.book, &charges);
            let hours = hours(database, id).await;
            invariant_3_hours(&mut found, &windows, &corrections, &hours, watch.book.charged());
            let (receipts, refunds) = (ReceiptRow::of(database, id).await, RefundRow::of(database, id).await);
            let truth = outside.gateway.truth();
            let money = Payments {
                orders: &orders,
                payments: &payments,
                receipts: &receipts,
                refunds: &refunds,
                ledger: &self.ledger,
                truth: &truth,
            };
            nothing_is_lost(&mut found, &money, &self.seconds, &held);
            expect_money(&mut expected, &money);
            sent_back.extend(refunds);
            obeys(&mut found, &watch.row, &outside.host.truth());
        }
        nothing_is_under_way(&mut found, &sent_back, &outside.gateway.truth());
        self.ledger.invariant_1_credit(&mut found, database).await;
        self.ledger.balances(&mut found, database, &expected).await;
        found
    }

    /// A comparison that has just come to an end, in calm times, found nothing.
    pub(crate) async fn compared(&self, found: &mut Found, database: &Database) {
        let last = last_comparison(database).await;
        hold(found, 7, last.is_some_and(|it| it.1 == 0), || format!("(asked, apart) is {last:?} in calm times"));
        for kind in ["paid_there", "unknown_there", "amount_differs", "fee_differs"] {
            let open = waiting(database, kind).await;
            hold(found, 7, open.is_empty(), || format!("{kind}, and nobody can set it right: {open:?}"));
        }
    }

    /// The proof of every cycle that is over, as anybody can fetch it, gives the same figures.
    pub(crate) async fn proofs(&self, found: &mut Found, app: &App, operator: &Caller) {
        for (id, watch) in &self.panels {
            let tenant = id.parse().expect("a tenant's id");
            for cycle in watch.book.cycles.iter().filter(|it| it.ended.is_some()) {
                let findings = match export::export(app, operator, tenant, cycle.number).await {
                    Ok(export) => verify(&export).iter().map(ToString::to_string).collect(),
                    Err(error) => vec![format!("no proof: {error}")],
                };
                hold(found, 8, findings.is_empty(), || {
                    format!("the proof of cycle {} of {id} does not hold: {findings:?}", cycle.number)
                });
            }
        }
    }

    /// What a gate lets through is what is kept.
    pub(crate) fn at_the_gate(&self, found: &mut Found, gate: impl Fn(&str) -> Option<PanelStatus>) {
        for watch in self.panels.values().filter(|watch| watch.row.panel != "deleted") {
            let says = gate(&watch.row.subdomain);
            hold(found, 5, says == status(&watch.row.panel), || format!("the gate has {says:?} for {:?}", watch.row));
        }
    }

    /// Everything that matters, row by row.
    pub(crate) async fn everything(database: &Database) -> Vec<String> {
        let mut all = Vec::new();
        for sql in SUBSTANCE {
            let mut rows: Vec<String> = database.rows(sql).await.iter().map(ToString::to_string).collect();
            rows.sort();
            all.extend(rows);
        }
        all
    }
}

/// The very same once more changes nothing.
pub(crate) fn invariant_6(before: &[String], after: &[String]) -> Found {
    if before == after {
        return Found::new();
    }
    let gone: Vec<_> = before.iter().filter(|row| !after.contains(row)).collect();
    let new: Vec<_> = after.iter().filter(|row| !before.contains(row)).collect();
    vec![Violation { invariant: 6, what: format!("the very same once more turned {gone:?}\n    into {new:?}") }]
}

/// What a story reached, for the count.
fn count(reached: &mut Reached, audit: &[AuditRow], journals: &[JournalRow]) {
    for journal in journals {
        reached.count(&journal.kind);
        if journal.kind == "payment_received" && journal.on("customer_credit") != 0 {
            reached.count("more was paid than was due");
        }
        if journal.kind == "credit_note_issued" && journal.on("deferred_revenue") != 0 {
            reached.count("a cycle that waited was refunded");
        }
    }
    for row in audit {
        match row.what.as_str() {
            "cycle_upgraded" => reached.count("upgraded"),
            "usage_corrected" => reached.count("corrected"),
            "credit_note_issued" => reached.count("a credit note was issued"),
            "cancelled" => reached.count("cancelled"),
            "clock_moved" => reached.count("a clock was moved"),
            "order_expired" => reached.count("an order expired"),
            "payment_moved" => reached.count(row.why.as_deref().unwrap_or_default()),
            "alert_resolved" => {
                let [kind, how] = [&row.from, &row.to].map(|it| it.as_deref().unwrap_or_default());
                reached.count(&format!("alert {kind}: {how}"));
            }
            _ => {}
        }
    }
}

/// The host does as it was told.
fn obeys(found: &mut Found, row: &TenantRow, host: &HostTruth) {
    // One that is not there lets nobody in.
    let locked = host.databases.get(&row.subdomain).is_none_or(|it| it.locked);
    let right = match row.panel.as_str() {
        "active" => !locked,
        "stopped" | "suspended" => locked,
        _ => true,
    };
    hold(found, 5, right, || format!("in calm times the host has it locked: {locked}, and it is {row:?}"));
}

/// People are at work in every panel that is open to them.
fn people_work(outside: &Outside, row: &TenantRow) {
    if row.is_active() {
        outside.host.truth().people_work(&row.subdomain);
    }
}
