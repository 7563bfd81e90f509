//! The host: where panels are truly up or not, whoever can see it; with it the shelf on which copies of them are kept.

use super::latency::Latency;
use crate::seed::Chance;
use crate::workload::plans::sample;
use async_trait::async_trait;
use hourglass::port::Unknown;
use hourglass::port::clock::Clock;
use hourglass::port::host::{
    DatabaseSeen, Dumped, HostError, Identity, Measured, PanelAddress, PanelHost, ServerAccess, Survey,
};
use hourglass::port::shelf::{FetchError, Kept, Shelf};
use shared::billing::gauge::Sample;
use shared::billing::usage::Seen;
use shared::ids::BackupId;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use url::Url;

/// A database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Held {
    /// What it holds.
    pub(crate) data: Data,
    /// Whether it lets nobody in.
    pub(crate) locked: bool,
    /// Whether people have worked in it since it was made.
    used: bool,
}

impl Held {
    /// One that was just made, and lets people in.
    pub(crate) const fn new(data: Data) -> Self {
        Self { data, locked: false, used: false }
    }
}

/// What a database or a copy holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Data {
    /// Whose: a tenant's id, or the name of a database that was there before it was anybody's panel.
    pub(crate) of: String,
    /// The last work of its people, counted over all of them.
    pub(crate) work: u64,
}

/// What the host truly is.
#[derive(Debug, Default)]
pub(crate) struct HostTruth {
    /// Panels that do not serve.
    pub(crate) down: BTreeSet<String>,
    /// The databases that there are, by name.
    pub(crate) databases: BTreeMap<String, Held>,
    /// Copies on their way to or from the shelf.
    files: BTreeMap<PathBuf, Data>,
    /// Copies on the shelf.
    pub(crate) shelf: BTreeMap<BackupId, Data>,
    /// The last work of anybody.
    work: u64,
    /// How many workers do something at a panel's databases at this moment.
    at_work: BTreeMap<String, u32>,
    /// What two of them did at once.
    pub(crate) clashes: Vec<String>,
    /// Databases that were dropped, and with them what nobody has a copy of.
    pub(crate) lost: Vec<String>,
    /// Of 100 questions so many get no answer.
    pub(crate) silent_percent: i64,
    /// What was answered: panel, the asker's instant, what it was told of the panel and of what it holds.
    pub(crate) said: BTreeMap<(String, i64), Vec<(Seen, Sample)>>,
}

impl HostTruth {
    fn set_locked(&mut self, name: &str, locked: bool) -> bool {
        self.databases.get_mut(name).map(|it| it.locked = locked).is_some()
    }

    fn serves(&self, name: &str) -> bool {
        !self.down.contains(name) && self.databases.get(name).is_some_and(|it| !it.locked)
    }

    fn rename(&mut self, from: &str, to: &str) -> bool {
        match (self.databases.contains_key(from), self.databases.contains_key(to)) {
            (true, false) => {
                let moved = self.databases.remove(from);
                self.databases.extend(moved.map(|it| (to.to_owned(), it)));
                true
            }
            (false, true) => true,
            (true, true) | (false, false) => false,
        }
    }

    fn remove(&mut self, name: &str) {
        let Some(gone) = self.databases.remove(name) else { return };
        let copied = match name.split_once("--") {
            // What it holds now, to the last work.
            None => gone.data.of != name && self.shelf.values().any(|copy| *copy == gone.data),
            Some((_, job)) => match job.strip_suffix("-old") {
                // The copy that this very restore has made.
                Some(job) => {
                    self.shelf.iter().any(|(id, copy)| id.to_string().ends_with(job) && copy.of == gone.data.of)
                }
                // What a job builds is its own until people work in it.
                None => !gone.used,
            },
        };
        if !copied {
            self.lost.push(format!("{name}: {gone:?}"));
        }
    }

    /// People work in a panel, if it lets them.
    pub(crate) fn people_work(&mut self, name: &str) {
        if self.serves(name)
            && let Some(held) = self.databases.get_mut(name)
        {
            self.work += 1;
            (held.data.work, held.used) = (self.work, true);
        }
    }
}

/// The panel at whose databases somebody works, under whatever name.
fn panel_of(name: &str) -> String {
    name.split("--").next().unwrap_or_default().to_owned()
}

/// A worker does something at a panel's databases, until this is dropped: by its end or by its death.
struct AtWork<'a> {
    host: &'a Host,
    panel: String,
}

impl Drop for AtWork<'_> {
    fn drop(&mut self) {
        if let Some(workers) = self.host.truth().at_work.get_mut(&self.panel) {
            *workers -= 1;
        }
    }
}

/// The host of all processes.
#[derive(Debug)]
pub(crate) struct Host {
    truth: Mutex<HostTruth>,
    chance: Mutex<Chance>,
    latency: Arc<Latency>,
}

impl Host {
    /// With a chance of its own for what goes wrong.
    pub(crate) fn new(chance: Chance, latency: Arc<Latency>) -> Self {
        Self { truth: Mutex::default(), chance: Mutex::new(chance), latency }
    }

    /// The truth.
    pub(crate) fn truth(&self) -> MutexGuard<'_, HostTruth> {
        self.truth.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn draw(&self, percent: i64) -> bool {
        self.chance.lock().unwrap_or_else(PoisonError::into_inner).percent(percent)
    }

    fn work(&self, name: &str, what: &str) -> AtWork<'_> {
        let (panel, mut truth) = (panel_of(name), self.truth());
        let workers = truth.at_work.entry(panel.clone()).or_default();
        *workers += 1;
        if *workers > 1 {
            truth.clashes.push(format!("{what} {name}, and another worker was at work there"));
        }
        AtWork { host: self, panel }
    }

    /// A question or an order that may get lost on its way there or back, and may take its time.
    async fn travel<T>(&self, act: impl FnOnce(&mut HostTruth) -> T) -> Result<T, Unknown> {
        let percent = self.truth().silent_percent;
        let (lost, unanswered, late) = (self.draw(percent / 2), self.draw(percent / 2), self.draw(50));
        if late {
            self.latency.wait().await;
        }
        if lost {
            return Err(Unknown::new("no connection"));
        }
        let answer = act(&mut self.truth());
        if !late {
            self.latency.wait().await;
        }
        if unanswered { Err(Unknown::new("no answer")) } else { Ok(answer) }
    }
}

/// The host as one process sees it.
pub(crate) struct HostOf {
    /// The host.
    pub(crate) host: Arc<Host>,
    /// The process's billing clock.
    pub(crate) clock: Arc<dyn Clock>,
    /// When the process asked last: what it measures then belongs to that look.
    pub(crate) asked_at: AtomicI64,
}

#[async_trait]
impl PanelHost for HostOf {
    async fn probe(&self, panel: &PanelAddress) -> Seen {
        let asked_at = self.clock.now().unix();
        let look = |truth: &mut HostTruth| if truth.serves(&panel.subdomain) { Seen::Up } else { Seen::Down };
        let seen = self.host.travel(look).await.unwrap_or(Seen::Unknown);
        self.host.truth().said.entry((panel.subdomain.clone(), asked_at)).or_default().push((seen, Sample::default()));
        self.asked_at.store(asked_at, Ordering::SeqCst);
        seen
    }

    async fn measure(&self, panel: &PanelAddress) -> Measured {
        let held = sample(&mut self.host.chance.lock().unwrap_or_else(PoisonError::into_inner));
        let sample = self.host.travel(|_| held).await.unwrap_or_default();
        let asked_at = self.asked_at.load(Ordering::SeqCst);
        self.host.truth().said.entry((panel.subdomain.clone(), asked_at)).or_default().push((Seen::Up, sample));
        Measured { sample, last_active_at: None }
    }

    async fn close(&self, panel: &PanelAddress) -> Result<(), HostError> {
        Ok(self.host.travel(|truth| truth.set_locked(&panel.subdomain, true)).await.map(drop)?)
    }

    async fn open(&self, panel: &PanelAddress) -> Result<(), HostError> {
        let there = self.host.travel(|truth| truth.set_locked(&panel.subdomain, false)).await?;
        if there { Ok(()) } else { refused("there is no such database") }
    }

    async fn survey(&self, _: &ServerAccess) -> Result<Survey, HostError> {
        let database = |(name, it): (&String, &Held)| DatabaseSeen {
            name: name.clone(),
            closed: Some(it.locked),
            template: Some(false),
        };
        let databases = self.host.travel(|truth| truth.databases.iter().map(database).collect()).await?;
        Ok(Survey {
            version: "17.0".to_owned(),
            driver: "pretend",
            locks: true,
            lists_closed: true,
            databases,
            database_bytes: None,
        })
    }

    async fn build(&self, at: &PanelAddress, _: &str, identity: &Identity) -> Result<(), HostError> {
        let _at_work = self.host.work(&at.subdomain, "build");
        let data = Data { of: identity.tenant_id.to_string(), work: 0 };
        let (name, made) = (at.subdomain.clone(), Held::new(data));
        // Its disk is full, say. Nothing is left of it.
        if self.host.draw(self.host.truth().silent_percent / 2) {
            self.host.travel(|truth| truth.remove(&name)).await?;
            return refused("the host has no room");
        }
        Ok(self.host.travel(|truth| truth.databases.insert(name, made)).await.map(drop)?)
    }

    async fn adopt(&self, _: &PanelAddress, _: &Identity) -> Result<Option<String>, HostError> {
        Ok(self.host.travel(|_| None).await?)
    }

    async fn rename(&self, from: &PanelAddress, to: &str) -> Result<(), HostError> {
        let _at_work = self.host.work(&from.subdomain, "rename");
        let done = self.host.travel(|truth| truth.rename(&from.subdomain, to)).await?;
        if done { Ok(()) } else { refused("there are none, or both") }
    }

    async fn remove(&self, database: &PanelAddress) -> Result<(), HostError> {
        let _at_work = self.host.work(&database.subdomain, "remove");
        Ok(self.host.travel(|truth| truth.remove(&database.subdomain)).await?)
    }

    async fn dump(&self, database: &PanelAddress, into: &Path) -> Result<Dumped, HostError> {
        let _at_work = self.host.work(&database.subdomain, "dump");
        let write = |truth: &mut HostTruth| {
            let data = truth.databases.get(&database.subdomain)?.data.clone();
            Some(truth.files.insert(into.to_owned(), data))
        };
        match self.host.travel(write).await? {
            Some(_) => Ok(Dumped::default()),
            None => refused("there is no such database"),
        }
    }

    async fn is_gone(&self, database: &PanelAddress) -> Result<bool, HostError> {
        Ok(self.host.travel(|truth| !truth.databases.contains_key(&database.subdomain)).await?)
    }

    async fn load(&self, at: &PanelAddress, from: &Path, identity: Option<&Identity>) -> Result<(), HostError> {
        let _at_work = self.host.work(&at.subdomain, "load");
        let read = |truth: &mut HostTruth| {
            let mut data = truth.files.get(from)?.clone();
            if let Some(identity) = identity {
                data.of = identity.tenant_id.to_string();
            }
            Some(truth.databases.insert(at.subdomain.clone(), Held::new(data)))
        };
        match self.host.travel(read).await? {
            Some(_) => Ok(()),
            None => refused("the file is not whole"),
        }
    }

    async fn entry(&self, _: &PanelAddress, url: &Url, _: &str) -> Result<Url, HostError> {
        Ok(url.clone())
    }
}

fn refused<T>(why: &str) -> Result<T, HostError> {
    Err(HostError::Refused(why.to_owned()))
}

/// The shelf of all processes. It answers as the host does.
pub(crate) struct PretendShelf(pub(crate) Arc<Host>);

/// Every copy is of one size.
fn kept() -> Kept {
    Kept { bytes: 1, sha256: "0".repeat(64) }
}

#[async_trait]
impl Shelf for PretendShelf {
    async fn clear(&self, id: BackupId) -> Result<PathBuf, Unknown> {
        let path = PathBuf::from(id.to_string());
        self.0.truth().files.remove(&path);
        Ok(path)
    }

    async fn put(&self, id: BackupId, from: &Path) -> Result<Kept, Unknown> {
        let keep = |truth: &mut HostTruth| {
            let data = truth.files.get(from)?.clone();
            truth.shelf.insert(id, data);
            Some(kept())
        };
        self.0.travel(keep).await?.ok_or_else(|| Unknown::new("the file to be kept is not there"))
    }

    async fn fetch(&self, id: BackupId, _: &Kept, into: &Path) -> Result<(), FetchError> {
        let bring = |truth: &mut HostTruth| {
            let data = truth.shelf.get(&id)?.clone();
            Some(truth.files.insert(into.to_owned(), data))
        };
        match self.0.travel(bring).await? {
            Some(_) => Ok(()),
            None => Err(FetchError::Gone),
        }
    }

    async fn delete(&self, id: BackupId) -> Result<(), Unknown> {
        self.0.travel(|truth| truth.shelf.remove(&id)).await.map(drop)
    }
}
