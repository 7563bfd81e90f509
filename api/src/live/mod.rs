//! What is live: the gate's memory, and hints to whoever watches.
//!
//! Both follow the list of changes in the store, so that every process on one database hears of every change: of its own
//! at once, of others' at the next poll. Decides nothing; a hint is never needed for anything to be right.

use crate::store::{Change, Store, StoreError};
use shared::api::tenants::PanelStatus;
use std::collections::{BTreeSet, HashMap};
use std::sync::{PoisonError, RwLock};
use tokio::sync::{Mutex, Notify, broadcast, watch};

/// Numbers of overlapping transactions may appear late; so far back is looked again.
const OVERLAP: i64 = 256;
/// More changes at once than this, and everything is read anew.
const BATCH: u64 = 2_000;
/// How many hints a slow watcher may lag behind before it is told to fetch everything.
const LAG: usize = 1_024;
/// The gate is to be at most a second behind a suspension on any process.
const FOLLOW: std::time::Duration = std::time::Duration::from_millis(500);

/// The gate's memory and the hints.
pub struct Live {
    gate: RwLock<HashMap<String, PanelStatus>>,
    hints: broadcast::Sender<Change>,
    place: Mutex<Place>,
    work: Notify,
    closing: watch::Sender<bool>,
}

/// How far the list of changes has been read.
#[derive(Default)]
struct Place {
    loaded: bool,
    highest: i64,
    recent: BTreeSet<i64>,
}

impl Default for Live {
    fn default() -> Self {
        Self {
            gate: RwLock::default(),
            hints: broadcast::channel(LAG).0,
            place: Mutex::default(),
            work: Notify::new(),
            closing: watch::Sender::new(false),
        }
    }
}

impl Live {
    /// Catches up with the store: what this returns from, the gate knows.
    pub async fn refresh(&self, store: &Store) -> Result<(), StoreError> {
        let mut place = self.place.lock().await;
        if !place.loaded {
            place.highest = store.latest_change().await?;
            self.remember(store.gate_entries(None).await?);
            place.loaded = true;
            return Ok(());
        }
        let changes = store.changes(place.highest - OVERLAP, BATCH).await?;
        let full = u64::try_from(changes.len()).unwrap_or(BATCH) >= BATCH;
        let fresh: Vec<Change> = changes.into_iter().filter(|change| !place.recent.contains(&change.seq)).collect();
        let Some(highest) = fresh.iter().map(|change| change.seq).max() else { return Ok(()) };
        let about: Vec<_> = fresh.iter().map(|change| change.tenant_id).collect();
        self.remember(store.gate_entries(if full { None } else { Some(&about) }).await?);
        place.highest = place.highest.max(highest);
        place.recent.extend(fresh.iter().map(|change| change.seq));
        let forgotten = place.highest - OVERLAP;
        place.recent.retain(|seq| *seq > forgotten);
        for change in fresh {
            // Nobody may be watching; that is no fault.
            let _ = self.hints.send(change);
        }
        Ok(())
    }

    fn remember(&self, entries: Vec<(String, PanelStatus)>) {
        self.gate.write().unwrap_or_else(PoisonError::into_inner).extend(entries);
    }

    /// How the panel behind this subdomain stands; `None` if there is no such panel.
    #[must_use]
    pub fn panel(&self, subdomain: &str) -> Option<PanelStatus> {
        self.gate.read().unwrap_or_else(PoisonError::into_inner).get(subdomain).copied()
    }

    /// Whether the gate's memory was ever filled.
    pub async fn is_loaded(&self) -> bool {
        self.place.lock().await.loaded
    }

    /// Changes from now on.
    #[must_use]
    pub fn watch(&self) -> broadcast::Receiver<Change> {
        self.hints.subscribe()
    }

    /// Changes to true when watchers have to go, because the process stops.
    #[must_use]
    pub fn closing(&self) -> watch::Receiver<bool> {
        self.closing.subscribe()
    }

    /// Sends all watchers away.
    pub fn close(&self) {
        self.closing.send_replace(true);
    }

    /// Tells the worker of this process that there is something to do. Only a hint: it would look anyway.
    pub fn wake_worker(&self) {
        self.work.notify_one();
    }

    /// Returns when there may be something to do.
    pub async fn work(&self) {
        self.work.notified().await;
    }
}

/// Follows other processes' changes until told to stop. What this process changes, it knows already.
pub async fn follow(live: &Live, store: &Store, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        if let Err(error) = live.refresh(store).await {
            tracing::error!(%error, "the gate cannot follow the store");
        }
        tokio::select! {
            () = tokio::time::sleep(FOLLOW) => {}
            _ = stop.changed() => {}
        }
    }
}
