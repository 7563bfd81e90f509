//! Judges the whole application: after every story what it changed, in calm times everything.

use super::book::Book;
use super::ledger::{Expected, Ledger};
use super::panels::{Change, PanelWatch, status};
use super::payments::{PaymentWatch, Payments, cash, is_second, nothing_is_lost};
use super::rows::{AuditRow, CycleRow, JournalRow, OrderRow, PaymentRow, PromiseRow, TenantRow, WindowRow};
use super::violation::{Found, Violation, hold};
use crate::replay::Reached;
use crate::world::clock::BEGINNING;
use crate::world::gateway::Fields;
use crate::world::host::HostTruth;
use crate::world::process::{Outside, settings};
use hourglass_tests::Database;
use shared::api::tenants::PanelStatus;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::Ordering;

/// How long another worker waits before it takes over, in seconds.
const LEASE: i64 = 60;

/// What must not change when the very same is asked once more; without leases, versions and counts of tries.
const SUBSTANCE: &[&str] = &[
    "SELECT id, panel, suspend_reason, panel_message, panel_since, billing, grace_until, accounted_until, \
     next_cycle_number FROM tenants",
    "SELECT * FROM cycles",
    "SELECT * FROM usage_windows",
    "SELECT * FROM orders",
    "SELECT id, order_id, amount_minor, currency, state, val_id, bank_tran_id, settled_at FROM payments",
    "SELECT * FROM journals",
    "SELECT * FROM ledger_entries",
    "SELECT * FROM audit_log",
    "SELECT id, tenant_id, effect, at, delivered_at FROM outbox",
    "SELECT * FROM notices",
];

/// What the auditor knows.
#[derive(Debug)]
pub(crate) struct Auditor {
    panels: BTreeMap<String, PanelWatch>,
    payments: BTreeMap<String, PaymentWatch>,
    ledger: Ledger,
    /// The last rows that were looked at: audit log, promises, journals.
    last: [String; 3],
    /// Second charges in minor units that were credited beside their settled payments.
    seconds: i128,
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
            seconds: 0,
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
        let named = audit.iter().filter_map(|it| it.tenant_id.as_ref()).chain(journals.iter().map(|it| &it.tenant_id));
        let named: BTreeSet<&String> = named.chain(promises.iter().map(|it| &it.tenant_id)).collect();
        for row in TenantRow::all(database).await {
            let Some(watch) = self.panels.get_mut(&row.id) else { continue };
            if row.version == watch.row.version && !named.contains(&row.id) {
                hold(&mut found, 5, row == watch.row, || format!("changed without a trace: {row:?}"));
                continue;
            }
            let audit: Vec<&AuditRow> = audit.iter().filter(|it| it.tenant_id.as_ref() == Some(&row.id)).collect();
            let promises: Vec<&PromiseRow> = promises.iter().filter(|it| it.tenant_id == row.id).collect();
            let journals: Vec<&JournalRow> = journals.iter().filter(|it| it.tenant_id == row.id).collect();
            let orders = OrderRow::of(database, &row.id).await;
            let payments = PaymentRow::of(database, &row.id).await;
            let windows = WindowRow::since(database, &row.id, watch.row.accounted_until.unwrap_or(0)).await;
            let cycles = CycleRow::since(database, &row.id, watch.compared + 1).await;
            let truth = outside.gateway.truth();
            let now = Payments { orders: &orders, payments: &payments, truth: &truth };
            let money = self.payments.entry(row.id.clone()).or_default();
            money.look(&mut found, &now, &audit, &journals, reached);
            let change = Change {
                after: &row,
                windows: &windows,
                cycles: &cycles,
                orders: &orders,
                audit: &audit,
                promises: &promises,
                host: &outside.host.truth(),
                latest: self.latest,
                reach: self.reach,
            };
            watch.look(&mut found, &change, reached);
            self.seconds += seconds(&journals, &payments);
        }
        let to_be_opened = PromiseRow::to_be_opened(database).await;
        for (id, watch) in &self.panels {
            watch.invariant_4_closed(&mut found, to_be_opened.contains(id));
        }
        found
    }

    /// In calm times, with nothing due, everything must be in order: counted once more from the beginning.
    pub(crate) async fn in_order(&mut self, database: &Database, outside: &Outside, posted: &[Fields]) -> Found {
        let mut found = Found::new();
        let mut expected = Expected { cash: self.seconds, ..Expected::default() };
        let now = outside.billing.load(Ordering::SeqCst) - settings().tick_seconds - LEASE;
        let waiting = database.count("outbox", "delivered_at IS NULL").await;
        hold(&mut found, 4, waiting == 0, || format!("{waiting} promises are not kept in calm times"));
        let credited = self.ledger.credited();
        for (id, watch) in &self.panels {
            let windows = WindowRow::since(database, id, 0).await;
            let cycles = CycleRow::since(database, id, 1).await;
            watch.at_the_end(&mut found, &windows, &cycles, now);
            let (orders, payments) = (OrderRow::of(database, id).await, PaymentRow::of(database, id).await);
            let truth = outside.gateway.truth();
            let money = Payments { orders: &orders, payments: &payments, truth: &truth };
            nothing_is_lost(&mut found, &money, posted, &credited);
            expected.cash += cash(&money);
            earned(&mut expected, &watch.book);
            obeys(&mut found, &watch.row, &outside.host.truth());
        }
        self.ledger.balances(&mut found, database, &expected).await;
        found
    }

    /// What a gate lets through is what is kept.
    pub(crate) fn at_the_gate(&self, found: &mut Found, gate: impl Fn(&str) -> Option<PanelStatus>) {
        for watch in self.panels.values() {
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
    let gone: Vec<_> = before.iter().filter(|row| !after.contains(row)).collect();
    let new: Vec<_> = after.iter().filter(|row| !before.contains(row)).collect();
    if gone.is_empty() && new.is_empty() {
        return Found::new();
    }
    vec![Violation { invariant: 6, what: format!("the very same once more turned {gone:?}\n    into {new:?}") }]
}

/// Credits of a second charge in a session whose payment was decided by another one.
fn seconds(journals: &[&JournalRow], payments: &[PaymentRow]) -> i128 {
    let payment = |it: &JournalRow| payments.iter().find(|payment| Some(&payment.id) == it.payment_id.as_ref());
    let seconds = journals.iter().filter(|it| payment(it).is_some_and(|payment| is_second(it, payment)));
    let entries = seconds.flat_map(|it| &it.entries);
    entries.filter(|it| it.0 == "gateway_cash").map(|it| i128::from(it.1)).sum()
}

/// What cycles of the book are owed for, and what is earned by them.
fn earned(expected: &mut Expected, book: &Book) {
    for cycle in &book.cycles {
        let price = i128::from(cycle.bought.rules.price);
        if cycle.ended.is_some() {
            expected.earned += price;
        } else {
            expected.deferred += price;
        }
    }
    expected.deferred += book.queue.iter().map(|(_, it)| i128::from(it.rules.price)).sum::<i128>();
}

/// The host does as it was told.
fn obeys(found: &mut Found, row: &TenantRow, host: &HostTruth) {
    let locked = host.locked.contains(&row.subdomain);
    let right = match row.panel.as_str() {
        "active" => !locked,
        "stopped" | "suspended" => locked,
        _ => true,
    };
    hold(found, 5, right, || format!("in calm times the host has it locked: {locked}, and it is {row:?}"));
}
