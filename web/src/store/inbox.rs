//! Notices, newest first, and how many are unread.

use crate::address::escaped;
use crate::browser;
use crate::client::Client;
use crate::json;
use crate::present::notices::joined;
use crate::present::problem::Failure;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::api::history::{NoticePage, NoticeView};
use shared::ids::NoticeId;
use std::time::Duration;

/// So long hints are gathered before the notices are fetched.
const BETWEEN: Duration = Duration::from_secs(5);

/// A notice as it is held: whether it was read changes without its being drawn anew.
#[derive(Clone)]
pub(crate) struct Notice {
    /// What it says; its `read` is as old as the fetching.
    pub(crate) view: NoticeView,
    /// Whether it was read.
    pub(crate) read: ArcRwSignal<bool>,
}

/// The account's notices.
#[derive(Clone, Copy)]
pub(crate) struct Inbox {
    client: Client,
    held: RwSignal<Option<Vec<Notice>>>,
    /// Where the older ones begin.
    next: RwSignal<Option<String>>,
    trouble: RwSignal<Option<Failure>>,
    unread: RwSignal<u32>,
    /// Whether it is to be fetched as soon as somebody looks, and not too soon after the last time.
    due: StoredValue<bool>,
    /// Whether that time is being waited for.
    waits: StoredValue<bool>,
    /// Moves on with everything that makes an answer under way too old to be taken.
    turn: StoredValue<u32>,
}

impl Notice {
    fn new(view: NoticeView) -> Self {
        let read = ArcRwSignal::new(view.read);
        Self { view, read }
    }

    /// The notice as it stands now; follows whether it was read.
    pub(crate) fn now(&self) -> NoticeView {
        NoticeView { read: self.read.get(), ..self.view.clone() }
    }
}

impl Inbox {
    /// Nothing fetched yet.
    pub(crate) fn new(client: Client) -> Self {
        let (held, next, trouble) = (RwSignal::new(None), RwSignal::new(None), RwSignal::new(None));
        let (due, waits) = (StoredValue::new(false), StoredValue::new(false));
        let (unread, turn) = (RwSignal::new(0), StoredValue::new(0));
        Self { client, held, next, trouble, unread, due, waits, turn }
    }

    /// The notices that were fetched: the newest, and those that were asked for after them.
    pub(crate) fn held(self) -> Option<Vec<Notice>> {
        self.held.get()
    }

    /// Whether there are older ones than those that are held.
    pub(crate) fn has_older(self) -> bool {
        self.next.with(Option::is_some)
    }

    /// Why they could not be fetched.
    pub(crate) fn trouble(self) -> Option<Failure> {
        self.trouble.get()
    }

    /// How many the reader has not read, also of those that are not held.
    pub(crate) fn unread(self) -> u32 {
        self.unread.get()
    }

    /// Fetches the newest. Older ones that are held stay, unless some may be missing in between.
    pub(crate) async fn refresh(self) {
        let turn = self.turn();
        let came = self.page("").await;
        // Something was marked, asked for or forgotten meanwhile: this answer may be older than that.
        if self.turn.get_value() != turn {
            return;
        }
        match came {
            Ok(page) => {
                if self.trouble.with_untracked(Option::is_some) {
                    self.trouble.set(None);
                }
                if self.unread.get_untracked() != page.unread {
                    self.unread.set(page.unread);
                }
                self.take(page);
            }
            Err(failure) => {
                self.due.set_value(true);
                self.trouble.set(Some(failure));
            }
        }
    }

    /// Something happened that may have brought a notice. However many panels say so, it is fetched once in a while, and not for a
    /// page that nobody looks at.
    pub(crate) fn hint(self) {
        self.due.set_value(true);
        if self.waits.get_value() {
            return;
        }
        self.waits.set_value(true);
        spawn_local(async move {
            browser::sleep(BETWEEN).await;
            self.waits.set_value(false);
            self.looked_at();
        });
    }

    /// Fetches what is due, if anybody looks at the page.
    pub(crate) fn looked_at(self) {
        if self.due.get_value() && !browser::is_hidden() {
            self.due.set_value(false);
            spawn_local(self.refresh());
        }
    }

    fn take(self, page: NoticePage) {
        let held = self.held.get_untracked();
        // A page that is all there is says of whatever else was held that it is no more.
        let known = held.iter().flatten().filter(|_| page.next_cursor.is_some());
        let (mut all, meet) = joined(&page.items, untrack(|| known.map(Notice::now).collect()));
        if !meet {
            self.next.set(page.next_cursor);
        }
        if page.unread == 0 {
            all.iter_mut().for_each(|notice| notice.read = true);
        }
        self.hold(held.as_deref(), all);
    }

    /// A number that nobody had before.
    fn turn(self) -> u32 {
        self.turn.update_value(|turn| *turn = turn.wrapping_add(1));
        self.turn.get_value()
    }

    /// Fetches those that are older than all that are held; says which is the first of them, if any came.
    pub(crate) async fn fetch_older(self) -> Result<Option<NoticeId>, Failure> {
        let Some(cursor) = self.next.get_untracked() else { return Ok(None) };
        let page = self.page(&format!("&cursor={}", escaped(&cursor))).await?;
        // Somebody may have signed out, or the newest may have come without meeting what was held.
        if self.next.with_untracked(|next| next.as_ref() != Some(&cursor)) {
            return Ok(None);
        }
        let first = page.items.first().map(|notice| notice.id);
        self.next.set(page.next_cursor);
        self.held.update(|held| held.get_or_insert_default().extend(page.items.into_iter().map(Notice::new)));
        Ok(first)
    }

    async fn page(self, after: &str) -> Result<NoticePage, Failure> {
        let text = self.client.shown(format!("/notices?limit=50{after}")).await?;
        json::read(&text).ok_or(Failure::Unreadable)
    }

    /// Takes what came. The same notices in the same order are not drawn anew.
    fn hold(self, held: Option<&[Notice]>, came: Vec<NoticeView>) {
        let known = held.unwrap_or_default();
        let taken = came.into_iter().map(|view| match known.iter().find(|notice| notice.view.id == view.id) {
            Some(notice) => {
                notice.read.set(view.read);
                notice.clone()
            }
            None => Notice::new(view),
        });
        let all: Vec<Notice> = taken.collect();
        if held.is_none() || !all.iter().map(|notice| notice.view.id).eq(known.iter().map(|notice| notice.view.id)) {
            self.held.set(Some(all));
        }
    }

    /// One was read, or all of them without an id: shown at once, and taken back if the server does not take it.
    pub(crate) async fn mark_read(self, id: Option<NoticeId>) -> Result<(), Failure> {
        let asked = |notice: &&Notice| !notice.read.get_untracked() && id.is_none_or(|id| notice.view.id == id);
        let marked: Vec<Notice> =
            self.held.with_untracked(|held| held.iter().flatten().filter(asked).cloned().collect());
        let before = self.unread.get_untracked();
        let one = u32::try_from(marked.len()).unwrap_or(u32::MAX);
        let fewer = if id.is_some() { one.min(before) } else { before };
        self.unread.set(before - fewer);
        marked.iter().for_each(|notice| notice.read.set(true));
        self.turn();
        let path = id.map_or("/notices/read".to_owned(), |id| format!("/notices/{id}/read"));
        let outcome = self.client.decide(path, None, None).await;
        if outcome.is_err() && self.held.with_untracked(Option::is_some) {
            self.unread.update(|unread| *unread += fewer);
            marked.iter().for_each(|notice| notice.read.set(false));
        }
        self.refresh().await;
        outcome
    }

    /// Forgets the list: another is to be fetched.
    pub(crate) fn forget(self) {
        self.turn();
        self.held.set(None);
        self.next.set(None);
    }

    /// Forgets everything: somebody signed out.
    pub(crate) fn clear(self) {
        self.forget();
        self.due.set_value(false);
        self.trouble.set(None);
        self.unread.set(0);
    }
}

/// The inbox, from anywhere below the root.
pub(crate) fn inbox() -> Inbox {
    expect_context()
}
