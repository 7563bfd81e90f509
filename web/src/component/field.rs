//! A labelled field: label above, hint, error text beneath, all tied to the input for those who hear the page.

use crate::prefs::lang;
use leptos::prelude::*;

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
    #[prop(into)] label: Signal<&'static str>,
    #[prop(into)] hint: Signal<&'static str>,
    value: RwSignal<String>,
    #[prop(into)] error: Signal<Option<String>>,
) -> impl IntoView {
    let shown = RwSignal::new(kind != Kind::Password);
    let (hint_id, error_id) = (format!("{id}-hint"), format!("{id}-error"));
    let described = {
        let (hint_id, error_id) = (hint_id.clone(), error_id.clone());
        move || if error.get().is_some() { format!("{error_id} {hint_id}") } else { hint_id.clone() }
    };
    let input_type = move || match kind {
        Kind::Email => "email",
        Kind::Password if !shown.get() => "password",
        Kind::Text | Kind::Password => "text",
    };
    view! {
        <div class="field" class:wrong=move || error.get().is_some()>
            <label for=id>{move || label.get()}</label>
            <p class="hint small" id=hint_id>{move || hint.get()}</p>
            <div class="input">
                <input
                    id=id
                    name=id
                    type=input_type
                    autocomplete=autocomplete
                    autocapitalize=if kind == Kind::Text { "words" } else { "none" }
                    spellcheck="false"
                    data-testid=id
                    aria-invalid=move || error.get().is_some().then_some("true")
                    aria-describedby=described
                    prop:value=move || value.get()
                    on:input:target=move |event| value.set(event.target().value())
                />
                {(kind == Kind::Password).then(|| reveal(shown))}
            </div>
            <p class="error" id=error_id>{move || error.get()}</p>
        </div>
    }
}

fn reveal(shown: RwSignal<bool>) -> impl IntoView {
    view! {
        <button
            type="button"
            class="button quiet"
            data-testid="show-password"
            aria-pressed=move || shown.get().to_string()
            on:click=move |_| shown.update(|shown| *shown = !*shown)
        >
            {move || if shown.get() { lang().hide_password() } else { lang().show_password() }}
        </button>
    }
}
