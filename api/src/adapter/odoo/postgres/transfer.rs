//! A panel into its file, and out of it. See `archive` for the format.

use std::collections::BTreeSet;
use std::io;
use std::path::Path;
use std::pin::pin;
use std::process::Stdio;
use std::time::Duration;

use sqlx::{PgConnection, Row as _};
use tokio::time::timeout;

use super::super::driver::refused;
use super::super::names::Name;
use super::archive::{self, Manifest};
use super::child::Program;
use super::cluster::{self, Facts, judged, quoted};
use super::filestore::{Owner, threaded_while_awaited};
use super::{PgDb, filestore, furnish, marked, signals};
use crate::port::Unknown;
use crate::port::host::{Dumped, HostError, Identity};

/// PostgreSQL does not say how far it is with a database that it makes from a dump; the largest have long indexes.
const LOAD_MAX: Duration = Duration::from_secs(6 * 3_600);

impl PgDb {
    /// A closed database is not opened for it: a copy of it is dumped, which nobody knows of, and dropped.
    pub(super) async fn dump_whole(&self, name: &Name, into: &Path) -> Result<Dumped, HostError> {
        self.files.look().await?;
        let mut conn = self.cluster.enter(None).await?;
        let Some(facts) = cluster::facts(&mut conn, name.as_str()).await? else {
            return refused("there is no such database");
        };
        let copy = copy_of(&facts);
        if facts.open {
            // Of an earlier dump, while it was closed. It costs room and nothing else, and goes with the database at the latest.
            let _ = drop_copy(&mut conn, &copy).await;
            cluster::leave(conn).await;
            return self.pour(name.as_str(), name, &facts, into).await;
        }
        drop_copy(&mut conn, &copy).await?;
        let (owner, from) = (quoted(&facts.owner), quoted(name.as_str()));
        let sql = format!("CREATE DATABASE {} OWNER {owner} TEMPLATE {from} IS_TEMPLATE true", quoted(&copy));
        cluster::run(&mut conn, "copying the closed database", &sql).await?;
        let poured = self.pour(&copy, name, &facts, into).await;
        // A copy that stays costs room and nothing else; the next dump of this database drops it, or else its removal.
        let _ = drop_copy(&mut conn, &copy).await;
        poured
    }

    async fn pour(&self, database: &str, name: &Name, facts: &Facts, into: &Path) -> Result<Dumped, HostError> {
        let mut inside = self.cluster.enter(Some(database)).await?;
        let version = furnish::version(&mut inside).await?;
        let wanted = wanted(&mut inside).await?;
        cluster::leave(inside).await;
        let manifest = Manifest::new(name.as_str(), &facts.owner, version.map(|it| it.text));
        let arguments = ["--format=custom".to_owned(), "--no-password".to_owned()];
        let mut program =
            Program::start("pg_dump", &self.cluster, database, &arguments, (Stdio::null(), Stdio::piped()))?;
        let (file, folder) = (into.to_owned(), self.files.of(name.as_str()));
        let output = program.output().map_err(|_| Unknown::new("pg_dump cannot be read"))?;
        let write = threaded_while_awaited(move |stop| archive::write(&file, &manifest, output, &folder, wanted, stop));
        let both = async { tokio::join!(write, program.end()) };
        let written = match as_long_as_it_grows(into, self.cluster.work, both).await {
            // The program first: if it failed, the file is whatever it was given.
            Some((written, ended)) => {
                let taken = matches!(&written, Err(error) if error.kind() == io::ErrorKind::AlreadyExists);
                if taken {
                    // Somebody else's, and not ours to clear away.
                    return refused("the panel's file is there already");
                }
                match ended.and(written.map_err(|error| filestore::told("writing the panel's file", &error))) {
                    Ok(missing) => self.lacks(database, name, missing).await,
                    Err(error) => Err(error),
                }
            }
            None => Err(Unknown::new("the panel's file did not grow for too long").into()),
        };
        if written.is_err() {
            let _ = tokio::fs::remove_file(into).await;
        }
        written
    }

    /// What the panel's records name and the copy has not; what was deleted there while it was made is not missed. A file may have been lost
    /// years ago, and the rest is copied all the same. Where the whole folder is missing, it is rather somewhere else.
    async fn lacks(&self, database: &str, name: &Name, missing: BTreeSet<String>) -> Result<Dumped, HostError> {
        if missing.is_empty() {
            return Ok(Dumped { missing_files: Some(0) });
        }
        let mut inside = self.cluster.enter(Some(database)).await?;
        let still = wanted(&mut inside).await?;
        cluster::leave(inside).await;
        let many = missing.intersection(&still).count();
        if many > 0 && many == still.len() && !self.files.has(name).await? {
            return refused(format!(
                "none of the {many} files that the panel's records name is there, nor a folder for them: bring it back, or \
                 make an empty one if they are lost"
            ));
        }
        Ok(Dumped { missing_files: Some(u32::try_from(many).unwrap_or(u32::MAX)) })
    }

    /// Makes a database from a file. Hidden until it is whole.
    pub(super) async fn make_from(
        &self,
        at: &Name,
        from: &Path,
        manifest: &Manifest,
        identity: Option<&Identity>,
    ) -> Result<(), HostError> {
        self.files.look().await?;
        let mut conn = self.cluster.enter(None).await?;
        let owner = owner(&mut conn, &manifest.owner).await?;
        let sql = format!(
            "CREATE DATABASE {} OWNER {} ENCODING 'UTF8' LC_COLLATE 'C' TEMPLATE template0 IS_TEMPLATE true",
            quoted(at.as_str()),
            quoted(&owner)
        );
        cluster::run(&mut conn, "making the database", &sql).await?;
        self.fill(at, from, &owner).await?;
        let mut inside = self.cluster.enter(Some(at.as_str())).await?;
        let told = made_another(&mut inside, identity).await;
        cluster::leave(inside).await;
        told?;
        cluster::run(&mut conn, "giving the database away", &marked(at, false)).await?;
        cluster::leave(conn).await;
        Ok(())
    }

    async fn fill(&self, at: &Name, from: &Path, owner: &str) -> Result<(), HostError> {
        let mut arguments: Vec<String> =
            ["--format=custom", "--no-owner", "--no-acl", "--exit-on-error", "--no-password"]
                .map(str::to_owned)
                .to_vec();
        arguments.push(format!("--dbname={at}"));
        if owner != self.cluster.options().get_username() {
            arguments.push(format!("--role={owner}"));
        }
        let mut program =
            Program::start("pg_restore", &self.cluster, at.as_str(), &arguments, (Stdio::piped(), Stdio::null()))?;
        let input = program.input().map_err(|_| Unknown::new("pg_restore cannot be written to"))?;
        let (file, folder, root) = (from.to_owned(), self.files.of(at.as_str()), self.files.of(""));
        let read = threaded_while_awaited(move |stop| archive::read(&file, input, &folder, Owner::of(&root)?, stop));
        let both = async { tokio::join!(read, program.end()) };
        match timeout(LOAD_MAX, both).await {
            // A program that gave up says why; the pipe that broke then does not.
            Ok((Err(error), Err(why))) if error.kind() == io::ErrorKind::BrokenPipe => refused(why.to_string()),
            Ok((Err(error), _)) => Err(filestore::told("reading the panel's file", &error)),
            // Whole, and PostgreSQL would not have it: so it will say tomorrow.
            Ok((Ok(()), Err(HostError::Unknown(why)))) => refused(why.to_string()),
            Ok((Ok(()), ended)) => ended,
            Err(_) => Err(Unknown::new("restoring took too long").into()),
        }
    }
}

async fn made_another(inside: &mut PgConnection, identity: Option<&Identity>) -> Result<(), HostError> {
    if let Some(identity) = identity {
        furnish::as_another(inside, identity).await?;
    }
    signals::another_database(inside).await
}

/// The files that the panel's records name, each by its path below the panel's folder.
async fn wanted(inside: &mut PgConnection) -> Result<BTreeSet<String>, HostError> {
    if !furnish::has_table(inside, "ir_attachment").await? {
        return Ok(BTreeSet::new());
    }
    let told = |error| judged("listing the panel's files", &error);
    let sql = "SELECT DISTINCT store_fname::text FROM ir_attachment WHERE store_fname <> ''";
    let rows = sqlx::query(sql).fetch_all(inside).await.map_err(told)?;
    rows.iter().map(|row| row.try_get(0)).collect::<Result<_, _>>().map_err(told)
}

/// What comes of `work`, as long as the file that it writes grows; `None` once that has stood still for `patience`.
async fn as_long_as_it_grows<T>(file: &Path, patience: Duration, work: impl Future<Output = T>) -> Option<T> {
    let (mut work, mut before) = (pin!(work), 0);
    loop {
        if let Ok(done) = timeout(patience, &mut work).await {
            return Some(done);
        }
        let now = tokio::fs::metadata(file).await.map_or(0, |file| file.len());
        if now <= before {
            return None;
        }
        before = now;
    }
}

/// What the copy of a database is called that is made only to be dumped.
pub(super) fn copy_of(facts: &Facts) -> String {
    format!("{}{}", cluster::COPY, facts.oid)
}

/// Drops such a copy. `Ok` also if there is none.
pub(super) async fn drop_copy(conn: &mut PgConnection, copy: &str) -> Result<(), HostError> {
    if cluster::facts(conn, copy).await?.is_none() {
        return Ok(());
    }
    let copy = quoted(copy);
    cluster::run(conn, "dropping the copy", &format!("ALTER DATABASE {copy} IS_TEMPLATE false")).await?;
    cluster::run(conn, "dropping the copy", &format!("DROP DATABASE IF EXISTS {copy} WITH (FORCE)")).await
}

/// Whose the database becomes: the one it was, if that role is here and we may act for it.
async fn owner(conn: &mut PgConnection, wanted: &str) -> Result<String, HostError> {
    let told = |error| judged("making the database", &error);
    let sql = "SELECT coalesce((SELECT rolname::text FROM pg_roles WHERE rolname = $1 AND pg_has_role(oid, 'USAGE')), \
               current_user::text)";
    let row = sqlx::query(sql).bind(wanted).fetch_one(conn).await.map_err(told)?;
    row.try_get(0).map_err(told)
}
