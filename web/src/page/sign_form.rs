//! What forms share: the summary of faults, the button, and where people go once they are signed in.

use crate::address::safe_next;
use crate::browser;
use crate::component::erased::{part, say, t};
use crate::component::field::{Field, Kind, field};
use crate::component::shape::{Button, either, para};
use crate::format::fixed;
use crate::i18n::Lang;
use crate::prefs::lang;
use crate::present::problem::{Failure, field_words};
use crate::session::session;
use crate::way::way;
use leptos::prelude::*;

/// A text of fixed words.
pub(super) type Words = fn(Lang) -> &'static str;

/// Faults with the names of their fields.
pub(super) type FieldFaults = Vec<(&'static str, Words)>;

/// What is wrong with a form: faults found here before asking, or the server's refusal.
#[derive(Clone, Copy)]
pub(crate) struct Faults {
    /// The id of its summary, which takes the keyboard when it appears.
    id: &'static str,
    found: RwSignal<FieldFaults>,
    refused: RwSignal<Option<Failure>>,
}

impl Faults {
    /// None, on a page with one form.
    pub(super) fn new() -> Self {
        Self::named("summary")
    }

    /// None, of one form among others.
    pub(super) fn named(id: &'static str) -> Self {
        Self { id, found: RwSignal::new(Vec::new()), refused: RwSignal::new(None) }
    }

    /// Nothing is wrong any more.
    pub(super) fn clear(self) {
        let _ = self.refused.try_set(None);
        let _ = self.found.try_set(Vec::new());
    }

    /// The server said no to this field.
    pub(super) fn refuse_field(self, field: &'static str, fault: Words) {
        let _ = self.found.try_set(vec![(field, fault)]);
        self.focus();
    }

    /// Looks at fields that are empty; true if the form may be sent.
    pub(super) fn none_among(self, empty: FieldFaults) -> bool {
        let none = empty.is_empty();
        self.refused.set(None);
        self.found.set(empty);
        if !none {
            self.focus();
        }
        none
    }

    /// The server said no.
    pub(super) fn refuse(self, failure: Failure) {
        let _ = self.refused.try_set(Some(failure));
        self.focus();
    }

    /// In the next frame: by then it is drawn, and what is not drawn cannot take the keyboard.
    fn focus(self) {
        request_animation_frame(move || browser::focus(self.id));
    }

    /// A field's fault in words.
    pub(super) fn of(self, field: &'static str) -> Signal<Option<String>> {
        Signal::derive(move || {
            let lang = lang();
            let found =
                self.found.with(|all| all.iter().find(|(name, _)| *name == field).map(|(_, fault)| fault(lang)));
            found.map(fixed).or_else(|| {
                self.refused.with(|failure| {
                    let fault = failure
                        .as_ref()?
                        .fields()
                        .iter()
                        .find(|fault| fault.pointer.strip_prefix('/') == Some(field))?;
                    Some(field_words(lang, fault))
                })
            })
        })
    }

    /// A field of the form: its name, what it asks for, what the browser may fill in, what stands above it, what was typed. Its
    /// fault stands under it.
    pub(super) fn field(
        self,
        id: &'static str,
        kind: Kind,
        autocomplete: &'static str,
        [label, hint]: [Words; 2],
        value: RwSignal<String>,
    ) -> AnyView {
        field(Field { id, kind, autocomplete, label, hint, value, error: self.of(id) })
    }

    fn any(self) -> bool {
        self.refused.with(Option::is_some) || self.found.with(|found| !found.is_empty())
    }
}

/// The summary above the form: what is wrong, with links to the fields.
pub(super) fn summary(faults: Faults, fields: &'static [&'static str]) -> impl IntoView {
    let any = Signal::derive(move || faults.any());
    let shown = part(move || {
        let of_fields: Vec<_> =
            fields.iter().filter_map(|field| faults.of(field).get().map(|words| (*field, words))).collect();
        let refused = faults.refused.get().filter(|_| of_fields.is_empty());
        let whole = refused.as_ref().map(|failure| view! { <p data-testid="sign-error">{failure.words(lang())}</p> });
        let id = refused.as_ref().and_then(Failure::request_id).filter(|id| !id.is_empty()).map(str::to_owned);
        let reference = id.map(|id| para("small", say(move |lang| lang.trouble_reference(&id))));
        let links = of_fields.into_iter().map(|(field, words)| fault_link(field, words)).collect_view();
        if !any.get() {
            return ().into_any();
        }
        view! {
            <p><strong>{t(Lang::summary_title)}</strong></p>
            {whole}
            {reference}
            <ul>{links}</ul>
        }
        .into_any()
    });
    view! {
        <div id=faults.id tabindex="-1" class="summary" class:refusal=any role="alert">
            {shown}
        </div>
    }
}

fn fault_link(field: &'static str, words: String) -> impl IntoView {
    let jump = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        browser::focus(field);
    };
    view! { <li><a href=format!("#{field}") on:click=jump>{words}</a></li> }
}

/// Sends whoever is signed in to where they wanted to go.
pub(super) fn leave_once_signed_in() {
    let (session, way) = (session(), way());
    let signed_in = Memo::new(move |_| session.is_in());
    Effect::new(move |_| {
        if signed_in.get() {
            way.replace(safe_next(way.query("next").as_deref()));
        }
    });
}

/// The faults of fields that were left empty.
pub(super) fn empty(fields: &[(&'static str, &str, Words)]) -> FieldFaults {
    let empty = fields.iter().filter(|(_, typed, _)| typed.is_empty());
    empty.map(|(field, _, fault)| (*field, *fault)).collect()
}

/// The button that sends the form.
pub(super) fn submit(testid: &'static str, busy: RwSignal<bool>, sending: Words, send: Words) -> AnyView {
    let words = either(move || busy.get(), sending, send);
    Button::submit(words).class("button primary wide").testid(testid).off(move || busy.get()).draw()
}

/// The other page of the two, keeping the way back.
pub(super) fn sibling(path: &'static str) -> String {
    match safe_next(way().query("next").as_deref()) {
        "/" => path.to_owned(),
        next => format!("{path}?next={}", crate::address::escaped(next)),
    }
}
