//! What running Odoo processes remember of a database, and how they are told that it is old: counters in the database itself, which every
//! process compares with the last ones it saw *under this name*.
//!
//! A copy has its template's counters, a restored database those of its dump. If a name has been another database's before, the
//! processes would see no difference and go on with what they remember: its parameters, and even its people's passwords. So whatever is
//! made here gets counters that no database has had.

use sqlx::{AssertSqlSafe, PgConnection, Row as _};

use super::cluster::{judged, try_run};
use crate::port::host::HostError;

#[expect(clippy::needless_pass_by_value)] // As `map_err` gives it.
fn told(error: sqlx::Error) -> HostError {
    judged("telling Odoo that the database is another one", &error)
}

/// Beyond what any database of this name can have had: the second that it is, and some, since much may happen within one. Fits the
/// tables' four bytes until 2038.
const BEYOND: &str = "+ 1, extract(epoch FROM clock_timestamp())::bigint) + floor(random() * 100000)::bigint";

/// Makes every process forget all of it, before its next request.
pub(super) async fn another_database(conn: &mut PgConnection) -> Result<(), HostError> {
    for (name, sequence) in counters(conn, "base_registry_signaling", "orm_signaling_registry").await? {
        let (set, then) = if sequence {
            (format!("SELECT setval('{name}', greatest((SELECT last_value FROM {name}) {BEYOND})"), None)
        } else {
            let number = format!("greatest((SELECT coalesce(max(id), 0) FROM {name}) {BEYOND}");
            let set = format!("SELECT setval(pg_get_serial_sequence('{name}', 'id'), {number})");
            (set, Some(format!("INSERT INTO {name} DEFAULT VALUES")))
        };
        sqlx::query(AssertSqlSafe(set)).execute(&mut *conn).await.map_err(told)?;
        if let Some(then) = then {
            try_run(conn, &then).await.map_err(told)?;
        }
    }
    Ok(())
}

/// Makes every process forget parameters and people, and nothing that is slow to learn again.
pub(super) async fn other_values(conn: &mut PgConnection) -> Result<(), HostError> {
    for (name, sequence) in counters(conn, "base_cache_signaling%", "orm_signaling_%").await? {
        let next =
            if sequence { format!("SELECT nextval('{name}')") } else { format!("INSERT INTO {name} DEFAULT VALUES") };
        if !name.ends_with("_registry") {
            sqlx::query(AssertSqlSafe(next)).execute(&mut *conn).await.map_err(told)?;
        }
    }
    Ok(())
}

/// The counters of a kind: sequences up to version 18, tables from 19 on. Only names that need no quotation.
async fn counters(conn: &mut PgConnection, sequences: &str, tables: &str) -> Result<Vec<(String, bool)>, HostError> {
    let sql = "SELECT relname::text, relkind = 'S' FROM pg_class WHERE relnamespace = 'public'::regnamespace \
               AND (relkind = 'S' AND relname LIKE $1 OR relkind = 'r' AND relname LIKE $2) \
               AND relname ~ '^[a-z_]+$' ORDER BY relname";
    let rows = sqlx::query(sql).bind(sequences).bind(tables).fetch_all(conn).await.map_err(told)?;
    rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).collect::<Result<_, _>>().map_err(told)
}
