//! Databases of a real PostgreSQL, owned by one role, as Odoo has them. To each database that was asked anything one
//! connection is kept, as Odoo keeps its own. Knows no Odoo.

use std::collections::HashMap;
use std::io;
use std::str::FromStr as _;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, Row as _};
use tokio::sync::OwnedMutexGuard;

use super::dump::{self, Piece};
use super::failure::Raised;
use super::schema::{Row, Table};
use super::store::Standing;

/// The connection that is kept to a database, if there is one.
type Place = Arc<tokio::sync::Mutex<Option<PgConnection>>>;

/// A cluster, as one role sees it.
#[derive(Clone)]
pub(super) struct Cluster {
    options: Arc<PgConnectOptions>,
    places: Arc<Mutex<HashMap<String, Place>>>,
}

/// A connection while it is used. One that is dropped half-way is not kept: what it was asked is unanswered.
struct Held {
    place: OwnedMutexGuard<Option<PgConnection>>,
    connection: PgConnection,
}

impl Held {
    fn keep(self) {
        let Self { mut place, connection } = self;
        *place = Some(connection);
    }
}

/// A connection that somebody holds.
pub(super) struct Line(PgConnection);

impl Line {
    pub(super) async fn ask(&mut self) -> Result<(), Raised> {
        told(sqlx::query("SELECT 1").execute(&mut self.0).await).map(drop)
    }
}

impl Cluster {
    /// Reads the address; connects to nothing yet.
    pub(super) fn new(url: &str) -> io::Result<Self> {
        let options = PgConnectOptions::from_str(url).map_err(io::Error::other)?;
        Ok(Self { options: Arc::new(options.disable_statement_logging()), places: Arc::default() })
    }

    fn places(&self) -> MutexGuard<'_, HashMap<String, Place>> {
        self.places.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The connection that is kept, or a new one, if that is dead or there is none.
    async fn hold(&self, database: &str) -> Result<Held, Raised> {
        let place = Arc::clone(self.places().entry(database.to_owned()).or_default());
        let mut place = place.lock_owned().await;
        let mut kept = place.take();
        let alive = match &mut kept {
            Some(connection) => connection.ping().await.is_ok(),
            None => false,
        };
        let connection = match kept.filter(|_| alive) {
            Some(connection) => connection,
            None => self.connection(database).await?,
        };
        Ok(Held { place, connection })
    }

    /// A connection to the database from which others are made and ended.
    async fn lobby(&self) -> Result<PgConnection, Raised> {
        self.connection("postgres").await
    }

    async fn say(&self, sql: String) -> Result<(), Raised> {
        told(sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut self.lobby().await?).await).map(drop)
    }

    /// The role's own databases.
    pub(super) async fn all(&self) -> Result<Vec<Standing>, Raised> {
        let sql = "SELECT datname::text, datallowconn, datistemplate FROM pg_database \
                   WHERE datdba = (SELECT oid FROM pg_roles WHERE rolname = current_user) \
                   AND datname NOT IN ('postgres', 'template0', 'template1') ORDER BY datname";
        let rows = told(sqlx::query(sql).fetch_all(&mut self.lobby().await?).await)?;
        let read = |row: &sqlx::postgres::PgRow| {
            Ok(Standing { name: row.try_get(0)?, open: row.try_get(1)?, template: row.try_get(2)? })
        };
        told(rows.iter().map(read).collect())
    }

    pub(super) async fn exists(&self, database: &str) -> Result<bool, Raised> {
        let sql = "SELECT count(*) FROM pg_database WHERE datname = $1";
        let count: i64 = told(sqlx::query_scalar(sql).bind(database).fetch_one(&mut self.lobby().await?).await)?;
        Ok(count > 0)
    }

    pub(super) async fn create(&self, database: &str) -> Result<(), Raised> {
        self.say(format!("CREATE DATABASE {} ENCODING 'unicode' TEMPLATE template0", quoted(database))).await
    }

    pub(super) async fn copy(&self, source: &str, new: &str) -> Result<(), Raised> {
        self.say(format!("CREATE DATABASE {} ENCODING 'unicode' TEMPLATE {}", quoted(new), quoted(source))).await
    }

    pub(super) async fn drop(&self, database: &str) -> Result<(), Raised> {
        self.forget(database);
        self.terminate(database).await?;
        self.say(format!("DROP DATABASE {}", quoted(database))).await
    }

    pub(super) async fn rename(&self, old: &str, new: &str) -> Result<(), Raised> {
        self.forget(old);
        self.terminate(old).await?;
        let sql = format!("ALTER DATABASE {} RENAME TO {}", quoted(old), quoted(new));
        let renamed = self.say(sql).await;
        renamed.map_err(|error| Raised::other(format!("Couldn't rename database {old} to {new}: {}", error.message)))
    }

    pub(super) async fn set_open(&self, database: &str, open: bool) -> Result<(), Raised> {
        self.say(format!("ALTER DATABASE {} ALLOW_CONNECTIONS {open}", quoted(database))).await
    }

    pub(super) async fn set_template(&self, database: &str, template: bool) -> Result<(), Raised> {
        self.say(format!("ALTER DATABASE {} IS_TEMPLATE {template}", quoted(database))).await
    }

    /// Ends every connection to a database, whosever it is. PostgreSQL's own processes are left: nobody but it may end them.
    pub(super) async fn terminate(&self, database: &str) -> Result<(), Raised> {
        let sql = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
                   WHERE datname = $1 AND backend_type = 'client backend' AND pid <> pg_backend_pid()";
        told(sqlx::query(sql).bind(database).execute(&mut self.lobby().await?).await).map(drop)
    }

    /// The connections that were kept are let go.
    fn forget(&self, database: &str) {
        self.places().remove(database);
    }

    /// Lets go of everything.
    pub(super) fn leave(&self) {
        self.places().clear();
    }

    async fn connection(&self, database: &str) -> Result<PgConnection, Raised> {
        told(PgConnectOptions::clone(&self.options).database(database).connect().await)
    }

    pub(super) async fn line(&self, database: &str) -> Result<Line, Raised> {
        Ok(Line(self.connection(database).await?))
    }

    pub(super) async fn can_connect(&self, database: &str) -> bool {
        match self.connection(database).await {
            Ok(connection) => connection.close().await.is_ok(),
            Err(_) => false,
        }
    }

    pub(super) async fn ping(&self, database: &str) -> Result<(), Raised> {
        self.hold(database).await?.keep();
        Ok(())
    }

    /// Reads on a connection that is not kept, for who watches the sandbox: nothing stays connected by it.
    pub(super) async fn peek(&self, database: &str, table: &Table) -> Result<Vec<Row>, Raised> {
        let mut connection = self.connection(database).await?;
        let found: Result<String, Raised> = told(sqlx::query_scalar(reading(table)).fetch_one(&mut connection).await);
        told(connection.close().await)?;
        read(&found?)
    }

    pub(super) async fn rows(&self, database: &str, table: &Table) -> Result<Vec<Row>, Raised> {
        let mut held = self.hold(database).await?;
        let found: sqlx::Result<String> = sqlx::query_scalar(reading(table)).fetch_one(&mut held.connection).await;
        held.keep();
        read(&told(found)?)
    }

    pub(super) async fn insert(&self, database: &str, table: &Table, row: &Row) -> Result<i64, Raised> {
        let (table, columns) = (table.name, columns(row));
        let sql = format!(
            "INSERT INTO {table} ({columns}) SELECT {columns} FROM jsonb_populate_record(null::{table}, $1::jsonb) \
             RETURNING id"
        );
        let text = serde_json::Value::Object(row.clone()).to_string();
        let mut held = self.hold(database).await?;
        let query = sqlx::query_scalar(AssertSqlSafe(sql)).bind(text);
        let id: sqlx::Result<i32> = query.fetch_one(&mut held.connection).await;
        held.keep();
        told(id).map(i64::from)
    }

    pub(super) async fn update(&self, database: &str, table: &Table, id: i64, changes: &Row) -> Result<(), Raised> {
        let (name, columns) = (table.name, columns(changes));
        let sql = format!(
            "UPDATE {name} SET ({columns}) = (SELECT {columns} FROM jsonb_populate_record(null::{name}, $1::jsonb)) \
             WHERE id = $2"
        );
        let text = serde_json::Value::Object(changes.clone()).to_string();
        let query = sqlx::query(AssertSqlSafe(sql)).bind(text).bind(id);
        let mut held = self.hold(database).await?;
        let done = query.execute(&mut held.connection).await;
        held.keep();
        if told(done)?.rows_affected() == 0 { Err(Raised::no_record(table.model)) } else { Ok(()) }
    }

    pub(super) async fn delete(&self, database: &str, table: &Table, id: i64) -> Result<(), Raised> {
        let sql = format!("DELETE FROM {} WHERE id = $1", table.name);
        let mut held = self.hold(database).await?;
        let done = sqlx::query(AssertSqlSafe(sql)).bind(id).execute(&mut held.connection).await;
        held.keep();
        told(done).map(drop)
    }

    /// Does what a dump says.
    pub(super) async fn load(&self, database: &str, sql: &str) -> Result<(), Raised> {
        let mut connection = self.connection(database).await?;
        for piece in dump::pieces(sql) {
            match piece {
                Piece::Sql(text) => {
                    told(sqlx::raw_sql(AssertSqlSafe(text)).execute(&mut connection).await)?;
                }
                Piece::Copy { statement, lines } => {
                    let mut copy = told(connection.copy_in_raw(&statement).await)?;
                    told(copy.send(lines.as_bytes()).await)?;
                    told(copy.finish().await)?;
                }
            }
        }
        told(connection.close().await)
    }
}

fn reading(table: &Table) -> AssertSqlSafe<String> {
    let name = table.name;
    AssertSqlSafe(format!("SELECT coalesce(json_agg(row_to_json(t) ORDER BY t.id), '[]')::text FROM {name} t"))
}

fn read(text: &str) -> Result<Vec<Row>, Raised> {
    serde_json::from_str(text).map_err(|error| Raised::connection(error.to_string()))
}

/// The columns that a row names; the callers give only columns of the schema.
fn columns(row: &Row) -> String {
    row.keys().map(|name| quoted(name)).collect::<Vec<_>>().join(", ")
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// As psycopg2 tells it.
fn told<T>(result: sqlx::Result<T>) -> Result<T, Raised> {
    result.map_err(|error| {
        let Some(refusal) = error.as_database_error() else { return Raised::connection(error.to_string()) };
        let message = format!("{}\n", refusal.message());
        match refusal.code().as_deref() {
            Some("23505") => Raised::twice(message),
            Some("23502") => Raised::database("psycopg2.errors.NotNullViolation", message),
            Some("42P04") => Raised::database("psycopg2.errors.DuplicateDatabase", message),
            Some("42P01") => Raised::database("psycopg2.errors.UndefinedTable", message),
            Some("42703") => Raised::database("psycopg2.errors.UndefinedColumn", message),
            Some("55006") => Raised::database("psycopg2.errors.ObjectInUse", message),
            // A connection to what is not there is another class than a template that is not there.
            Some("3D000") if message.starts_with("template") => {
                Raised::database("psycopg2.errors.InvalidCatalogName", message)
            }
            Some("3D000" | "55000" | "57P01") => Raised::connection(format!("FATAL:  {message}")),
            Some(_) | None => Raised::database("psycopg2.DatabaseError", message),
        }
    })
}
