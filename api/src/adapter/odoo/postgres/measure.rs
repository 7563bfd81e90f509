//! What a panel weighs and who works in it, by SQL: nobody signs in, so nothing looks alive that is not.

use std::time::Instant;

use shared::billing::gauge::Sample;
use shared::time::Timestamp;
use sqlx::{PgConnection, Row as _};
use tokio::time::timeout;

use super::super::names::Name;
use super::cluster::{self, Cluster};
use super::filestore::Filestore;
use crate::port::host::Measured;

/// Distinct internal people who were active at any time of the last day: those who are, and those who were archived or changed since. The system
/// itself is nobody, and neither are the rows from which others are made, nor our own person.
const USERS: &str = "\
SELECT count(*) FROM res_users u
 WHERE NOT u.share AND u.id <> 1 AND u.login <> $1
   AND (u.active OR (u.login <> 'default'
        AND greatest(u.create_date, u.write_date) >= (now() AT TIME ZONE 'utc') - interval '24 hours'))";

/// The vacuum keeps the newest row of each person, so the newest of all is always there.
const LAST: &str = "\
SELECT extract(epoch FROM max(l.create_date))::bigint
  FROM res_users_log l JOIN res_users u ON u.id = l.create_uid
 WHERE u.id <> 1 AND u.login <> $1";

/// Looks from outside for the bytes, which a closed database has too, and from inside for the people.
pub(super) async fn measure(cluster: &Cluster, files: &Filestore, name: &Name, service: &str) -> Measured {
    let inside = timeout(cluster.look, people(cluster, name, service)).await.ok().flatten();
    let (users, last_active_at) = inside.unwrap_or_default();
    let storage_bytes = timeout(cluster.look, weight(cluster, files, name)).await.ok().flatten();
    Measured { sample: Sample { users, storage_bytes }, last_active_at }
}

async fn people(cluster: &Cluster, name: &Name, service: &str) -> Option<(Option<i64>, Option<Timestamp>)> {
    let mut conn = cluster.enter(Some(name.as_str())).await.ok()?;
    let users = number(&mut conn, USERS, service).await;
    let last = number(&mut conn, LAST, service).await.map(Timestamp::from_unix);
    cluster::leave(conn).await;
    Some((users, last))
}

async fn number(conn: &mut PgConnection, sql: &'static str, service: &str) -> Option<i64> {
    let row = sqlx::query(sql).bind(service).fetch_one(conn).await.ok()?;
    row.try_get::<Option<i64>, _>(0).ok().flatten()
}

async fn weight(cluster: &Cluster, files: &Filestore, name: &Name) -> Option<i64> {
    let until = Instant::now() + cluster.look;
    let mut conn = cluster.enter(None).await.ok()?;
    let sql = "SELECT pg_database_size(oid) FROM pg_database WHERE datname = $1";
    let row = sqlx::query(sql).bind(name.as_str()).fetch_optional(&mut conn).await.ok()??;
    let database: i64 = row.try_get(0).ok()?;
    cluster::leave(conn).await;
    // Half of the weight would be a wrong weight.
    let files = i64::try_from(files.bytes(name, until).await?).ok()?;
    database.checked_add(files)
}

/// What all databases that this role may act on weigh together, without their files.
pub(super) async fn all_databases(cluster: &Cluster) -> Option<i64> {
    let sum = async {
        let mut conn = cluster.enter(None).await.ok()?;
        let sql = "SELECT coalesce(sum(pg_database_size(oid)), 0)::bigint FROM pg_database WHERE pg_has_role(datdba, 'USAGE')";
        let row = sqlx::query(sql).fetch_one(&mut conn).await.ok()?;
        let bytes = row.try_get(0).ok();
        cluster::leave(conn).await;
        bytes
    };
    timeout(cluster.look, sum).await.ok().flatten()
}
