//! Rows of what is written once: invoices, charges, corrections and hours. Knows the schema, and no rule.

use super::rows::{maybe_text, number, text};
use hourglass_tests::Database;
use shared::api::invoices::{InvoiceView, LineView};

/// An invoice or a credit note.
#[derive(Debug, Clone)]
pub(crate) struct InvoiceRow {
    pub(crate) id: String,
    /// Series and fiscal year.
    pub(crate) series: (String, i64),
    pub(crate) sequence: i64,
    pub(crate) tenant_id: String,
    pub(crate) order_id: Option<String>,
    pub(crate) corrects: Option<String>,
    pub(crate) document: InvoiceView,
}

impl InvoiceRow {
    pub(crate) async fn all(database: &Database) -> Vec<Self> {
        let rows = database.rows("SELECT * FROM invoices ORDER BY series, fiscal_year, sequence").await;
        let read = |row: &serde_json::Value| Self {
            id: text(row, "id"),
            series: (text(row, "series"), number(row, "fiscal_year")),
            sequence: number(row, "sequence"),
            tenant_id: text(row, "tenant_id"),
            order_id: maybe_text(row, "order_id"),
            corrects: maybe_text(row, "corrects_id"),
            document: serde_json::from_str(&text(row, "document")).expect("a document"),
        };
        rows.iter().map(read).collect()
    }
}

/// What a cycle that is over costs beyond its price.
#[derive(Debug, Clone)]
pub(crate) struct ChargeRow {
    pub(crate) cycle: i64,
    pub(crate) line: LineView,
    pub(crate) billed_by: Option<String>,
}

impl ChargeRow {
    pub(crate) async fn of(database: &Database, tenant_id: &str) -> Vec<Self> {
        let sql = format!("SELECT * FROM charges WHERE tenant_id = '{tenant_id}' ORDER BY cycle_number, position");
        let read = |row: &serde_json::Value| Self {
            cycle: number(row, "cycle_number"),
            line: serde_json::from_str(&text(row, "line")).expect("a line"),
            billed_by: maybe_text(row, "billed_by"),
        };
        database.rows(&sql).await.iter().map(read).collect()
    }
}

/// Usage that was taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CorrectionRow {
    pub(crate) id: String,
    pub(crate) from: i64,
    pub(crate) to: i64,
    pub(crate) seen: String,
    pub(crate) taken_back: i64,
}

impl CorrectionRow {
    pub(crate) async fn of(database: &Database, tenant_id: &str) -> Vec<Self> {
        let sql = format!("SELECT * FROM corrections WHERE tenant_id = '{tenant_id}' ORDER BY id");
        let read = |row: &serde_json::Value| Self {
            id: text(row, "id"),
            from: number(row, "from_at"),
            to: number(row, "to_at"),
            seen: text(row, "seen"),
            taken_back: number(row, "seconds_taken_back"),
        };
        database.rows(&sql).await.iter().map(read).collect()
    }
}

/// A counter of an hour: what, when, how much.
pub(crate) async fn hours(database: &Database, tenant_id: &str) -> Vec<(String, i64, i64)> {
    let sql = format!("SELECT meter, hour_at, quantity FROM usage_hours WHERE tenant_id = '{tenant_id}'");
    let read = |row: &serde_json::Value| (text(row, "meter"), number(row, "hour_at"), number(row, "quantity"));
    database.rows(&sql).await.iter().map(read).collect()
}
