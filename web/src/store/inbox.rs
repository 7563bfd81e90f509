//! Notices, newest first, and how many are unread.

use crate::client::Client;
use crate::present::problem::Failure;
use leptos::prelude::*;
use shared::api::history::NoticeView;

/// The account's notices.
#[derive(Clone, Copy)]
pub(crate) struct Inbox {
    client: Client,
    held: RwSignal<Option<Vec<NoticeView>>>,
    trouble: RwSignal<Option<Failure>>,
    /// Read on the server since they were fetched; they keep their mark until the page is left.
    all_read: RwSignal<bool>,
}

impl Inbox {
    /// Nothing fetched yet.
    pub(crate) fn new(client: Client) -> Self {
        Self { client, held: RwSignal::new(None), trouble: RwSignal::new(None), all_read: RwSignal::new(false) }
    }

    /// The notices, once fetched.
    pub(crate) fn held(self) -> Option<Vec<NoticeView>> {
        self.held.get()
    }

    /// Why they could not be fetched.
    pub(crate) fn trouble(self) -> Option<Failure> {
        self.trouble.get()
    }

    /// How many nobody has read.
    pub(crate) fn unread(self) -> usize {
        if self.all_read.get() {
            return 0;
        }
        self.held.with(|held| held.as_ref().map_or(0, |all| all.iter().filter(|notice| !notice.read).count()))
    }

    /// The same, without subscribing.
    pub(crate) fn unread_now(self) -> usize {
        untrack(|| self.unread())
    }

    /// Fetches them.
    pub(crate) async fn refresh(self) {
        match self.client.notices().await {
            Ok(page) => {
                self.trouble.set(None);
                self.all_read.set(false);
                if self.held.with_untracked(|held| held.as_ref() != Some(&page.items)) {
                    self.held.set(Some(page.items));
                }
            }
            Err(failure) => self.trouble.set(Some(failure)),
        }
    }

    /// Tells the server that they were seen.
    pub(crate) async fn mark_read(self) {
        if self.client.read_notices().await.is_ok() {
            self.all_read.set(true);
        }
    }

    /// Forgets everything: somebody signed out.
    pub(crate) fn clear(self) {
        self.held.set(None);
        self.all_read.set(false);
    }
}

/// The inbox, from anywhere below the root.
pub(crate) fn inbox() -> Inbox {
    expect_context()
}
