//! Rows of the database, read past the product's own memory. Knows the schema, and no rule.

use hourglass_tests::Database;
use serde_json::Value;
use shared::api::invoices::LineView;
use shared::api::tenants::SuspendReason;
use shared::billing::plan_change::Upgrade;
use std::collections::BTreeSet;

pub(super) fn text(row: &Value, name: &str) -> String {
    row[name].as_str().unwrap_or_else(|| panic!("no text {name} in {row}")).to_owned()
}

pub(super) fn maybe_text(row: &Value, name: &str) -> Option<String> {
    row[name].as_str().map(str::to_owned)
}

pub(super) fn number(row: &Value, name: &str) -> i64 {
    row[name].as_i64().unwrap_or_else(|| panic!("no number {name} in {row}"))
}

pub(super) fn maybe_number(row: &Value, name: &str) -> Option<i64> {
    row[name].as_i64()
}

/// The number in an id, behind what says of what it is; later ones are higher.
pub(super) fn number_of(id: &str) -> &str {
    id.split_once('_').map_or(id, |(_, number)| number)
}

/// A tenant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TenantRow {
    pub(crate) id: String,
    pub(crate) subdomain: String,
    pub(crate) panel: String,
    pub(crate) reason: Option<String>,
    pub(crate) since: i64,
    pub(crate) billing: String,
    pub(crate) grace_until: Option<i64>,
    pub(crate) accounted_until: Option<i64>,
    pub(crate) next_number: i64,
    pub(crate) cancelled: bool,
    /// How far its account's clock is ahead of the billing clock.
    pub(crate) ahead: i64,
    pub(crate) version: i64,
}

impl TenantRow {
    pub(crate) async fn all(database: &Database) -> Vec<Self> {
        let read = |row: &Value| Self {
            id: text(row, "id"),
            subdomain: text(row, "subdomain"),
            panel: text(row, "panel"),
            reason: maybe_text(row, "suspend_reason"),
            since: number(row, "panel_since"),
            billing: text(row, "billing"),
            grace_until: maybe_number(row, "grace_until"),
            accounted_until: maybe_number(row, "accounted_until"),
            next_number: number(row, "next_cycle_number"),
            cancelled: row["cancelled"].as_bool().unwrap_or_else(|| number(row, "cancelled") == 1),
            ahead: number(row, "clock_ahead_seconds"),
            version: number(row, "version"),
        };
        let sql =
            "SELECT t.*, a.clock_ahead_seconds FROM tenants t JOIN accounts a ON a.id = t.account_id ORDER BY t.id";
        database.rows(sql).await.iter().map(read).collect()
    }

    pub(crate) fn is_active(&self) -> bool {
        self.panel == "active"
    }

    pub(crate) fn is_being_started(&self) -> bool {
        self.suspended() == Some(SuspendReason::Opening)
    }

    /// Why it is suspended, if it is.
    pub(crate) fn suspended(&self) -> Option<SuspendReason> {
        let word = self.reason.clone().filter(|_| self.panel == "suspended")?;
        serde_json::from_value(Value::String(word)).ok()
    }
}

/// A row of the audit log.
#[derive(Debug, Clone)]
pub(crate) struct AuditRow {
    pub(crate) id: String,
    pub(crate) tenant_id: Option<String>,
    pub(crate) what: String,
    pub(crate) from: Option<String>,
    pub(crate) to: Option<String>,
    pub(crate) why: Option<String>,
}

impl AuditRow {
    pub(crate) async fn after(database: &Database, id: &str) -> Vec<Self> {
        let read = |row: &Value| Self {
            id: text(row, "id"),
            tenant_id: maybe_text(row, "tenant_id"),
            what: text(row, "what"),
            from: maybe_text(row, "from_state"),
            to: maybe_text(row, "to_state"),
            why: maybe_text(row, "why"),
        };
        let sql = format!("SELECT * FROM audit_log WHERE id > '{id}' ORDER BY id");
        database.rows(&sql).await.iter().map(read).collect()
    }
}

/// A promise to the outside.
#[derive(Debug, Clone)]
pub(crate) struct PromiseRow {
    pub(crate) id: String,
    pub(crate) tenant_id: String,
    /// Its name: `close_panel`, `open_panel`, `notify`.
    pub(crate) effect: String,
    /// What is said, and the threshold of a reminder.
    pub(crate) notice: Option<(String, i64)>,
}

impl PromiseRow {
    pub(crate) async fn after(database: &Database, id: &str) -> Vec<Self> {
        let read = |row: &Value| {
            let whole: Value = serde_json::from_str(&text(row, "effect")).expect("JSON");
            let notice = maybe_text(&whole, "notice").zip(maybe_number(&whole, "value"));
            Self { id: text(row, "id"), tenant_id: text(row, "tenant_id"), effect: text(&whole, "effect"), notice }
        };
        let sql = format!("SELECT id, tenant_id, effect FROM outbox WHERE id > '{id}' ORDER BY id");
        database.rows(&sql).await.iter().map(read).collect()
    }
}

impl PromiseRow {
    /// Tenants whose host is still to be told to open them.
    pub(crate) async fn to_be_opened(database: &Database) -> BTreeSet<String> {
        let sql = "SELECT tenant_id FROM outbox WHERE delivered_at IS NULL AND effect LIKE '%open_panel%'";
        database.rows(sql).await.iter().map(|row| text(row, "tenant_id")).collect()
    }
}

/// A journal with its entries.
#[derive(Debug, Clone)]
pub(crate) struct JournalRow {
    pub(crate) id: String,
    pub(crate) kind: String,
    pub(crate) tenant_id: String,
    pub(crate) account_id: String,
    /// What it is about: its kind, then names and numbers.
    pub(crate) fact: String,
    /// Account, minor units, currency.
    pub(crate) entries: Vec<(String, i64, String)>,
}

impl JournalRow {
    pub(crate) async fn after(database: &Database, id: &str) -> Vec<Self> {
        let sql = format!(
            "SELECT j.id, j.kind, j.tenant_id, j.account_id, j.fact, e.ledger_account, e.amount_minor, e.currency \
             FROM journals j LEFT JOIN ledger_entries e ON e.journal_id = j.id WHERE j.id > '{id}' ORDER BY j.id, e.position"
        );
        let mut journals: Vec<Self> = Vec::new();
        for row in database.rows(&sql).await {
            let id = text(&row, "id");
            if journals.last().is_none_or(|last| last.id != id) {
                journals.push(Self {
                    id,
                    kind: text(&row, "kind"),
                    tenant_id: text(&row, "tenant_id"),
                    account_id: text(&row, "account_id"),
                    fact: text(&row, "fact"),
                    entries: vec![],
                });
            }
            if let (Some(last), Some(account)) = (journals.last_mut(), maybe_text(&row, "ledger_account")) {
                last.entries.push((account, number(&row, "amount_minor"), text(&row, "currency")));
            }
        }
        journals
    }

    /// The n-th word of what it is about; the kind is the 0th.
    pub(crate) fn about(&self, nth: usize) -> Option<&str> {
        self.fact.split(' ').nth(nth)
    }

    /// The number of its id: later ones have higher numbers.
    pub(crate) fn number(&self) -> &str {
        number_of(&self.id)
    }

    /// What it moves on an account.
    pub(crate) fn on(&self, account: &str) -> i64 {
        self.entries.iter().filter(|it| it.0 == account).map(|it| it.1).sum()
    }
}

/// A usage window.
#[derive(Debug, Clone)]
pub(crate) struct WindowRow {
    pub(crate) from: i64,
    pub(crate) to: i64,
    pub(crate) seen: String,
    pub(crate) users: Option<i64>,
    pub(crate) bytes: Option<i64>,
}

impl WindowRow {
    pub(crate) async fn since(database: &Database, tenant_id: &str, from: i64) -> Vec<Self> {
        let read = |row: &Value| Self {
            from: number(row, "from_at"),
            to: number(row, "to_at"),
            seen: text(row, "seen"),
            users: maybe_number(row, "users"),
            bytes: maybe_number(row, "storage_bytes"),
        };
        let sql = format!(
            "SELECT * FROM usage_windows WHERE tenant_id = '{tenant_id}' AND from_at >= {from} ORDER BY from_at"
        );
        database.rows(&sql).await.iter().map(read).collect()
    }
}

/// A cycle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CycleRow {
    pub(crate) number: i64,
    pub(crate) order_id: Option<String>,
    pub(crate) phase: String,
    pub(crate) starts_at: Option<i64>,
    pub(crate) ends_at: Option<i64>,
    pub(crate) used: i64,
    pub(crate) overage: i64,
    /// Of what began: what may be used, and what was paid for it without VAT.
    pub(crate) allowance: Option<i64>,
    pub(crate) paid: Option<i64>,
    pub(crate) upgraded_by: Option<String>,
    pub(crate) ended_at: Option<i64>,
    pub(crate) ended_reason: Option<String>,
}

impl CycleRow {
    pub(crate) async fn since(database: &Database, tenant_id: &str, after: u32) -> Vec<Self> {
        let read = |row: &Value| Self {
            number: number(row, "number"),
            order_id: maybe_text(row, "order_id"),
            phase: text(row, "phase"),
            starts_at: maybe_number(row, "starts_at"),
            ends_at: maybe_number(row, "ends_at"),
            used: number(row, "used_seconds"),
            overage: number(row, "overage_seconds"),
            allowance: maybe_number(row, "allowance_seconds").filter(|_| text(row, "phase") != "queued"),
            paid: maybe_number(row, "paid_net_minor").filter(|_| text(row, "phase") != "queued"),
            upgraded_by: maybe_text(row, "upgraded_by"),
            ended_at: maybe_number(row, "ended_at"),
            ended_reason: maybe_text(row, "ended_reason"),
        };
        let sql = format!("SELECT * FROM cycles WHERE tenant_id = '{tenant_id}' AND number > {after} ORDER BY number");
        database.rows(&sql).await.iter().map(read).collect()
    }

    /// The terms of a trial that runs.
    pub(crate) async fn trial(database: &Database, tenant_id: &str) -> Option<String> {
        let sql = format!("SELECT terms FROM cycles WHERE tenant_id = '{tenant_id}' AND order_id IS NULL");
        database.rows(&sql).await.first().map(|row| text(row, "terms"))
    }
}

/// An order.
#[derive(Debug, Clone)]
pub(crate) struct OrderRow {
    pub(crate) id: String,
    pub(crate) terms: String,
    pub(crate) amount: i64,
    /// What of it the account's credit pays.
    pub(crate) credit: i64,
    pub(crate) currency: String,
    pub(crate) settled_at: Option<i64>,
    pub(crate) settled_by: Option<String>,
    pub(crate) withdrawn_at: Option<i64>,
    pub(crate) cycle_number: Option<i64>,
    pub(crate) lines: Vec<LineView>,
    pub(crate) upgrade: Option<Upgrade>,
}

impl OrderRow {
    pub(crate) async fn of(database: &Database, tenant_id: &str) -> Vec<Self> {
        let read = |row: &Value| Self {
            id: text(row, "id"),
            terms: text(row, "terms"),
            amount: number(row, "amount_minor"),
            credit: number(row, "credit_minor"),
            currency: text(row, "currency"),
            settled_at: maybe_number(row, "settled_at"),
            settled_by: maybe_text(row, "settled_by"),
            withdrawn_at: maybe_number(row, "withdrawn_at"),
            cycle_number: maybe_number(row, "cycle_number"),
            lines: serde_json::from_str(&text(row, "lines")).expect("lines"),
            upgrade: maybe_text(row, "upgrade").map(|it| serde_json::from_str(&it).expect("an upgrade")),
        };
        let sql = format!("SELECT * FROM orders WHERE tenant_id = '{tenant_id}' ORDER BY id");
        database.rows(&sql).await.iter().map(read).collect()
    }
}

/// A payment.
#[derive(Debug, Clone)]
pub(crate) struct PaymentRow {
    pub(crate) id: String,
    pub(crate) order_id: String,
    pub(crate) gateway: String,
    pub(crate) tran_id: String,
    pub(crate) amount: i64,
    pub(crate) currency: String,
    pub(crate) state: String,
    pub(crate) val_id: Option<String>,
}

impl PaymentRow {
    pub(crate) async fn of(database: &Database, tenant_id: &str) -> Vec<Self> {
        let read = |row: &Value| Self {
            id: text(row, "id"),
            order_id: text(row, "order_id"),
            gateway: text(row, "gateway"),
            tran_id: text(row, "tran_id"),
            amount: number(row, "amount_minor"),
            currency: text(row, "currency"),
            state: text(row, "state"),
            val_id: maybe_text(row, "val_id"),
        };
        let sql = format!(
            "SELECT id, order_id, gateway, tran_id, amount_minor, currency, state, val_id FROM payments \
             WHERE tenant_id = '{tenant_id}' ORDER BY id"
        );
        database.rows(&sql).await.iter().map(read).collect()
    }
}
