//! A button that unfolds what stands under it, and folds it again.

use crate::component::erased::{part, t};
use crate::i18n::Lang;
use leptos::prelude::*;

/// The button, and what it unfolds; that is drawn anew each time. `spoken` is the button's name for those who hear the page.
pub(crate) fn unfold(
    testid: String,
    words: fn(Lang) -> &'static str,
    spoken: Signal<String>,
    draw: impl Fn() -> AnyView + Send + 'static,
) -> (AnyView, AnyView) {
    let open = RwSignal::new(false);
    let expanded = Signal::derive(move || if open.get() { "true" } else { "false" });
    let button = view! {
        <button
            type="button"
            class="button"
            data-testid=testid
            aria-expanded=expanded
            aria-label=spoken
            on:click=move |_| open.update(|open| *open = !*open)
        >
            {t(words)}
        </button>
    };
    let unfolded = part(move || if open.get() { draw() } else { ().into_any() });
    (button.into_any(), unfolded.into_any())
}
