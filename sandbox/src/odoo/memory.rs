//! Databases in memory, closed and connected to as PostgreSQL's are: who is connected stays so until he is thrown out.
//! Knows no Odoo.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::Value;

use super::dump::{self, Piece};
use super::failure::Raised;
use super::schema::{Row, Table};
use super::store::Standing;

#[derive(Clone, Default)]
struct Records {
    rows: BTreeMap<i64, Row>,
    last: i64,
}

#[derive(Clone)]
struct Kept {
    tables: BTreeMap<&'static str, Records>,
    /// Whether it takes new connections.
    open: bool,
    template: bool,
    /// Whether the server has a connection that it keeps.
    connected: bool,
    /// How often all connections were ended.
    ended: u64,
}

/// All databases of one server.
#[derive(Clone)]
pub(super) struct Memory {
    version: u8,
    databases: Arc<Mutex<BTreeMap<String, Kept>>>,
}

/// A connection that somebody holds.
pub(super) struct Line {
    memory: Memory,
    database: String,
    ended: u64,
}

impl Line {
    pub(super) fn ask(&self) -> Result<(), Raised> {
        let databases = self.memory.databases();
        let alive = databases.get(&self.database).is_some_and(|kept| kept.ended == self.ended);
        if alive { Ok(()) } else { Err(Raised::connection("terminating connection due to administrator command\n")) }
    }
}

impl Memory {
    pub(super) fn new(version: u8) -> Self {
        Self { version, databases: Arc::default() }
    }

    fn databases(&self) -> MutexGuard<'_, BTreeMap<String, Kept>> {
        self.databases.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Does something on a connection: one that is kept, or a new one.
    fn on<T>(&self, database: &str, work: impl FnOnce(&mut Kept) -> Result<T, Raised>) -> Result<T, Raised> {
        let mut databases = self.databases();
        let kept = databases.get_mut(database).ok_or_else(|| Raised::missing(database))?;
        if !kept.open && !kept.connected {
            return Err(Raised::closed(database));
        }
        kept.connected = true;
        work(kept)
    }

    /// Does something to a database from outside it.
    fn about<T>(&self, database: &str, work: impl FnOnce(&mut Kept) -> T) -> Result<T, Raised> {
        self.databases().get_mut(database).map(work).ok_or_else(|| Raised::missing(database))
    }

    pub(super) fn all(&self) -> Vec<Standing> {
        let databases = self.databases();
        let standing =
            |(name, kept): (&String, &Kept)| Standing { name: name.clone(), open: kept.open, template: kept.template };
        databases.iter().map(standing).collect()
    }

    pub(super) fn create(&self, database: &str) -> Result<(), Raised> {
        let mut databases = self.databases();
        if databases.contains_key(database) {
            return Err(Raised::exists(database));
        }
        let new = Kept { tables: BTreeMap::new(), open: true, template: false, connected: false, ended: 0 };
        databases.insert(database.to_owned(), new);
        Ok(())
    }

    /// As PostgreSQL copies: also what is closed.
    pub(super) fn copy(&self, source: &str, new: &str) -> Result<(), Raised> {
        let mut databases = self.databases();
        if databases.contains_key(new) {
            return Err(Raised::database(
                "psycopg2.errors.DuplicateDatabase",
                format!("database \"{new}\" already exists\n"),
            ));
        }
        let Some(kept) = databases.get(source) else {
            return Err(Raised::database(
                "psycopg2.errors.InvalidCatalogName",
                format!("template database \"{source}\" does not exist\n"),
            ));
        };
        let copied = Kept { open: true, template: false, connected: false, ..kept.clone() };
        databases.insert(new.to_owned(), copied);
        Ok(())
    }

    pub(super) fn drop(&self, database: &str) -> Result<(), Raised> {
        self.databases().remove(database).map(drop).ok_or_else(|| Raised::missing(database))
    }

    pub(super) fn rename(&self, old: &str, new: &str) -> Result<(), Raised> {
        let mut databases = self.databases();
        if databases.contains_key(new) || !databases.contains_key(old) {
            return Err(Raised::other(format!("Couldn't rename database {old} to {new}")));
        }
        if let Some(kept) = databases.remove(old) {
            databases.insert(new.to_owned(), kept);
        }
        Ok(())
    }

    pub(super) fn set_open(&self, database: &str, open: bool) -> Result<(), Raised> {
        self.about(database, |kept| kept.open = open)
    }

    pub(super) fn set_template(&self, database: &str, template: bool) -> Result<(), Raised> {
        self.about(database, |kept| kept.template = template)
    }

    /// Ends every connection.
    pub(super) fn terminate(&self, database: &str) -> Result<(), Raised> {
        self.about(database, |kept| {
            kept.connected = false;
            kept.ended += 1;
        })
    }

    pub(super) fn line(&self, database: &str) -> Result<Line, Raised> {
        // A connection of its own is a new one, whatever the pool has.
        let ended =
            self.about(database, |kept| if kept.open { Ok(kept.ended) } else { Err(Raised::closed(database)) })??;
        Ok(Line { memory: self.clone(), database: database.to_owned(), ended })
    }

    pub(super) fn ping(&self, database: &str) -> Result<(), Raised> {
        self.on(database, |_| Ok(()))
    }

    /// Reads past all connections, for who watches the sandbox.
    pub(super) fn peek(&self, database: &str, table: &Table) -> Result<Vec<Row>, Raised> {
        self.about(database, |kept| kept.rows(table))
    }

    pub(super) fn rows(&self, database: &str, table: &Table) -> Result<Vec<Row>, Raised> {
        self.on(database, |kept| Ok(kept.rows(table)))
    }

    pub(super) fn insert(&self, database: &str, table: &'static Table, row: Row) -> Result<i64, Raised> {
        self.on(database, |kept| {
            kept.check(table, &row, None)?;
            if let Some(column) = table.lacks(&row, self.version) {
                return Err(Raised::database(
                    "psycopg2.errors.NotNullViolation",
                    format!("null value in column \"{column}\" of relation \"{}\"\n", table.name),
                ));
            }
            Ok(kept.put(table, row))
        })
    }

    pub(super) fn update(&self, database: &str, table: &'static Table, id: i64, changes: Row) -> Result<(), Raised> {
        self.on(database, |kept| {
            kept.check(table, &changes, Some(id))?;
            let records = kept.tables.entry(table.name).or_default();
            let row = records.rows.get_mut(&id).ok_or_else(|| Raised::no_record(table.model))?;
            row.extend(changes);
            Ok(())
        })
    }

    pub(super) fn delete(&self, database: &str, table: &'static Table, id: i64) -> Result<(), Raised> {
        self.on(database, |kept| {
            kept.tables.entry(table.name).or_default().rows.remove(&id);
            Ok(())
        })
    }

    /// Takes the rows of a dump; its other statements are about tables, which are all there.
    pub(super) fn load(&self, database: &str, sql: &str) -> Result<(), Raised> {
        self.on(database, |kept| {
            for piece in dump::pieces(sql) {
                let Piece::Copy { statement, lines } = piece else { continue };
                let Some((table, columns)) = dump::target(&statement, self.version) else { continue };
                for line in lines.lines() {
                    kept.put(table, dump::row(line, &columns));
                }
            }
            Ok(())
        })
    }
}

impl Kept {
    fn rows(&self, table: &Table) -> Vec<Row> {
        self.tables.get(table.name).map(|records| records.rows.values().cloned().collect()).unwrap_or_default()
    }

    /// Refuses what must be there once and is there.
    fn check(&self, table: &'static Table, row: &Row, own: Option<i64>) -> Result<(), Raised> {
        let Some((column, value)) = table.unique.and_then(|column| Some((column, row.get(column)?))) else {
            return Ok(());
        };
        let others = self.tables.get(table.name).into_iter().flat_map(|records| &records.rows);
        let taken = others.filter(|(id, _)| Some(**id) != own).any(|(_, other)| other.get(column) == Some(value));
        if taken { Err(Raised::twice(format!("{} {value} is there already", table.name))) } else { Ok(()) }
    }

    fn put(&mut self, table: &'static Table, mut row: Row) -> i64 {
        let records = self.tables.entry(table.name).or_default();
        let id = row.get("id").and_then(Value::as_i64).unwrap_or(records.last + 1);
        records.last = records.last.max(id);
        row.insert("id".to_owned(), id.into());
        records.rows.insert(id, row);
        id
    }
}
