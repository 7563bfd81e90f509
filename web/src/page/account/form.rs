//! A form of the account's pages: sends what was filled in, says that it was taken, shows what was not.

use super::Words;
use crate::client::{Client, client};
use crate::component::erased::{part, t, when};
use crate::component::shape::{Button, either, para};
use crate::i18n::Lang;
use crate::page::sign_form::Faults;
use crate::prefs::{Prefs, prefs};
use crate::present::problem::Failure;
use crate::store::panels::panels;
use crate::store::voice::{Voice, voice};
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::api::problem::ErrorCode;

/// Which field is wrong when the server refuses with this code, and what is said there.
pub(super) type Meant = &'static [(ErrorCode, &'static str, Words)];

/// What a wrong password or code means to the forms that ask for them.
pub(super) const SECRETS: Meant = &[
    (ErrorCode::WrongCredentials, "password", Lang::wrong_password),
    (ErrorCode::SecondFactorNeeded, "code", Lang::err_second_factor),
    (ErrorCode::WrongState, "password", Lang::factor_changed),
];

/// A form under way.
#[derive(Clone, Copy)]
pub(super) struct Form {
    /// What is wrong with it.
    pub(super) faults: Faults,
    /// Whether it is on its way.
    pub(super) busy: RwSignal<bool>,
    /// What was said last, once the server took it.
    said: RwSignal<Option<Words>>,
    client: Client,
    voice: Voice,
    prefs: Prefs,
}

impl Form {
    /// A form whose summary has this id.
    pub(super) fn new(summary: &'static str) -> Self {
        let busy = RwSignal::new(false);
        Self {
            faults: Faults::named(summary),
            busy,
            said: RwSignal::new(None),
            client: client(),
            voice: voice(),
            prefs: prefs(),
        }
    }

    /// Sends it by `POST`; `done` gets the answer's text.
    pub(super) fn post(
        self,
        path: &'static str,
        body: String,
        meant: Meant,
        said: Words,
        done: impl FnOnce(&str) + 'static,
    ) {
        let client = self.client;
        self.run(async move { client.post(path.to_owned(), Some(body)).await }, meant, said, done);
    }

    /// Sends it by `PUT`.
    pub(super) fn put(self, path: String, body: String, said: Words, done: impl FnOnce() + 'static) {
        let client = self.client;
        self.run(async move { client.put(path, body).await.map(|()| String::new()) }, &[], said, |_| done());
    }

    fn run(
        self,
        sent: impl Future<Output = Result<String, Failure>> + 'static,
        meant: Meant,
        said: Words,
        done: impl FnOnce(&str) + 'static,
    ) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.said.set(None);
        self.faults.clear();
        spawn_local(async move {
            let outcome = sent.await;
            let _ = self.busy.try_set(false);
            match outcome {
                Ok(text) => {
                    let _ = self.said.try_set(Some(said));
                    self.voice.answer(said(self.prefs.lang_now()).to_owned());
                    done(&text);
                }
                Err(failure) => self.refuse(failure, meant),
            }
        });
    }

    fn refuse(self, failure: Failure, meant: Meant) {
        match meant.iter().find(|(code, ..)| failure.code() == Some(*code)) {
            Some((_, field, words)) => self.faults.refuse_field(field, *words),
            None => self.faults.refuse(failure),
        }
    }

    /// Says beside the button that the server took it.
    pub(super) fn mark(self) -> AnyView {
        part(move || self.said.get().map(|said| para("small saved", t(said))).into_any()).into_any()
    }

    /// The button that sends it.
    pub(super) fn button(self, testid: &'static str, class: &'static str, words: Words) -> AnyView {
        let (busy, offline) = (self.busy, panels().offline);
        let button = Button::submit(either(move || busy.get(), Lang::working, words)).class(class).testid(testid);
        let note = when(move || offline.get(), || para("small", t(Lang::offline_reason)));
        vec![button.off(move || busy.get() || offline.get()).draw(), note.into_any()].into_any()
    }
}
