//! The sandbox Odoo on a real PostgreSQL: the same traps, and what a manager does to its databases by SQL. The only file
//! here that speaks SQL.

use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::path::PathBuf;
use std::str::FromStr as _;

use sandbox::odoo::{Kind, OdooOptions};
use serde_json::json;
use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, PgConnection};

use crate::odoo_traps;
use crate::odoo_world::{LOGIN, MASTER, PASSWORD, World};

/// A role of its own on the tests' server, and an Odoo that has it.
struct Cluster {
    world: World,
    role: String,
    folder: PathBuf,
}

/// The tests' server, as its superuser.
fn server() -> PgConnectOptions {
    let variable = "HOURGLASS_TEST_POSTGRES_URL";
    let url = std::env::var(variable).unwrap_or_else(|_| panic!("{variable} is not set: run `scripts/test.sh`"));
    PgConnectOptions::from_str(&url).unwrap().database("postgres")
}

async fn told(connection: &mut PgConnection, sql: &str) -> Result<(), String> {
    let done = sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(connection).await;
    done.map(drop).map_err(|error| format!("{sql}: {error}"))
}

impl Cluster {
    async fn make(version: u8) -> Self {
        let chance = RandomState::new().build_hasher().finish();
        let role = format!("odoo_{chance:016x}");
        let mut admin = server().connect().await.unwrap();
        told(&mut admin, &format!("CREATE ROLE {role} LOGIN CREATEDB PASSWORD '{role}'")).await.unwrap();
        let host = server();
        let url = format!("postgres://{role}:{role}@{}:{}/postgres", host.get_host(), host.get_port());
        let folder = std::env::temp_dir().join(&role);
        let options = OdooOptions {
            version,
            master_password: MASTER.to_owned(),
            kind: Kind::Postgres { url },
            filestore: Some(folder.clone()),
            ..OdooOptions::default()
        };
        let world = World::with(options, &format!("o{chance:016x}-"));
        Self { world, role, folder }
    }

    /// As the manager of panels connects: with Odoo's own role.
    async fn connect(&self, database: &str) -> Result<PgConnection, sqlx::Error> {
        server().username(&self.role).password(&self.role).database(database).connect().await
    }

    async fn sql(&self, database: &str, sql: &str) -> Result<(), String> {
        let mut connection = self.connect(database).await.map_err(|error| error.to_string())?;
        told(&mut connection, sql).await
    }

    async fn remove(self) {
        self.world.odoo.stop().await;
        let mut admin = server().connect().await.unwrap();
        let own = format!("SELECT datname::text FROM pg_database WHERE datdba = '{}'::regrole", self.role);
        let names: Vec<String> = sqlx::query_scalar(AssertSqlSafe(own)).fetch_all(&mut admin).await.unwrap();
        for name in names {
            told(&mut admin, &format!("ALTER DATABASE \"{name}\" IS_TEMPLATE false")).await.unwrap();
            told(&mut admin, &format!("DROP DATABASE \"{name}\" WITH (FORCE)")).await.unwrap();
        }
        told(&mut admin, &format!("DROP ROLE {}", self.role)).await.unwrap();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

macro_rules! in_postgres {
    ($($name:ident)*) => { $(
        #[tokio::test]
        async fn $name() {
            let cluster = Cluster::make(17).await;
            odoo_traps::$name(&cluster.world).await;
            cluster.remove().await;
        }
    )* };
}

in_postgres! {
    a_create_that_failed_says_true
    a_drop_may_do_nothing
    rpc_knows_no_host
    the_lock_of_the_list_has_a_hole
    closing_alone_leaves_who_is_in
    duplicating_throws_everybody_out
    templates_are_hidden_and_can_be_copied
    a_backup_becomes_another_panel
    renaming_moves_everything
    nothing_is_scheduled_in_a_closed_panel
}

// Harm prevented: what a manager measures by SQL is another figure than what Odoo says.
#[tokio::test]
async fn figures_are_read_by_sql() {
    let cluster = Cluster::make(18).await;
    let (world, panel) = (&cluster.world, cluster.world.panel("acme").await);
    world.odoo.databases().add_user(&panel, "portal", "p", true).await.unwrap();
    world.odoo.databases().add_user(&panel, "karim", "p", false).await.unwrap();
    world.login(&panel, LOGIN, PASSWORD).await.unwrap();
    let sql = "SELECT count(*) FILTER (WHERE u.active AND NOT u.share AND u.id<>1), \
               count(*) FILTER (WHERE u.active AND u.share), \
               (SELECT count(DISTINCT l.create_uid) FROM res_users_log l JOIN res_users x ON x.id=l.create_uid \
                 WHERE NOT x.share AND l.create_date > (now() at time zone 'utc') - interval '30 days') FROM res_users u";
    let mut connection = cluster.connect(&panel).await.unwrap();
    let seen: (i64, i64, i64) = sqlx::query_as(sql).fetch_one(&mut connection).await.unwrap();
    assert_eq!(seen, (2, 1, 1));
    assert_eq!(world.count(&panel).await, Ok(json!(2)));
    let size =
        "SELECT pg_database_size(oid) > 0 FROM pg_database WHERE datdba = current_user::regrole AND datname = $1";
    let sized: bool = sqlx::query_scalar(size).bind(&panel).fetch_one(&mut connection).await.unwrap();
    assert!(sized);
    connection.close().await.unwrap();
    cluster.remove().await;
}

// Harm prevented: a password or key that was written by SQL opens nothing, or a wrong one opens.
#[tokio::test]
async fn people_are_written_by_sql() {
    let cluster = Cluster::make(19).await;
    let (world, panel) = (&cluster.world, cluster.world.panel("acme").await);
    // The password is `password`, counted by Python's hashlib.
    let hash = "$pbkdf2-sha512$25000$LyWE0HrP2RsjZCxlDGFMKQ$\
                lobYCmn.7XUmLXpyPbYXcIqwWAdz80sSKGx3in4mP.uoj6DIcJAJkvmcVbSL4nk5qkbM0yCUphN70cBTE6jlqA";
    let sql = format!("UPDATE res_users SET login = 'salma', password = '{hash}' WHERE id = 2");
    cluster.sql(&panel, &sql).await.unwrap();
    assert_eq!(world.login(&panel, "salma", "password").await, Ok(json!(2)));
    assert_eq!(world.login(&panel, "salma", PASSWORD).await, Ok(json!(false)));
    let bears = async || {
        let request = world.client.post(world.at("/json/2/res.users/search_count")).bearer_auth("password");
        let request = request.header("host", format!("{panel}.x")).json(&json!({}));
        request.send().await.unwrap().status().as_u16()
    };
    assert_eq!(bears().await, 401);
    let insert = |expires: &str| {
        format!(
            "INSERT INTO res_users_apikeys (name, user_id, scope, index, key, expiration_date) \
             VALUES ('panels', 2, NULL, 'password', '{hash}', (now() at time zone 'utc') {expires})"
        )
    };
    cluster.sql(&panel, &insert("- interval '1 hour'")).await.unwrap();
    assert_eq!(bears().await, 401, "expired");
    cluster.sql(&panel, &insert("+ interval '1 hour'")).await.unwrap();
    assert_eq!(bears().await, 200, "at once, and without a restart");
    cluster.remove().await;
}

// Harm prevented: panels are closed and copied by SQL in rehearsal, and in earnest Odoo's own connections stand in the way.
#[tokio::test]
async fn databases_are_closed_and_cloned_by_sql() {
    let cluster = Cluster::make(17).await;
    let (world, panel) = (&cluster.world, cluster.world.panel("acme").await);
    let copy = world.name("copy");
    assert_eq!(world.count(&panel).await, Ok(json!(1)));
    let clone = format!("CREATE DATABASE \"{copy}\" TEMPLATE \"{panel}\"");
    assert!(cluster.sql("postgres", &clone).await.unwrap_err().contains("being accessed"), "Odoo is in it");
    cluster.sql("postgres", &format!("ALTER DATABASE \"{panel}\" ALLOW_CONNECTIONS false")).await.unwrap();
    assert_eq!(world.count(&panel).await, Ok(json!(1)), "on a connection that was kept");
    // A worker of PostgreSQL's own, such as a vacuum, is nobody's to end.
    let out = format!(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
         WHERE datname = '{panel}' AND backend_type = 'client backend'"
    );
    cluster.sql("postgres", &out).await.unwrap();
    assert_eq!(world.count(&panel).await, Err("psycopg2.OperationalError".into()));
    cluster.sql("postgres", &clone).await.unwrap();
    assert_eq!(world.count(&copy).await, Ok(json!(1)));
    assert_eq!(world.visit(&copy, "/web/login").await.status(), 200);
    cluster.sql("postgres", &format!("ALTER DATABASE \"{panel}\" ALLOW_CONNECTIONS true")).await.unwrap();
    assert_eq!(world.count(&panel).await, Ok(json!(1)));
    let revoked = format!("REVOKE CONNECT ON DATABASE \"{panel}\" FROM PUBLIC");
    cluster.sql("postgres", &revoked).await.unwrap();
    assert!(cluster.connect(&panel).await.is_ok(), "its owner keeps the right");
    assert!(cluster.folder.join(&panel).is_dir() && !cluster.folder.join(&copy).exists(), "files do not come along");
    cluster.remove().await;
}

// Harm prevented: one server lists, closes or drops the panels of another on the same cluster.
#[tokio::test]
async fn a_server_sees_its_own_role_alone() {
    let (one, other) = (Cluster::make(17).await, Cluster::make(16).await);
    let panel = one.world.panel("acme").await;
    assert_eq!(one.world.db("list", json!([])).await, Ok(json!([panel])));
    assert_eq!(other.world.db("list", json!([])).await, Ok(json!([])));
    assert_eq!(other.world.db("drop", json!([MASTER, panel])).await, Ok(json!(false)));
    assert_eq!(one.world.count(&panel).await, Ok(json!(1)));
    other.remove().await;
    one.remove().await;
}
