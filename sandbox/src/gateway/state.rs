//! What all requests share: the set-up, the records, the faults, and what was reported. Knows no routes.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;

use super::config::GatewayConfig;
use super::delivery::{self, Delivery};
use super::faults::Faults;
use super::form::Form;
use super::notice::{self, Fields};
use super::records::{Attempt, Records, Session};

/// Copies are handles of the same.
#[derive(Clone)]
pub(super) struct State {
    pub(super) config: GatewayConfig,
    pub(super) public_url: String,
    pub(super) client: reqwest::Client,
    pub(super) deliveries: Arc<watch::Sender<Vec<Delivery>>>,
    records: Arc<Mutex<Records>>,
    faults: Arc<Mutex<Faults>>,
}

impl State {
    pub(super) fn new(config: GatewayConfig, public_url: String) -> Result<Self, reqwest::Error> {
        Ok(Self {
            records: Arc::new(Mutex::new(Records::new(config.seed))),
            faults: Arc::new(Mutex::new(config.faults.clone())),
            deliveries: Arc::new(watch::Sender::new(Vec::new())),
            client: delivery::client()?,
            config,
            public_url,
        })
    }

    pub(super) fn now(&self) -> i64 {
        (self.config.clock)()
    }

    pub(super) fn records(&self) -> MutexGuard<'_, Records> {
        self.records.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The records after sessions whose time is over were ended.
    pub(super) fn expired_records(&self) -> MutexGuard<'_, Records> {
        let now = self.now();
        let mut records = self.records();
        records.expire(now, self.config.session_seconds);
        records
    }

    pub(super) fn faults(&self) -> Faults {
        self.faults.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(super) fn set_faults(&self, faults: Faults) {
        *self.faults.lock().unwrap_or_else(PoisonError::into_inner) = faults;
    }

    pub(super) fn knows_store(&self, form: &Form) -> bool {
        form.get("store_id") == Some(self.config.store_id.as_str())
            && form.get("store_passwd") == Some(self.config.store_passwd.as_str())
    }

    pub(super) fn page_url(&self, key: &str) -> String {
        format!("{}/EasyCheckOut/testcde{}", self.public_url, key.to_ascii_lowercase())
    }

    /// How many seconds are left to pay.
    pub(super) fn seconds_left(&self, session: &Session) -> i64 {
        self.config.session_seconds.saturating_sub(self.now().saturating_sub(session.opened_at)).max(0)
    }

    pub(super) fn latest_key(&self, tran_id: &str) -> Option<String> {
        let records = self.records();
        records.sessions.iter().rev().find(|s| s.request.tran_id == tran_id).map(|s| s.key.clone())
    }

    /// What is posted about an attempt.
    pub(super) fn posted(&self, session: &Session, attempt: &Attempt) -> Fields {
        let store = (self.config.store_id.as_str(), self.config.store_passwd.as_str());
        notice::fields(store, session, attempt, self.faults().notice)
    }

    /// The notice of an attempt, counted from 0, or of the latest one; and where it is reported.
    pub(super) fn notice(&self, key: &str, attempt: Option<usize>) -> Option<(Option<String>, Fields)> {
        let session = self.records().session(key)?.clone();
        let attempt = match attempt {
            Some(at) => session.attempts.get(at)?,
            None => session.attempts.last()?,
        };
        Some((session.request.ipn_url.clone(), self.posted(&session, attempt)))
    }

    /// Reports once more; `false` if there is nothing to report, or nobody who wants to hear it.
    pub(super) async fn replay(&self, key: &str, attempt: Option<usize>) -> bool {
        let Some((Some(url), fields)) = self.notice(key, attempt) else { return false };
        delivery::send(self, &url, &fields).await;
        true
    }
}
