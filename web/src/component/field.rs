//! A labelled field: label above, hint, error text beneath, all tied to the input for those who hear the page.

use crate::browser;
use crate::component::erased::{t, when};
use crate::component::shape::para;
use crate::i18n::Lang;
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
    /// The digits that an app shows.
    Code,
    /// Letters and digits that mean nothing.
    Plain,
    /// Nothing: it only shows what it holds.
    Fixed,
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
    let capitals = RwSignal::new(false);
    let is_fixed = kind == Kind::Fixed;
    let input_type = Signal::derive(move || match kind {
        Kind::Email | Kind::Fixed => "email",
        Kind::Password if !shown.get() => "password",
        Kind::Text | Kind::Password | Kind::Code | Kind::Plain => "text",
    });
    let wrong = Signal::derive(move || error.get().is_some());
    view! {
        <div class="field" class:wrong=wrong>
            <label for=id>{t(label)}</label>
            <p class="hint small" id=format!("{id}-hint")>{t(hint)}</p>
            <div class="input">
                <input
                    id=id
                    name=id
                    type=input_type
                    inputmode=(kind == Kind::Code).then_some("numeric")
                    readonly=is_fixed
                    autocomplete=autocomplete
                    autocapitalize=if kind == Kind::Text { "words" } else { "none" }
                    spellcheck="false"
                    data-testid=id
                    aria-invalid=Signal::derive(move || wrong.get().then_some("true"))
                    aria-describedby=described(id, error)
                    prop:value=value
                    on:input:target=move |event| value.set(event.target().value())
                    on:keyup=move |event| capitals.set(kind == Kind::Password && browser::has_capitals(&event))
                    on:blur=move |_| {
                        let _ = capitals.try_set(false);
                    }
                />
                {(kind == Kind::Password).then(|| reveal(shown))}
            </div>
            {(kind == Kind::Password).then(|| warning(capitals))}
            <p class="error" id=format!("{id}-error")>{Signal::derive(move || error.get().unwrap_or_default())}</p>
        </div>
    }
    .into_any()
}

/// The ids of what is said about an input: what is wrong with it first.
pub(crate) fn described(id: &'static str, error: Signal<Option<String>>) -> Signal<String> {
    Signal::derive(move || if error.get().is_some() { format!("{id}-error {id}-hint") } else { format!("{id}-hint") })
}

/// Says, while a password is typed, that it will come out in capitals.
fn warning(capitals: RwSignal<bool>) -> AnyView {
    let hint = when(move || capitals.get(), || para("small capitals", t(Lang::caps_on)));
    view! { <div role="status">{hint}</div> }.into_any()
}

/// Shows what is typed, or hides it again. Its name stays: whether it is pressed says which.
fn reveal(shown: RwSignal<bool>) -> AnyView {
    let pressed = Signal::derive(move || if shown.get() { "true" } else { "false" });
    view! {
        <button
            type="button"
            class="button quiet reveal"
            data-testid="show-password"
            aria-pressed=pressed
            on:click=move |_| shown.update(|shown| *shown = !*shown)
        >
            {t(Lang::show_password)}
        </button>
    }
    .into_any()
}
