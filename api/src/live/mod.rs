//! What is live: the gate's memory, and hints to whoever watches.
//!
//! Both follow the list of changes in the store, so that every process on one database hears of every change: of its own
//! at once, of others' at the next poll. Decides nothing; a hint is never needed for anything to be right.

use crate::store::{Change, Door, Store, StoreError};
use shared::api::tenants::PanelStatus;
use std::collections::{BTreeSet, HashMap};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{PoisonError, RwLock};
use tokio::sync::{Mutex, broadcast, watch};

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
    gate: RwLock<HashMap<String, Door>>,
    loaded: AtomicBool,
    hints: broadcast::Sender<Change>,
    place: Mutex<Place>,
    work: watch::Sender<u64>,
    closing: watch::Sender<bool>,
}

/// So often (every half minute) everything is read anew, in case a change was missed: one that was committed far out of
/// order, or forgotten while this process was cut off.
const DISTRUST_ROUNDS: u32 = 60;

/// How far the list of changes has been read.
#[derive(Default)]
struct Place {
    /// Whether everything was read, and nothing has failed since.
    whole: bool,
    highest: i64,
    recent: BTreeSet<i64>,
}

impl Default for Live {
    fn default() -> Self {
        Self {
            gate: RwLock::default(),
            loaded: AtomicBool::new(false),
            hints: broadcast::channel(LAG).0,
            place: Mutex::default(),
            work: watch::Sender::new(0),
            closing: watch::Sender::new(false),
        }
    }
}

impl Live {
    /// Catches up with the store: what this returns from, the gate knows. After a failure everything is read anew.
    pub async fn refresh(&self, store: &Store) -> Result<(), StoreError> {
        let mut place = self.place.lock().await;
        let result =
            if place.whole { self.catch_up(store, &mut place).await } else { self.load(store, &mut place).await };
        place.whole = result.is_ok();
        result
    }

    /// Reads everything anew at the next refresh: whatever was missed, for whatever reason, is found then.
    pub async fn distrust(&self) {
        self.place.lock().await.whole = false;
    }

    async fn load(&self, store: &Store, place: &mut Place) -> Result<(), StoreError> {
        place.highest = store.latest_change().await?;
        let known = store.changes(place.highest - OVERLAP, BATCH).await?;
        let all = store.gate_entries(None).await?;
        *self.gate.write().unwrap_or_else(PoisonError::into_inner) = all.into_iter().collect();
        self.loaded.store(true, Ordering::Release);
        place.recent = known.iter().map(|change| change.seq).collect();
        Ok(())
    }

    async fn catch_up(&self, store: &Store, place: &mut Place) -> Result<(), StoreError> {
        let changes = store.changes(place.highest - OVERLAP, BATCH).await?;
        if u64::try_from(changes.len()).unwrap_or(BATCH) >= BATCH {
            self.load(store, place).await?;
        } else {
            let fresh = changes.iter().filter(|change| !place.recent.contains(&change.seq));
            let about: Vec<_> = fresh.map(|change| change.tenant_id).collect();
            if !about.is_empty() {
                let entries = store.gate_entries(Some(&about)).await?;
                let mut gate = self.gate.write().unwrap_or_else(PoisonError::into_inner);
                // A removed panel has lost its name: what stood there is not behind it any more.
                gate.retain(|_, door| !about.contains(&door.tenant_id));
                gate.extend(entries);
            }
        }
        for change in changes {
            if place.recent.insert(change.seq) {
                // Nobody may be watching; that is no fault.
                let _ = self.hints.send(change);
            }
            place.highest = place.highest.max(change.seq);
        }
        let forgotten = place.highest - OVERLAP;
        place.recent.retain(|seq| *seq > forgotten);
        Ok(())
    }

    /// How the panel behind this subdomain stands; `None` if there is no such panel.
    #[must_use]
    pub fn panel(&self, subdomain: &str) -> Option<PanelStatus> {
        self.door(subdomain).map(|door| door.status)
    }

    /// The same with why, and whose it is.
    #[must_use]
    pub fn door(&self, subdomain: &str) -> Option<Door> {
        self.gate.read().unwrap_or_else(PoisonError::into_inner).get(subdomain).copied()
    }

    /// Whether the gate's memory was ever filled.
    pub fn is_loaded(&self) -> bool {
        self.loaded.load(Ordering::Acquire)
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
        self.work.send_modify(|count| *count = count.wrapping_add(1));
    }

    /// Changes whenever there may be something to do.
    #[must_use]
    pub fn work(&self) -> watch::Receiver<u64> {
        self.work.subscribe()
    }
}

/// Follows other processes' changes until told to stop. What this process changes, it knows already.
pub async fn follow(live: &Live, store: &Store, mut stop: watch::Receiver<bool>) {
    for round in 1_u32.. {
        if *stop.borrow() {
            return;
        }
        if round.is_multiple_of(DISTRUST_ROUNDS) {
            live.distrust().await;
        }
        if let Err(error) = live.refresh(store).await {
            tracing::error!(%error, "the gate cannot follow the store");
        }
        tokio::select! {
            () = tokio::time::sleep(FOLLOW) => {}
            _ = stop.changed() => {}
        }
    }
}
