//! The cluster: connections to it, what it says of its databases, and what its errors mean. Knows nothing of what is in a database.

use std::str::FromStr as _;
use std::time::Duration;

use percent_encoding::percent_decode_str;
use sqlx::postgres::{PgConnectOptions, PgSslMode};
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, Error, PgConnection, Row as _};
use tokio::time::{sleep, timeout};
use url::Url;

use super::super::driver::refused;
use super::super::line::{Line, Patience};
use crate::port::Unknown;
use crate::port::host::HostError;

/// How often, and how far apart, it is looked whether those who were sent away are gone.
const LOOKS: u32 = 100;
const BETWEEN: Duration = Duration::from_millis(50);

/// What the name of a copy begins with that is made only to be dumped. No panel can be called so.
pub(super) const COPY: &str = "hourglass_dump_";

/// How a cluster is reached.
pub(super) struct Cluster {
    options: PgConnectOptions,
    /// For programs of PostgreSQL's own, which take it from their environment.
    pub(super) password: Option<String>,
    pub(super) look: Duration,
    pub(super) work: Duration,
}

/// What the cluster says of a database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Facts {
    /// Its number, the same whatever it is called.
    pub(super) oid: i64,
    /// Whether it lets anybody in.
    pub(super) open: bool,
    /// Whether it is there to be copied.
    pub(super) template: bool,
    /// Whose it is.
    pub(super) owner: String,
}

impl Cluster {
    /// `postgres://odoo:…@10.0.0.5/postgres`
    pub(super) fn of(url: &str, line: &Line) -> Result<Self, HostError> {
        let Ok(options) = PgConnectOptions::from_str(url) else {
            return refused("the server's database address cannot be read: postgres://ROLE:PASSWORD@HOST/postgres");
        };
        if !matches!(options.get_ssl_mode(), PgSslMode::Disable | PgSslMode::Allow | PgSslMode::Prefer) {
            return refused("the server's database address asks for TLS, which is not spoken here: use a private line");
        }
        let written = Url::parse(url).ok();
        let written = written.as_ref().and_then(Url::password).map(percent_decode_str);
        let password = written.and_then(|it| it.decode_utf8().ok()).map(std::borrow::Cow::into_owned);
        let options = options.application_name("hourglass").disable_statement_logging();
        let (look, work) = (line.timeout(Patience::Look), line.timeout(Patience::Work));
        Ok(Self { options, password, look, work })
    }

    pub(super) const fn options(&self) -> &PgConnectOptions {
        &self.options
    }

    /// A connection to a database, or to the one of the address.
    pub(super) async fn enter(&self, database: Option<&str>) -> Result<PgConnection, HostError> {
        let options = match database {
            Some(name) => self.options.clone().database(name),
            None => self.options.clone(),
        };
        let mut conn = match timeout(self.look, options.connect()).await {
            Ok(Ok(conn)) => conn,
            Ok(Err(error)) => return Err(judged("connecting to the database", &error)),
            Err(_) => return Err(Unknown::new("the database server does not answer").into()),
        };
        // Ends on the server too what we do not wait for any longer.
        let limit = format!("SET statement_timeout = {}", self.work.as_millis());
        run(&mut conn, "connecting to the database", &limit).await?;
        Ok(conn)
    }
}

/// Ends a connection, so that nothing of ours is in the way of whoever comes next.
pub(super) async fn leave(conn: PgConnection) {
    let _ = conn.close().await;
}

/// A name as SQL takes it, whatever is in it.
pub(super) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// Runs a statement that holds quoted names and numbers only.
pub(super) async fn try_run(conn: &mut PgConnection, sql: &str) -> Result<(), Error> {
    sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(conn).await.map(drop)
}

/// As [`try_run`], with the error judged.
pub(super) async fn run(conn: &mut PgConnection, what: &str, sql: &str) -> Result<(), HostError> {
    try_run(conn, sql).await.map_err(|error| judged(what, &error))
}

const FACTS: &str = "SELECT datname::text AS name, oid::bigint AS oid, datallowconn AS open, datistemplate AS template, \
     pg_get_userbyid(datdba)::text AS owner FROM pg_database";

fn read(row: &sqlx::postgres::PgRow) -> Result<(String, Facts), Error> {
    let facts = Facts {
        oid: row.try_get("oid")?,
        open: row.try_get("open")?,
        template: row.try_get("template")?,
        owner: row.try_get("owner")?,
    };
    Ok((row.try_get("name")?, facts))
}

/// What is known of one database; `None` if there is none of this name.
pub(super) async fn facts(conn: &mut PgConnection, name: &str) -> Result<Option<Facts>, HostError> {
    let told = |error| judged("looking for the database", &error);
    let sql = format!("{FACTS} WHERE datname = $1");
    let row = sqlx::query(AssertSqlSafe(sql)).bind(name).fetch_optional(conn).await.map_err(told)?;
    row.map(|row| read(&row)).transpose().map(|found| found.map(|(_, facts)| facts)).map_err(told)
}

/// All databases that this role may act on, by name; but for those that every cluster has, and the address's own.
pub(super) async fn all(conn: &mut PgConnection) -> Result<Vec<(String, Facts)>, HostError> {
    let told = |error| judged("listing the databases", &error);
    let sql = format!(
        "{FACTS} WHERE pg_has_role(datdba, 'USAGE') AND datname NOT IN ('postgres', 'template0', 'template1') \
         AND datname <> current_database() AND NOT starts_with(datname::text, '{COPY}') ORDER BY datname"
    );
    let rows = sqlx::query(AssertSqlSafe(sql)).fetch_all(conn).await.map_err(told)?;
    rows.iter().map(read).collect::<Result<_, _>>().map_err(told)
}

/// Ends every connection to a database that this role may end, and waits until they are gone. Looks once more after the last one has gone:
/// somebody may have been at the door already when it was shut.
pub(super) async fn send_away(conn: &mut PgConnection, name: &str) -> Result<(), HostError> {
    let told = |error| judged("ending the connections", &error);
    let mut quiet = 0;
    for _ in 0..LOOKS {
        let ended = sqlx::query(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
             WHERE datname = $1 AND pid <> pg_backend_pid() AND pg_has_role(usesysid, 'USAGE')",
        );
        let found = ended.bind(name).fetch_all(&mut *conn).await.map_err(told)?.len();
        quiet = if found == 0 { quiet + 1 } else { 0 };
        if quiet == 2 {
            return Ok(());
        }
        sleep(BETWEEN).await;
    }
    Err(Unknown::new("somebody's connection to the database does not end").into())
}

/// Whether it failed because somebody is in the database.
pub(super) fn is_in_use(error: &Error) -> bool {
    code(error).is_some_and(|code| code == "55006")
}

fn code(error: &Error) -> Option<String> {
    error.as_database_error().and_then(|error| error.code()).map(std::borrow::Cow::into_owned)
}

/// What an error means: PostgreSQL's own no is one, if it is about what was asked and not about how the cluster happens to be.
pub(super) fn judged(what: &str, error: &Error) -> HostError {
    let (Some(code), Some(database)) = (code(error), error.as_database_error()) else {
        return Unknown::new(format!("{what}: the database server broke off or cannot be reached")).into();
    };
    // Of what it says the first line alone, which repeats names and no values.
    let first: String = database.message().lines().next().unwrap_or_default().chars().take(200).collect();
    let passing = ["08", "40", "53", "57", "58", "XX"].iter().any(|class| code.starts_with(class));
    // Somebody else's half-made database of this name, or a connection that is just ending.
    let passing = passing || ["42P04", "55006"].contains(&code.as_str());
    let passing = passing || database.constraint() == Some("pg_database_datname_index");
    let text = format!("{what}: {first} ({code})");
    if passing { Unknown::new(text).into() } else { HostError::Refused(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    // Harm prevented: a name ends its own quotation, and what follows is run.
    #[test]
    fn a_quoted_name_stays_one() {
        assert_eq!(quoted("acme"), "\"acme\"");
        assert_eq!(quoted("a\"; DROP DATABASE b; --"), "\"a\"\"; DROP DATABASE b; --\"");
    }

    // Harm prevented: what opens the cluster is sent in the clear by somebody who asked that it should not be.
    #[test]
    fn an_address_that_asks_for_tls_is_refused() {
        let line = Line::new("panels.example".into(), Duration::from_secs(1), Duration::from_secs(1)).unwrap();
        assert!(Cluster::of("postgres://odoo:s%40cret@10.0.0.5/postgres?sslmode=require", &line).is_err());
        let cluster = Cluster::of("postgres://odoo:s%40cret@10.0.0.5/postgres", &line).unwrap();
        assert_eq!(cluster.password.as_deref(), Some("s@cret"));
        assert!(Cluster::of("nonsense", &line).is_err());
    }
}
