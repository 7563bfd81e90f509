//! Notices, newest first, and how many are unread.

use crate::client::Client;
use crate::present::problem::Failure;
use leptos::prelude::*;
use shared::api::history::NoticeView;
use shared::ids::NoticeId;

/// The account's notices.
#[derive(Clone, Copy)]
pub(crate) struct Inbox {
    client: Client,
    held: RwSignal<Option<Vec<NoticeView>>>,
    /// Where the older ones begin.
    next: RwSignal<Option<String>>,
    trouble: RwSignal<Option<Failure>>,
    unread: RwSignal<u32>,
}

impl Inbox {
    /// Nothing fetched yet.
    pub(crate) fn new(client: Client) -> Self {
        let (held, next, trouble) = (RwSignal::new(None), RwSignal::new(None), RwSignal::new(None));
        Self { client, held, next, trouble, unread: RwSignal::new(0) }
    }

    /// The newest notices, once fetched.
    pub(crate) fn held(self) -> Option<Vec<NoticeView>> {
        self.held.get()
    }

    /// The `cursor` of the notices that are older than those that are held.
    pub(crate) fn next(self) -> Option<String> {
        self.next.get()
    }

    /// Why they could not be fetched.
    pub(crate) fn trouble(self) -> Option<Failure> {
        self.trouble.get()
    }

    /// How many the reader has not read, also of those that are not held.
    pub(crate) fn unread(self) -> u32 {
        self.unread.get()
    }

    /// Fetches them.
    pub(crate) async fn refresh(self) {
        match self.client.notices().await {
            Ok(page) => {
                if self.trouble.with_untracked(Option::is_some) {
                    self.trouble.set(None);
                }
                if self.unread.get_untracked() != page.unread {
                    self.unread.set(page.unread);
                }
                if self.held.with_untracked(|held| held.as_ref() != Some(&page.items)) {
                    self.next.set(page.next_cursor);
                    self.held.set(Some(page.items));
                }
            }
            Err(failure) => self.trouble.set(Some(failure)),
        }
    }

    /// One was read, or all of them without an id: shown at once, and taken back if the server does not take it.
    pub(crate) async fn mark_read(self, id: Option<NoticeId>) -> Result<(), Failure> {
        let marked = |notice: &NoticeView| !notice.read && id.is_none_or(|id| notice.id == id);
        let ids: Vec<NoticeId> = self.held.with_untracked(|held| {
            held.iter().flatten().filter(|notice| marked(notice)).map(|notice| notice.id).collect()
        });
        let before = self.unread.get_untracked();
        let marked = u32::try_from(ids.len()).unwrap_or(u32::MAX);
        self.unread.set(if id.is_some() { before.saturating_sub(marked) } else { 0 });
        self.put_mark(&ids, true);
        let outcome = match id {
            Some(id) => self.client.decide(format!("/notices/{id}/read"), None, None).await,
            None => self.client.read_notices().await,
        };
        if outcome.is_err() {
            self.unread.set(before);
            self.put_mark(&ids, false);
        } else if id.is_some() && ids.is_empty() {
            // An older one, of which only the server knows whether it counted.
            self.refresh().await;
        }
        outcome
    }

    fn put_mark(self, ids: &[NoticeId], read: bool) {
        self.held.update(|held| {
            for notice in held.iter_mut().flatten().filter(|notice| ids.contains(&notice.id)) {
                notice.read = read;
            }
        });
    }

    /// Forgets everything: somebody signed out.
    pub(crate) fn clear(self) {
        self.held.set(None);
        self.unread.set(0);
    }
}

/// The inbox, from anywhere below the root.
pub(crate) fn inbox() -> Inbox {
    expect_context()
}
