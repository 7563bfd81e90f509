//! A modal question with exactly two buttons; the keyboard starts on the harmless one.

use crate::component::erased::t;
use leptos::html;
use leptos::prelude::*;
use web::i18n::Lang;

/// A dialog that asks before something that interrupts people. `open` shows it; both buttons close it.
#[component]
pub(crate) fn Confirm(
    open: RwSignal<bool>,
    title: Signal<String>,
    effect: fn(Lang) -> &'static str,
    verb: fn(Lang) -> &'static str,
    testid: &'static str,
    #[prop(into)] confirmed: Callback<()>,
) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        let Some(element) = dialog.get() else { return };
        if open.get() && !element.open() {
            let _ = element.show_modal();
        } else if !open.get() && element.open() {
            element.close();
        }
    });
    view! {
        <dialog node_ref=dialog aria-labelledby="ask-title" aria-describedby="ask-effect" on:close=move |_| open.set(false)>
            <h2 id="ask-title">{title}</h2>
            <p id="ask-effect">{t(effect)}</p>
            <div class="buttons">
                <button type="button" class="button" autofocus on:click=move |_| open.set(false) data-testid="cancel">
                    {t(Lang::cancel)}
                </button>
                <button
                    type="button"
                    class="button danger"
                    data-testid=testid
                    on:click=move |_| {
                        open.set(false);
                        confirmed.run(());
                    }
                >
                    {t(verb)}
                </button>
            </div>
        </dialog>
    }
}
