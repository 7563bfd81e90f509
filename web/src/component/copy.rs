//! A value to copy by one tap: a labelled input that cannot be changed, and its button.

use crate::browser;
use crate::component::erased::t;
use crate::component::shape::{Button, either};
use crate::i18n::Lang;
use crate::prefs::prefs;
use crate::store::voice::voice;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The input with its button. What is copied is the same whatever language the page is in.
pub(crate) fn copied(id: &'static str, label: fn(Lang) -> &'static str, value: String) -> AnyView {
    view! {
        <div class="field">
            <label for=id>{t(label)}</label>
            <div class="input">
                <input id=id data-testid=id lang="en" translate="no" readonly=true value=value.clone() />
                {copy_button(id, value)}
            </div>
        </div>
    }
    .into_any()
}

/// The button alone. Where pages may not write to the clipboard, the input `id` is marked instead.
pub(crate) fn copy_button(id: &'static str, value: String) -> AnyView {
    let (voice, prefs) = (voice(), prefs());
    let done = RwSignal::new(false);
    let click = move || {
        let value = value.clone();
        spawn_local(async move {
            if browser::copy(&value).await {
                let _ = done.try_set(true);
                voice.answer(prefs.lang_now().copied().to_owned());
            } else {
                browser::select(id);
                voice.answer(prefs.lang_now().copy_by_hand().to_owned());
            }
        });
    };
    Button::new(either(move || done.get(), Lang::copied, Lang::copy), click).testid(format!("copy-{id}")).draw()
}
