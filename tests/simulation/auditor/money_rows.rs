//! Rows of money that came and went: charges, refunds, and what waits for a person. Knows the schema, and no rule.

use super::rows::{maybe_number, maybe_text, number, text};
use hourglass_tests::Database;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// A charge that the gateway confirmed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ReceiptRow {
    pub(crate) id: String,
    pub(crate) payment_id: String,
    pub(crate) val_id: String,
    pub(crate) charged: Option<i64>,
    pub(crate) currency: Option<String>,
    pub(crate) fee: Option<i64>,
    pub(crate) state: String,
}

impl ReceiptRow {
    pub(crate) async fn of(database: &Database, tenant_id: &str) -> Vec<Self> {
        let read = |row: &Value| Self {
            id: text(row, "id"),
            payment_id: text(row, "payment_id"),
            val_id: text(row, "val_id"),
            charged: maybe_number(row, "charged_minor"),
            currency: maybe_text(row, "currency"),
            fee: maybe_number(row, "fee_minor"),
            state: text(row, "state"),
        };
        let sql = format!("SELECT * FROM receipts WHERE tenant_id = '{tenant_id}' ORDER BY id");
        database.rows(&sql).await.iter().map(read).collect()
    }
}

/// Money on its way back.
#[derive(Debug, Clone)]
pub(crate) struct RefundRow {
    pub(crate) id: String,
    pub(crate) receipt_id: String,
    /// Our name for it at the gateway, and the gateway's own.
    pub(crate) name: String,
    pub(crate) gateway_name: Option<String>,
    pub(crate) amount: i64,
    /// The account in which the money stood.
    pub(crate) from: String,
    pub(crate) state: String,
    pub(crate) has_credit_note: bool,
}

impl RefundRow {
    pub(crate) async fn of(database: &Database, tenant_id: &str) -> Vec<Self> {
        let read = |row: &Value| Self {
            id: text(row, "id"),
            receipt_id: text(row, "receipt_id"),
            name: text(row, "name"),
            gateway_name: maybe_text(row, "gateway_name"),
            amount: number(row, "amount_minor"),
            from: text(row, "taken_from"),
            state: text(row, "state"),
            has_credit_note: maybe_text(row, "credit_note_id").is_some(),
        };
        let sql = format!("SELECT * FROM refunds WHERE tenant_id = '{tenant_id}' ORDER BY id");
        database.rows(&sql).await.iter().map(read).collect()
    }

    /// Whether the money went back, or is on its way.
    pub(crate) fn counts(&self) -> bool {
        self.state != "cancelled"
    }
}

/// The credit of each account in each currency, but for those who have none.
pub(crate) async fn credits(database: &Database) -> BTreeMap<(String, String), i128> {
    let rows = database.rows("SELECT * FROM customer_credits WHERE balance_minor <> 0").await;
    let read = |row: &Value| ((text(row, "account_id"), text(row, "currency")), number(row, "balance_minor").into());
    rows.iter().map(read).collect()
}

/// What open alerts of a kind are about.
pub(crate) async fn waiting(database: &Database, kind: &str) -> BTreeSet<String> {
    let sql = format!("SELECT subject FROM alerts WHERE kind = '{kind}' AND resolved_at IS NULL");
    database.rows(&sql).await.iter().map(|row| text(row, "subject")).collect()
}

/// The last comparison that came to an end: how many payments were asked about, and how many differ or are unknown.
pub(crate) async fn last_comparison(database: &Database) -> Option<(i64, i64)> {
    let sql = "SELECT * FROM reconciliations WHERE finished_at IS NOT NULL ORDER BY id DESC LIMIT 1";
    let read = |row: &Value| (number(row, "asked"), number(row, "differences") + number(row, "unknown"));
    database.rows(sql).await.first().map(read)
}
