//! The memory: everything that is kept, in SQLite or PostgreSQL.
//!
//! The only room that knows the ORM. It stores and finds; it decides nothing. Reads are methods of [`Store`]; writes are
//! methods of [`Tx`], of which a story opens exactly one.

mod alerts;
mod audit;
mod backups;
mod changes;
mod charges;
mod code;
mod counters;
mod credits;
mod cycles;
mod due;
mod entity;
mod entries;
mod idempotency;
mod invitations;
mod invoices;
mod jobs;
mod ledger;
mod letters;
mod links;
mod manual_payments;
mod members;
mod notice_choices;
mod notices;
mod ordering;
mod orders;
mod outbox;
mod payments;
mod people;
mod plans;
mod proofs;
mod receipts;
mod refunds;
mod second_factors;
mod servers;
mod sessions;
mod spans;
mod tenant_rows;
mod tenants;
mod trials;
mod unpaid;
mod windows;

pub use alerts::{AlertRecord, ReconciliationRecord, Resolution};
pub use audit::{Actor, NewAudit};
pub use backups::{BackupRecord, BackupsOf};
pub use changes::Change;
pub use counters::PanelThere;
pub use credits::CreditMove;
pub use cycles::CycleRecord;
pub use idempotency::{Claimed, StoredAnswer};
pub use invitations::InvitationRecord;
pub use invoices::{InvoiceNumber, NewInvoice};
pub use jobs::JobRecord;
pub use ledger::{Fact, NewJournal};
pub use letters::LetterRecord;
pub use links::{LinkPurpose, LinkRecord};
pub use manual_payments::ManualPaymentRecord;
pub use members::MemberRecord;
pub use notices::NoticeReader;
pub use ordering::NamesInUse;
pub use orders::OrderRecord;
pub use outbox::OutboxRow;
pub use payments::{NewNotice, PaymentRecord};
pub use people::{AccountRecord, Failures, UserRecord};
pub use plans::{NewDraft, PlanRecord};
pub use receipts::ReceiptRecord;
pub use refunds::RefundRecord;
pub use second_factors::SecondFactorRecord;
pub use servers::{Load, SILENT_AFTER, ServerRecord, Surveyed};
pub use sessions::{RefreshToken, SessionRecord};
pub use tenants::{Door, NewTenant, TenantRecord};
pub use unpaid::Nothing;
pub use windows::CorrectionRecord;

use migrations::{Migrator, MigratorTrait};
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr,
    SqliteTransactionMode, TransactionOptions, TransactionTrait,
};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Mutex, OwnedMutexGuard};

/// How long a statement waits for another process's write lock on a SQLite file.
const SQLITE_BUSY: Duration = Duration::from_secs(10);

/// Any number that no other program on the same PostgreSQL locks: "hourglas" in ASCII.
const MIGRATION_LOCK: i64 = 0x686f_7572_676c_6173;

/// Why the memory failed.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database did not do as asked.
    #[error("database: {0}")]
    Database(#[from] DbErr),
    /// A row holds what no version of this program writes.
    #[error("{table} holds an unreadable {what}")]
    Corrupt {
        /// Where.
        table: &'static str,
        /// What.
        what: String,
    },
    /// The address of the database is of no kind that is known.
    #[error("DATABASE_URL must begin with sqlite: or postgres:")]
    Scheme,
    /// More credit is wanted than there is.
    #[error("there is not so much credit")]
    Overdrawn,
    /// Somebody else changed the row between reading and writing.
    #[error("the row was changed meanwhile")]
    Stale,
}

impl StoreError {
    /// Whether the database cannot be reached, or has no connection to spare: trying again may help.
    #[must_use]
    pub const fn is_unavailable(&self) -> bool {
        matches!(self, Self::Database(DbErr::ConnectionAcquire(_) | DbErr::Conn(_)))
    }
}

/// The database.
#[derive(Clone)]
pub struct Store {
    db: DatabaseConnection,
    /// SQLite has one writer: waiting here is fair, waiting for the file's lock is not.
    writer: Option<Arc<Mutex<()>>>,
    /// Told of every statement, if somebody measures.
    observer: Option<Observer>,
}

/// What is told of statements.
type Observer = Arc<dyn Fn(&str) + Send + Sync>;

/// The one writing transaction of a story. Dropped without [`Tx::commit`], it leaves no trace.
pub struct Tx {
    db: DatabaseTransaction,
    _writer: Option<OwnedMutexGuard<()>>,
    observer: Option<Observer>,
}

impl Store {
    /// Opens the database at a `sqlite:` or `postgres:` address with at most `connections` connections.
    /// A SQLite file is created if missing.
    pub async fn open(url: &str, connections: u32) -> Result<Self, StoreError> {
        let sqlite = url.starts_with("sqlite:");
        if !sqlite && !url.starts_with("postgres:") && !url.starts_with("postgresql:") {
            return Err(StoreError::Scheme);
        }
        let mut options = ConnectOptions::new(url);
        options
            .max_connections(connections)
            .min_connections(1)
            .acquire_timeout(Duration::from_secs(10))
            .sqlx_logging(false);
        if sqlite {
            options.map_sqlx_sqlite_opts(|sqlite| {
                sqlite
                    .create_if_missing(true)
                    .foreign_keys(true)
                    .busy_timeout(SQLITE_BUSY)
                    .pragma("journal_mode", "WAL")
                    // A commit that was answered must survive a power cut: people paid for it.
                    .pragma("synchronous", "FULL")
            });
        }
        let db = Database::connect(options).await?;
        let writer = (db.get_database_backend() == DbBackend::Sqlite).then(Arc::default);
        Ok(Self { db, writer, observer: None })
    }

    /// From now on `observer` is told of every statement when it is done, in and outside transactions: its text without
    /// values, or `BEGIN` or `COMMIT`. For measuring: it holds up the story that it is called from, so it must not wait,
    /// and if it unwinds, that story ends there and its open transaction leaves no trace, as in a crash.
    pub fn observe_statements(&mut self, observer: impl Fn(&str) + Send + Sync + 'static) {
        let observer: Observer = Arc::new(observer);
        self.observer = Some(Arc::clone(&observer));
        self.db.set_metric_callback(move |done| observer(&done.statement.sql));
    }

    /// Brings the schema up to date. Changes nothing if it is. Processes that start together take turns.
    pub async fn migrate(&self) -> Result<(), StoreError> {
        let turn = self.begin().await?;
        if is_postgres(&turn.db) {
            turn.db.execute_unprepared(&format!("SELECT pg_advisory_xact_lock({MIGRATION_LOCK})")).await?;
            Migrator::up(&self.db, None).await?;
            return turn.commit().await;
        }
        drop(turn);
        Ok(Migrator::up(&self.db, None).await?)
    }

    /// How many steps of the schema are still to be applied.
    pub async fn pending_migrations(&self) -> Result<usize, StoreError> {
        Ok(Migrator::get_pending_migrations_read_only(&self.db).await?.len())
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<(), StoreError> {
        Ok(self.db.ping().await?)
    }

    /// Opens the writing transaction of a story. On SQLite it takes the write lock at once, so that what it reads
    /// stays true until it commits; on PostgreSQL the rows that matter are locked one by one.
    pub async fn begin(&self) -> Result<Tx, StoreError> {
        let guard = match &self.writer {
            Some(writer) => Some(Arc::clone(writer).lock_owned().await),
            None => None,
        };
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        let db = self.db.begin_with_options(options).await?;
        let tx = Tx { db, _writer: guard, observer: self.observer.clone() };
        tell(tx.observer.as_ref(), "BEGIN");
        Ok(tx)
    }
}

impl Tx {
    /// Makes everything true at once.
    pub async fn commit(self) -> Result<(), StoreError> {
        let Self { db, _writer, observer } = self;
        db.commit().await?;
        tell(observer.as_ref(), "COMMIT");
        Ok(())
    }
}

fn tell(observer: Option<&Observer>, statement: &str) {
    if let Some(observer) = observer {
        observer(statement);
    }
}

/// Locks the rows that a query finds until the transaction ends. SQLite has locked the whole file already.
fn for_update<E: sea_orm::EntityTrait>(query: sea_orm::Select<E>) -> sea_orm::Select<E> {
    use sea_orm::QuerySelect;
    query.lock_exclusive()
}

/// Whether an insert failed because such a row exists. That is an answer, not a fault.
fn is_duplicate(error: &DbErr) -> bool {
    matches!(error.sql_err(), Some(sea_orm::SqlErr::UniqueConstraintViolation(_)))
}

/// The backend behind a connection: the few statements that differ ask for it.
fn is_postgres(db: &impl ConnectionTrait) -> bool {
    db.get_database_backend() == DbBackend::Postgres
}
