//! The host: where panels are truly up or not, whoever can see it.

use super::latency::Latency;
use crate::seed::Chance;
use crate::workload::plans::sample;
use async_trait::async_trait;
use hourglass::port::Unknown;
use hourglass::port::clock::Clock;
use hourglass::port::host::{
    DatabaseSeen, HostError, Identity, Measured, PanelAddress, PanelHost, ServerAccess, Survey,
};
use shared::billing::gauge::Sample;
use shared::billing::usage::Seen;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use url::Url;

/// What the host truly is.
#[derive(Debug, Default)]
pub(crate) struct HostTruth {
    /// Panels that do not serve.
    pub(crate) down: BTreeSet<String>,
    /// The databases that there are.
    pub(crate) databases: BTreeSet<String>,
    /// Panels that are locked.
    pub(crate) locked: BTreeSet<String>,
    /// Of 100 questions so many get no answer.
    pub(crate) silent_percent: i64,
    /// What was answered: panel, the asker's instant, what it was told of the panel and of what it holds.
    pub(crate) said: BTreeMap<(String, i64), Vec<(Seen, Sample)>>,
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
        let look = |truth: &mut HostTruth| {
            let serves = !truth.down.contains(&panel.subdomain);
            if serves { Seen::Up } else { Seen::Down }
        };
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
        Ok(self.host.travel(|truth| truth.locked.insert(panel.subdomain.clone())).await.map(drop)?)
    }

    async fn open(&self, panel: &PanelAddress) -> Result<(), HostError> {
        Ok(self.host.travel(|truth| truth.locked.remove(&panel.subdomain)).await.map(drop)?)
    }

    async fn survey(&self, _: &ServerAccess) -> Result<Survey, HostError> {
        let database = |name: &String| DatabaseSeen { name: name.clone(), closed: Some(false), template: Some(false) };
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

    async fn build(&self, at: &PanelAddress, _: &str, _: &Identity) -> Result<(), HostError> {
        let name = at.subdomain.clone();
        Ok(self.host.travel(|truth| truth.databases.insert(name)).await.map(drop)?)
    }

    async fn adopt(&self, _: &PanelAddress, _: &Identity) -> Result<(), HostError> {
        Ok(self.host.travel(|_| ()).await?)
    }

    async fn rename(&self, from: &PanelAddress, to: &str) -> Result<(), HostError> {
        let (from, to) = (from.subdomain.clone(), to.to_owned());
        let done = self.host.travel(|truth| match (truth.databases.contains(&from), truth.databases.contains(&to)) {
            (true, false) => truth.databases.remove(&from) && truth.databases.insert(to),
            (false, true) => true,
            (true, true) | (false, false) => false,
        });
        if done.await? { Ok(()) } else { Err(HostError::Refused("there are none, or both".to_owned())) }
    }

    async fn remove(&self, database: &PanelAddress) -> Result<(), HostError> {
        Ok(self.host.travel(|truth| truth.databases.remove(&database.subdomain)).await.map(drop)?)
    }

    async fn dump(&self, _: &PanelAddress, _: &Path) -> Result<(), HostError> {
        Ok(self.host.travel(|_| ()).await?)
    }

    async fn load(&self, at: &PanelAddress, _: &Path) -> Result<(), HostError> {
        let name = at.subdomain.clone();
        Ok(self.host.travel(|truth| truth.databases.insert(name)).await.map(drop)?)
    }

    async fn entry(&self, _: &PanelAddress, url: &Url, _: &str) -> Result<Url, HostError> {
        Ok(url.clone())
    }
}
