//! A database of a story's own, and a look into it past the product's own memory. The only file here that speaks SQL.

use crate::template;
use hourglass::adapter::system::SystemIds;
use hourglass::port::ids::Ids as _;
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database as Connector, DatabaseConnection, DbBackend, FromQueryResult as _,
    JsonValue, QueryResult, Statement,
};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Which database a story is played on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A file.
    Sqlite,
    /// A server, named by `HOURGLASS_TEST_POSTGRES_URL`.
    Postgres,
}

/// All tables.
pub const EVERYTHING: &[&str] = &[
    "accounts",
    "users",
    "links",
    "letters",
    "notice_choices",
    "sign_in_failures",
    "sessions",
    "refresh_tokens",
    "recovery_codes",
    "invitations",
    "invitation_tries",
    "invitation_letters",
    "reset_requests",
    "live_tickets",
    "idempotency_keys",
    "plans",
    "plan_versions",
    "servers",
    "tenants",
    "jobs",
    "backups",
    "entries",
    "cycles",
    "usage_windows",
    "orders",
    "payments",
    "payment_notices",
    "journals",
    "ledger_entries",
    "audit_log",
    "outbox",
    "notices",
    "notice_reads",
    "tenant_changes",
    "trials",
    "usage_hours",
    "cycle_lines",
    "corrections",
    "charges",
    "invoice_numbers",
    "invoices",
    "receipts",
    "customer_credits",
    "refunds",
    "manual_payments",
    "reconciliations",
    "alerts",
];

/// What a customer has paid, owes, uses and is promised.
pub const MONEY: &[&str] = &[
    "tenants",
    "cycles",
    "usage_windows",
    "orders",
    "payments",
    "journals",
    "ledger_entries",
    "invoices",
    "receipts",
    "customer_credits",
    "outbox",
    "notices",
];

/// What a payment buys, without the payment itself and what is said about it.
pub const NOT_ITS_PAYMENTS: &[&str] =
    &["tenants", "cycles", "usage_windows", "orders", "journals", "ledger_entries", "invoices"];

/// A database of a story's own.
pub struct Database {
    /// Its address, as the product takes it.
    pub url: String,
    /// A folder of the story's own; with SQLite the database lies in it.
    pub folder: PathBuf,
    kind: Kind,
    db: DatabaseConnection,
}

pub(crate) async fn connect(url: &str) -> DatabaseConnection {
    let mut options = ConnectOptions::new(url);
    options.max_connections(1).acquire_timeout(Duration::from_secs(30)).sqlx_logging(false);
    Connector::connect(options).await.unwrap_or_else(|error| panic!("{url}: {error}"))
}

impl Database {
    /// Makes one, with its schema up to date.
    pub async fn make(kind: Kind) -> Self {
        Self::make_in(kind, &std::env::temp_dir()).await
    }

    /// Makes a SQLite file that lies in memory, if the machine has a place for such files: for histories that commit many
    /// thousand times.
    pub async fn make_fleeting() -> Self {
        let memory = Path::new("/dev/shm");
        let place = if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() };
        Self::make_in(Kind::Sqlite, &place).await
    }

    async fn make_in(kind: Kind, place: &Path) -> Self {
        let name = format!("hourglass_story_{}", SystemIds::default().uuid().simple());
        let folder = place.join(&name);
        std::fs::create_dir(&folder).expect("a folder of the story's own");
        let url = match kind {
            Kind::Sqlite => {
                let url = format!("sqlite:{}", folder.join("hourglass.sqlite").display());
                let store = hourglass::store::Store::open(&url, 1).await.expect("a database");
                store.migrate().await.expect("its schema");
                url
            }
            Kind::Postgres => template::copy(&name).await,
        };
        Self { db: connect(&url).await, url, folder, kind }
    }

    /// Removes it and everything that lies beside it.
    pub async fn remove(&self) {
        let _ = self.db.close_by_ref().await;
        if self.kind == Kind::Postgres {
            template::remove(self.url.rsplit('/').next().expect("a name")).await;
        }
        let _ = std::fs::remove_dir_all(&self.folder);
    }

    /// What a query finds, row by row.
    pub async fn rows(&self, sql: &str) -> Vec<JsonValue> {
        let found = JsonValue::find_by_statement(self.query(sql));
        found.all(&self.db).await.unwrap_or_else(|error| panic!("{sql}: {error}"))
    }

    /// The one number that a query finds.
    pub async fn number(&self, sql: &str) -> i64 {
        let row = self.db.query_one_raw(self.query(sql)).await.unwrap_or_else(|error| panic!("{sql}: {error}"));
        row.expect("a row").try_get_by_index(0).unwrap_or_else(|error| panic!("{sql}: {error}"))
    }

    /// What a query finds, its first two columns as words.
    pub async fn lines(&self, sql: &str) -> Vec<String> {
        let rows = self.db.query_all_raw(self.query(sql)).await.unwrap_or_else(|error| panic!("{sql}: {error}"));
        let word = |row: &QueryResult, at| row.try_get_by_index::<String>(at).expect("a word");
        rows.iter().map(|row| format!("{} {}", word(row, 0), word(row, 1))).collect()
    }

    fn query(&self, sql: &str) -> Statement {
        let backend = if self.kind == Kind::Sqlite { DbBackend::Sqlite } else { DbBackend::Postgres };
        Statement::from_string(backend, sql)
    }

    /// How many rows of a table a condition holds for.
    pub async fn count(&self, table: &str, condition: &str) -> i64 {
        self.number(&format!("SELECT COUNT(*) AS many FROM {table} WHERE {condition}")).await
    }

    /// The rows of tables as text, in an order that does not depend on when they were written.
    pub async fn dump(&self, tables: &[&str]) -> String {
        let mut text = String::new();
        for table in tables {
            let mut rows: Vec<String> =
                self.rows(&format!("SELECT * FROM {table}")).await.iter().map(ToString::to_string).collect();
            rows.sort();
            text.push_str(&format!("{table}\n  {}\n", rows.join("\n  ")));
        }
        text
    }

    /// The tables that are there, but for those of the migrations and of the database itself.
    pub async fn tables(&self) -> Vec<String> {
        let sql = match self.kind {
            Kind::Sqlite => "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
            Kind::Postgres => "SELECT CAST(tablename AS TEXT) AS name FROM pg_tables WHERE schemaname = 'public'",
        };
        let rows = self.rows(sql).await;
        let names = rows.iter().filter_map(|row| row["name"].as_str()).filter(|name| !name.starts_with("seaql"));
        names.map(str::to_owned).collect()
    }

    /// What an account of the ledger holds, over everybody: debits less credits.
    pub async fn balance(&self, account: &str) -> i64 {
        self.number(&format!(
            "SELECT CAST(COALESCE(SUM(amount_minor), 0) AS BIGINT) AS total FROM ledger_entries \
             WHERE ledger_account = '{account}'"
        ))
        .await
    }

    /// Tries to change rows behind the product's back: the database may refuse.
    pub async fn try_meddle(&self, sql: &str) -> Result<(), String> {
        self.db.execute_unprepared(sql).await.map(drop).map_err(|error| error.to_string())
    }

    /// Changes rows behind the product's back. For what only time or misfortune brings about.
    pub async fn meddle(&self, sql: &str) {
        self.db.execute_unprepared(sql).await.unwrap_or_else(|error| panic!("{sql}: {error}"));
    }
}
