//! A choice between two, as radio buttons: the language, the digits.

use crate::component::erased::t;
use crate::i18n::Lang;
use leptos::prelude::*;

/// One side of the choice: its value, its words and the language that they are in.
pub(crate) type Side = (&'static str, &'static str, &'static str);

/// The languages, each by its own name.
pub(crate) const LANGUAGES: [Side; 2] = [("en", Lang::En.endonym(), "en"), ("bn", Lang::Bn.endonym(), "bn")];

/// The digits of Bangla pages.
pub(crate) const DIGITS: [Side; 2] = [("own", "১২৩", "bn"), ("latin", "123", "en")];

/// The choice. `choose` is called with a value as soon as it is chosen.
pub(crate) fn choice(
    name: &'static str,
    legend: fn(Lang) -> &'static str,
    sides: [Side; 2],
    chosen: Signal<&'static str>,
    off: Signal<bool>,
    choose: Callback<&'static str>,
) -> AnyView {
    let side = move |(value, words, lang): Side| {
        let id = format!("{name}-{value}");
        view! {
            <label class="tick label-face" lang=lang>
                <input
                    type="radio"
                    name=name
                    data-testid=id
                    disabled=off
                    prop:checked=Signal::derive(move || chosen.get() == value)
                    on:change=move |_| choose.run(value)
                />
                <span>{words}</span>
            </label>
        }
    };
    view! {
        <fieldset class="field">
            <legend>{t(legend)}</legend>
            <div class="ticks">{sides.into_iter().map(side).collect_view()}</div>
        </fieldset>
    }
    .into_any()
}
