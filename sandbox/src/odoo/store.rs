//! Where databases are: in memory or in PostgreSQL, behind one set of words. Knows rows and tables, no Odoo.

use super::failure::Raised;
use super::memory::{self, Memory};
use super::postgres::{self, Cluster};
use super::schema::{Row, Table};

/// A database from outside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Standing {
    pub(super) name: String,
    /// Whether it takes new connections.
    pub(super) open: bool,
    pub(super) template: bool,
}

#[derive(Clone)]
pub(super) enum Store {
    Memory(Memory),
    Postgres(Cluster),
}

/// A connection that somebody holds: who ends it ends this one too.
pub(super) enum Line {
    Memory(memory::Line),
    Postgres(Box<postgres::Line>),
}

impl Line {
    /// Asks the database anything.
    pub(super) async fn ask(&mut self) -> Result<(), Raised> {
        match self {
            Self::Memory(line) => line.ask(),
            Self::Postgres(line) => line.ask().await,
        }
    }
}

impl Store {
    /// The server's own databases.
    pub(super) async fn all(&self) -> Result<Vec<Standing>, Raised> {
        match self {
            Self::Memory(memory) => Ok(memory.all()),
            Self::Postgres(cluster) => cluster.all().await,
        }
    }

    /// What Odoo lists: its own, open, and no templates.
    pub(super) async fn names(&self) -> Result<Vec<String>, Raised> {
        let listed = self.all().await?.into_iter().filter(|it| it.open && !it.template);
        Ok(listed.map(|it| it.name).collect())
    }

    /// Whether there is one of this name, whosever it is.
    pub(super) async fn exists(&self, database: &str) -> Result<bool, Raised> {
        match self {
            Self::Memory(memory) => Ok(memory.all().iter().any(|it| it.name == database)),
            Self::Postgres(cluster) => cluster.exists(database).await,
        }
    }

    /// Whether a new connection is taken.
    pub(super) async fn can_connect(&self, database: &str) -> bool {
        match self {
            Self::Memory(memory) => memory.line(database).is_ok(),
            Self::Postgres(cluster) => cluster.can_connect(database).await,
        }
    }

    /// Whether a query is answered, on a connection that is kept or a new one, which then is.
    pub(super) async fn ping(&self, database: &str) -> Result<(), Raised> {
        match self {
            Self::Memory(memory) => memory.ping(database),
            Self::Postgres(cluster) => cluster.ping(database).await,
        }
    }

    /// A connection to hold.
    pub(super) async fn line(&self, database: &str) -> Result<Line, Raised> {
        match self {
            Self::Memory(memory) => memory.line(database).map(Line::Memory),
            Self::Postgres(cluster) => cluster.line(database).await.map(|line| Line::Postgres(Box::new(line))),
        }
    }

    /// Makes one without tables.
    pub(super) async fn create(&self, database: &str) -> Result<(), Raised> {
        match self {
            Self::Memory(memory) => memory.create(database),
            Self::Postgres(cluster) => cluster.create(database).await,
        }
    }

    /// Copies one, closed or not; the copy is open.
    pub(super) async fn copy(&self, source: &str, new: &str) -> Result<(), Raised> {
        match self {
            Self::Memory(memory) => memory.copy(source, new),
            Self::Postgres(cluster) => cluster.copy(source, new).await,
        }
    }

    pub(super) async fn drop(&self, database: &str) -> Result<(), Raised> {
        match self {
            Self::Memory(memory) => memory.drop(database),
            Self::Postgres(cluster) => cluster.drop(database).await,
        }
    }

    pub(super) async fn rename(&self, old: &str, new: &str) -> Result<(), Raised> {
        match self {
            Self::Memory(memory) => memory.rename(old, new),
            Self::Postgres(cluster) => cluster.rename(old, new).await,
        }
    }

    /// Whether new connections are taken from now on; those that are there stay.
    pub(super) async fn set_open(&self, database: &str, open: bool) -> Result<(), Raised> {
        match self {
            Self::Memory(memory) => memory.set_open(database, open),
            Self::Postgres(cluster) => cluster.set_open(database, open).await,
        }
    }

    pub(super) async fn set_template(&self, database: &str, template: bool) -> Result<(), Raised> {
        match self {
            Self::Memory(memory) => memory.set_template(database, template),
            Self::Postgres(cluster) => cluster.set_template(database, template).await,
        }
    }

    /// Ends every connection to it.
    pub(super) async fn terminate(&self, database: &str) -> Result<(), Raised> {
        match self {
            Self::Memory(memory) => memory.terminate(database),
            Self::Postgres(cluster) => cluster.terminate(database).await,
        }
    }

    /// Lets go of every connection that is kept.
    pub(super) async fn leave(&self) {
        match self {
            Self::Memory(_) => {}
            Self::Postgres(cluster) => cluster.leave().await,
        }
    }

    /// Reads without leaving a connection behind.
    pub(super) async fn peek(&self, database: &str, table: &Table) -> Result<Vec<Row>, Raised> {
        match self {
            Self::Memory(memory) => memory.peek(database, table),
            Self::Postgres(cluster) => cluster.peek(database, table).await,
        }
    }

    /// All rows, the oldest first.
    pub(super) async fn rows(&self, database: &str, table: &Table) -> Result<Vec<Row>, Raised> {
        match self {
            Self::Memory(memory) => memory.rows(database, table),
            Self::Postgres(cluster) => cluster.rows(database, table).await,
        }
    }

    /// Keeps a row; its id.
    pub(super) async fn insert(&self, database: &str, table: &'static Table, row: Row) -> Result<i64, Raised> {
        match self {
            Self::Memory(memory) => memory.insert(database, table, row),
            Self::Postgres(cluster) => cluster.insert(database, table, &row).await,
        }
    }

    /// Changes some columns of a row.
    pub(super) async fn update(
        &self,
        database: &str,
        table: &'static Table,
        id: i64,
        changes: Row,
    ) -> Result<(), Raised> {
        if changes.is_empty() {
            return Ok(());
        }
        match self {
            Self::Memory(memory) => memory.update(database, table, id, changes),
            Self::Postgres(cluster) => cluster.update(database, table, id, &changes).await,
        }
    }

    pub(super) async fn delete(&self, database: &str, table: &'static Table, id: i64) -> Result<(), Raised> {
        match self {
            Self::Memory(memory) => memory.delete(database, table, id),
            Self::Postgres(cluster) => cluster.delete(database, table, id).await,
        }
    }

    /// Does what a dump says, in a database without tables.
    pub(super) async fn load(&self, database: &str, sql: &str) -> Result<(), Raised> {
        match self {
            Self::Memory(memory) => memory.load(database, sql),
            Self::Postgres(cluster) => cluster.load(database, sql).await,
        }
    }
}
