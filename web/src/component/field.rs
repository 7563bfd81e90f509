//! A labelled field: label above, hint, error text beneath, all tied to the input for those who hear the page.

use crate::component::erased::{say, t};
use leptos::prelude::*;
use web::i18n::Lang;

/// What a field asks for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Plain words.
    Text,
    /// An e-mail address.
    Email,
    /// A password, hidden until asked otherwise.
    Password,
}

/// A field. `id` is also its test hook and the end of its JSON pointer.
#[component]
pub(crate) fn Field(
    id: &'static str,
    kind: Kind,
    autocomplete: &'static str,
    label: fn(Lang) -> &'static str,
    hint: fn(Lang) -> &'static str,
    value: RwSignal<String>,
    error: Signal<Option<String>>,
) -> impl IntoView {
    let shown = RwSignal::new(kind != Kind::Password);
    let (hint_id, error_id) = (format!("{id}-hint"), format!("{id}-error"));
    let described = {
        let (hint_id, error_id) = (hint_id.clone(), error_id.clone());
        Signal::derive(move || if error.get().is_some() { format!("{error_id} {hint_id}") } else { hint_id.clone() })
    };
    let input_type = Signal::derive(move || match kind {
        Kind::Email => "email".to_owned(),
        Kind::Password if !shown.get() => "password".to_owned(),
        Kind::Text | Kind::Password => "text".to_owned(),
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
}

fn reveal(shown: RwSignal<bool>) -> impl IntoView {
    view! {
        <button
            type="button"
            class="button quiet"
            data-testid="show-password"
            aria-pressed=Signal::derive(move || shown.get().to_string())
            on:click=move |_| shown.update(|shown| *shown = !*shown)
        >
            {say(move |lang| if shown.get() { lang.hide_password() } else { lang.show_password() }.to_owned())}
        </button>
    }
}
