//! The panels: last known statuses, how old they are, and when each is asked for again.
//!
//! Hints and the poll lead to the same request. A failed request changes no figure: the last known ones stay, with their
//! age. A panel that nobody looks at is not asked about.

use crate::browser;
use crate::client::{Act, Client, Fresh};
use crate::prefs::Prefs;
use crate::present::card::state_text;
use crate::present::face::Face;
use crate::present::problem::Failure;
use crate::present::urgency::{is_listed, urgency};
use crate::session::{Session, session};
use crate::store::panel::wait_ms;
pub(crate) use crate::store::panel::{Panel, Shown};
use crate::store::saved;
use crate::store::voice::Voice;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::api::tenants::TenantStatus;
use shared::ids::{TenantId, UserId};
use std::sync::Arc;

/// Requests for statuses that may run at a time.
const AT_ONCE: usize = 6;
/// So many pages of the list are loaded by themselves.
const PAGES: usize = 20;

/// How far the list is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Phase {
    /// Not asked for, or on its way.
    Loading,
    /// Here.
    Ready,
    /// Could not be fetched, and none is held.
    Failed(Failure),
}

/// All panels that were fetched.
#[derive(Clone, Copy)]
pub(crate) struct Panels {
    client: Client,
    session: Session,
    voice: Voice,
    prefs: Prefs,
    list: RwSignal<Vec<Panel>>,
    phase: RwSignal<Phase>,
    /// Whether the list holds all panels there are, as far as is known.
    whole: StoredValue<bool>,
    /// The browser's clock, moved every second while the page is visible; ages are read from it.
    pub(crate) now_ms: RwSignal<f64>,
    /// Whether the last request of any kind did not reach the server.
    pub(crate) offline: RwSignal<bool>,
}

impl Panels {
    /// None yet.
    pub(crate) fn new(client: Client, voice: Voice, prefs: Prefs) -> Self {
        Self {
            client,
            session: session(),
            voice,
            prefs,
            list: RwSignal::new(Vec::new()),
            phase: RwSignal::new(Phase::Loading),
            whole: StoredValue::new(false),
            now_ms: RwSignal::new(browser::now_ms()),
            offline: RwSignal::new(!browser::is_online()),
        }
    }

    /// The list, most urgent first as of its loading: cards do not move under the finger afterwards.
    pub(crate) fn list(self) -> Vec<Panel> {
        self.list.get()
    }

    /// How far the list is.
    pub(crate) fn phase(self) -> Phase {
        self.phase.get()
    }

    /// Whether the list could not be fetched and none is held.
    pub(crate) fn has_failed(self) -> bool {
        self.phase.with_untracked(|phase| matches!(phase, Phase::Failed(_)))
    }

    /// Fetches the whole list and sorts it anew. What comes after somebody else signed in, or nobody is, is dropped.
    pub(crate) async fn load(self) {
        let me = self.session.user_id();
        let mut cursor: Option<String> = None;
        let (mut loaded, mut pages) = (Vec::new(), Vec::new());
        for _ in 0..PAGES {
            let came = self.client.tenants(cursor.as_deref()).await;
            if me.is_some() && self.session.user_id() != me {
                return;
            }
            match came {
                Ok((page, text)) => {
                    loaded.extend(page.items);
                    pages.push(text);
                    cursor = page.next_cursor;
                }
                Err(failure) => return self.loading_failed(failure),
            }
            if cursor.is_none() {
                break;
            }
        }
        self.set_offline(false);
        self.whole.set_value(cursor.is_none());
        // Operators see everybody's: that is nothing to keep on a device.
        if let Some(me) = self.session.customer() {
            saved::save(me, browser::now_ms(), &pages);
        }
        loaded.retain(is_listed);
        loaded.sort_by_cached_key(urgency);
        let held = self.list.get_untracked();
        let list = loaded.into_iter().map(|status| match held.iter().find(|panel| panel.id == status.tenant_id) {
            Some(panel) => {
                self.hold(panel, status, None);
                panel.clone()
            }
            None => Panel::new(status),
        });
        let list: Vec<Panel> = list.collect();
        // The same panels in the same order are not drawn anew; their figures were taken over one by one.
        if !list.iter().map(|panel| panel.id).eq(held.iter().map(|panel| panel.id)) {
            self.list.set(list);
        }
        if self.phase.with_untracked(|phase| *phase != Phase::Ready) {
            self.phase.set(Phase::Ready);
        }
    }

    fn loading_failed(self, failure: Failure) {
        self.set_offline(failure == Failure::Offline);
        if matches!(failure, Failure::Offline | Failure::Slow) && self.session.customer().is_some() {
            self.recall();
        }
        // What is held stays, and its cards say that it is old.
        if self.list.with_untracked(Vec::is_empty) {
            self.phase.set(Phase::Failed(failure));
        } else {
            self.list.with_untracked(|list| list.iter().for_each(|panel| panel.trouble.set(Some(failure.clone()))));
        }
    }

    /// Without any figures: takes those that this device kept, as old as they are. Says whose they were.
    pub(crate) fn recall(self) -> Option<UserId> {
        if self.has_any_now() {
            return None;
        }
        let kept = saved::recall()?;
        let mut statuses = kept.panels;
        statuses.retain(is_listed);
        statuses.sort_by_cached_key(urgency);
        let old = |status| {
            let panel = Panel::new(status);
            panel.seen_ms.set(kept.seen_ms);
            panel.trouble.set(Some(Failure::Offline));
            panel
        };
        self.list.set(statuses.into_iter().map(old).collect());
        self.phase.set(Phase::Ready);
        Some(kept.user_id)
    }

    /// Whether there are figures, fresh or old.
    pub(crate) fn has_any(self) -> bool {
        self.list.with(|list| !list.is_empty())
    }

    fn has_any_now(self) -> bool {
        self.list.with_untracked(|list| !list.is_empty())
    }

    /// One panel: as held, else fetched.
    pub(crate) async fn one(self, id: TenantId) -> Result<Panel, Failure> {
        if let Some(panel) = self.held(id) {
            self.refetch(panel.clone());
            return Ok(panel);
        }
        match self.client.status(id, None).await? {
            Fresh::Changed(status, etag) => {
                let panel = Panel::new(*status);
                panel.pulse.update_value(|pulse| pulse.etag = etag);
                self.list.update(|list| list.push(panel.clone()));
                Ok(panel)
            }
            Fresh::Unchanged => Err(Failure::Unreadable),
        }
    }

    fn held(self, id: TenantId) -> Option<Panel> {
        self.list.with_untracked(|list| list.iter().find(|panel| panel.id == id).cloned())
    }

    /// Something about this panel changed: it is due at once. One that is not held may be new.
    pub(crate) fn hint(self, id: TenantId) {
        match self.held(id) {
            Some(panel) => panel.pulse.update_value(|pulse| {
                pulse.next_ms = 0.0;
                pulse.again = pulse.asking;
            }),
            None if self.phase.with_untracked(|phase| *phase == Phase::Ready) && self.whole.get_value() => {
                spawn_local(self.load());
            }
            None => {}
        }
    }

    /// Asks for all that are watched, at the next tick.
    pub(crate) fn all_due(self) {
        self.list.with_untracked(|list| {
            list.iter().for_each(|panel| panel.pulse.update_value(|pulse| pulse.next_ms = 0.0));
        });
    }

    /// Called every second: asks for what is due, watched and on the screen.
    pub(crate) fn tick(self) {
        if browser::is_hidden() {
            return;
        }
        let now = browser::now_ms();
        self.now_ms.set(now);
        self.voice.breathe(now);
        let list = self.list.get_untracked();
        let asking = list.iter().filter(|panel| panel.pulse.with_value(|pulse| pulse.asking)).count();
        let due = |panel: &&Panel| {
            panel.pulse.with_value(|pulse| pulse.watchers > 0 && !pulse.asking && pulse.next_ms <= now)
                && browser::is_near_view(&panel.element_id())
        };
        list.iter().filter(due).take(AT_ONCE.saturating_sub(asking)).for_each(|panel| self.refetch(panel.clone()));
    }

    /// Asks for one panel's status, unless that is under way.
    pub(crate) fn refetch(self, panel: Panel) {
        if panel.pulse.with_value(|pulse| pulse.asking) {
            return;
        }
        let mut etag = None;
        panel.pulse.update_value(|pulse| {
            pulse.asking = true;
            etag.clone_from(&pulse.etag);
        });
        spawn_local(async move {
            let answer = self.client.status(panel.id, etag).await;
            panel.pulse.update_value(|pulse| pulse.asking = false);
            match answer {
                Ok(Fresh::Changed(status, etag)) => self.hold(&panel, *status, etag),
                Ok(Fresh::Unchanged) => self.seen(&panel),
                Err(failure) => self.failed(&panel, failure),
            }
        });
    }

    /// Does something to a panel and holds what it became.
    pub(crate) async fn act(self, panel: &Panel, act: Act) -> Result<(), Failure> {
        let answer = self.client.act(panel.id, act).await;
        self.acted(panel, answer)
    }

    /// Goes to a panel in this `tab`, or in our own if the browser gave none. A tab that leads nowhere is closed again.
    pub(crate) async fn open(self, panel: &Panel, tab: Option<browser::Tab>) -> Result<(), Failure> {
        match self.client.open(panel.id).await {
            Ok(opened) => {
                browser::go_in(tab, &opened.url);
                Ok(())
            }
            Err(failure) => {
                browser::close(tab);
                self.acted(panel, Err(failure))
            }
        }
    }

    /// Operators: closes a panel and holds what it became.
    pub(crate) async fn suspend(self, panel: &Panel, message: String) -> Result<(), Failure> {
        let answer = self.client.suspend(panel.id, &message).await;
        self.acted(panel, answer)
    }

    fn acted(self, panel: &Panel, answer: Result<TenantStatus, Failure>) -> Result<(), Failure> {
        match answer {
            Ok(status) => {
                self.voice.answer(self.announcement(&status));
                self.hold(panel, status, None);
                Ok(())
            }
            Err(failure) => {
                // Most refusals mean that the panel is not as it was drawn.
                self.refetch(panel.clone());
                Err(failure)
            }
        }
    }

    fn hold(self, panel: &Panel, status: TenantStatus, etag: Option<String>) {
        panel.pulse.update_value(|pulse| pulse.etag = etag);
        let old = panel.status.get_untracked();
        let turned = Face::of(&old) != Face::of(&status);
        if turned {
            self.voice.mention(self.announcement(&status));
        }
        if *old != status {
            panel.status.set(Arc::new(status));
        }
        self.seen(panel);
    }

    fn seen(self, panel: &Panel) {
        let now = browser::now_ms();
        self.set_offline(false);
        panel.seen_ms.set(now);
        if panel.trouble.with_untracked(Option::is_some) {
            panel.trouble.set(None);
        }
        self.ask_later(panel, now);
    }

    fn failed(self, panel: &Panel, failure: Failure) {
        self.set_offline(failure == Failure::Offline);
        panel.trouble.set(Some(failure));
        self.ask_later(panel, browser::now_ms());
    }

    /// Told by the browser, or by how the last request went.
    pub(crate) fn set_offline(self, offline: bool) {
        if self.offline.get_untracked() != offline {
            self.offline.set(offline);
        }
    }

    fn ask_later(self, panel: &Panel, now: f64) {
        let wait = wait_ms(&panel.status.get_untracked());
        panel.pulse.update_value(|pulse| {
            pulse.next_ms = if pulse.again { 0.0 } else { now + wait };
            pulse.again = false;
        });
    }

    fn announcement(self, status: &TenantStatus) -> String {
        let lang = self.prefs.lang_now();
        lang.said_state(&status.name, &state_text(lang, status))
    }

    /// Forgets everything: somebody signed out.
    pub(crate) fn clear(self) {
        saved::forget();
        self.list.set(Vec::new());
        self.phase.set(Phase::Loading);
    }
}

/// The panels, from anywhere below the root.
pub(crate) fn panels() -> Panels {
    expect_context()
}
