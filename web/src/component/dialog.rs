//! A modal question with exactly two buttons; the keyboard starts on the harmless one.

use crate::component::erased::t;
use crate::component::shape::Button;
use crate::i18n::Lang;
use leptos::html;
use leptos::prelude::*;

/// A dialog that asks before something that interrupts people. `open` shows it; both buttons close it.
pub(crate) struct Confirm {
    /// Whether it is shown.
    pub(crate) open: RwSignal<bool>,
    /// The question.
    pub(crate) title: Signal<String>,
    /// What the act does to whom.
    pub(crate) effect: fn(Lang) -> &'static str,
    /// The act, on its button.
    pub(crate) verb: fn(Lang) -> &'static str,
    /// The test hook of that button.
    pub(crate) testid: &'static str,
}

impl Confirm {
    /// Draws it; `confirmed` is called when the act was chosen.
    pub(crate) fn draw(self, confirmed: impl Fn() + 'static) -> AnyView {
        let Self { open, title, effect, verb, testid } = self;
        let dialog = NodeRef::<html::Dialog>::new();
        Effect::new(move |_| {
            let Some(element) = dialog.get() else { return };
            if open.get() && !element.open() {
                // Opening focuses the first button, which is the harmless one.
                let _ = element.show_modal();
            } else if !open.get() && element.open() {
                element.close();
            }
        });
        let act = move || {
            open.set(false);
            confirmed();
        };
        view! {
            <dialog
                node_ref=dialog
                aria-labelledby="ask-title"
                aria-describedby="ask-effect"
                on:close=move |_| open.set(false)
            >
                <h2 id="ask-title">{title}</h2>
                <p id="ask-effect">{t(effect)}</p>
                <div class="buttons">
                    {Button::new(t(Lang::cancel), move || open.set(false)).testid("cancel").draw()}
                    {Button::new(t(verb), act).class("button danger").testid(testid).draw()}
                </div>
            </dialog>
        }
        .into_any()
    }
}
