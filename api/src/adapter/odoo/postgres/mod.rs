//! Databases by way of PostgreSQL itself, and their files by way of a folder: any version of Odoo, and none need be running.
//!
//! A database that is being made is marked as a template: Odoo lists no templates, so neither its scheduler nor a visitor finds
//! it before it is whole. The role must be the one that owns the panels' databases, or one that may act for it. The folder is Odoo's own
//! `filestore`, with one folder for each database in it.

mod archive;
mod child;
mod cluster;
mod filestore;
mod furnish;
mod measure;
mod signals;
mod transfer;

use std::path::Path;
use std::sync::Arc;

use async_trait::async_trait;
use sqlx::PgConnection;

use super::choose;
use super::driver::{Door, Driver, Site, refused};
use super::identity::CLIENT_ID;
use super::names::Name;
use super::version::Version;
use crate::port::Unknown;
use crate::port::host::{DatabaseSeen, Dumped, HostError, Identity, Measured, ServerAccess};
use cluster::{Cluster, Facts, judged, quoted};
use filestore::Filestore;

/// One server's cluster and files.
pub(super) struct PgDb {
    site: Site,
    cluster: Cluster,
    files: Filestore,
}

/// How often a rename is tried while somebody keeps coming back in between.
const RENAMES_MAX: u32 = 5;

impl PgDb {
    /// Whether a server's databases can be reached like this.
    pub(super) fn may(access: &ServerAccess) -> bool {
        access.secrets.database_url.is_some() && access.files_folder.is_some()
    }

    /// The driver of a server, if they can.
    pub(super) fn of(site: &Site) -> Result<Option<Self>, HostError> {
        let (Some(url), Some(folder)) = (&site.access.secrets.database_url, &site.access.files_folder) else {
            return Ok(None);
        };
        let cluster = Cluster::of(url, &site.line)?;
        Ok(Some(Self { site: site.clone(), cluster, files: Filestore::at(folder) }))
    }

    /// What must be true of a template: it is there, and nobody comes in while it is copied.
    async fn template(&self, conn: &mut PgConnection, template: &str) -> Result<Facts, HostError> {
        match cluster::facts(conn, template).await? {
            None => refused("there is no such template"),
            Some(facts) if facts.open && !facts.template => {
                refused("the template is open, and may be somebody's panel: close it, or mark it as a template")
            }
            Some(facts) => Ok(facts),
        }
    }

    /// Drops it and its files. `Ok` also if it was not there.
    async fn discard(&self, conn: &mut PgConnection, name: &Name) -> Result<(), HostError> {
        if let Some(facts) = cluster::facts(conn, name.as_str()).await? {
            if facts.template && !facts.open {
                return refused("this is a template, and none of ours: it stays");
            }
            // It holds the same books, and is found by this database's number alone.
            transfer::drop_copy(conn, &transfer::copy_of(&facts)).await?;
            if facts.template {
                // Half made. A template cannot be dropped.
                cluster::run(conn, "dropping the database", &marked(name, false)).await?;
            }
            let sql = format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", quoted(name.as_str()));
            cluster::run(conn, "dropping the database", &sql).await?;
            if cluster::facts(conn, name.as_str()).await?.is_some() {
                return Err(Unknown::new("the database was dropped, and is there").into());
            }
        }
        self.files.remove(name).await
    }

    /// What was begun is taken away; only then the no is a no.
    async fn finished(&self, at: &Name, made: Result<(), HostError>) -> Result<(), HostError> {
        let Err(HostError::Refused(why)) = made else { return made };
        let cleared = async {
            let mut conn = self.cluster.enter(None).await?;
            self.discard(&mut conn, at).await
        };
        match cleared.await {
            Ok(()) => refused(why),
            Err(left) => Err(Unknown::new(format!("{why}; and what was made is still there: {left}")).into()),
        }
    }

    async fn make(&self, at: &Name, template: &str, identity: &Identity) -> Result<(), HostError> {
        let mut conn = self.cluster.enter(None).await?;
        let facts = self.template(&mut conn, template).await?;
        let sql = format!(
            "CREATE DATABASE {} OWNER {} TEMPLATE {} IS_TEMPLATE true",
            quoted(at.as_str()),
            quoted(&facts.owner),
            quoted(template)
        );
        cluster::run(&mut conn, "copying the template", &sql).await?;
        self.files.copy(template, at).await?;
        let mut inside = self.cluster.enter(Some(at.as_str())).await?;
        let furnished = furnish::as_ours(&mut inside, identity).await;
        cluster::leave(inside).await;
        furnished?;
        cluster::run(&mut conn, "giving the database away", &marked(at, false)).await?;
        cluster::leave(conn).await;
        Ok(())
    }

    async fn let_in(&self, name: &Name, who: bool) -> Result<Option<PgConnection>, HostError> {
        let mut conn = self.cluster.enter(None).await?;
        let Some(facts) = cluster::facts(&mut conn, name.as_str()).await? else { return Ok(None) };
        if facts.template {
            return refused("this is a template, and no panel");
        }
        let sql = format!("ALTER DATABASE {} ALLOW_CONNECTIONS {who}", quoted(name.as_str()));
        cluster::run(&mut conn, if who { "opening the database" } else { "closing the database" }, &sql).await?;
        Ok(Some(conn))
    }

    /// Into a database, also a closed one: that is open for the moment of coming in, and then closed again.
    async fn come_in(&self, name: &Name) -> Result<PgConnection, HostError> {
        let mut conn = self.cluster.enter(None).await?;
        let facts = cluster::facts(&mut conn, name.as_str()).await?;
        cluster::leave(conn).await;
        if facts.is_none_or(|facts| facts.open) {
            return self.cluster.enter(Some(name.as_str())).await;
        }
        self.let_in(name, true).await?;
        let inside = self.cluster.enter(Some(name.as_str())).await;
        self.let_in(name, false).await?;
        inside
    }

    async fn move_database(&self, from: &Name, to: &Name) -> Result<(), HostError> {
        let mut conn = self.cluster.enter(None).await?;
        let there = cluster::facts(&mut conn, from.as_str()).await?.is_some();
        let moved = cluster::facts(&mut conn, to.as_str()).await?.is_some();
        match (there, moved) {
            (true, true) => return refused("there are databases of both names"),
            (false, false) => return refused("there is no database of either name"),
            (false, true) => return Ok(()),
            (true, false) => {}
        }
        let sql = format!("ALTER DATABASE {} RENAME TO {}", quoted(from.as_str()), quoted(to.as_str()));
        // A pool of Odoo's comes back at once; the lock of the renaming itself keeps everybody out.
        for _ in 1..RENAMES_MAX {
            cluster::send_away(&mut conn, from.as_str()).await?;
            match cluster::try_run(&mut conn, &sql).await {
                Ok(()) => return Ok(()),
                Err(error) if cluster::is_in_use(&error) => {}
                Err(error) => return Err(judged("renaming the database", &error)),
            }
        }
        Err(Unknown::new("renaming the database: somebody keeps coming back to it").into())
    }
}

/// What marks a database as a template, or takes the mark away.
fn marked(name: &Name, template: bool) -> String {
    format!("ALTER DATABASE {} IS_TEMPLATE {template}", quoted(name.as_str()))
}

#[async_trait]
impl Driver for PgDb {
    fn word(&self) -> &'static str {
        "postgres"
    }

    fn locks(&self) -> bool {
        true
    }

    async fn version(&self) -> Result<Version, HostError> {
        choose::version(&self.site).await
    }

    fn lists_closed(&self) -> bool {
        true
    }

    async fn databases(&self) -> Result<Vec<DatabaseSeen>, HostError> {
        self.files.look().await?;
        let mut conn = self.cluster.enter(None).await?;
        let all = cluster::all(&mut conn).await?;
        Ok(all
            .into_iter()
            .map(|(name, facts)| DatabaseSeen { name, closed: Some(!facts.open), template: Some(facts.template) })
            .collect())
    }

    async fn database_bytes(&self) -> Option<i64> {
        measure::all_databases(&self.cluster).await
    }

    async fn measure(&self, name: &Name) -> Measured {
        let service = self.site.access.secrets.service_login.as_deref().unwrap_or_default();
        measure::measure(&self.cluster, &self.files, name, service).await
    }

    async fn close(&self, name: &Name) -> Result<(), HostError> {
        match self.let_in(name, false).await? {
            Some(mut conn) => cluster::send_away(&mut conn, name.as_str()).await,
            None => Ok(()),
        }
    }

    async fn open(&self, name: &Name) -> Result<(), HostError> {
        match self.let_in(name, true).await? {
            Some(_) => Ok(()),
            None => refused("there is no such database"),
        }
    }

    async fn build(&self, at: &Name, template: &str, identity: &Identity) -> Result<(), HostError> {
        let mut conn = self.cluster.enter(None).await?;
        // Before anything is touched.
        self.template(&mut conn, template).await?;
        self.discard(&mut conn, at).await?;
        cluster::leave(conn).await;
        let made = self.make(at, template, identity).await;
        self.finished(at, made).await
    }

    async fn adopt(&self, name: &Name, identity: &Identity) -> Result<Option<String>, HostError> {
        let mut inside = self.come_in(name).await?;
        let adopted = furnish::as_adopted(&mut inside, identity).await;
        cluster::leave(inside).await;
        adopted.map(|()| None)
    }

    async fn rename(&self, from: &Name, to: &Name) -> Result<(), HostError> {
        self.move_database(from, to).await?;
        self.files.rename(from, to).await
    }

    async fn remove(&self, name: &Name) -> Result<(), HostError> {
        let mut conn = self.cluster.enter(None).await?;
        self.discard(&mut conn, name).await
    }

    async fn dump(&self, name: &Name, into: &Path) -> Result<Dumped, HostError> {
        self.dump_whole(name, into).await
    }

    async fn is_gone(&self, name: &Name) -> Result<bool, HostError> {
        let mut conn = self.cluster.enter(None).await?;
        Ok(cluster::facts(&mut conn, name.as_str()).await?.is_none())
    }

    async fn load(&self, at: &Name, from: &Path, identity: Option<&Identity>) -> Result<(), HostError> {
        let manifest = archive::manifest(from).await?;
        let mut conn = self.cluster.enter(None).await?;
        self.discard(&mut conn, at).await?;
        cluster::leave(conn).await;
        let made = self.make_from(at, from, &manifest, identity).await;
        self.finished(at, made).await
    }

    async fn door(&self, name: &Name) -> Result<Door, HostError> {
        let mut inside = self.cluster.enter(Some(name.as_str())).await?;
        let there = furnish::has_table(&mut inside, "auth_oauth_provider").await?;
        let provider = if there { furnish::provider(&mut inside, CLIENT_ID).await? } else { None };
        cluster::leave(inside).await;
        match provider {
            Some(provider) => Ok(Door { provider, version: self.version().await? }),
            None => refused("the panel does not know us as a provider of sign-ins: adopt it again"),
        }
    }
}

/// The path of a folder, shared with the threads that work on it.
type Folder = Arc<Path>;
