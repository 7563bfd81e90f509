//! A labelled field: label above, hint, error text beneath, all tied to the input for those who hear the page.

use crate::component::erased::t;
use crate::component::shape::{Button, either};
use crate::i18n::Lang;
use leptos::prelude::*;

/// What a field asks for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Plain words.
    Text,
    /// Small letters without spaces.
    Address,
    /// An e-mail address.
    Email,
    /// A password, hidden until asked otherwise.
    Password,
}

/// A field. `id` is also its test hook and the end of its JSON pointer.
pub(crate) struct Field {
    /// Its name, everywhere.
    pub(crate) id: &'static str,
    /// What it asks for.
    pub(crate) kind: Kind,
    /// What the browser may fill in.
    pub(crate) autocomplete: &'static str,
    /// Above it.
    pub(crate) label: fn(Lang) -> &'static str,
    /// Under the label.
    pub(crate) hint: fn(Lang) -> &'static str,
    /// What was typed.
    pub(crate) value: RwSignal<String>,
    /// What is wrong with that.
    pub(crate) error: Signal<Option<String>>,
}

/// Draws a field.
pub(crate) fn field(Field { id, kind, autocomplete, label, hint, value, error }: Field) -> AnyView {
    let shown = RwSignal::new(kind != Kind::Password);
    let (hint_id, error_id) = (format!("{id}-hint"), format!("{id}-error"));
    let described = {
        let (hint_id, error_id) = (hint_id.clone(), error_id.clone());
        Signal::derive(move || if error.get().is_some() { format!("{error_id} {hint_id}") } else { hint_id.clone() })
    };
    let input_type = Signal::derive(move || match kind {
        Kind::Email => "email".to_owned(),
        Kind::Password if !shown.get() => "password".to_owned(),
        Kind::Text | Kind::Address | Kind::Password => "text".to_owned(),
    });
    let wrong = Signal::derive(move || error.get().is_some());
    view! {
        <div class="field" class:wrong=wrong>
            <label for=id>{t(label)}</label>
            <p class="hint small" id=hint_id>{t(hint)}</p>
            <div class="input">
                <input
                    id=id
                    name=id
                    type=input_type
                    autocomplete=autocomplete
                    autocapitalize=if kind == Kind::Text { "words" } else { "none" }
                    spellcheck="false"
                    data-testid=id
                    aria-invalid=Signal::derive(move || wrong.get().then_some("true"))
                    aria-describedby=described
                    prop:value=value
                    on:input:target=move |event| value.set(event.target().value())
                />
                {(kind == Kind::Password).then(|| reveal(shown))}
            </div>
            <p class="error" id=error_id>{Signal::derive(move || error.get().unwrap_or_default())}</p>
        </div>
    }
    .into_any()
}

fn reveal(shown: RwSignal<bool>) -> AnyView {
    let words = either(move || shown.get(), Lang::hide_password, Lang::show_password);
    let button = Button::new(words, move || shown.update(|shown| *shown = !*shown));
    button.class("button quiet").testid("show-password").draw()
}
