//! Databases on the PostgreSQL server: the schema is made once, as a template, and copied for each story.

use crate::database::connect;
use hourglass::store::Store;
use sea_orm::{ConnectionTrait, DatabaseConnection};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::net::SocketAddr;
use std::path::Path;

const VARIABLE: &str = "HOURGLASS_TEST_POSTGRES_URL";
/// Any number: held while the template is looked for and made, so that stories that start together make it once.
const LOCK: i64 = 0x7465_6d70_6c61_7465;

/// The server's address without a database.
fn server() -> String {
    let url = std::env::var(VARIABLE).unwrap_or_else(|_| {
        panic!(
            "{VARIABLE} is not set, and this test needs PostgreSQL. Run it by `scripts/test.sh`, or beside a server of \
             its own: `scripts/postgres.sh run cargo nextest run …`"
        )
    });
    let (server, _) = url.rsplit_once('/').unwrap_or_else(|| panic!("{VARIABLE} names no database: {url}"));
    server.to_owned()
}

async fn told(db: &DatabaseConnection, sql: &str) {
    db.execute_unprepared(sql).await.unwrap_or_else(|error| panic!("{sql}: {error}"));
}

/// A copy of the template under this name; its address.
pub(crate) async fn copy(name: &str) -> String {
    let server = server();
    let admin = connect(&format!("{server}/postgres")).await;
    let template = format!("hourglass_template_{:016x}", fingerprint());
    // The lock is the connection's, of which this pool has one: it ends with it, whatever happens in between.
    told(&admin, &format!("SELECT pg_advisory_lock({LOCK})")).await;
    let known = format!("SELECT 1 FROM pg_database WHERE datname = '{template}'");
    if admin
        .query_all_raw(sea_orm::Statement::from_string(admin.get_database_backend(), known))
        .await
        .unwrap()
        .is_empty()
    {
        let draft = format!("{template}_draft");
        told(&admin, &format!("DROP DATABASE IF EXISTS {draft} WITH (FORCE)")).await;
        told(&admin, &format!("CREATE DATABASE {draft}")).await;
        let store = Store::open(&format!("{server}/{draft}"), 4).await.expect("the draft of the template");
        store.migrate().await.expect("the schema of the template");
        drop(store);
        let guests = format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{draft}'");
        told(&admin, &guests).await;
        told(&admin, &format!("ALTER DATABASE {draft} RENAME TO {template}")).await;
    }
    told(&admin, &format!("SELECT pg_advisory_unlock({LOCK})")).await;
    told(&admin, &format!("CREATE DATABASE {name} TEMPLATE {template}")).await;
    let _ = admin.close().await;
    format!("{server}/{name}")
}

/// Removes a copy, whoever is still connected to it.
pub(crate) async fn remove(name: &str) {
    let admin = connect(&format!("{}/postgres", server())).await;
    told(&admin, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await;
    let _ = admin.close().await;
}

/// A role of a story's own that may make databases: where the server listens, and the role's address of it for whoever calls at
/// another place.
pub(crate) async fn role(name: &str) -> (SocketAddr, impl Fn(&str) -> String + use<>) {
    let server = server();
    let admin = connect(&format!("{server}/postgres")).await;
    told(&admin, &format!("CREATE ROLE {name} LOGIN CREATEDB PASSWORD 'made-up'")).await;
    let _ = admin.close().await;
    let place = server.rsplit(['@', '/']).next().unwrap_or_default().replace("localhost", "127.0.0.1");
    let at: SocketAddr =
        place.parse().unwrap_or_else(|error| panic!("{VARIABLE} names no place, but {place}: {error}"));
    let name = name.to_owned();
    // What is said there is listened to.
    (at, move |at: &str| format!("postgres://{name}:made-up@{at}/postgres?sslmode=disable"))
}

/// Removes a role and all databases that it has made.
pub(crate) async fn remove_role(name: &str) {
    let admin = connect(&format!("{}/postgres", server())).await;
    let own = format!("SELECT CAST(datname AS TEXT) AS name FROM pg_database WHERE pg_get_userbyid(datdba) = '{name}'");
    let own = sea_orm::Statement::from_string(admin.get_database_backend(), own);
    for row in admin.query_all_raw(own).await.expect("an answer") {
        let database: String = row.try_get_by_index(0).expect("a name");
        told(&admin, &format!("ALTER DATABASE \"{database}\" IS_TEMPLATE false")).await;
        told(&admin, &format!("DROP DATABASE \"{database}\" WITH (FORCE)")).await;
    }
    told(&admin, &format!("DROP ROLE {name}")).await;
    let _ = admin.close().await;
}

/// Of the migrations' text: another schema is another template.
fn fingerprint() -> u64 {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../migrations/src");
    let mut files: Vec<_> =
        std::fs::read_dir(folder).expect("the migrations").flatten().map(|entry| entry.path()).collect();
    files.sort();
    let mut hasher = DefaultHasher::new();
    for file in files {
        std::fs::read(file).expect("a migration").hash(&mut hasher);
    }
    hasher.finish()
}
