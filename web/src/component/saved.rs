//! What is saved at once: shown as chosen, sent, and put back if the server does not take it.

use crate::client::{Client, client};
use crate::component::erased::{part, say, t};
use crate::component::shape::para;
use crate::component::trouble::refusal;
use crate::i18n::Lang;
use crate::prefs::{Prefs, prefs};
use crate::present::problem::{Failure, field_words};
use crate::store::panels::panels;
use crate::store::voice::{Voice, voice};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// How far the last change is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Resting,
    Going,
    There,
}

/// A thing that is saved whole whenever a part of it changes.
pub(crate) struct Kept<T: Send + Sync + 'static> {
    shown: RwSignal<T>,
    /// What the server is known to have.
    good: StoredValue<T>,
    way: RwSignal<Way>,
    failed: RwSignal<Option<Failure>>,
    path: &'static str,
    write: fn(&T) -> String,
    client: Client,
    voice: Voice,
    prefs: Prefs,
}

impl<T: Send + Sync + 'static> Copy for Kept<T> {}

impl<T: Send + Sync + 'static> Clone for Kept<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Clone + PartialEq + Send + Sync + 'static> Kept<T> {
    /// What came from the server. It is put back to `path` of the API as `write` writes it.
    pub(crate) fn new(came: T, path: &'static str, write: fn(&T) -> String) -> Self {
        Self {
            shown: RwSignal::new(came.clone()),
            good: StoredValue::new(came),
            way: RwSignal::new(Way::Resting),
            failed: RwSignal::new(None),
            path,
            write,
            client: client(),
            voice: voice(),
            prefs: prefs(),
        }
    }

    /// What is chosen now.
    pub(crate) fn shown(self) -> RwSignal<T> {
        self.shown
    }

    /// Shows a change and sends it. Changes that are made meanwhile go together, after it.
    pub(crate) fn save(self, change: impl FnOnce(&mut T)) {
        self.shown.update(change);
        if self.way.get_untracked() != Way::Going {
            self.way.set(Way::Going);
            self.failed.set(None);
            spawn_local(self.send());
        }
    }

    async fn send(self) {
        // Without a value the page was left: what was sent counts all the same.
        while let Some(sent) = self.shown.try_get_untracked() {
            if let Err(failure) = self.client.put(self.path.to_owned(), (self.write)(&sent)).await {
                if let Some(good) = self.good.try_get_value() {
                    let _ = self.shown.try_set(good);
                }
                let _ = self.way.try_set(Way::Resting);
                let _ = self.failed.try_set(Some(failure));
                return;
            }
            let is_newest = self.shown.try_with_untracked(|now| *now == sent) != Some(false);
            let _ = self.good.try_set_value(sent);
            if is_newest {
                let _ = self.way.try_set(Way::There);
                self.voice.answer(self.prefs.lang_now().saved().to_owned());
                return;
            }
        }
    }

    /// Says how far the last change is; why it was put back, if it was.
    pub(crate) fn mark(self) -> AnyView {
        let offline = panels().offline;
        let words = part(move || match self.way.get() {
            _ if offline.get() => para("small", t(Lang::offline_reason)),
            Way::Resting => ().into_any(),
            Way::Going => para("small", t(Lang::saving)),
            Way::There => para("small saved", t(Lang::saved)),
        });
        let put_back = part(move || {
            let Some(failure) = self.failed.get() else { return ().into_any() };
            let mut said = vec![para("error", t(Lang::put_back))];
            let faults = failure.fields().iter().cloned();
            said.extend(faults.map(|fault| para("error", say(move |lang| field_words(lang, &fault)))));
            said.into_any()
        });
        view! {
            <div class="mark" data-testid="saved">
                {words} {put_back} {refusal(self.failed)}
            </div>
        }
        .into_any()
    }
}
