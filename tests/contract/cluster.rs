//! A role of a test's own on the tests' PostgreSQL, with the databases that it owns, and a look at them past every Odoo. The only file here
//! that speaks SQL.

use std::str::FromStr as _;

use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, PgConnection, Row as _};

const VARIABLE: &str = "HOURGLASS_TEST_POSTGRES_URL";

/// The role, its address and a superuser's.
pub(crate) struct Cluster {
    pub(crate) role: String,
    server: PgConnectOptions,
}

/// The tests' server, as its superuser.
fn server() -> PgConnectOptions {
    let url = std::env::var(VARIABLE).unwrap_or_else(|_| panic!("{VARIABLE} is not set: run `scripts/test.sh`"));
    PgConnectOptions::from_str(&url).unwrap().database("postgres")
}

impl Cluster {
    /// Makes the role: it may make databases, and nothing more.
    pub(crate) async fn make(role: &str) -> Self {
        let made = Self { role: role.to_owned(), server: server() };
        let mut admin = made.server.connect().await.unwrap();
        run(&mut admin, &format!("CREATE ROLE {role} LOGIN CREATEDB PASSWORD 's%cret'")).await.unwrap();
        made
    }

    /// `postgres://role:password@host:port/postgres`
    pub(crate) fn url(&self) -> String {
        let (host, port) = (self.server.get_host(), self.server.get_port());
        format!("postgres://{}:s%25cret@{host}:{port}/postgres", self.role)
    }

    /// A connection as Odoo has it.
    pub(crate) async fn connect(&self, database: &str) -> Result<PgConnection, String> {
        let options = self.server.clone().username(&self.role).password("s%cret").database(database);
        options.connect().await.map_err(|error| error.to_string())
    }

    /// A statement in a database.
    pub(crate) async fn sql(&self, database: &str, sql: &str) -> Result<(), String> {
        let mut conn = self.connect(database).await?;
        let done = run(&mut conn, sql).await;
        let _ = conn.close().await;
        done
    }

    /// The one value that a query finds, as text.
    pub(crate) async fn value(&self, database: &str, sql: &str) -> Option<String> {
        found(self.connect(database).await.unwrap(), sql).await
    }

    /// Drops everything that the role has made, and the role.
    pub(crate) async fn end(&self) {
        let mut admin = self.server.connect().await.unwrap();
        let own = format!("SELECT datname::text FROM pg_database WHERE pg_get_userbyid(datdba) = '{}'", self.role);
        let rows = sqlx::query(AssertSqlSafe(own)).fetch_all(&mut admin).await.unwrap();
        for name in rows.iter().map(|row| row.get::<String, _>(0)) {
            run(&mut admin, &format!("ALTER DATABASE \"{name}\" IS_TEMPLATE false")).await.unwrap();
            run(&mut admin, &format!("DROP DATABASE \"{name}\" WITH (FORCE)")).await.unwrap();
        }
        run(&mut admin, &format!("DROP ROLE {}", self.role)).await.unwrap();
    }
}

/// The one value that a query finds in a database of the server at `url`, as text.
pub(crate) async fn value_at(url: &str, database: &str, sql: &str) -> Option<String> {
    let options = PgConnectOptions::from_str(url).unwrap().database(database);
    found(options.connect().await.unwrap(), sql).await
}

async fn found(mut conn: PgConnection, sql: &str) -> Option<String> {
    let row = sqlx::query(AssertSqlSafe(sql.to_owned())).fetch_optional(&mut conn).await;
    let row = row.unwrap_or_else(|error| panic!("{sql}: {error}"));
    let _ = conn.close().await;
    row.and_then(|row| row.get(0))
}

async fn run(conn: &mut PgConnection, sql: &str) -> Result<(), String> {
    let done = sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(conn).await;
    done.map(drop).map_err(|error| format!("{sql}: {error}"))
}

/// A connection that somebody holds, and whether it still answers.
pub(crate) async fn answers(conn: &mut PgConnection) -> bool {
    run(conn, "SELECT 1").await.is_ok()
}
