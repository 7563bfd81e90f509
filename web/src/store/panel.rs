//! One panel as the dashboard holds it: its last known status, how old that is, and when it is asked for again.

use crate::browser;
use crate::present::face::asks_again_seconds;
use crate::present::problem::Failure;
use leptos::prelude::*;
use shared::api::tenants::TenantStatus;
use shared::ids::TenantId;
use std::sync::Arc;

/// A status as components read it.
pub(crate) type Shown = Signal<Arc<TenantStatus>>;

/// What is remembered about one panel besides its status.
#[derive(Default)]
pub(super) struct Pulse {
    pub(super) etag: Option<String>,
    pub(super) next_ms: f64,
    pub(super) asking: bool,
    /// A hint came while an answer was on its way: that answer may be older than the change.
    pub(super) again: bool,
    pub(super) watchers: usize,
}

/// One panel.
#[derive(Clone)]
pub(crate) struct Panel {
    /// Which.
    pub(crate) id: TenantId,
    /// Its last known status.
    pub(crate) status: ArcRwSignal<Arc<TenantStatus>>,
    /// When that was fetched, by the browser's clock.
    pub(crate) seen_ms: ArcRwSignal<f64>,
    /// Why the last request failed, if it did.
    pub(crate) trouble: ArcRwSignal<Option<Failure>>,
    pub(super) pulse: ArcStoredValue<Pulse>,
}

impl Panel {
    /// One whose status came just now.
    pub(super) fn new(status: TenantStatus) -> Self {
        let now = browser::now_ms();
        let pulse = Pulse { next_ms: now + wait_ms(&status), ..Pulse::default() };
        Self {
            id: status.tenant_id,
            status: ArcRwSignal::new(Arc::new(status)),
            seen_ms: ArcRwSignal::new(now),
            trouble: ArcRwSignal::new(None),
            pulse: ArcStoredValue::new(pulse),
        }
    }

    /// Keeps the panel fresh as long as the caller's owner lives.
    pub(crate) fn watch(&self) {
        self.pulse.update_value(|pulse| pulse.watchers += 1);
        let pulse = self.pulse.clone();
        on_cleanup(move || pulse.update_value(|pulse| pulse.watchers = pulse.watchers.saturating_sub(1)));
    }

    /// Its status, to be read as long as the caller's owner lives.
    pub(crate) fn shown(&self) -> Shown {
        self.status.clone().into()
    }

    /// The id of the element that draws it.
    pub(crate) fn element_id(&self) -> String {
        format!("panel-{}", self.id)
    }
}

/// How long until a status is asked for again, spread a little so that cards do not march in step.
pub(super) fn wait_ms(status: &TenantStatus) -> f64 {
    let exactly = asks_again_seconds(status) * 1_000;
    f64::from(browser::between(exactly - exactly / 20, exactly + exactly / 20))
}
